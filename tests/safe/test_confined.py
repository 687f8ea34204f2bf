"""The program touches nothing but what it is told to: no network, no other program, no other file. Seen from outside (strace), and tried from inside.

From inside: a small library (intruder.c) is loaded into the program and tries, when the program ends, what foreign code would try. The same library in a program that is told not to confine itself
shows that the attempts would succeed.
"""
import csv
import gzip
import os
import re
import shutil
import subprocess
import sys
import threading

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "support"))
from cli import ROOT, WRES, Case, is_watched, main, run  # noqa: E402

INPUT = os.path.join(ROOT, "tests", "cli", "golden", "input")
TABLES = ("workforce", "recruitment", "cases", "training", "survey", "board")
SYSTEM = ("/etc/ld.so.", "/lib/", "/lib64/", "/usr/lib/", "/usr/lib64/", "/usr/share/locale/", "/nix/store/",    # loader, C library and its modules
          "/proc/sys/vm/overcommit_memory")    # malloc of the C library asks when a thread gives memory back
RULED = ("/usr", "/lib", "/lib64", "/etc/ld.so.cache", "/nix/store", "/gnu/store")
CHANGES = {"rename": 2, "renameat": 2, "renameat2": 2, "unlink": 1, "unlinkat": 1}
NEVER = {"socket", "socketpair", "connect", "bind", "listen", "accept", "accept4", "sendto", "sendmsg", "fork", "vfork", "clone", "clone3", "execveat", "ptrace", "mkdir", "mkdirat", "rmdir", "link",
         "linkat", "symlink", "symlinkat", "truncate", "chmod", "fchmodat", "chown", "lchown", "fchownat", "mknod", "mknodat", "creat", "setxattr", "utime", "utimensat", "mount", "chroot",
         "memfd_create", "io_uring_setup"}


MARK = "IDENTIFIER"


class Confined(Case):
    def setUp(self):
        super().setUp()
        os.mkdir(self.path("in"))
        os.mkdir(self.path("out"))
        os.mkdir(self.path("none"))
        for name in TABLES:
            shutil.copy(os.path.join(INPUT, name + ".csv"), self.path("in"))
        self.write("wres.yaml", "inputs:\n" + "".join("  %s: in/%s.csv\n" % (name, name) for name in TABLES))
        with open(self.path("in/workforce.csv"), "rb") as file:
            content = file.read()
        self.write("staff.csv.gz", gzip.compress(content))
        self.write("staff.txt", b"\xff\xfe" + content.decode("utf-8").replace(",", "\t").encode("utf-16-le"))
        self.write("old.csv", content.replace(b"Ward 1", b"Caf\xe9"))                # Windows-1252
        self.write("mac.yaml", "inputs: {workforce: {file: mac.csv, encoding: Macintosh}}\n")
        self.write("mac.csv", content.replace(b"Ward 1", b"Caf\x8e"))                # a module of iconv has to be loaded
        self.write("bad.csv", "Effective Date,Ethnic Origin\n2025-03-31,A,one cell too many\n")
        standard = run("standards", "wres-2025").out.decode("utf-8")
        self.write("own.yaml", re.sub(r"(?m)^(standard|id): wres-2025\b", r"\1: own-2025", standard))


# Arguments, standard input, files that may be read, the output (None: standard output), the status.
INPUTS = ["in/%s.csv" % name for name in TABLES]
LINES = [
    (["calc", "in"], "", INPUTS, None, 0),
    (["calc", "in", "--format", "json", "-o", "out/result.json"], "", INPUTS, "out/result.json", 0),
    (["calc", "--settings", "wres.yaml", "--format", "table"], "", INPUTS + ["wres.yaml"], None, 0),
    (["calc", "workforce=in/workforce.csv", "--standard", "own.yaml", "-o", "result.csv", "--by", "sex"], "", ["in/workforce.csv", "own.yaml"], "result.csv", 0),
    (["calc", "workforce=-", "-o", "/dev/null"], "in/workforce.csv", [], "/dev/null", 0),
    (["goals", "in", "--turnover", "10", "-o", "out/goals.txt"], "", INPUTS, "out/goals.txt", 0),
    (["calc", "workforce=bad.csv", "-o", "out/none.csv"], "", ["bad.csv"], "out/none.csv", 3),
    (["calc", "workforce=in/gone.csv", "-o", "out/none.csv"], "", ["in/gone.csv"], "out/none.csv", 4),
    (["calc", "workforce=in/workforce.csv", "-o", "gone/none.csv"], "", ["in/workforce.csv"], "gone/none.csv", 4),
    (["calc", "workforce=staff.csv.gz", "-o", "out/result.csv"], "", ["staff.csv.gz"], "out/result.csv", 0),
    (["calc", "workforce=staff.txt", "-o", "out/result.csv"], "", ["staff.txt"], "out/result.csv", 0),
    (["calc", "workforce=old.csv", "-o", "out/result.csv"], "", ["old.csv"], "out/result.csv", 0),
    (["calc", "--settings", "mac.yaml", "-o", "out/result.csv"], "", ["mac.yaml", "mac.csv"], "out/result.csv", 0),
    (["check", "in", "-o", "out/report.csv"], "", INPUTS, "out/report.csv", 0),
    (["check", "in", "--format", "json", "-v"], "", INPUTS, None, 0),
    (["check", "workforce=-", "-o", "out/report.json"], "in/workforce.csv", [], "out/report.json", 0),
    (["check", "workforce=staff.csv.gz", "--format", "table"], "", ["staff.csv.gz"], None, 0),
    (["check", "workforce=bad.csv", "-o", "out/report.csv"], "", ["bad.csv"], "out/report.csv", 3),
    (["check", "workforce=in/gone.csv", "-o", "out/report.csv"], "", ["in/gone.csv"], "out/report.csv", 4),
    (["init", "in"], "", INPUTS, "in/wres.yaml", 0),
    (["init", "in", "-o", "out/wres.yaml"], "", INPUTS, "out/wres.yaml", 0),
    (["init", "in", "-o", "-"], "", INPUTS, None, 0),
    (["init", "none", "-o", "out/none.yaml"], "", ["none"], "out/none.yaml", 3),
    (["explain", "own.yaml"], "", ["own.yaml"], None, 0),
    (["standards"], "", [], None, 0),
    (["codes", "ethnicity"], "", [], None, 0),
    (["tables", "workforce"], "", [], None, 0),
    (["schema"], "", [], None, 0),
    (["schema", "check"], "", [], None, 0),
    (["calc", "--help"], "", [], None, 0),
    (["--version"], "", [], None, 0),
    (["calk"], "", [], None, 2),
]


def read_call(line):
    """(name, arguments as strings and words, result) of a line of strace."""
    match = re.match(r"(?:\d+ +)?([a-z_0-9]+)\((.*)\)\s+= (-?\d+|\?)", line)
    return (match.group(1), re.findall(r'"((?:[^"\\]|\\.)*)"', match.group(2)), match.group(2), match.group(3)) if match else None


class FromOutside(Confined):
    def setUp(self):
        super().setUp()
        if not shutil.which("strace") or is_watched():
            self.skipTest("no strace on this machine, or a build that does more than the program")

    def trace(self, arguments, stdin, length=4096):
        log = self.path("strace.log")
        with open(self.path(stdin) if stdin else os.devnull, "rb") as feed:
            done = subprocess.run(["strace", "-ff", "-qq", "-s", str(length), "-e", "trace=all", "-e", "signal=none", "-o", log, WRES] + arguments, cwd=self.folder, stdin=feed, capture_output=True,
                                  check=False, timeout=120)
        if b"ptrace" in done.stderr and done.returncode == 1:
            self.skipTest("this machine does not let programs be traced")
        calls = []
        for part in sorted(name for name in os.listdir(self.folder) if name.startswith("strace.log.")):    # of each thread its own: no call is cut in two
            with open(self.path(part), encoding="utf-8", errors="replace") as file:
                calls += [call for call in map(read_call, file) if call]
            os.unlink(self.path(part))
        self.assertGreater(len(calls), 20)
        return done, calls

    def whole(self, path):
        return os.path.normpath(os.path.join(self.folder, path))

    def check_open(self, paths, words, readable, output):
        path = self.whole(paths[0])
        folder = self.whole(os.path.dirname(output)) if output else None
        if "O_PATH" in words:               # a rule of the confinement
            self.assertIn(path, {self.whole(name) for name in readable} | set(RULED) | {folder, output and self.whole(output)})
        elif re.search(r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|O_APPEND", words):
            self.assertIsNotNone(output, words)
            if output.startswith("/dev/"):
                self.assertEqual(path, output)
            else:
                self.assertEqual(os.path.dirname(path), folder, words)
                self.assertRegex(os.path.basename(path), r"^\.wres-\w{6}$")
                self.assertIn("O_EXCL", words)
        elif not path.startswith(SYSTEM):
            self.assertIn(path, {self.whole(name) for name in readable + ["in", "wres.yaml"]} | {folder}, words)

    def check_change(self, name, paths, output):
        """The temporary file becomes the output, or goes away."""
        self.assertIsNotNone(output, paths)
        self.assertRegex(os.path.basename(paths[0]), r"^\.wres-\w{6}$")
        self.assertEqual(os.path.dirname(self.whole(paths[0])), os.path.dirname(self.whole(output)))
        if CHANGES[name] == 2:
            self.assertEqual(os.path.realpath(self.whole(paths[1])), os.path.realpath(self.whole(output)))

    def check(self, calls, readable, output):
        """How many threads were started; no process is."""
        started = threads = 0
        for name, paths, words, result in calls:
            if name in ("clone", "clone3") and "CLONE_THREAD" in words:
                threads += int(result) > 0
                continue
            self.assertNotIn(name, NEVER, words)
            started += name == "execve"
            if name in ("open", "openat", "openat2"):
                self.check_open(paths, words, readable, output)
            elif name in CHANGES:
                self.check_change(name, paths, output)
        self.assertEqual(started, 1, "another program was run")
        return threads

    def test_every_call(self):
        for arguments, stdin, readable, output, status in LINES:
            with self.subTest(" ".join(arguments)):
                done, calls = self.trace(arguments, stdin)
                self.assertEqual(done.returncode, status, done.stderr)
                self.check(calls, readable, output)
                if status == 0 and output and not output.startswith("/dev/"):
                    self.assertTrue(os.path.exists(self.path(output)))

    def test_threads(self):
        """A file of several blocks, which threads read: the same rules, and the result of one thread."""
        with open(self.path("in/workforce.csv"), encoding="utf-8") as file:
            header, *rows = file.readlines()
        self.write("large.csv", header + "".join(rows) * (8_000_000 // sum(map(len, rows))))
        results = []
        for threads in ("1", "3"):
            output = "out/%s.csv" % threads
            done, calls = self.trace(["calc", "workforce=large.csv", "--threads", threads, "-o", output], "")
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(self.check(calls, ["large.csv"], output), int(threads) - 1)
            results.append(self.read(output))
        self.assertGreater(len(results[0]), 1000)
        self.assertEqual(results[0], results[1])

    def test_no_record_is_written(self):
        """Neither into the output nor into another file or stream: every call that writes, whole."""
        for name in TABLES:
            self.mark(self.path("in/%s.csv" % name))
        self.mark(self.path("bad.csv"))
        with open(self.path("in/workforce.csv"), "rb") as file:
            self.write("staff.csv.gz", gzip.compress(file.read()))
        for arguments, stdin, _, _, status in [line for line in LINES if line[0][0] in ("calc", "goals", "check", "init")]:
            if os.path.exists(self.path("in/wres.yaml")):
                os.unlink(self.path("in/wres.yaml"))
            with self.subTest(" ".join(arguments)):
                done, calls = self.trace(arguments, stdin, 1 << 20)
                self.assertEqual(done.returncode, status, done.stderr)
                read = [words for name, _, words, _ in calls if name in ("read", "pread64", "readv")]
                written = [words for name, _, words, _ in calls if name in ("write", "writev", "pwrite64", "pwritev", "sendfile", "splice", "copy_file_range")]
                self.assertFalse([words[:300] for words in written if MARK in words])
                self.assertEqual(any(MARK in words for words in read), "in" in arguments or "workforce=in/workforce.csv" in arguments or stdin != "" or "--settings" in arguments and "mac.yaml" not in arguments)

    @staticmethod
    def mark(path):
        """Identifiers that can be told from everything else."""
        with open(path, encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        places = [n for n, name in enumerate(header) if name in ("Employee Number", "Applicant ID", "Respondent ID", "Case ID", "Vacancy Ref")]
        with open(path, "w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([header] + [[MARK + cell if n in places and cell else cell for n, cell in enumerate(row)] for row in rows])

    def test_this_check_can_fail(self):
        for call in ('socket(AF_INET, SOCK_STREAM, 0) = 3', 'openat(AT_FDCWD, "in/cases.csv", O_RDONLY) = 3', 'openat(AT_FDCWD, "out/x", O_WRONLY|O_CREAT, 0600) = 3', 'unlink("in/cases.csv") = 0',
                     'clone(child_stack=NULL, flags=CLONE_CHILD_CLEARTID|SIGCHLD) = 5', 'execve("/bin/sh", ["sh"], 0x0) = 0', 'openat(AT_FDCWD, "/etc/passwd", O_RDONLY) = 3', 'mkdir("out/x", 0700) = 0'):
            with self.subTest(call), self.assertRaises(AssertionError):
                self.check([read_call('execve("wres", [], 0x0) = 0'), read_call(call)], ["in/workforce.csv"], "out/result.csv")


class FromInside(Confined):
    ATTEMPTS = ("socket", "local socket", "fork", "trace", "read", "write", "overwrite", "link", "folder", "rename", "remove", "execute")

    def setUp(self):
        super().setUp()
        if is_watched() or sys.platform != "linux":
            self.skipTest("a build without confinement")
        self.library = self.path("intruder.so")
        subprocess.run([os.environ.get("CC", "cc"), "-shared", "-fPIC", "-O1", "-o", self.library, os.path.join(ROOT, "tests", "safe", "intruder.c")], check=True)
        os.mkdir(self.path("private"))

    def attempts(self, *arguments, **environment):
        """What each attempt came to. The output is made all the same."""
        self.write("private/secret.csv", "secret\n")
        environment.update(LD_PRELOAD=self.library, INTRUDER_READ=self.path("private/secret.csv"), INTRUDER_WRITE=self.path("private/stolen"))
        outcome = self.wres(*arguments, environment=environment)
        self.assertEqual(outcome.status, 0, outcome)
        found = re.findall(r"(?m)^intruder: (local socket|\w+) (.*)$", outcome.err)
        return dict(found)

    def left(self):
        return sorted(os.listdir(self.path("private"))), self.read("private/secret.csv") if os.path.exists(self.path("private/secret.csv")) else None

    def test_nothing_else_can_be_reached(self):
        for number, arguments in enumerate((["calc", "in", "-o", "out/result.csv"], ["calc", "in", "--format", "json"], ["goals", "in", "--turnover", "10", "-o", "out/goals.csv"],
                          ["check", "in", "-o", "out/report.csv"], ["check", "in", "--format", "table"], ["init", "in", "-o", "out/wres.yaml"], ["init", "in", "-o", "-"])):
            with self.subTest(arguments):
                found = self.attempts(*arguments)
                if number == 0 and "done" in (found.get("socket"), found.get("read")):
                    self.skipTest("a kernel without seccomp or Landlock: %s" % found)
                self.assertEqual(sorted(found), sorted(self.ATTEMPTS))
                for what, result in found.items():
                    self.assertIn(result, ("Operation not permitted", "Permission denied", "No such file or directory") if what == "remove" else ("Operation not permitted", "Permission denied"), what)
                self.assertEqual(self.left(), (["secret.csv"], b"secret\n"))

    def test_the_attempts_would_succeed(self):
        found = self.attempts("calc", "in", "-o", "out/result.csv", WRES_UNCONFINED="1")
        for what in ("socket", "local socket", "fork", "read", "write", "overwrite"):
            self.assertEqual(found.get(what), "done", found)
        self.assertNotIn("execute", found, "another program took its place")

    def test_other_commands_reach_neither_network_nor_programs(self):
        for arguments in (["standards"], ["explain"], ["tables"], ["--help"]):
            with self.subTest(arguments):
                found = self.attempts(*arguments)
                if found.get("socket") == "done":
                    self.skipTest("a kernel without seccomp")
                for what in ("socket", "local socket", "fork", "trace", "execute"):
                    self.assertEqual(found.get(what), "Operation not permitted", found)


class Outputs(Confined):
    """Every kind of output and input works under confinement, as without."""

    def setUp(self):
        super().setUp()
        self.whole = run("calc", "in", "--format", "csv", folder=self.folder, environment={"WRES_UNCONFINED": "1"}).out
        self.assertGreater(len(self.whole), 1000)

    def test_files_and_links(self):
        os.mkdir(self.path("other"))
        os.symlink("../out/real.csv", self.path("other/link.csv"))
        os.symlink(self.path("out"), self.path("folder"))
        for output, real in (("out/a.csv", "out/a.csv"), ("b.csv", "b.csv"), ("./c.csv", "c.csv"), (self.path("out/d.csv"), "out/d.csv"), ("other/link.csv", "out/real.csv"),
                             ("folder/e.csv", "out/e.csv"), ("in/result.csv", "in/result.csv")):
            with self.subTest(output):
                outcome = self.wres("calc", *["%s=in/%s.csv" % (name, name) for name in TABLES], "-o", output)
                self.assertEqual(outcome.status, 0, outcome)
                self.assertEqual(self.read(real), self.whole)
        self.assertTrue(os.path.islink(self.path("other/link.csv")))

    def test_streams(self):
        for words in ([], ["-o", "-"], ["-o", "/dev/stdout"], ["-o", "/proc/self/fd/1"], ["-o", "/dev/fd/1"]):
            with self.subTest(words):
                self.assertEqual(self.wres("calc", "in", "--format", "csv", *words).out, self.whole)
                with open(self.path("stream.csv"), "wb") as file:
                    outcome = self.wres("calc", "in", "--format", "csv", *words, stdout=file)
                self.assertEqual(outcome.status, 0, outcome)
                self.assertEqual(self.read("stream.csv"), self.whole)

    def test_pipe_with_a_name(self):
        os.mkfifo(self.path("pipe"))
        got = []

        def read():
            with open(self.path("pipe"), "rb") as file:
                got.append(file.read())
        reader = threading.Thread(target=read)
        reader.start()
        outcome = self.wres("calc", "in", "--format", "csv", "-o", "pipe")
        reader.join(20)
        self.assertEqual(outcome.status, 0, outcome)
        self.assertEqual(got, [self.whole])

    def test_inputs_from_pipes(self):
        os.mkfifo(self.path("feed"))
        with open(self.path("in/workforce.csv"), "rb") as file:
            content = file.read()

        def write():
            with open(self.path("feed"), "wb") as file:
                file.write(content)
        alone = self.wres("calc", "workforce=in/workforce.csv", "--format", "csv").out
        writer = threading.Thread(target=write)
        writer.start()
        self.assertEqual(self.wres("calc", "workforce=feed", "--format", "csv").out, alone)
        writer.join(20)
        for name in ("-", "/dev/stdin", "/dev/fd/0"):
            with self.subTest(name):
                self.assertEqual(self.wres("calc", "workforce=" + name, "--format", "csv", stdin=content).out, alone)
                with open(self.path("in/workforce.csv"), "rb") as file:
                    self.assertEqual(self.wres("calc", "workforce=" + name, "--format", "csv", stdin_file=file).out, alone)

    def test_check_and_init(self):
        """What they write is what they write unconfined: to streams and files, through links, over an earlier file."""
        os.symlink("../out/real", self.path("in/link"))
        for words in (["check", "in", "--format", "csv"], ["check", "in", "--format", "json"], ["check", "--settings", "mac.yaml"], ["check", "workforce=staff.csv.gz"], ["init", "in"]):
            for output, real in (("-", None), ("out/a", "out/a"), ("in/link", "out/real"), ("b", "b"), ("b", "b")):
                with self.subTest(words, output=output):
                    said = []
                    for unconfined in ("1", ""):
                        outcome = self.wres(*words, "-o", output, *(["--force"] if words[0] == "init" else []), environment={"WRES_UNCONFINED": unconfined})
                        self.assertEqual(outcome.status, 0, outcome)
                        said.append((outcome.out, outcome.err, self.read(real) if real else b""))
                        self.assertGreater(len(said[-1][0] + said[-1][2]), 100)
                    self.assertEqual(said[0], said[1])

    def test_inputs_through_links(self):
        os.symlink(self.path("in/workforce.csv"), self.path("link.csv"))
        self.assertEqual(self.wres("calc", "workforce=link.csv").out, self.wres("calc", "workforce=in/workforce.csv").out)


if __name__ == "__main__":
    main()
