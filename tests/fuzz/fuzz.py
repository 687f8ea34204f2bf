#!/usr/bin/env python3
"""Runs the fuzz targets of a build, two at a time, and says what came of it.

    fuzz.py BUILD SECONDS [TARGET ...]     each target so long; status 1 where one found something
    fuzz.py BUILD merge FOLDER [TARGET ...]  replaces tests/fuzz/corpus/TARGET by the fewest files that reach what it, the seeds and
                                           FOLDER/TARGET reach

What is found is kept in BUILD/found, what is learnt in BUILD/corpus.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
LONGEST = {"records": 13000, "settings": 5000, "standards": 16000, "codes": 8000, "numbers": 512}
LIMITS = ["-timeout=30", "-rss_limit_mb=1024", "-malloc_limit_mb=256", "-print_final_stats=1"]
SEED = os.environ.get("FUZZ_SEED")  # of the changes: the same bytes are tried in the same order
FINDING = re.compile(r"does not hold|ERROR: |runtime error|SUMMARY: |Test unit written")


def environment():
    return dict(os.environ, WRES_TESTS=os.path.join(ROOT, "tests"), UBSAN_OPTIONS="print_stacktrace=1",
                ASAN_OPTIONS="malloc_context_size=3:quarantine_size_mb=16")


def program(build, target):
    return os.path.join(build, "tests/fuzz/fuzz_" + target)


def kept(target):
    folders = [os.path.join(HERE, kind, target) for kind in ("seeds", "corpus")]
    return [folder for folder in folders if os.path.isdir(folder)]


class Running:
    def __init__(self, build, target, seconds):
        self.build, self.target, self.begin = build, target, time.monotonic()
        self.log = os.path.join(build, "fuzz-%s.log" % target)
        found, corpus = os.path.join(build, "found"), os.path.join(build, "corpus", target)
        os.makedirs(found, exist_ok=True)
        os.makedirs(corpus, exist_ok=True)
        command = [program(build, target), "-max_total_time=%d" % seconds, "-max_len=%d" % LONGEST[target], *LIMITS, *(["-seed=" + SEED] if SEED else []),
                   "-dict=" + os.path.join(HERE, "dictionaries", target + ".dict"), "-artifact_prefix=%s/%s-" % (found, target), corpus, *kept(target)]
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=log, env=environment(), cwd=ROOT)

    def was_busy(self, artefacts):
        """Whether nothing but time ran out, for inputs that end in time when they are given alone."""
        slow = artefacts and all(os.path.basename(path).startswith(self.target + "-timeout-") for path in artefacts)
        return slow and all(subprocess.run([program(self.build, self.target), *LIMITS, path], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                           stderr=subprocess.DEVNULL, env=environment(), cwd=ROOT).returncode == 0 for path in artefacts)

    def report(self):
        """Prints a line of figures, and what was found; returns whether nothing was."""
        with open(self.log, encoding="utf-8", errors="replace") as log:
            text = log.read()
        executions = re.findall(r"number_of_executed_units:\s*(\d+)", text) or ["?"]
        coverage = re.findall(r"cov: (\d+) ft: (\d+)", text) or [("?", "?")]
        artefacts = re.findall(r"Test unit written to (\S+)", text)
        clean = self.process.returncode == 0 or self.was_busy(artefacts)
        print("fuzz: %-10s %4d seconds  %9s executions  %6s edges  %6s features  %s" % (
            self.target, time.monotonic() - self.begin, executions[-1], *coverage[-1], "nothing found" if clean else "FOUND SOMETHING"), flush=True)
        if clean:
            return True
        for line in text.splitlines():
            if FINDING.search(line):
                print("    " + line[:400])
        for line in re.findall(r"(?m)^Base64: .*", text):  # where only the words are kept, as on a server
            print("    " + line)
        print("    the whole of it: %s" % self.log)
        for path in artefacts:
            print("    to reproduce: %s %s" % (program(self.build, self.target), path))
        sys.stdout.flush()
        return False


def run(build, seconds, targets):
    at_once = min(2, os.cpu_count() or 1)
    waiting, running, clean = list(targets), [], True
    while waiting or running:
        while waiting and len(running) < at_once:
            running.append(Running(build, waiting.pop(0), seconds))
        time.sleep(0.2)
        for one in [one for one in running if one.process.poll() is not None]:
            clean = one.report() and clean
            running.remove(one)
    return clean


def merge(build, folder, targets):
    for target in targets:
        corpus = os.path.join(HERE, "corpus", target)
        with tempfile.TemporaryDirectory() as fresh:
            sources = [*kept(target), os.path.join(folder, target)]
            # The seeds go first, and are not needed twice; then the fewest files, the smallest first.
            subprocess.run([program(build, target), "-merge=1", "-use_counters=0", "-max_len=%d" % LONGEST[target], *LIMITS[:3], fresh,
                            *[source for source in sources if os.path.isdir(source)]],
                           check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment(), cwd=ROOT)
            seeds = set()
            for name in os.listdir(os.path.join(HERE, "seeds", target)):
                with open(os.path.join(HERE, "seeds", target, name), "rb") as file:
                    seeds.add(file.read())
            shutil.rmtree(corpus, ignore_errors=True)
            os.makedirs(corpus)
            for name in sorted(os.listdir(fresh)):
                with open(os.path.join(fresh, name), "rb") as file:
                    content = file.read()
                if content not in seeds:
                    with open(os.path.join(corpus, name), "wb") as file:
                        file.write(content)
        sizes = [os.path.getsize(os.path.join(corpus, name)) for name in os.listdir(corpus)]
        print("fuzz: %-10s %d files, %d bytes" % (target, len(sizes), sum(sizes)), flush=True)


def main():
    build, what, rest = os.path.abspath(sys.argv[1]), sys.argv[2], sys.argv[3:]
    folder = rest.pop(0) if what == "merge" else None
    unknown = [target for target in rest if target not in LONGEST]
    if unknown:
        sys.exit("fuzz: there is no target '%s'; there are %s" % (unknown[0], ", ".join(LONGEST)))
    targets = rest or list(LONGEST)
    if what == "merge":
        merge(build, folder, targets)
        return
    if not what.isdigit() or int(what) == 0:
        sys.exit("fuzz: SECONDS is a whole number above 0")
    sys.exit(0 if run(build, int(what), targets) else 1)


main()
