#!/usr/bin/env python3
"""Makes tests/fuzz/samples and tests/fuzz/seeds from the examples and the definitions: small inputs from which fuzzing begins.

Seeds that stand for something that was found are kept by hand, in seeds/TARGET/found-*; this script leaves them alone.
"""
import csv
import glob
import gzip
import io
import os
import re

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
TABLES = ["awards", "board", "cases", "committee", "movements", "recruitment", "referrals", "survey", "training", "workforce"]
STANDARDS = sorted(os.path.basename(path)[:-5] for path in glob.glob(os.path.join(ROOT, "data/standards/*.yaml")))
LISTS = sorted(os.path.basename(path)[:-4] for path in glob.glob(os.path.join(ROOT, "data/codes/*.csv")))
CALCULATE, CHECK, GUESS, GOALS = range(4)
DATE, SAMPLES, BY, GROUPS, LENIENT, STRICT = 1, 2, 4, 8, 16, 32
DAY, MONTH, WINDOWS, UTF16, SEMICOLON, MARKS, TAB, LEFT_OUT, COLUMNS = range(1, 10)


def read(path):
    with open(os.path.join(ROOT, path), "rb") as file:
        return file.read()


def write(folder, name, content):
    path = os.path.join(HERE, folder)
    os.makedirs(path, exist_ok=True)
    with open(os.path.join(path, name), "wb") as file:
        file.write(content)


def letter(number):
    return bytes([ord("0") + number])


def records(name, table, action, content, standard="wres-2025", options=0, reading=0):
    if isinstance(content, str):
        content = content.encode()
    head = [TABLES.index(table), action, STANDARDS.index(standard), options, reading]
    write("seeds/records", name, b"".join(letter(n) for n in head) + content)


def sample(table):
    """Rows of the example that belong together: of few people, at the last two snapshots."""
    with open(os.path.join(ROOT, "data/examples/trust", table + ".csv"), encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    if table == "workforce":  # no two columns that may be the role
        rows = [row[:rows[0].index("Position Title")] + row[rows[0].index("Position Title") + 1:] for row in rows]
    header, rows = rows[0], rows[1:]
    if "Employee Number" in header:
        at = header.index("Employee Number")
        if table == "workforce":
            rows = [row for row in rows if row[0] in ("2024-03-31", "2025-03-31") and row[at] in PEOPLE]
        else:
            rows = [row for row in rows if row[at] in PEOPLE] + rows[:6]
    elif table == "recruitment":
        rows = [row for row in rows if row[header.index("Application Date")] > "2024-04-01"][::97]
    elif table == "survey":
        rows = rows[-16000::700]
    elif table == "board":
        rows = [row for row in rows if row[0] == "2025-03-31"] or rows[-14:]
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([header] + rows[:24])
    return out.getvalue().encode()


def people():
    with open(os.path.join(ROOT, "data/examples/trust/movements.csv"), encoding="utf-8-sig", newline="") as file:
        movers = [row["Employee Number"] for row in csv.DictReader(file)][::50]
    with open(os.path.join(ROOT, "data/examples/trust/cases.csv"), encoding="utf-8-sig", newline="") as file:
        movers += [row["Employee Number"] for row in csv.DictReader(file)][::60]
    return set(movers)


def counted():
    england = read("data/examples/england/nhs_england_ethnicity_grade_2009_2022.csv").decode("utf-8-sig").splitlines()
    records("england", "workforce", CALCULATE, "\n".join(england[:1] + england[-24:]) + "\n", options=LENIENT)
    records("england-check", "workforce", CHECK, "\n".join(england[:1] + england[-24:]) + "\n")
    records("hidden", "workforce", CALCULATE,
            "Date,Ethnicity,Band,Count\n31/03/2025,White,Band 5,12\n31/03/2025,BME,Band 5,<5\n31/03/2025,BME,Band 6,*\n31/03/2025,White,Band 6,-\n",
            reading=MARKS)
    records("survey-percent", "survey", CALCULATE,
            "Year,Ethnicity,Question,Percent,Base\n2024,White,Q14a,27.5,612\n2024,BME,Q14a,31.2,301\n2024,BME,Q15,*,10\n2024,White,Q15,55.0,400\n",
            options=DATE)
    records("police", "workforce", GUESS, gzip.decompress(read("data/examples/police/police_force_rank_ethnicity_2003_2006.csv.gz"))[:1500])
    records("primary-care", "survey", CALCULATE, read("data/examples/primary-care/survey.csv")[:1500].rsplit(b"\n", 1)[0] + b"\n",
            standard="primary-care-survey", options=DATE)


def blemished():
    """What exports come with: encodings, totals, repeated headers, preambles, stray quotes, formulas, dates in both orders."""
    head, row = "Date,Employee Number,Ethnicity,Band,Staff Group,Sex\n", "31/03/2025,1,White - British,Band 5,Estates and Ancillary,F\n"
    rows = head + row + row.replace(",1,", ",2,").replace("White - British", "Z")
    for action, name in ((CALCULATE, "calc"), (CHECK, "check"), (GUESS, "guess")):
        records(name + "-preamble", "workforce", action, "Report of staff\n\n" + rows)
        records(name + "-total", "workforce", action, rows + "Total,,,,,2\n\nPrinted 1 April\n", options=LENIENT)
        records(name + "-header-again", "workforce", action, rows + head + row)
        records(name + "-utf16", "workforce", action, rows.encode("utf-16"))
        records(name + "-windows", "workforce", action, rows.replace(" - ", " – ").encode("cp1252"))
        records(name + "-semicolons", "workforce", action, rows.replace(",", ";"), reading=SEMICOLON)
        records(name + "-tabs", "workforce", action, "x\n" + rows.replace(",", "\t"), reading=TAB)
        records(name + "-quote", "workforce", action, rows + '31/03/2025,3,"White,Band 5\n')
        records(name + "-formula", "workforce", action, rows.replace("Estates", "=1+1").replace("Band 5", "@x"), options=BY)
        records(name + "-formula-organisation", "workforce", action, head.replace("Date", "Org Code,Date") +
                "".join(text + "," + row for text in ("=1+1", "@x", "-2+3", "\uff1dA", "+A", '"\tB"')))
        records(name + "-gzip", "workforce", action, gzip.compress(rows.encode(), mtime=0))
        records(name + "-two-gzip", "workforce", action, gzip.compress(head.encode(), mtime=0) + gzip.compress(row.encode(), mtime=0) + bytes(16))
        records(name + "-crlf-bom", "workforce", action, b"\xef\xbb\xbf" + rows.replace("\n", "\r\n").encode())
        records(name + "-cr", "workforce", action, rows.replace("\n", "\r"))
        records(name + "-ragged", "workforce", action, rows + "31/03/2025,4\n31/03/2025,5,A,Band 6,,,,,\n")
        records(name + "-months", "workforce", action, rows.replace("31/03/2025", "03/04/2025"), reading=MONTH)
        records(name + "-nul", "workforce", action, rows.replace("Band 5", "Band\0005"))
        records(name + "-escapes", "workforce", action, rows.replace("Z", "\x1b[31mZ\u202e").replace("Sex", "S\u200bex"))
        records(name + "-spoilt-ids", "workforce", action, rows.replace(",1,", ",1.23E+07,").replace(",2,", ",1.23E+07,"))
        records(name + "-marker", "workforce", action, rows + "\n#@2\nDate Entered,Case ID,Employee Number,Formal\n01/05/2024,E1,1,Y\n")
        records(name + "-empty", "workforce", action, "")
        records(name + "-workbook", "workforce", action, b"PK\x03\x04xl/workbook")
    records("sixteen", "workforce", CALCULATE, rows, options=GROUPS | STRICT)
    records("mapped", "workforce", CALCULATE, rows.replace("Ethnicity", "Group"), reading=COLUMNS)
    records("left-out", "recruitment", CALCULATE,
            "Application Date,Vacancy,Applicant ID,Ethnicity,Stage\n2024-05-01,V1,A,White,Shortlisted\n2024-05-01,V1,B,BME,Appointed\n,,,,Total\n",
            options=DATE, reading=LEFT_OUT)


def examples():
    for number, table in enumerate(TABLES):
        content = SAMPLE[table]
        records("sample-" + table, table, CALCULATE, content, options=SAMPLES | LENIENT, standard=STANDARDS[number % len(STANDARDS)])
        records("check-" + table, table, CHECK, content, options=SAMPLES)
        records("guess-" + table, table, GUESS, content)
        both = SAMPLE["workforce"] + b"\n#@" + letter(TABLES.index(table)) + b"\n" + content
        records("linked-" + table, "workforce", CALCULATE, both, options=LENIENT | BY)
    for number, standard in enumerate(STANDARDS):
        records("standard-" + standard, "workforce", CALCULATE, SAMPLE["workforce"], standard=standard, options=SAMPLES | LENIENT | BY)
    both = SAMPLE["workforce"] + b"\n#@4\n" + SAMPLE["movements"]
    records("goals", "workforce", GOALS, both, options=LENIENT)
    records("goals-check", "workforce", CHECK, both, standard="model-employer", options=LENIENT)
    records("goals-linked", "workforce", GOALS, both + b"\n#@5\n" + SAMPLE["recruitment"], options=LENIENT | BY)


def system():
    """Counted rows of several organisations, which are set side by side."""
    def some(name, wanted):
        lines = read("data/examples/system/%s.csv" % name).decode("utf-8-sig").splitlines()
        return "\n".join(lines[:1] + [line for line in lines[1:] if wanted(line)]) + "\n"

    def two_groups(line):
        return ("A White - British" in line or "Indian" in line) and re.match(r".*RZ[1-4]", line)
    staff = some("workforce", lambda line: two_groups(line) and re.search("Band [58]|Consultant", line))
    hired = some("recruitment", lambda line: two_groups(line) and "2024-04" in line)
    cases = some("cases", lambda line: re.match("RZ[1-4]", line) and "Disciplinary" in line)
    for name, options in (("plain", LENIENT), ("groups", LENIENT | GROUPS), ("by", LENIENT | BY | GROUPS)):
        records("system-" + name, "workforce", CALCULATE, staff + "\n#@5\n" + hired + "\n#@2\n" + cases, options=options)


def settings():
    for path in sorted(glob.glob(os.path.join(ROOT, "data/examples/*/wres.yaml"))):
        text = read(path)
        name = os.path.basename(os.path.dirname(path))
        write("seeds/settings", name, b"0" + text)
        short = re.sub(rb"(?m)^\s*#.*\n|\s+#.*$", b"", text)
        for command in b"012":
            write("seeds/settings", "%s-short-%c" % (name, command), bytes([command]) + short)
    table = ["workforce", "recruitment", "cases", "training", "survey", "board", "movements"]
    some = "".join("  %s: {file: %s.csv}\n" % (name, name) for name in table)
    write("seeds/settings", "flow", ("0standard: [wres-2025, mwres-2021, wdes-2023]\ninputs:\n" + some).encode())
    write("seeds/settings", "all-options", ("0as_at: 2025-03-31\norganisation: RZZ\nby: [sex, 'sex,pay_band']\ngroups: 5\nunknown: include\ndecimals: 3\n"
          "chinese: asian\ncorrect: holm\nstratify: staff_group\ndates: d/m/y\nformat: json\nfail_on: outside\nallow_unmapped: yes\nstrict: no\n"
          "hash: yes\nraw: no\ncodes: [ethnicity.csv]\ntables: workforce.yaml\ninputs:\n" + some).encode())
    write("seeds/settings", "goals", ("1bands: [8a, '8b,8c', 9+]\npools: [8c+]\nbaseline: 2024-03-31\nby_date: 2028-03-31\nevery: quarter\n"
          "reference_base: known\nreference_scope: afc\ngoal_rounding: least\nturnover: 10\nturnover_bme: 11.5\ngrowth: -2\nshortlist_share: 30\n"
          "likelihood: 1.54\nallow_unmapped: yes\ninputs:\n  workforce: workforce.csv\n").encode())
    write("seeds/settings", "inputs", ("2inputs:\n  workforce:\n    files: [workforce.csv, england.csv]\n    columns: {ethnicity: 'Ethnic Origin', pay_band: Grade}\n"
          "    values:\n      ethnicity: {Wht: A, 'x: y': Z}\n    leave_out: {Team: [Finance]}\n    keep:\n      Organisation: RZZ\n    dates: m/d/y\n"
          "    encoding: Windows-1252\n    delimiter: tab\n    header_line: 3\n    zero: ['-', nil]\n    hidden: {'<5': 1-4, '*': ''}\n"
          "  cases:\n    - {file: cases.csv}\n    - file: more.csv\n").encode())
    write("seeds/settings", "anchors", b"0inputs:\n  workforce: &a {file: workforce.csv, columns: {ethnicity: &e Ethnic Origin}}\n  cases: *a\nby: [*e, *e]\n")
    write("seeds/settings", "quotes", "0inputs:\n  workforce:\n    file: \"w\\u00e9\\t\\x1b.csv\"\n    columns:\n      ? \"a\\nb\"\n      : |\n        two\n        lines\n"
          "      'it''s': !!str yes\n      ~: \"\\U0001F600\"\n---\n...\n".encode())


def standards():
    for name in STANDARDS:
        text = read("data/standards/%s.yaml" % name)
        write("seeds/standards", name, b"s" + text)
        write("seeds/standards", name + "-short", b"s" + re.sub(rb'(?m)^(\s*)(definition|numerator|denominator|window|source|certainty_note|direction): .*$',
                                                                   rb"\1\2: x", re.sub(rb"(?m)^\s*#.*\n", b"", text)))
    for name in TABLES:
        write("seeds/standards", "table-" + name, b"t" + read("data/tables/%s.yaml" % name))
    for path in sorted(glob.glob(os.path.join(ROOT, "data/examples/*/*.yaml"))):
        text = read(path)
        if text.startswith(b"standard:") or b"\nindicators:" in text:
            write("seeds/standards", "example-" + os.path.basename(path)[:-5], b"s" + text)
        if b"\nfields:" in text:
            write("seeds/standards", "example-table-" + os.path.basename(path)[:-5], b"t" + text)


def codes():
    for number, name in enumerate(LISTS):
        lines = read("data/codes/%s.csv" % name).decode().splitlines(keepends=True)
        kept = [line for line in lines[1:] if "(blank)" in line or "(unmapped)" in line]
        some = [line for line in lines[1:] if line not in kept][:: max(1, len(lines) // 12)]
        write("seeds/codes", name, letter(number) + "".join(lines[:1] + some + kept).encode())
        if len(lines) < 100:
            write("seeds/codes", name + "-whole", letter(number) + "".join(lines).encode())
    write("seeds/codes", "quoted", b'0"spelling",code,"row"\r\n"a ""b""",X,"one"\r\n(blank),,two\r\n(unmapped),,two\r\n')


def numbers():
    write("seeds/numbers", "texts", b"t" + b"\n".join([
        b"0", b"1,976", b"27.5", b"-3", b"-0.0000000001", b"999999999.999999999", b"1e5", b"0x10", b" 12 ", b"1,97", b"+5", b"31/03/2025", b"2025-03-31",
        b"31-Mar-2025", b"31 March 2025 00:00", b"20250331", b"Sep 2017", b"SEP-2017", b"2017-SEP", b"31/12/4712", b"29/02/2023", b"3/4/25",
        "Band\u00a05".encode(), "White \u2013 British".encode(), "\u200bA\u202e".encode(), b"\xff\xfe", b"A & B", "\uff1d1".encode(), b"x" * 100]))
    for kind in range(8):
        write("seeds/numbers", "kind-%d" % kind, bytes([kind]) + bytes((i * 37 + kind * 11) % 256 for i in range(96)))
        write("seeds/numbers", "small-%d" % kind, bytes([kind]) + b"".join(bytes([0, i % 8]) for i in range(40)))


def quoted(text):
    return '"%s"' % "".join(c if 0x20 <= ord(c) < 0x7f and c not in '"\\' else "".join("\\x%02x" % b for b in c.encode()) for c in text)


def dictionary(name, words):
    write("dictionaries", name + ".dict", ("".join(quoted(word) + "\n" for word in dict.fromkeys(words) if 0 < len(word.encode()) <= 40)).encode())


def keys(text):
    return re.findall(r"(?m)^\s*(?:- )?([a-z_]+):", text)


def dictionaries():
    headers, values, names = [], [], []
    for name in TABLES:
        text = read("data/tables/%s.yaml" % name).decode()
        for line in re.findall(r"headers: \[(.*)\]", text):
            headers += [word.strip(" '\"") for word in line.split(",")][:3]
        names += keys(text) + re.findall(r"name: (\w+)", text)
    for name in LISTS:
        rows = list(csv.DictReader(io.StringIO(read("data/codes/%s.csv" % name).decode())))
        values += [row["spelling"] for row in rows[:: max(1, len(rows) // 15)]]
    marks = ["\n", "\r\n", '"', '""', ",", ";", "\t", "|", "\ufeff", "\u2013", "\u200b", "\u00a0", "=1+1", "<5", "*", "Total", "31/03/2025", "2025-03-31", "4712-12-31", "1.23E+07",
             "1,976", "27.5", "999999999999"] + ["\n#@%s\n" % letter(n).decode() for n in range(len(TABLES))]
    dictionary("records", headers + values + marks)
    yaml = ["\n", ": ", "- ", "\n  ", "\n    ", "{", "}", "[", "]", "&a ", "*a", "|", ">", "? ", "!!str ", "---", "...", "~", "\\x", "%YAML 1.1", "'", '"', "#", " not in ", " in ", " >= ", " <= ", "."]
    words = [word for name in STANDARDS for word in keys(read("data/standards/%s.yaml" % name).decode())]
    conditions = re.findall(r"[a-z_]+(?:\.[a-z_0-9]+)? (?:not )?in [^\n'\"#]{1,20}", "".join(read("data/standards/%s.yaml" % name).decode() for name in STANDARDS))
    dictionary("standards", yaml + words + names + conditions[::3] + TABLES)
    options = re.findall(r'"([a-z][a-z_/-]+)"', read("src/config/settings.c").decode() + read("src/cli/calculation.c").decode() + read("src/cli/goals.c").decode())
    dictionary("settings", yaml + options + names + TABLES + STANDARDS + [name + ".csv" for name in TABLES] + ["8a", "8c+", "yes", "no"])
    dictionary("codes", ["spelling", "code", "order", "treatment", "source", "(blank)", "(unmapped)", "ambiguous", "row", "section", "group2", "group5", "group16", "BME", "White", "\n", ",", '"'] + values)
    dictionary("numbers", ["t", "\n", "/", "-", ".", ",", "Mar", "March", "4712", "2025", "00:00", "\u00a0", "\u2013", "\u200b", "&", " and "])


PEOPLE = people()
SAMPLE = {table: sample(table) for table in TABLES}

if __name__ == "__main__":
    for path in glob.glob(os.path.join(HERE, "seeds/*/*")):
        if not os.path.basename(path).startswith("found-"):
            os.remove(path)
    for table in TABLES:
        write("samples", table + ".csv", SAMPLE[table])
    counted()
    blemished()
    examples()
    system()
    settings()
    standards()
    codes()
    numbers()
    dictionaries()
