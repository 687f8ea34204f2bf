"""What is read in blocks, on several threads and with rows put together, is what is read row by row: the same bytes out, the same messages with
the same lines, the same exit status, whatever stands in the file and wherever it is cut.
"""
import gzip
import itertools
import os
import random
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "support"))
from cli import EXAMPLE, Case, main  # noqa: E402

HEADER = ["Effective Date", "Organisation", "Employee Number", "Ethnic Origin", "Gender", "Grade", "Medical Grade", "Staff Group", "Team", "Primary Assignment", "FTE"]
DATES = ["2025-03-31"] * 6 + ["2024-03-31"]
ETHNICITIES = ["A White - British"] * 4 + ["H Indian", "N African", "Z Not Stated", "White", "b", ""]
GROUPS = ["Nursing and Midwifery Registered", "Administrative and Clerical", "Estates and Ancillary", "Medical and Dental", ""]
TEAMS = ["Ward 7", "Theatres, North", 'The "Old" Ward', "Line\nbreak", "Café", "  padded  ", "", "Übergang", "x" * 70]
BANDS = ["Band 2", "Band 5", "Band 6", "Band 8a", "VSM", "5", ""]


def quoted(text, always):
    return '"%s"' % text.replace('"', '""') if always or any(c in text for c in ',"\n\r') else text


def staff(chance, rows, ids, everything_quoted=False):
    """Rows as lists of cells; people come twice, some with groups that differ."""
    made = []
    for n in range(rows):
        medical = chance.random() < 0.1
        person = str(10000000 + chance.randrange(rows)) if chance.random() < 0.97 else chance.choice(["", "n/a", "0", "#N/A", "UUID-%d" % n, "1234567890123456%d" % n])
        made.append([chance.choice(DATES), chance.choice(["RZZ", "RYY"]), person, chance.choice(ETHNICITIES), chance.choice(["Female", "Male", "f"]), "" if medical else chance.choice(BANDS),
                     chance.choice(["Consultant", "Specialty Doctor"]) if medical else "", "Medical and Dental" if medical else chance.choice(GROUPS), chance.choice(TEAMS), chance.choice(["Y", "N"]), "0.8"])
    return made


def text_of(rows, ids=True, always=False, end="\n", delimiter=","):
    header = [name if ids or name != "Employee Number" else "Assignment Number" for name in HEADER]
    return "".join(delimiter.join(quoted(cell, always) for cell in row) + end for row in [header] + rows)


def every(place, change):
    """A change of some rows' cells."""
    def made(chance, rows):
        for row in chance.sample(rows, max(1, len(rows) // 40)):
            row[HEADER.index(place)] = change(chance)
    return made


def insert(line):
    def made(chance, rows):
        for _ in range(2):
            rows.insert(chance.randrange(len(rows)), [line])
    return made


# What happens to rows; each by itself and mixed.
ROWS = {
    "nothing": lambda chance, rows: None,
    "unmapped": every("Ethnic Origin", lambda chance: chance.choice(["Martian", "Xy", "ZZ9"])),
    "unmapped bands": every("Grade", lambda chance: "Band %d" % chance.randrange(20, 60)),
    "bad dates": every("Effective Date", lambda chance: chance.choice(["31/31/2025", "", "yesterday", "45747"])),
    "mixed dates": every("Effective Date", lambda chance: chance.choice(["31/03/2025", "03/31/2025"])),
    "other dates": every("Effective Date", lambda chance: "20%02d-%02d-28" % (chance.randrange(20, 27), chance.randrange(1, 13))),
    "no organisation": every("Organisation", lambda chance: ""),
    "spoiled": every("Employee Number", lambda chance: "1.23E+07"),
    "spoiled team": every("Team", lambda chance: "5.00E+01"),
    "totals": lambda chance, rows: rows.insert(len(rows) // 2, ["Total"] + [""] * (len(HEADER) - 1)),
    "total cells": every("Ethnic Origin", lambda chance: "All staff total"),
    "narrow": insert("2025-03-31,RZZ"),
    "wide": lambda chance, rows: rows[len(rows) // 3].extend(["", "more"]),
    "trailing": lambda chance, rows: rows[len(rows) // 3].extend(["", ""]),
    "footer": lambda chance, rows: rows.append(["Report printed by somebody"] + [""] * (len(HEADER) - 1)),
    "footers inside": lambda chance, rows: [rows.insert(at, ["Report printed by somebody"] + [""] * (len(HEADER) - 1)) for at in (5, len(rows) // 2)],
    "header again": lambda chance, rows: rows.insert(len(rows) // 2, list(HEADER)),
    "blank rows": lambda chance, rows: [rows.insert(len(rows) // 2, [""] * len(HEADER)) for _ in range(3)],
    "keyless": lambda chance, rows: rows.insert(len(rows) // 2, ["2025-03-31"] + [""] * 9 + ["1.0"]),
    "shifted": lambda chance, rows: rows[len(rows) // 2].__setitem__(slice(3, 8), ["Theatres", "7", "free", "text", "here"]),
}

# What happens to bytes.
BYTES = {
    "stray quote": lambda text: text.replace(b"Ward 7", b'Ward "7', 1),
    "stray quote late": lambda text: text[: len(text) * 2 // 3] + text[len(text) * 2 // 3 :].replace(b"Ward 7", b'Ward "7', 1),
    "unclosed": lambda text: text[: len(text) // 2] + text[len(text) // 2 :].replace(b"Ward 7", b'"Ward 7', 1),
    "text behind a quote": lambda text: text.replace(b'"Theatres, North"', b'"Theatres, North"x', 3),
    "blanks around quotes": lambda text: text.replace(b'"Theatres, North"', b' "Theatres, North" '),
    "lone CR": lambda text: text.replace(b"\n2025", b"\r2025", 3),
    "all CR": lambda text: text.replace(b"\n", b"\r"),
    "CR in cells": lambda text: text.replace(b"Line\nbreak", b"Line\rbreak"),
    "NUL": lambda text: text[: len(text) // 2] + text[len(text) // 2 :].replace(b"Band 5", b"Band\0005", 1),
    "BOM": lambda text: b"\xef\xbb\xbf" + text,
    "BOM inside": lambda text: text[: len(text) // 2] + text[len(text) // 2 :].replace(b"\n2025", b"\n\xef\xbb\xbf2025", 2),
    "Windows-1252": lambda text: text.decode().encode("cp1252"),
    "both encodings": lambda text: text[: len(text) // 2] + text[len(text) // 2 :].replace("Café".encode(), b"Caf\xe9", 2),
    "no byte of either": lambda text: text.replace("Café".encode(), b"Caf\x81", 1),
    "blank lines": lambda text: text.replace(b"\n2025", b"\n\n \t\n2025", 9),
    "no line end": lambda text: text[:-1],
    "cut off": lambda text: text[: len(text) * 3 // 4],
    "UTF-16": lambda text: text.decode().encode("utf-16"),
    "header only": lambda text: text[: text.index(b"\n") + 1],
    "long cell": lambda text: text.replace(b"Ward 7", b"w" * 200000, 1),
    "too long cell": lambda text: text.replace(b"Ward 7", b"w" * 1100000, 1),
    "endless": lambda text: text[:500] + b'"' + b"w,\n" * 400000,
    "many cells": lambda text: text + b"," * 10001 + b"\n",
    "preamble": lambda text: b"Report 17\n\n" + text,
}


class Blocks(Case):
    def assert_same(self, files, *options, arguments=None):
        """Every block size with every number of threads, against row by row."""
        names = []
        for name, content in files.items():
            names.append("%s=%s" % (name.split("-")[0].split(".")[0], name))
            with open(self.path(name), "wb") as out:
                out.write(content)
        words = ["calc"] + (arguments or names) + list(options)
        wanted = self.wres(*words, environment={"WRES_BLOCK": "0"})
        large = sum(map(len, files.values())) > 100000
        sizes = ("3000", "262144") if large else ("1", "7", "64", "301", "4096", "262144")
        for size, threads in itertools.zip_longest(sizes, "1237", fillvalue="2"):
            got = self.wres(*words, "--threads", threads, environment={"WRES_BLOCK": size})
            self.assertEqual((got.status, got.err), (wanted.status, wanted.err), "block %s, threads %s: %s" % (size, threads, words))
            self.assertEqual(got.out, wanted.out, "block %s, threads %s: %s" % (size, threads, words))
        return wanted

    def options(self, chance):
        return ["--format", chance.choice(["csv", "json"]), "--allow-unmapped", "-v"] + chance.choice([[], ["--by", "team"], ["--by", "sex"], ["--organisation", "RYY"], ["--as-at", "2025-03-31"]])

    def test_rows(self):
        for number, (name, change) in enumerate(ROWS.items()):
            for ids in (True, False):
                with self.subTest(name, ids=ids):
                    chance = random.Random(number)
                    rows = staff(chance, 300, ids)
                    change(chance, rows)
                    self.assert_same({"workforce.csv": text_of(rows, ids).encode()}, *self.options(chance))

    def test_bytes(self):
        for number, (name, change) in enumerate(BYTES.items()):
            for always, end in ((False, "\n"), (True, "\r\n")):
                with self.subTest(name, always=always):
                    chance = random.Random(number)
                    text = text_of(staff(chance, 200, True), True, always, end).encode()
                    self.assert_same({"workforce.csv": change(text)}, *self.options(chance))

    def test_mixtures(self):
        for seed in range(60):
            with self.subTest(seed=seed):
                chance = random.Random(seed)
                ids = chance.random() < 0.5
                rows = staff(chance, chance.choice([3, 40, 400]), ids)
                for name in chance.sample(sorted(ROWS), 3):
                    if len(rows) > 9 or name == "nothing":
                        ROWS[name](chance, rows)
                text = text_of(rows, ids, chance.random() < 0.3, chance.choice(["\n", "\r\n"]), chance.choice(",;\t")).encode()
                if chance.random() < 0.5:
                    text = BYTES[chance.choice(sorted(BYTES))](text)
                self.assert_same({"workforce.csv": text}, *self.options(chance))

    def test_many_neighbours(self):
        """More pairs of texts side by side than are looked up together, pairs that hardly ever come again, and texts that differ in the middle alone."""
        chance = random.Random(5)
        rows = staff(chance, 40000, True)
        for n, row in enumerate(rows):
            row[0] = "2025-03-31"
            row[1] = "Trust number %05d of the North" % (n % 9000)
            row[4] = "Female" if n < 20000 else "Female, as said on form %d of this year" % n
        for ids in (True, False):
            with self.subTest(ids=ids):
                self.assert_same({"workforce.csv": text_of(rows, ids).encode()}, "--format", "csv", "--allow-unmapped", "-v", "--organisation", "Trust number 00017 of the North")

    def test_many_groups(self):
        """More kinds of rows than are kept before what was counted is handed over; they come in order, and again and again."""
        rows = staff(random.Random(1), 65000, True)
        for again, ids in ((False, True), (False, False), (True, True)):
            with self.subTest(again=again, ids=ids):
                for n, row in enumerate(rows):
                    row[0] = "2025-03-31"
                    row[1] = "R%05d" % (n * 7 % 30011 % 6000 if again else n // 20)
                self.assert_same({"workforce.csv": text_of(rows, ids).encode()}, "--format", "json", "--allow-unmapped", "--organisation", "R00017")

    def test_something_is_counted(self):
        """Else all the comparisons compare refusals."""
        chance = random.Random(1)
        outcome = self.assert_same({"workforce.csv": text_of(staff(chance, 300, True)).encode()}, "--format", "csv")
        self.assertEqual(outcome.status, 0, outcome)
        self.assertGreater(outcome.out.count(b"\n"), 200)

    def test_settings(self):
        chance = random.Random(5)
        rows = staff(chance, 300, False)
        self.write("wres.yaml", """by: [team]
inputs:
  workforce:
    file: workforce.csv
    values: {ethnicity: {b: White, Xy: Asian}, sex: {f: Female}, snapshot_date: {"last March": 2025-03-31}}
    leave_out: {Team: ["Ward 7", never]}
    keep: {Gender: [Female, f]}
""")
        ROWS["unmapped"](chance, rows)
        rows[50][0] = rows[60][0] = "last March"
        outcome = self.assert_same({"workforce.csv": text_of(rows, False).encode()}, "--allow-unmapped", arguments=["--format", "json"])
        self.assertIn("'never', but no row has it", outcome.err)

    def test_several_files(self):
        chance = random.Random(6)
        first, second = (text_of(staff(chance, 150, True)).encode() for _ in range(2))
        self.assert_same({"workforce-1.csv": first, "workforce-2.csv": second}, "--format", "json")
        self.assertIn("the same as that of", self.assert_same({"workforce-1.csv": first, "workforce-2.csv": first}, "--format", "json").err)
        changed = first.replace(b"Female", b"Male", 1)
        self.assertNotIn("the same as that of", self.assert_same({"workforce-1.csv": first, "workforce-2.csv": changed}, "--format", "json").err)

    def test_standard_input_and_gzip(self):
        text = text_of(staff(random.Random(7), 2000, True)).encode()
        self.write("workforce.csv", text.decode())
        wanted = self.wres("calc", "workforce=workforce.csv", "--format", "csv", environment={"WRES_BLOCK": "0"})
        self.assertEqual(wanted.status, 0, wanted)
        with open(self.path("workforce.csv.gz"), "wb") as out:
            out.write(gzip.compress(text))
        for size, threads in (("1000", "1"), ("1000", "3"), ("262144", "2")):
            how = {"environment": {"WRES_BLOCK": size}}
            self.assertEqual(self.wres("calc", "workforce=workforce.csv.gz", "--format", "csv", "--threads", threads, **how).out, wanted.out)
            self.assertEqual(self.wres("calc", "workforce=-", "--format", "csv", "--threads", threads, stdin=text, **how).out, wanted.out)
            cut = self.wres("calc", "workforce=-", "--format", "csv", "--threads", threads, stdin=gzip.compress(text)[:-20], **how)
            self.assertEqual((cut.status, cut.out), (3, b""), cut)
            self.assertIn("cut off before its end", cut.err)

    def test_examples(self):
        settings = os.path.join(EXAMPLE, "wres.yaml")
        for command in ("calc", "goals"):
            for form in ("csv", "json", "table"):
                words = [command, "--settings", settings, "--format", form] + (["--by", "team"] if command == "calc" else [])
                wanted = self.wres(*words, environment={"WRES_BLOCK": "0"})
                self.assertEqual(wanted.status, 0, wanted)
                for size, threads in (("1000", "1"), ("1000", "2"), ("5000", "7"), ("262144", "3")):
                    got = self.wres(*words, "--threads", threads, environment={"WRES_BLOCK": size})
                    self.assertEqual((got.status, got.out, got.err), (wanted.status, wanted.out, wanted.err))

    def test_threads_are_checked(self):
        self.write("workforce.csv", text_of(staff(random.Random(8), 30, True)))
        for word in ("0", "65", "-1", "two", ""):
            outcome = self.wres("calc", "workforce=workforce.csv", "--threads", word)
            self.assertEqual((outcome.status, outcome.out), (2, b""), outcome)
            self.assertIn("1 to 64", outcome.err)
        self.write("wres.yaml", "threads: 3\ninputs: {workforce: workforce.csv}\n")
        self.assertEqual(self.wres("calc", "--format", "csv").out, self.wres("calc", "--format", "csv", "--threads", "1").out)


if __name__ == "__main__":
    main()
