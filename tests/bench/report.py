"""Measurements as text and as the tables of docs/performance.md, and the bars that are to be held."""
import os
import platform
import statistics
import subprocess

import answer

BEGIN, END = "<!-- results: begin (python3 tests/bench/bench.py --write-docs) -->", "<!-- results: end -->"
MEASURED, PEER = "wres calc", "DuckDB"
NODE = "node"

# What is to be reached: the case, of which figure, at most how much.
BARS = [
    ("1.5 million rows", "full", "wall", 0.20),
    ("1.5 million rows", "full", "peak", 16),
    ("1.5 million rows, persons told apart", "persons", "wall", 0.50),
    ("1.5 million rows, persons told apart", "persons", "peak", 80),
    ("15 million rows", "large", "wall", 0.20),
    ("15 million rows", "large", "peak", 16),
    ("15 million rows", "large", "growth", 1.15),
    ("15 million rows, persons told apart", "large-persons", "wall", 0.50),
    ("15 million rows, persons told apart", "large-persons", "peak", 80),
    ("10,000 rows", "10k", "wall", 0.125),
    ("every field quoted", "quoted", "wall", 0.33),
    ("from 375,000 to 1.5 million rows", "full", "steps", 1.15),
]
FIGURES = {"wall": "wall time, of DuckDB's", "peak": "peak memory, MB", "growth": "time per row, of that of 1.5 million",
           "steps": "time per row, of that of 375,000"}


def summary(outcomes, fault):
    """Median times, the highest peak."""
    failed = [outcome["status"] for outcome in outcomes if outcome["status"] != 0]
    return {"wall": statistics.median(outcome["wall"] for outcome in outcomes), "least": min(outcome["wall"] for outcome in outcomes),
            "cpu": statistics.median(outcome["cpu"] for outcome in outcomes), "peak": max(outcome["peak"] for outcome in outcomes),
            "runs": len(outcomes), "fault": fault or ("failed %d times" % len(failed) if failed else "")}


def first_line(command, fallback=""):
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=answer.ROOT, timeout=20)
    except OSError:
        return fallback
    lines = done.stdout.decode("utf-8", "replace").splitlines()
    return lines[0].strip() if done.returncode == 0 and lines else fallback


def of_processor():
    fields = {}
    with open("/proc/cpuinfo") as file:
        for line in file:
            name, _, value = line.partition(":")
            fields.setdefault(name.strip(), value.strip())
    name = fields.get("model name", platform.machine())
    return "%s (family %s, model %s)" % (name, fields["cpu family"], fields["model"]) if "cpu family" in fields else name


def machine():
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2 ** 30
    commit = first_line(["git", "describe", "--always", "--dirty"], "unknown")
    return {"processor": of_processor(), "cores": os.cpu_count(), "memory": "%.0f GB" % memory, "system": ("%s %s" % (platform.system(), platform.release().split("-")[0])),
            "compiler": first_line(["cc", "--version"]), "commit": commit}


def duration(seconds):
    return "%.1f ms" % (1000 * seconds) if seconds < 0.1 else "%.0f ms" % (1000 * seconds) if seconds < 1 else "%.2f s" % seconds


def megabytes(kilobytes):
    return "%.1f" % (kilobytes / 1024) if kilobytes < 102400 else "%.0f" % (kilobytes / 1024)


def ratio(number):
    return "%.3f" % number if number < 1 else "%.2f" % number if number < 10 else "%.1f" % number


def ratios(case, name):
    """Wall time over DuckDB's whole process, and over it less what node alone takes."""
    peer = case["tools"].get(PEER)
    if not peer or peer["fault"]:
        return "", ""
    start = case["nothing"].get(NODE, {}).get("wall", 0)
    own = start if name in (PEER, "polars") else 0
    return ratio(case["tools"][name]["wall"] / peer["wall"]), ratio((case["tools"][name]["wall"] - own) / (peer["wall"] - start))


HEADER = ["tool", "wall", "least", "CPU", "peak MB", "of DuckDB", "without node's start", "answer"]


def rows_of(case):
    for name, tool in case["tools"].items():
        yield [name, duration(tool["wall"]), duration(tool["least"]), duration(tool["cpu"]), megabytes(tool["peak"]), *ratios(case, name),
               tool["fault"] or "right"]


def described(case):
    text = "%.1f MB, %d thread%s, median of %d, %d cells" % (case["bytes"] / 1e6, case["threads"], "s" * (case["threads"] > 1), case["runs"],
                                                             case["cells"])
    return text + ("; others used %.0f%% of the processors" % (100 * case["others"]) if case["others"] > 0.03 else "")


def case_as_text(case):
    table = [HEADER, *rows_of(case)]
    widths = [max(len(row[n]) for row in table) for n in range(len(HEADER))]
    lines = ["  ".join(cell.ljust(width) if n in (0, len(HEADER) - 1) else cell.rjust(width) for n, (cell, width) in enumerate(zip(row, widths)))
             for row in table]
    return "\n".join(["%s (%s)" % (case["title"], described(case)), *("  " + line.rstrip() for line in lines), ""])


# ------------------------------------------------------------------------------------------------------------------------ bars

def per_row(results, name):
    case = results["cases"].get(name)
    return case["tools"][MEASURED]["wall"] / case["rows"] if case and MEASURED in case["tools"] else None


def figure(results, case_name, kind):
    """What a bar is about: the figure, and of wall times the one without node's start; None where it was not measured."""
    case = results["cases"].get(case_name)
    if not case or MEASURED not in case["tools"]:
        return None
    own = case["tools"][MEASURED]
    if kind == "peak":
        return own["peak"] / 1024, None
    if kind == "wall":
        peer = case["tools"].get(PEER)
        if not peer or peer["fault"]:
            return None
        return own["wall"] / peer["wall"], own["wall"] / (peer["wall"] - case["nothing"][NODE]["wall"])
    base = per_row(results, "full" if kind == "growth" else "quarter")
    return (per_row(results, case_name) / base, None) if base else None


def bars(results):
    """Rows: what, which figure, the bar, the figure, the same without node's start, held or not."""
    for title, case, kind, most in BARS:
        found = figure(results, case, kind)
        number = "%.0f" if kind == "peak" else "%.3f"
        if found is None:
            yield [title, FIGURES[kind], number % most, "", "", "not measured"]
        else:
            fault = results["cases"][case]["tools"][MEASURED]["fault"]
            yield [title, FIGURES[kind], number % most, ("%.1f" if kind == "peak" else "%.3f") % found[0],
                   "%.3f" % found[1] if found[1] is not None else "",
                   "wrong answer" if fault else "held" if found[0] <= most else "not held"]


BAR_HEADER = ["case", "figure", "at most", "measured", "without node's start", ""]


def bars_as_text(results):
    table = [BAR_HEADER, *bars(results)]
    widths = [max(len(row[n]) for row in table) for n in range(len(BAR_HEADER))]
    return "\n".join(["Bars (wres calc)", *("  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip() for row in table)])


# ----------------------------------------------------------------------------------------------------------------------- pages

def markdown(header, rows):
    lines = ["| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def newest(cases):
    return max(cases, key=lambda case: case["date"])


def of_machine(cases):
    versions = {}
    for case in cases:
        versions.update(case["versions"])
    made, dates = newest(cases)["machine"], sorted({case["date"] for case in cases})
    tools = ["%s: %s" % (name, version) for name, version in versions.items() if name != "wres cube"]
    return "\n".join(["Measured %s on %s, %d cores, %s of memory; %s; wres at commit %s, compiled by %s." % (
        " and ".join(dates), made["processor"], made["cores"], made["memory"], made["system"], made["commit"], made["compiler"]), "",
        "Versions: " + "; ".join(tools) + "."])


def nothing_as_text(nothing):
    parts = ["%s %s and %s MB" % (name, duration(tool["wall"]), megabytes(tool["peak"])) for name, tool in nothing.items()]
    return "To start and end, doing nothing: " + ", ".join(parts) + "."


def as_pages(results):
    cases = list(results["cases"].values())
    parts = [of_machine(cases), nothing_as_text(newest(cases)["nothing"]), "### The bars", markdown(BAR_HEADER, bars(results))]
    for case in cases:
        parts += ["### " + case["title"], described(case) + ".", markdown(HEADER, rows_of(case))]
    return "\n\n".join(parts)


def write_docs(results, path):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    before, _, rest = text.partition(BEGIN)
    _, found, after = rest.partition(END)
    if not found:
        raise SystemExit("%s: the two lines between which results stand are not there" % path)
    with open(path, "w", encoding="utf-8") as file:
        file.write(before + BEGIN + "\n\n" + as_pages(results) + "\n\n" + END + after)
