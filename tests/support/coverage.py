"""Coverage by folder of src/, as a table, and whether the bars are met: python3 coverage.py COVERAGE.json (made by gcovr --json).

Exit status 1 where a bar is not met; of what must be whole, every line and branch that is not met is listed."""
import json
import re
import sys

LEAST_LINES, LEAST_BRANCHES = 95, 90  # percent, of all of src/
WHOLE = ("src/stats/", "src/indicator/", "src/disclosure/", "src/base/decimal.c")


class Counted:
    """Lines and branches met, of how many."""

    def __init__(self):
        self.lines = self.all_lines = self.branches = self.all_branches = 0

    def add(self, other):
        for name, number in vars(other).items():
            setattr(self, name, getattr(self, name) + number)

    def percents(self):
        return (100 * self.lines / self.all_lines if self.all_lines else 100,
                100 * self.branches / self.all_branches if self.all_branches else 100)

    def is_whole(self):
        return self.lines == self.all_lines and self.branches == self.all_branches


def count_file(entry):
    """What is counted in a file, and the lines of which something is not met."""
    counted, missed = Counted(), []
    for line in entry["lines"]:
        if line.get("gcovr/noncode") or line.get("gcovr/excluded"):
            continue
        branches = [branch["count"] > 0 for branch in line["branches"] if not branch.get("throw")]
        counted.all_lines += 1
        counted.lines += line["count"] > 0
        counted.all_branches += len(branches)
        counted.branches += sum(branches)
        if not line["count"] or not all(branches):
            missed.append((line["line_number"], line["count"], branches))
    return counted, missed


def print_missed(path, missed):
    with open(path, encoding="utf-8") as file:
        source = file.read().split("\n")
    for number, count, branches in missed:
        what = "%d of %d branches" % (branches.count(False), len(branches)) if count else "line"
        print("%s:%d: not met: %s: %s" % (path, number, what, source[number - 1].strip()))


def exclusions_without_reason(path):
    with open(path, encoding="utf-8") as file:
        return ["%s:%d" % (path, number) for number, text in enumerate(file, 1)
                if re.search(r"[GL]COVR?_EXCL", text) and not re.search(r"GCOVR_EXCL_(BR_)?LINE: \S+ \S+", text)]


def main(path):
    with open(path, encoding="utf-8") as file:
        files = sorted(json.load(file)["files"], key=lambda entry: entry["file"])
    assert files, "no file was counted"
    folders, whole, good = {}, {name: Counted() for name in WHOLE}, True
    for entry in files:
        counted, missed = count_file(entry)
        for folder in (entry["file"].split("/")[1], "all of src"):
            folders.setdefault(folder, Counted()).add(counted)
        for name in WHOLE:
            if entry["file"].startswith(name):
                whole[name].add(counted)
                print_missed(entry["file"], missed)
    print("| folder | lines | branches | lines and branches not met |\n|---|---|---|---|")
    for folder in sorted(folders, key=lambda name: (name == "all of src", name)):
        c = folders[folder]
        print("| %s | %.1f%% | %.1f%% | %d of %d, %d of %d |" % (folder, *c.percents(), c.all_lines - c.lines, c.all_lines,
                                                           c.all_branches - c.branches, c.all_branches))
    lines, branches = folders["all of src"].percents()
    if lines < LEAST_LINES or branches < LEAST_BRANCHES:
        print("NOT MET: %d%% of lines and %d%% of branches of src/" % (LEAST_LINES, LEAST_BRANCHES))
        good = False
    for name, counted in whole.items():
        if not counted.all_lines or not counted.is_whole():
            print("NOT MET: 100%% of lines and branches of %s" % name)
            good = False
    for place in [place for entry in files for place in exclusions_without_reason(entry["file"])]:
        print("%s: an exclusion without its reason" % place)
        good = False
    return 0 if good else 1


sys.exit(main(sys.argv[1]))
