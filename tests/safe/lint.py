"""Static analysis of src/ and include/: cppcheck, clang-tidy (bugprone, cert, clang-analyzer) and gcc -fanalyzer. `make lint` runs it.

Every finding is either mended or stands in lint_accepted.txt with its reason. Arguments: the tools to run (cppcheck, clang-tidy, gcc; all where none is named), then files (all of src where none is
named). Ends with 1 where a finding is left.
"""
import concurrent.futures
import glob
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
FLAGS = ["-std=c11", "-D_XOPEN_SOURCE=700", "-D_FILE_OFFSET_BITS=64", "-Iinclude", "-Isrc"]
# Left out as a whole, because they have no answer here:
CHECKS = ["-*", "bugprone-*", "cert-*", "clang-analyzer-*",
          "-bugprone-easily-swappable-parameters",                                       # of two numbers: a matter of names
          "-bugprone-reserved-identifier", "-cert-dcl37-c", "-cert-dcl51-cpp",            # feature test macros are meant to be defined
          "-clang-analyzer-security.insecureAPI.DeprecatedOrUnsafeBufferHandling",       # asks for memcpy_s, which no C library here has
          "-clang-analyzer-valist.Uninitialized",                                        # clang 14 does not know va_start behind a pointer
          "-clang-analyzer-optin.performance.Padding"]                                   # bytes between members are no fault
# Of cert-err33-c: functions whose failure can be missed. Not: printing a message on standard error (there is nowhere to say so), snprintf into a buffer that is large enough by construction.
MUST_CHECK = ["calloc", "malloc", "realloc", "fopen", "fdopen", "freopen", "fflush", "fread", "fwrite", "fgetc", "fputc", "fseek", "ftell", "remove", "rename", "setvbuf", "strtol", "strtod",
              "sscanf", "time", "mktime", "strftime", "getenv", "setlocale", "vfprintf"]
LINE = re.compile(r"^(?P<file>(?:%s/)?(?:src|include)/[^:]+):(?P<line>\d+)(?::\d+)?: (?P<kind>warning|error|style|performance|portability): (?P<text>.*) \[(?P<check>[^\]]+)\]$" % re.escape(ROOT))


def accepted():
    """check | file | part of the line in the source | reason, each line of lint_accepted.txt; * stands for any."""
    with open(os.path.join(HERE, "lint_accepted.txt"), encoding="utf-8") as file:
        lines = [line.strip() for line in file if line.strip() and not line.startswith("#")]
    found = [[cell.strip() for cell in line.split(" | ", 3)] for line in lines]
    assert all(len(entry) == 4 and entry[3] for entry in found), "an entry without reason"
    return found


def run(command):
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode < 0 or done.returncode > 1:
        sys.exit("lint: %s ended with %d:\n%s" % (" ".join(command[:2]), done.returncode, done.stdout[-2000:]))
    return done.stdout


def cppcheck(files):
    return run(["cppcheck", "--std=c11", "--enable=warning,style,performance,portability", "--inline-suppr", "-q", "-j2", "--template={file}:{line}:{column}: {severity}: {message} [{id}]",
                "--template-location="] + FLAGS[1:] + files)


def clang_tidy(file):
    options = ";".join("::" + name for name in MUST_CHECK)
    config = "{Checks: '%s', CheckOptions: [{key: cert-err33-c.CheckedFunctions, value: '%s'}, {key: bugprone-unused-return-value.CheckedFunctions, value: '%s'}]}" % (",".join(CHECKS), options, options)
    return run(["clang-tidy", "--quiet", "--config=" + config, file, "--"] + FLAGS)


def gcc(file):
    return run(["gcc"] + FLAGS + ["-O1", "-fanalyzer", "-fdiagnostics-plain-output", "-Wno-analyzer-too-complex", "-c", "-o", "/dev/null", file])


def reports(tools, files):
    sources = [file for file in files if file.endswith(".c")]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        tasks = [pool.submit(cppcheck, files)] if "cppcheck" in tools else []
        tasks += [pool.submit(clang_tidy, file) for file in sources if "clang-tidy" in tools]
        tasks += [pool.submit(gcc, file) for file in sources if "gcc" in tools]
        for task in tasks:
            yield from task.result().splitlines()


def source_line(file, number):
    with open(os.path.join(ROOT, file), encoding="utf-8") as text:
        lines = text.read().splitlines()
    return lines[number - 1].strip() if 0 < number <= len(lines) else ""


def main():
    known = {"cppcheck", "clang-tidy", "gcc"}
    tools = [word for word in sys.argv[1:] if word in known] or sorted(known)
    named = [word for word in sys.argv[1:] if word not in known]
    files = named or sorted([*glob.glob("src/*/*.c", root_dir=ROOT), "src/embed.c"])
    entries, used, left, seen = accepted(), set(), [], set()
    for line in reports(tools, files):
        match = LINE.match(line)
        if not match or line in seen:
            continue
        seen.add(line)
        file, check = os.path.relpath(match["file"], ROOT) if os.path.isabs(match["file"]) else match["file"], match["check"]
        text = source_line(file, int(match["line"]))
        fitting = [n for n, (c, f, part, _) in enumerate(entries) if c in (check.split(",")[0], "*") and f in (file, "*") and (part == "*" or part in text)]
        used.update(fitting)
        if not fitting:
            left.append("%s:%s: %s [%s]\n    %s" % (file, match["line"], match["text"], check, text))
    print("\n".join(sorted(left)))
    if not named and len(tools) == len(known):
        for n, entry in enumerate(entries):
            if n not in used:
                print("no longer needed in lint_accepted.txt: %s" % " | ".join(entry))
    print("%d files, %d findings left, %d accepted with reasons" % (len(files), len(left), len(seen) - len(left)))
    sys.exit(1 if left else 0)


main()
