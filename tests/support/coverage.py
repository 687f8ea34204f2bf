"""Coverage by folder of src/, as a table: python3 coverage.py SUMMARY.json (made by gcovr --json-summary)."""
import json
import sys

with open(sys.argv[1], encoding="utf-8") as file:
    files = json.load(file)["files"]
folders = {}
for entry in files:
    counts = [entry[name] for name in ("line_covered", "line_total", "branch_covered", "branch_total")]
    for folder in (entry["filename"].split("/")[1], "all of src"):
        folders[folder] = [a + b for a, b in zip(folders.get(folder, [0] * 4), counts)]
print("| folder | lines | branches | lines and branches not met |\n|---|---|---|---|")
for folder in sorted(folders, key=lambda name: (name == "all of src", name)):
    lines, all_lines, branches, all_branches = folders[folder]
    print("| %s | %.1f%% | %.1f%% | %d of %d, %d of %d |" % (folder, 100 * lines / all_lines, 100 * branches / (all_branches or 1), all_lines - lines, all_lines, all_branches - branches, all_branches))
assert files, "no file was counted"
