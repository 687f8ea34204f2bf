"""Exports broken in named ways. Each gives the figures of the whole export, or a clear error, or other figures and a word about why.

A mutation takes the files of a good set (tests/support/exports.py), spoils them, and says beforehand what may come of it:

    SAME       exit 0, and every column of every result but `note` as before. With `says`, a message about the damage besides.
    REFUSED    exit 2, 3 or 4, an error that names the file, and the line and the field where there is one, nothing on standard output, and an
               earlier output file as it was.
    SAID       exit 0 and other figures, and a warning that names the file (or its table) and this damage. Each says why that is enough.
    HIDDEN     exit 0 and other figures without a word, as no single run can know; `wres check` must then say so.

Where two are given, either keeps the promise. Whatever comes of it, no file is left behind, no message holds an identifier, free text
or a control character, and nothing is killed by a signal or runs for ever.

What no reader can see is not here: rows that are missing behind a whole line end, a day and a month exchanged in one cell of a column that
has both, two columns of Y and N under each other's names.
"""
import csv
import gzip
import io
import os
import re
import shutil
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "support"))
import exports  # noqa: E402
from cli import COLUMNS, Case, is_sanitized, main, read_rows, run  # noqa: E402
from exports import LATEST, SECRET, Table  # noqa: E402

SAME, REFUSED, SAID, HIDDEN = "same", "refused", "said", "hidden"
USAGE, DATA, IO = 2, 3, 4
EARLIER = b"an earlier result\n"
BASES = {}                      # name of a set: its folder, its files, its results and its messages


class World:
    """The files of a set, as a mutation finds and leaves them."""

    def __init__(self, files):
        self.files = dict(files)
        self.options = []
        self.folders = []

    def table(self, name):
        return Table(self.files[name + ".csv"])

    def save(self, name, table, **how):
        self.files[name + ".csv"] = table.content(**how)

    def text(self, name):
        return self.files[name + ".csv"].decode("utf-8-sig")

    def put(self, name, content):
        self.files[name + ".csv"] = content if isinstance(content, bytes) else content.encode()

    def settings(self, old, new):
        before = self.files["wres.yaml"].decode()
        assert before.count(old) >= 1, "the settings have no %r" % old
        self.files["wres.yaml"] = before.replace(old, new, 1).encode()

    def setting(self, name, line):
        """Adds a line to the settings of a table's file."""
        self.settings("    file: %s.csv\n" % name, "    file: %s.csv\n    %s\n" % (name, line))

    def no_columns(self, name):
        """Takes the mapping of a table out of the settings, so that its headers must be recognised."""
        before = self.files["wres.yaml"].decode()
        after, count = re.subn(r"(?m)^(    file: %s\.csv\n)    columns:\n(?:      .*\n)+" % name, r"\1", before)
        assert count == 1, name
        self.files["wres.yaml"] = after.encode()


class Mutation:
    def __init__(self, name, table, expect, function, base="trust", says=None, status=DATA, field=None, check=None, why=None, file=None,
                 always=False, quiet=False):
        assert expect - {SAME} or says is None or re.compile(says), name
        assert SAID not in expect and HIDDEN not in expect or why, "%s: say why other figures are right" % name
        assert SAID not in expect or says, "%s: what must be said?" % name
        self.name, self.table, self.expect, self.function, self.base = name, table, expect, function, base
        self.says, self.status, self.field, self.check, self.why = says, status, field, check, why
        self.file = file or table + ".csv"
        self.severity = "(?:warning|note)" if quiet else "warning"
        self.always = always or SAID not in expect           # whether it must be said where the figures are the same, too

    def place(self, line):
        """How a message about it begins: file (or table, where all its files are meant), line, field."""
        if line:
            return r"%s:%d: " % (re.escape(self.file), line)
        return r"(?:%s|%s|%s)(?::\d+)?: " % (re.escape(self.file), self.file.split(".")[0], self.table)


MUTATIONS = []


def mutation(table, *expect, **more):
    def keep(function):
        MUTATIONS.append(Mutation(function.__name__, table, set(expect), function, **more))
        return function
    return keep


def rule(name, table, expect, function, **more):
    """A mutation that is one of a row of like ones."""
    MUTATIONS.append(Mutation(name, table, set(expect), function, **more))


WHITE = ("A White - British", "White - British", "A")


def staff_rows(table, ethnicities=WHITE):
    """Rows of people who are in the latest snapshot with one row, as staff, with one of these ethnicities."""
    date, number, ethnicity, category = [table.at(n) for n in ("Effective Date", "Employee Number", "Ethnic Origin", "Assignment Category")]
    seen = {}
    for row in table.rows:
        if row[date] == LATEST:
            seen[row[number]] = seen.get(row[number], 0) + 1
    return [n for n, row in enumerate(table.rows) if row[date] == LATEST and seen[row[number]] == 1 and row[number].startswith("200")
            and row[ethnicity] in ethnicities and row[category] == "Permanent" and row[table.at("Grade")]]


# ---------------------------------------------------------------------------------------------------------- encodings

def saved_as(name, encoding, mark=b"", delimiter=",", end=None):
    def spoil(world):
        table = world.table(name)
        world.put(name, mark + table.text(delimiter=delimiter, end=end).encode(encoding))
    return spoil


rule("utf_8_mark_added", "board", [SAME], saved_as("board", "utf-8", b"\xef\xbb\xbf"))
rule("utf_8_mark_removed", "workforce", [SAME], saved_as("workforce", "utf-8"))
rule("utf_16_little_tabs", "workforce", [SAME], saved_as("workforce", "utf-16-le", b"\xff\xfe", "\t", "\r\n"))
rule("utf_16_big", "survey", [SAME], saved_as("survey", "utf-16-be", b"\xfe\xff"))
rule("utf_32_little", "recruitment", [SAME], saved_as("recruitment", "utf-32-le", b"\xff\xfe\x00\x00"))
rule("utf_32_big", "cases", [SAME], saved_as("cases", "utf-32-be", b"\x00\x00\xfe\xff"))
rule("utf_16_without_mark", "cases", [REFUSED], saved_as("cases", "utf-16-le"), says="UTF-16")
rule("mark_before_a_quoted_header", "training", [SAME],
     lambda world: world.put("training", b"\xef\xbb\xbf" + world.table("training").text(quoting=csv.QUOTE_ALL).encode()))
rule("mark_alone", "board", [REFUSED], lambda world: world.put("board", b"\xef\xbb\xbf"), says="empty|header|no row")


@mutation("workforce", SAME, says="Windows-1252")
def windows_1252(world):
    content = world.text("workforce").encode("cp1252")
    world.put("workforce", content)
    return content[:content.index(b"\x96")].count(b"\n") + 1


@mutation("workforce", SAME)
def windows_1252_named_in_the_settings(world):
    world.put("workforce", world.text("workforce").encode("cp1252"))
    world.setting("workforce", "encoding: Windows-1252")


@mutation("workforce", SAME, says="Windows-1252")
def one_byte_that_is_no_utf_8(world):
    table = world.table("workforce")
    table.set(40, "Team", "Caf@")
    world.put("workforce", table.text().encode().replace(b"Caf@", b"Caf\xe9"))
    return table.line(40)


@mutation("workforce", SAME, says="Windows-1252")
def one_byte_that_is_no_utf_8_in_the_last_row(world):
    """Far behind what is looked at to find out what the file is."""
    table = world.table("workforce")
    row = len(table.rows) - 1
    table.set(row, "Team", "Caf@")
    world.put("workforce", table.text().encode().replace(b"Caf@", b"Caf\xe9"))
    return table.line(row)


@mutation("cases", REFUSED)
def utf_16_cut_in_a_character(world):
    world.put("cases", b"\xff\xfe" + world.text("cases").encode("utf-16-le")[:-1])


@mutation("workforce", REFUSED)
def a_byte_that_windows_1252_does_not_have(world):
    table = world.table("workforce")
    table.set(40, "Team", "Caf@")
    world.put("workforce", table.text().encode().replace(b"Caf@", b"Caf\x81"))
    return table.line(40)


@mutation("survey", SAID, REFUSED, says="answer: .*not in the code list|answer: .* in no code list",
          why="the answers are listed as unmapped, with the first line")
def utf_8_taken_for_windows_1252(world):
    text = world.text("survey")
    world.put("survey", text.encode().decode("cp1252").encode())


@mutation("survey", SAID, REFUSED, says="answer: .*not in the code list|answer: .* in no code list", why="the answers are listed as unmapped")
def a_wrong_encoding_in_the_settings(world):
    world.setting("survey", "encoding: Windows-1252")


@mutation("cases", REFUSED)
def utf_16_in_the_settings_of_a_utf_8_file(world):
    world.setting("cases", "encoding: UTF-16LE")


@mutation("cases", REFUSED, status=USAGE, file="wres.yaml", says="encoding")
def an_encoding_that_nobody_knows(world):
    world.setting("cases", "encoding: Klingon-7")
    return world.files["wres.yaml"].decode().split("encoding: Klingon")[0].count("\n") + 1


for kind, start, words in (("a_workbook", b"PK\x03\x04\x14\x00\x06\x00\x08\x00", "Excel|zip"), ("an_old_workbook", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Excel"),
                           ("a_web_page", b"<!DOCTYPE html>\n<html><table><tr><td>Date</td></tr></table></html>\n", "HTML|web page"),
                           ("a_web_page_without_its_type", b"<html><body><table><tr><td>Ethnicity</td></tr></table>\n", "HTML|web page"),
                           ("json", b'[{"Date": "2025-03-01", "Ethnicity": "White"}]\n', "JSON")):
    rule(kind, "board", [REFUSED], lambda world, start=start: world.put("board", start), says=words)


# ------------------------------------------------------------------------------------------------------- gzip, no file

rule("gzip", "workforce", [SAME], lambda world: world.put("workforce", gzip.compress(world.files["workforce.csv"], mtime=0)))
rule("gzip_in_two_members", "survey", [SAME],
     lambda world: world.put("survey", gzip.compress(world.files["survey.csv"][:9999], mtime=0) + gzip.compress(world.files["survey.csv"][9999:], mtime=0)))
rule("gzip_of_utf_16", "cases", [SAME], lambda world: world.put("cases", gzip.compress(b"\xff\xfe" + world.text("cases").encode("utf-16-le"), mtime=0)))


@mutation("workforce", REFUSED, status=(DATA, IO), says="gzip|compressed|cut|damaged")
def gzip_cut_off(world):
    world.put("workforce", gzip.compress(world.files["workforce.csv"], mtime=0)[:-3000])


@mutation("training", REFUSED, status=(DATA, IO), says="gzip|compressed|cut|damaged|sum")
def gzip_with_a_wrong_sum(world):
    content = bytearray(gzip.compress(world.files["training.csv"], mtime=0))
    content[-8] ^= 1
    world.put("training", bytes(content))


rule("empty_file", "cases", [REFUSED], lambda world: world.put("cases", b""), says="empty|header|no row")
rule("header_alone", "recruitment", [REFUSED], lambda world: world.put("recruitment", world.text("recruitment").split("\n")[0] + "\n"), says="row|record|header")
rule("blank_lines_alone", "training", [REFUSED], lambda world: world.put("training", b"\r\n\r\n \r\n"), says="empty|header|no row")


@mutation("cases", REFUSED, status=IO, says="irectory|folder")
def a_folder_instead_of_a_file(world):
    del world.files["cases.csv"]
    world.folders.append("cases.csv")


@mutation("cases", REFUSED, status=IO, says="No such file")
def file_is_not_there(world):
    del world.files["cases.csv"]


@mutation("board", REFUSED, status=IO, says="ymbolic links|cannot|annot be")
def file_cannot_be_opened(world):
    world.files["board.csv"] = None             # made as a link to itself: not even root can open it


# ---------------------------------------------------------------------------------------------------------- delimiters

for kind, table, delimiter in (("tabs", "workforce", "\t"), ("semicolons", "survey", ";"), ("tildes", "recruitment", "~"), ("bars", "cases", "|"), ("tabs_in_a_short_file", "board", "\t")):
    rule(kind, table, [SAME], lambda world, table=table, delimiter=delimiter: world.save(table, world.table(table), delimiter=delimiter))
rule("bars_around_quoted_bars", "workforce", [SAME], lambda world: world.save("workforce", world.table("workforce"), delimiter="|"))


@mutation("workforce", REFUSED, says="cells")
def bars_around_bars_without_quotes(world):
    table = world.table("workforce")
    table.change("Position Title", lambda cell: cell.replace("\n", " "))
    text = "\n".join("|".join(row) for row in [table.header] + table.rows) + "\n"
    world.put("workforce", text)
    return next(table.line(n) for n, row in enumerate(table.rows) if "|" in "".join(row))


@mutation("cases", REFUSED, says="cells")
def semicolons_in_the_header_alone(world):
    header, rest = world.text("cases").split("\n", 1)
    world.put("cases", header.replace(",", ";") + "\n" + rest)
    return 2


@mutation("cases", REFUSED)
def semicolons_from_a_line_on(world):
    lines = world.text("cases").split("\n")
    world.put("cases", "\n".join(lines[:9] + [line.replace(",", ";") for line in lines[9:]]))
    return 10


@mutation("cases", REFUSED)
def semicolons_in_the_last_rows(world):
    """Rows that somebody added by hand are rows, and no footer."""
    lines = world.text("cases").rstrip("\n").split("\n")
    world.put("cases", "\n".join(lines[:-16] + [line.replace(",", ";") for line in lines[-16:-9]]) + "\n")


@mutation("survey", REFUSED, SAID, says="cells|foot", why="answers are left out as a footer, and that is a warning")
def semicolons_in_the_last_answers(world):
    """Each row has blanks in it, as prose has."""
    lines = world.text("survey").rstrip("\n").split("\n")
    world.put("survey", "\n".join(lines[:-6] + [line.replace(",", ";") for line in lines[-6:]]) + "\n")
    return len(lines) - 5


@mutation("training", REFUSED)
def tabs_in_the_last_rows(world):
    lines = world.text("training").rstrip("\n").split("\n")
    world.put("training", "\n".join(lines[:-8] + [line.replace(",", "\t") for line in lines[-8:]]) + "\n")


@mutation("movements", REFUSED)
def semicolons_in_the_rows_of_a_short_file(world):
    header, rest = world.text("movements").split("\n", 1)
    world.put("movements", header + "\n" + "\n".join(rest.replace(",", ";").split("\n")[:5]) + "\n")


@mutation("survey", SAME)
def delimiter_named_in_the_settings(world):
    world.save("survey", world.table("survey"), delimiter="~")
    world.setting("survey", 'delimiter: "~"')


@mutation("survey", REFUSED)
def a_wrong_delimiter_in_the_settings(world):
    world.setting("survey", "delimiter: tab")


# ----------------------------------------------------------------------------------------------------------- line ends

def line_ends(name, end):
    def spoil(world):
        world.put(name, world.text(name).replace("\r\n", "\n").replace("\n", end))
    return spoil


rule("crlf", "survey", [SAME], line_ends("survey", "\r\n"))
rule("lf_for_crlf", "recruitment", [SAME], line_ends("recruitment", "\n"))
rule("lone_cr", "training", [SAME], line_ends("training", "\r"))
rule("an_empty_line_between_rows", "cases", [SAME], line_ends("cases", "\n\n"))
rule("cr_cr_lf", "board", [SAME], line_ends("board", "\r\r\n"))
rule("no_end_of_the_last_line", "committee", [SAME], lambda world: world.put("committee", world.text("committee").rstrip("\n")))


@mutation("survey", SAME)
def mixed_line_ends(world):
    lines = world.text("survey").split("\n")
    world.put("survey", "".join(line + ("\r\n" if n % 3 else "\n") for n, line in enumerate(lines[:-1])))


# -------------------------------------------------------------------------------------------------------------- quotes

rule("everything_quoted", "recruitment", [SAME], lambda world: world.save("recruitment", world.table("recruitment"), quoting=csv.QUOTE_ALL))


@mutation("workforce", REFUSED, says="quotation mark")
def a_stray_quote(world):
    table = world.table("workforce")
    table.set(77, "Team", "Ward@9")
    world.put("workforce", table.text().replace("Ward@9", 'Ward "9"'))
    return table.line(77)


@mutation("training", REFUSED, says="quotation mark.*never closed")
def a_quote_that_is_never_closed(world):
    lines = world.text("training").split("\n")
    lines[200] = lines[200].replace(",Mandatory", ',"Mandatory').replace(",Non-", ',"Non-').replace(",CPD", ',"CPD')
    assert '"' in lines[200]
    world.put("training", "\n".join(lines))
    return 201


@mutation("recruitment", REFUSED, says="quotation mark")
def a_quote_that_swallows_some_lines(world):
    """The next quotation mark, four lines on, closes it, and text follows."""
    lines = world.text("recruitment").split("\r\n")
    lines[9] = '"' + lines[9]
    lines[13] = lines[13].replace(",External", ',"External"').replace(",Internal", ',"Internal"')
    assert '"' in lines[13]
    world.put("recruitment", "\r\n".join(lines))


@mutation("board", REFUSED, says="quotation mark")
def text_behind_a_closing_quote(world):
    lines = world.text("board").split("\n")
    cells = lines[20].split(",")
    cells[1] = '"%s" x' % cells[1]
    lines[20] = ",".join(cells)
    world.put("board", "\n".join(lines))
    return 21


@mutation("cases", SAID, says="in no snapshot", check="person-not-found", why="every person is said to be in no snapshot of the workforce, with their number")
def apostrophes_before_identifiers(world):
    """As a spreadsheet marks numbers that are to stay text."""
    table = world.table("cases")
    table.change("Employee Number", lambda cell: "'" + cell)
    world.save("cases", table)


# ----------------------------------------------------------------------------------------------------------- cut files

def cut(world, name, position):
    text = world.text(name)
    world.put(name, text[:position(text)])


@mutation("workforce", REFUSED, says="cells")
def cut_in_a_cell(world):
    cut(world, "workforce", lambda text: text.rindex(SECRET) + 4)
    return world.text("workforce").count("\n") + 1


@mutation("cases", REFUSED, says="cells")
def cut_between_two_cells(world):
    cut(world, "cases", lambda text: text.rindex(",Y") + 1)
    return world.text("cases").count("\n") + 1


@mutation("workforce", REFUSED, SAID, says="cells|cut off|foot", why="the row is left out as a footer, and that is a warning")
def cut_in_the_first_cell_of_a_row(world):
    """A date alone stands in the last line, and thirty people behind it are gone."""
    table = world.table("workforce")
    row = staff_rows(table)[-1]
    text = table.text()
    lines = text.split("\n")
    world.put("workforce", "\n".join(lines[:table.line(row) - 1]) + "\n2025-03-31")
    return table.line(row)


@mutation("cases", REFUSED)
def rows_without_their_further_cells(world):
    """The last rows kept their first cell only, as a web form sends what is not filled in."""
    lines = world.text("cases").split("\n")
    world.put("cases", "\n".join(lines[:20] + [line.split(",")[0] for line in lines[20:]]))


@mutation("training", SAID, SAME, says="may be cut off|does not end|cut off", check="no-line-end",
          why="that the last line has no end is all there is to see")
def cut_at_the_end_of_a_row(world):
    lines = world.text("training").split("\n")
    world.put("training", "\n".join(lines[:301]))


@mutation("training", SAID, SAME, says="may be cut off|does not end|cut off|not in the code list", check="no-line-end",
          why="that the last line has no end, or that its value is none, is all there is to see")
def cut_in_the_last_cell(world):
    lines = world.text("training").split("\n")
    world.put("training", "\n".join(lines[:300]) + "\n" + lines[300][:-4])


@mutation("recruitment", REFUSED, says="row|record|missing|ethnicity|column")
def cut_in_the_header(world):
    cut(world, "recruitment", lambda text: 20)


# ---------------------------------------------------------------------------------------------------------------- shape

@mutation("workforce", REFUSED, SAID, says="cells|code list",
          why="a cell too many is allowed where it is empty, as the last column is here: then the shifted values are listed as unmapped, with this line")
def a_comma_without_quotes(world):
    lines = world.text("workforce").split("\n")
    row = next(n for n, line in enumerate(lines) if '"%s Theatres' % SECRET in line)
    lines[row] = lines[row].replace('"', "")
    world.put("workforce", "\n".join(lines))
    return row + 1


@mutation("workforce", SAID, REFUSED, says="code list",
          why="cells of one row under wrong headers: its values are listed as unmapped, with this line, and stay below the 5% that stop a run")
def cells_shifted_in_one_row(world):
    table = world.table("workforce")
    row = staff_rows(table)[5]
    place = table.at("Ethnic Origin")
    table.rows[row] = table.rows[row][:place] + ["x"] + table.rows[row][place:-1]
    world.save("workforce", table)
    return table.line(row)


@mutation("workforce", REFUSED, field="ethnicity", says="5%")
def cells_shifted_in_all_rows(world):
    table = world.table("workforce")
    place = table.at("Ethnic Origin")
    table.rows = [row[:place] + ["Blue"] + row[place:-1] for row in table.rows]
    world.save("workforce", table)


@mutation("recruitment", REFUSED, says="cells")
def a_row_too_short(world):
    table = world.table("recruitment")
    table.rows[30] = table.rows[30][:-1]
    world.save("recruitment", table)
    return 32


@mutation("recruitment", REFUSED, says="cells")
def a_row_too_long(world):
    table = world.table("recruitment")
    table.rows[30] = table.rows[30] + ["No"]
    world.save("recruitment", table)
    return 32


@mutation("cases", SAME)
def empty_cells_behind_every_row(world):
    table = world.table("cases")
    table.header += ["", "", ""]
    table.rows = [row + ["", "", ""] for row in table.rows]
    world.save("cases", table)


@mutation("cases", SAME)
def empty_cells_behind_rows_alone(world):
    table = world.table("cases")
    table.rows = [row + ["", ""] if n % 4 == 0 else row for n, row in enumerate(table.rows)]
    world.save("cases", table)


@mutation("training", SAME)
def empty_rows_at_the_end(world):
    table = world.table("training")
    table.rows += [["", "", ""]] * 40
    world.save("training", table)


@mutation("survey", SAME)
def empty_rows_in_the_midst(world):
    table = world.table("survey")
    for place in (700, 300, 12):
        table.rows.insert(place, [""] * len(table.header))
    world.save("survey", table)


@mutation("workforce", SAME)
def cells_padded_with_blanks(world):
    table = world.table("workforce")
    for name in ("Ethnic Origin", "Grade", "Staff Group", "Assignment Category", "Employee Number"):
        table.change(name, lambda cell: cell.ljust(100))
    world.save("workforce", table)


@mutation("recruitment", REFUSED, says="MiB")
def a_cell_of_two_mebibytes(world):
    table = world.table("recruitment")
    table.set(50, "Source", "x" * 2097152)
    world.save("recruitment", table)
    return 52


# -------------------------------------------------------------------------------------------------------------- headers

def headers_exchanged(world, name, one, other):
    table = world.table(name)
    a, b = table.at(one), table.at(other)
    table.header[a], table.header[b] = other, one
    world.save(name, table)


@mutation("workforce", SAME)
def columns_in_another_order(world):
    table = world.table("workforce")
    order = sorted(range(len(table.header)), key=lambda n: (n * 7) % len(table.header))
    table.header = [table.header[n] for n in order]
    table.rows = [[row[n] for n in order] for row in table.rows]
    world.save("workforce", table)


rule("ethnicity_and_sex_exchanged", "workforce", [REFUSED], lambda world: headers_exchanged(world, "workforce", "Ethnic Origin", "Gender"), field="ethnicity", says="5%|column")
rule("ethnicity_and_identifier_exchanged", "workforce", [REFUSED], lambda world: headers_exchanged(world, "workforce", "Ethnic Origin", "Employee Number"),
     field="ethnicity", says="5%|column")
rule("ethnicity_and_team_exchanged", "workforce", [REFUSED], lambda world: headers_exchanged(world, "workforce", "Ethnic Origin", "Team"), field="ethnicity", says="5%|column")
rule("ethnicity_and_applicant_exchanged", "recruitment", [REFUSED], lambda world: headers_exchanged(world, "recruitment", "Ethnic Origin", "Applicant ID"),
     field="ethnicity", says="5%|column")
rule("band_and_staff_group_exchanged", "workforce", [REFUSED], lambda world: headers_exchanged(world, "workforce", "Grade", "Staff Group"), field="(?:pay_band|staff_group)",
     says="5%|column")
rule("question_and_answer_exchanged", "survey", [REFUSED], lambda world: headers_exchanged(world, "survey", "Question", "Answer"), field="(?:question|answer)")
rule("date_and_identifier_exchanged", "training", [REFUSED], lambda world: headers_exchanged(world, "training", "Completion Date", "Employee Number"), field="date")


@mutation("workforce", REFUSED, field="ethnicity", says="2 times|two columns|twice")
def a_header_twice(world):
    table = world.table("workforce")
    table.header[table.at("Position Title")] = "Ethnic Origin"
    world.save("workforce", table)
    return 1


@mutation("workforce", REFUSED, field="ethnicity", says="'Ethnic Origin' and 'Ethnicity'|'Ethnicity' and 'Ethnic Origin'")
def two_headers_of_one_field(world):
    table = world.table("workforce")
    table.header[table.at("Position Title")] = "Ethnicity"
    world.no_columns("workforce")
    world.save("workforce", table)
    return 1


@mutation("recruitment", REFUSED, field="ethnicity", says="'Ethnic Origin'")
def a_header_renamed(world):
    table = world.table("recruitment")
    table.header[table.at("Ethnic Origin")] = "Ethnik Origin"
    world.save("recruitment", table)
    return 1


@mutation("cases", REFUSED, field="formal", says="'Formal'")
def a_column_of_the_settings_is_missing(world):
    table = world.table("cases")
    place = table.at("Formal")
    table.header.pop(place)
    for row in table.rows:
        row.pop(place)
    world.save("cases", table)
    return 1


@mutation("cases", SAID, says="case_type: .*every row is taken", check="condition-not-tested",
          why="the standard's condition cannot be tested without the column; the warning names it")
def a_column_of_a_condition_is_missing(world):
    table = world.table("cases")
    table.header[table.at("Case Type")] = "Shoe size"
    world.save("cases", table)
    world.no_columns("cases")


@mutation("survey", REFUSED, field="question", says="missing|no column")
def a_needed_column_is_missing(world):
    table = world.table("survey")
    table.header[table.at("Question")] = "Shoe size"
    world.no_columns("survey")
    world.save("survey", table)
    return 1


@mutation("training", SAME)
def columns_that_nobody_asked_for(world):
    table = world.table("training")
    table.header += ["Course", "Shoe size"]
    table.rows = [row + [SECRET + ", level 2", "41"] for row in table.rows]
    world.save("training", table)


@mutation("workforce", SAME)
def headers_in_other_letters(world):
    table = world.table("workforce")
    table.header = [name.upper().replace(" ", "_") for name in table.header]
    world.save("workforce", table)


@mutation("workforce", SAME)
def a_header_cell_is_empty_where_nothing_is_read(world):
    table = world.table("workforce")
    table.header[table.at("Position Title")] = ""
    world.save("workforce", table)


@mutation("board", REFUSED, field="ethnicity", says="'Ethnicity'|missing")
def a_header_cell_is_empty_where_something_is_read(world):
    table = world.table("board")
    table.header[table.at("Ethnicity")] = ""
    world.save("board", table)
    return 1


@mutation("board", REFUSED, field="ethnicity", says="'Ethnicity'|missing")
def a_header_with_a_letter_of_another_alphabet(world):
    table = world.table("board")
    table.header[table.at("Ethnicity")] = "Ethni\u0441ity"      # Cyrillic es
    world.save("board", table)
    return 1


@mutation("survey", REFUSED, says="header")
def the_header_again_in_the_midst(world):
    table = world.table("survey")
    table.rows.insert(400, list(table.header))
    world.save("survey", table)
    return 402


@mutation("board", REFUSED, says="header")
def two_exports_pasted_together(world):
    text = world.text("board")
    world.put("board", text + text)
    return text.count("\n") + 1


@mutation("workforce", REFUSED, says="header")
def two_exports_pasted_together_with_their_marks(world):
    content = world.files["workforce.csv"]
    world.put("workforce", content + content)
    return content.count(b"\n") + 1


@mutation("cases", REFUSED)
def a_line_of_dashes_below_the_header(world):
    """As database consoles print it."""
    table = world.table("cases")
    table.rows.insert(0, ["-" * len(name) for name in table.header])
    world.save("cases", table)
    return 2


@mutation("cases", REFUSED, field="formal", says="'Is it formal'.*line|line.*'Is it formal'")
def the_settings_name_a_column_that_is_not_there(world):
    world.settings("formal: Formal", "formal: Is it formal")
    return 1


# ------------------------------------------------------------------------------------- titles, totals, footers, whole files

def above(name, lines):
    def spoil(world):
        end = "\r\n" if "\r\n" in world.text(name) else "\n"
        world.put(name, "".join(line + end for line in lines) + world.text(name))
    return spoil


rule("a_title", "workforce", [SAME], above("workforce", ["Staff in post"]))
rule("a_title_with_commas", "cases", [SAME], above("cases", ["Cases, all kinds, to 31 March 2025"]))
rule("header_in_line_six", "recruitment", [SAME], above("recruitment", ["Recruitment", "Run by: somebody", "", "Period: 2024, 2025", ""]))
rule("a_title_as_wide_as_the_table", "survey", [SAME], above("survey", ["Staff survey,,,,,,", ",,,,,,"]))
rule("blank_lines_above", "training", [SAME], above("training", ["", "", ""]))
rule("a_line_that_names_the_separator", "board", [SAME], above("board", ["sep=,"]))


@mutation("survey", SAME)
def a_line_that_names_semicolons(world):
    world.put("survey", "sep=;\r\n" + world.table("survey").text(delimiter=";", end="\r\n"))


@mutation("recruitment", SAME)
def a_line_break_in_a_header(world):
    table = world.table("recruitment")
    table.header[table.at("Ethnic Origin")] = "Ethnic\nOrigin"
    world.save("recruitment", table)


@mutation("cases", SAME, REFUSED, says="cells|foot|page|left out", always=True)
def a_page_line_in_the_midst(world):
    """Rows go on behind it and must not go with it."""
    lines = world.text("cases").split("\n")
    lines.insert(12, "Page 1 of 2")
    world.put("cases", "\n".join(lines))
    return 13


@mutation("cases", SAME, REFUSED, says="cells|foot|page|left out", always=True)
def a_footer_and_rows_behind_it(world):
    lines = world.text("cases").split("\n")
    lines[12:12] = ["", "End of the first part, 11 cases", ""]
    world.put("cases", "\n".join(lines))
    return 14


@mutation("cases", SAME)
def header_line_in_the_settings(world):
    world.put("cases", "Cases\nDate Entered,Case ID,Employee Number,Case Type,Formal,Outcome\n\n" + world.text("cases"))
    world.setting("cases", "header_line: 4")


@mutation("cases", REFUSED)
def a_wrong_header_line_in_the_settings(world):
    world.setting("cases", "header_line: 3")


@mutation("workforce", SAME, says="total", check="total-rows")
def a_total_at_the_foot(world):
    table = world.table("workforce")
    table.rows.append(["Total", "", str(len(table.rows))] + [""] * (len(table.header) - 3))
    world.save("workforce", table)
    return table.line(len(table.rows) - 1)


@mutation("recruitment", SAME, says="total", check="total-rows")
def a_total_that_the_settings_do_not_leave_out(world):
    world.settings("    leave_out:                # rows that are no applications: the report ends in a total\n      Vacancy Ref: [Total]\n", "")


@mutation("cases", SAME, says="total", check="total-rows")
def a_grand_total(world):
    table = world.table("cases")
    table.rows.append(["", "Grand Total", "", "", "", str(len(table.rows))])
    world.save("cases", table)
    return table.line(len(table.rows) - 1)


@mutation("cases", SAME, says="foot|left out")
def a_footer(world):
    world.put("cases", world.text("cases") + "\nReport run by the people team on 1 April 2025\n")
    return world.text("cases").count("\n")


@mutation("workforce", SAME, says="foot|left out")
def a_footer_of_a_database(world):
    world.put("workforce", world.text("workforce") + "\n(713 rows affected)\n")
    return world.text("workforce").count("\n")


@mutation("survey", SAME, REFUSED, says="foot|left out|year")
def a_footer_as_wide_as_the_table(world):
    table = world.table("survey")
    table.rows.append(["End of report"] + [""] * (len(table.header) - 1))
    world.save("survey", table)
    return table.line(len(table.rows) - 1)


rule("a_team_called_total", "workforce", [SAME], lambda world: one_cell("workforce", "Team", "Total", a_member_of_staff)(world) and None)
rule("a_role_called_grand_total", "workforce", [SAME], lambda world: one_cell("workforce", "Position Title", "Grand Total", a_member_of_staff)(world) and None)


@mutation("workforce", SAME)
def rows_shuffled(world):
    table = world.table("workforce")
    table.rows = [row for _, row in sorted(enumerate(table.rows), key=lambda pair: (pair[0] * 2654435761) % 4294967296)]
    world.save("workforce", table)


for kind in ("recruitment", "survey", "movements", "awards"):
    def backwards(world, kind=kind):
        changed = world.table(kind)
        changed.rows.reverse()
        world.save(kind, changed)
    rule("rows_backwards_in_" + kind, kind, [SAME], backwards)


def all_rows_twice(name):
    def spoil(world):
        table = world.table(name)
        table.rows += [row for row in table.rows if row[0] != "Total" and (name != "workforce" or row[2])]
        world.save(name, table)
    return spoil


for kind in ("workforce", "recruitment", "cases", "training", "survey", "awards", "referrals"):
    rule("all_rows_twice_in_" + kind, kind, [SAME], all_rows_twice(kind))
rule("all_rows_twice_in_movements", "movements", [SAID, SAME], all_rows_twice("movements"), says="same|twice|again|duplicate", check="duplicate-row",
     why="somebody may move twice, so that the rows count; that they are alike in everything is said")


@mutation("workforce", SAME)
def some_rows_twice(world):
    table = world.table("workforce")
    table.rows += [table.rows[n] for n in staff_rows(table)[3:30]]
    world.save("workforce", table)


@mutation("board", SAID, REFUSED, says="same file|twice|same content|the same", check="same-file", why="rows of the board have no identifier, so that members count twice; that the files are one is said")
def a_file_given_twice(world):
    world.settings("    file: board.csv\n", "    files: [board.csv, board.csv]\n")


@mutation("committee", SAID, REFUSED, file="committee-copy.csv", says="same file|twice|same content|the same", check="same-file",
          why="the copy has the same content, and that is said")
def a_copy_given_too(world):
    world.put("committee-copy", world.files["committee.csv"])
    world.settings("    file: committee.csv\n", "    files: [committee.csv, committee-copy.csv]\n")


@mutation("cases", REFUSED, says="'Date Entered'")
def training_given_as_cases(world):
    world.put("cases", world.files["training.csv"])
    return 1


@mutation("cases", SAID, REFUSED, says="every row is taken to meet 'formal",
          why="the columns that tell a disciplinary case are not there, and the warning names each and says that every row counted")
def training_given_as_cases_without_settings(world):
    world.put("cases", world.files["training.csv"])
    world.no_columns("cases")
    world.settings("    dates: d/m/y ", "    # ")


@mutation("board", REFUSED)
def the_committee_given_as_the_board(world):
    world.put("board", world.files["committee.csv"])
    return 1


@mutation("survey", REFUSED, says="question")
def the_workforce_given_as_the_survey(world):
    world.put("survey", world.files["workforce.csv"])
    world.no_columns("survey")
    return 1


# ----------------------------------------------------------------------------------------------------- odd characters

@mutation("workforce", REFUSED, says="NUL")
def a_nul_byte(world):
    table = world.table("workforce")
    row = staff_rows(table)[2]
    table.set(row, "Ethnic Origin", "A@junk")
    world.put("workforce", table.text().replace("A@junk", "A\0junk"))
    return table.line(row)


def one_cell(name, column, value, pick, **how):
    """Another value in one cell; its line."""
    def spoil(world):
        table = world.table(name)
        row = pick(table)
        table.set(row, column, value(table.get(row, column)) if callable(value) else value)
        world.save(name, table, **how)
        return table.line(row)
    return spoil


def a_member_of_staff(table):
    return staff_rows(table)[7]


UNMAPPED = "a value in no list is taken for unknown, and said with its line"
for kind, value, words in (("a_zero_width_space_in_an_ethnicity", "A White\u200b - British", r"U\+200B"), ("a_letter_of_another_alphabet", "\u0410 White - British", "code list"),
                           ("a_control_character_in_an_ethnicity", "A White \x07- British", r"U\+0007"), ("a_terminal_escape_in_an_ethnicity", "\x1b[31mWhite - British", r"U\+001B"),
                           ("an_ethnicity_nobody_knows", "Whitish", "'Whitish' is not in the code list")):
    rule(kind, "workforce", [SAID], one_cell("workforce", "Ethnic Origin", value, a_member_of_staff), field="ethnicity", says=words, why=UNMAPPED, check="unmapped-value")

rule("a_no_break_space_in_an_ethnicity", "workforce", [SAME], one_cell("workforce", "Ethnic Origin", "A\u00a0White\u00a0- British\u00a0", a_member_of_staff))
rule("an_en_dash_in_an_ethnicity", "workforce", [SAME], one_cell("workforce", "Ethnic Origin", "White \u2013 British", a_member_of_staff))
rule("capitals_in_an_ethnicity", "workforce", [SAME], one_cell("workforce", "Ethnic Origin", "a white - BRITISH", a_member_of_staff))
rule("control_characters_in_a_team", "workforce", [SAME], one_cell("workforce", "Team", "\x1b[2J\x07" + SECRET, a_member_of_staff))
rule("a_line_break_in_a_team", "workforce", [SAME], one_cell("workforce", "Team", SECRET + "\nsecond line", a_member_of_staff))


@mutation("cases", SAME, SAID, says="in no snapshot", why="where the blank is not taken off, nobody is found, and their number is said")
def no_break_spaces_around_identifiers(world):
    table = world.table("cases")
    table.change("Employee Number", lambda cell: "\u00a0" + cell.strip() + "\u00a0")
    world.save("cases", table)


@mutation("workforce", REFUSED, field="ethnicity", says="5%")
def letters_of_another_alphabet_everywhere(world):
    table = world.table("workforce")
    table.change("Ethnic Origin", lambda cell: cell.replace("A", "\u0410"))
    world.save("workforce", table)


# --------------------------------------------------------------------------------------------------- what spreadsheets do

def exponents(name, rows):
    def spoil(world):
        table = world.table(name)
        table.change("Employee Number", lambda cell: "2.00E+07" if cell else cell, rows(table))
        world.save(name, table)
        return table.line(rows(table)[0])
    return spoil


rule("identifiers_as_exponents", "workforce", [REFUSED], exponents("workforce", lambda table: [n for n in range(len(table.rows)) if table.rows[n][2]]), field="person_id",
     says="spreadsheet")
rule("one_identifier_as_an_exponent", "workforce", [REFUSED], exponents("workforce", lambda table: [123]), field="person_id", says="spreadsheet")
rule("identifiers_of_events_as_exponents", "training", [REFUSED], exponents("training", lambda table: [n for n in range(len(table.rows))]), field="person_id", says="spreadsheet")


def long_identifiers(world, make):
    for name in ("workforce", "cases", "training", "awards", "referrals", "movements"):
        table = world.table(name)
        table.change("Employee Number", lambda cell: make(cell.strip()) if cell else cell)
        world.save(name, table)


rule("identifiers_of_eighteen_digits", "workforce", [SAME], lambda world: long_identifiers(world, lambda cell: "7000000000" + cell))


@mutation("workforce", REFUSED, SAID, says="spreadsheet|identifier|digits|many", why="people fall together, and that is said")
def identifiers_rounded_to_fifteen_digits(world):
    long_identifiers(world, lambda cell: ("7000000000" + cell)[:15] + "000")


@mutation("cases", SAID, says="in no snapshot", check="person-not-found", why="nobody is found, and their number is said")
def leading_zeros_lost_in_one_file(world):
    long_identifiers(world, lambda cell: "00" + cell)
    table = world.table("cases")
    table.change("Employee Number", lambda cell: cell[2:])
    world.save("cases", table)


@mutation("workforce", SAID, REFUSED, says="#N/A|identifier|unmapped|code list", field="ethnicity", why="what a look-up did not find is no answer; that it stands there is said")
def look_ups_that_failed_in_ethnicity(world):
    table = world.table("workforce")
    rows = staff_rows(table)[4:8]
    table.change("Ethnic Origin", lambda cell: "#N/A", rows)
    world.save("workforce", table)
    return table.line(rows[0])


@mutation("workforce", SAID, SAME, REFUSED, says="identifier", why="rows without an identifier are people of their own, and their number is said")
def references_that_broke_in_identifiers(world):
    table = world.table("workforce")
    table.change("Employee Number", lambda cell: "#REF!", staff_rows(table)[4:8])
    world.save("workforce", table)


rule("a_reference_that_broke_in_a_date", "cases", [REFUSED], one_cell("cases", "Date Entered", "#REF!", lambda table: 9), field="date_entered", says="date")
rule("a_reference_that_broke_in_fte", "workforce", [SAME], one_cell("workforce", "FTE", "#REF!", a_member_of_staff))
rule("a_date_as_a_serial_number", "workforce", [REFUSED], one_cell("workforce", "Effective Date", "45747", a_member_of_staff), field="snapshot_date", says="date")
rule("the_zeroth_of_january", "cases", [REFUSED], one_cell("cases", "Date Entered", "00/01/1900", lambda table: 4), field="date_entered", says="date")


@mutation("survey", SAME, REFUSED, SAID, field="answer", says="spreadsheet|code list", always=True,
          why="where the dates are not read as the ranges they were, the answers are listed as unmapped and taken for no answer")
def answers_made_dates(world):
    table = world.table("survey")
    table.change("Answer", lambda cell: {"1-2": "01-Feb", "3-5": "03-May", "6-10": "06-Oct"}.get(cell, cell))
    world.save("survey", table)


# --------------------------------------------------------------------------------------------------------------- dates

def restyled(name, column, style):
    def spoil(world):
        table = world.table(name)
        iso = lambda cell: "-".join(reversed(cell.split("/"))) if "/" in cell else cell  # noqa: E731
        table.change(column, lambda cell: style(*iso(cell).split("-")) if cell and cell != "Total" else cell)
        world.save(name, table)
    return spoil


MONTHS = ["", "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
rule("snapshots_as_year_and_month", "workforce", [SAME], restyled("workforce", "Effective Date", lambda y, m, d: "%s-%s" % (y, MONTHS[int(m)])))
rule("dates_with_the_month_named", "recruitment", [SAME], restyled("recruitment", "Application Date", lambda y, m, d: "%s-%s-%s" % (d, MONTHS[int(m)].title(), y)))
rule("dates_in_eight_digits", "movements", [SAME], restyled("movements", "Date", lambda y, m, d: y + m + d))
rule("dates_with_a_time", "training", [SAME], restyled("training", "Completion Date", lambda y, m, d: "%s/%s/%s 00:00" % (d, m, y)))
rule("dates_day_first_with_days_over_twelve", "recruitment", [SAME], restyled("recruitment", "Application Date", lambda y, m, d: "%s/%s/%s" % (d, m, y)))


@mutation("recruitment", SAME)
def dates_in_two_styles(world):
    """ISO and day first: no cell can be read in two ways."""
    table = world.table("recruitment")
    place = table.at("Application Date")
    for row in table.rows[::2]:
        if row[place] and row[place][8:] > "12":
            row[place] = "/".join(reversed(row[place].split("-")))
    world.save("recruitment", table)


@mutation("cases", REFUSED, field="date_entered", says="m/d/y")
def dates_month_first_where_the_settings_say_day(world):
    restyled("cases", "Date Entered", lambda y, m, d: "%s/%s/%s" % (m, d, y))(world)
    table = world.table("cases")
    return next(table.line(n) for n, row in enumerate(table.rows) if int(row[0].split("/")[1]) > 12)


@mutation("cases", SAME)
def dates_month_first_where_the_settings_say_so(world):
    restyled("cases", "Date Entered", lambda y, m, d: "%s/%s/%s" % (m, d, y))(world)
    world.settings("dates: d/m/y ", "dates: m/d/y ")


def early_days(style):
    """Every course within the first twelve days of its month, so that it stays in the window and day and month look alike."""
    return restyled("training", "Completion Date", lambda y, m, d: style % {"y": y, "m": m, "d": "%02d" % (int(d) % 12 + 1)})


@mutation("training", REFUSED, field="date", says=r"dates: |--dates")
def dates_that_could_be_either(world):
    early_days("%(d)s/%(m)s/%(y)s")(world)


@mutation("training", SAME)
def dates_that_could_be_either_with_a_setting(world):
    early_days("%(m)s/%(d)s/%(y)s")(world)
    world.setting("training", "dates: m/d/y")


@mutation("training", SAME)
def dates_that_could_be_either_with_an_option(world):
    early_days("%(d)s/%(m)s/%(y)s")(world)
    world.options += ["--dates", "d/m/y"]


@mutation("training", SAME)
def dates_that_could_be_either_with_a_setting_for_all(world):
    early_days("%(d)s/%(m)s/%(y)s")(world)
    world.settings("inputs:\n", "dates: d/m/y\ninputs:\n")


@mutation("cases", REFUSED, field="date_entered")
def one_date_month_first(world):
    return one_cell("cases", "Date Entered", "12/27/2024", lambda table: table.where(Date_Entered="27/12/2024")[0])(world)


@mutation("movements", REFUSED, field="date", says="date")
def one_date_month_first_in_a_column_day_first(world):
    restyled("movements", "Date", lambda y, m, d: "%s/%s/%s" % (d, m, y))(world)
    return one_cell("movements", "Date", "03/23/2025", lambda table: table.where(Date="23/03/2025")[0])(world)


rule("a_year_of_two_digits", "cases", [REFUSED], one_cell("cases", "Date Entered", lambda cell: cell[:6] + cell[8:], lambda table: 6), field="date_entered", says="date")
rule("all_years_of_two_digits", "training", [REFUSED], lambda world: (restyled("training", "Completion Date", lambda y, m, d: "%s/%s/%s" % (d, m, y[2:]))(world), 2)[1],
     field="date", says="date")
rule("a_day_that_is_none", "recruitment", [REFUSED], one_cell("recruitment", "Application Date", "2025-02-30", lambda table: 40), field="date", says="date")
rule("the_year_1899", "cases", [REFUSED], one_cell("cases", "Date Entered", "30/12/1899", lambda table: 5), field="date_entered", says="1900|date")
rule("the_year_2150", "training", [REFUSED], one_cell("training", "Completion Date", "2150-01-01", lambda table: 5), field="date", says="2100|date")


@mutation("cases", SAID, says="after", check="after-as-at", why="the case lies outside the window, and a date a year after it is said")
def a_case_of_the_future(world):
    return one_cell("cases", "Date Entered", lambda cell: cell[:6] + "2045", lambda table: table.where(Case_ID="ER00006")[0])(world) and None


@mutation("workforce", REFUSED, field="snapshot_date")
def a_snapshot_is_blank_in_some_rows(world):
    table = world.table("workforce")
    rows = staff_rows(table)[:5]
    table.change("Effective Date", lambda cell: "", rows)
    world.save("workforce", table)
    return table.line(rows[0])


@mutation("workforce", REFUSED, field="snapshot_date", status=(USAGE, DATA), says="as-at|'Effective Date'", check="as-at")
def the_snapshot_is_missing(world):
    table = world.table("workforce")
    table.header[table.at("Effective Date")] = "Shoe size"
    world.save("workforce", table)
    world.settings("      snapshot_date: Effective Date\n", "")


@mutation("workforce", SAID, says="snapshot", check="thin-snapshot", why="the few rows belong to no snapshot that counts, and that is said with their number")
def a_few_rows_of_the_future(world):
    table = world.table("workforce")
    table.change("Effective Date", lambda cell: "2052-03-31", staff_rows(table)[10:13])
    world.save("workforce", table)


@mutation("workforce", SAID, REFUSED, says="snapshot|2052|window|month", why="the as-at date moves with the snapshot: that nothing of the events lies in its window is said")
def the_snapshot_of_the_future(world):
    table = world.table("workforce")
    table.change("Effective Date", lambda cell: cell.replace("2025", "2052"))
    world.save("workforce", table)


@mutation("workforce", SAID, REFUSED, says="snapshot|2025-03-30|month", why="half of the people are in another snapshot a day before: that it is there is said")
def one_snapshot_under_two_dates(world):
    table = world.table("workforce")
    rows = [n for n in range(len(table.rows)) if table.get(n, "Effective Date") == LATEST]
    table.change("Effective Date", lambda cell: "2025-03-30", rows[::2])
    world.save("workforce", table)


@mutation("survey", SAID, REFUSED, says="20(24|42|23)|year", why="the year before counts instead; that answers lie after the as-at date, or that an earlier survey counts, is said")
def the_survey_of_a_wrong_year(world):
    table = world.table("survey")
    table.change("Survey Year", lambda cell: cell.replace("2024", "2042"))
    world.save("survey", table)


rule("a_survey_year_of_two_digits", "survey", [REFUSED], one_cell("survey", "Survey Year", "24", lambda table: 900), field="survey_year", says="year")


@mutation("survey", REFUSED, field="question", says="2024")
def question_numbers_of_another_year(world):
    table = world.table("survey")
    rows = table.where(Survey_Year="2024", Question="Q14a")
    table.change("Question", lambda cell: "Q13a", rows)
    world.save("survey", table)
    return table.line(rows[0])


# -------------------------------------------------------------------------------------------------------------- values

@mutation("workforce", SAID, says="unknown|no ethnicity|not known", check="unknown-share", why="the figures of people of unknown ethnicity are right; that they are all is said")
def ethnicity_unknown_everywhere(world):
    table = world.table("workforce")
    table.change("Ethnic Origin", lambda cell: "Z Not Stated")
    world.save("workforce", table)


@mutation("recruitment", SAID, REFUSED, says="unknown|no ethnicity|not known|empty|no value|ethnicity", check="empty-column",
          why="nobody's ethnicity is there; that the column is empty is said")
def ethnicity_empty_in_an_event_table(world):
    table = world.table("recruitment")
    table.change("Ethnic Origin", lambda cell: "")
    world.save("recruitment", table)


@mutation("workforce", SAID, REFUSED, says="identifier", check="blank-identifier", why="every row is a person of its own, and their number is said")
def identifiers_empty_everywhere(world):
    table = world.table("workforce")
    table.change("Employee Number", lambda cell: "")
    world.save("workforce", table)


@mutation("workforce", SAID, says="organisation", check="blank-organisation", why="the rows are in the figures of all organisations only; their number is said")
def organisation_empty_in_half(world):
    table = world.table("workforce")
    table.change("Organisation", lambda cell: "", range(0, len(table.rows), 2))
    world.save("workforce", table)


@mutation("workforce", SAID, file="recruitment.csv", says="organisation RZZ", why="two organisations by what the export says; that the events belong to neither is said")
def organisation_renamed_in_half(world):
    table = world.table("workforce")
    table.change("Organisation", lambda cell: "RZZ (old)", range(0, len(table.rows), 2))
    world.save("workforce", table)


@mutation("workforce", REFUSED, field="organisation", says="spreadsheet")
def organisation_as_an_exponent(world):
    table = world.table("workforce")
    table.change("Organisation", lambda cell: "1.00E+05", range(0, len(table.rows), 2))
    world.save("workforce", table)
    return 2


rule("a_stage_nobody_knows", "recruitment", [SAID], one_cell("recruitment", "Stage", "Almost there", lambda table: table.where(Stage="Appointed")[-3]), field="stage",
     says="'Almost there' is not in the code list", why=UNMAPPED, check="unmapped-value")


@mutation("recruitment", REFUSED, SAID, field="stage", says="code list", why="the stage is listed as unmapped")
def stages_nobody_knows(world):
    table = world.table("recruitment")
    table.change("Stage", lambda cell: {"Appointed": "Stage 5", "Started": "Stage 6"}.get(cell, cell))
    world.save("recruitment", table)


def flags(table):
    """The recruitment with a flag for each stage in the place of the stage."""
    order = ["Applied", "Shortlisted", "Interviewed", "Offered", "Appointed"]
    place = table.at("Stage")
    table.header = table.header[:place] + order + table.header[place + 1:]
    rows = []
    for row in table.rows:
        stage = {"Started": "Appointed"}.get(row[place], row[place])
        reached = order.index(stage) if stage in order else -1
        rows.append(row[:place] + ["Y" if n <= reached else "N" for n in range(5)] + row[place + 1:])
    table.rows = rows


def flags_for_stages(world, spoil=lambda table: None):
    table = world.table("recruitment")
    flags(table)
    spoil(table)
    world.save("recruitment", table)
    world.settings("      stage: Stage\n      source", "      applied: Applied\n      shortlisted: Shortlisted\n      interviewed: Interviewed\n      offered: Offered\n"
                   "      appointed: Appointed\n      source")


rule("flags_for_stages", "recruitment", [SAME], flags_for_stages)


@mutation("recruitment", SAME, check="flags-contradict")
def flags_that_contradict_each_other(world):
    """Appointed and not shortlisted: the furthest that says yes counts."""
    def spoil(table):
        table.change("Shortlisted", lambda cell: "N", table.where(Appointed="Y")[::3])
    flags_for_stages(world, spoil)


rule("a_question_nobody_knows", "survey", [SAID, REFUSED], one_cell("survey", "Question", "Q99z", lambda table: table.where(Survey_Year="2024", Question="Q15", Answer="Yes")[0]),
     field="question", says="'Q99z'", why=UNMAPPED)
rule("a_flag_nobody_knows", "board", [SAID, REFUSED], one_cell("board", "Voting", "maybe", lambda table: 20), field="voting", says="'maybe'", why=UNMAPPED)
rule("a_band_nobody_knows", "workforce", [SAID], one_cell("workforce", "Grade", "Band 55", a_member_of_staff), field="pay_band", says="'Band 55'", why=UNMAPPED, check="unmapped-value")

EXCHANGED = {"white": "Indian", "bme": "White - British"}


@mutation("workforce", HIDDEN, check="groups-swapped", why="a run knows one snapshot; the check compares it with the one before")
def groups_exchanged_in_a_snapshot(world):
    table = world.table("workforce")
    sys.path.insert(0, exports.EXAMPLE)
    import make_example
    known = {text: make_example.group_of(code) for code, texts in make_example.LABELS.items()
             for style in ("code and label", "label", "code", "short", "en dash", "upper case") for text in [make_example.ethnicity_text(code, style)]}
    rows = [n for n in range(len(table.rows)) if table.get(n, "Effective Date") == LATEST]
    table.change("Ethnic Origin", lambda cell: EXCHANGED.get(known.get(cell.strip(), "unknown"), cell), rows)
    world.save("workforce", table)


@mutation("survey", HIDDEN, base="counted", check="groups-swapped", why="a run knows one year; the check compares it with the one before")
def groups_exchanged_in_a_survey(world):
    table = world.table("survey")
    table.change("Ethnic Group", lambda cell: {"White": "BME", "BME": "White"}[cell], [n for n, row in enumerate(table.rows) if row[0] == "2024"])
    world.save("survey", table)


# ------------------------------------------------------------------------------------------------- counts and percentages

def nurses(table):
    return table.where(Snapshot_Date=LATEST, Ethnic_Group="Indian", AfC_Band="Band 6")[0]


def largest(table):
    return table.where(Headcount="1976")[0]


for kind, value in (("a_negative_count", "-12"), ("a_count_with_decimals", "4.5"), ("a_count_with_an_exponent", "1e3"), ("a_count_too_large_for_anything", "9" * 30),
                    ("a_count_of_twelve_zeros", "1" + "0" * 12), ("a_count_below_five", "<5"), ("a_star_for_a_count", "*"), ("a_mark_for_a_count", "[c]"),
                    ("a_dash_for_a_count", " - "), ("a_count_and_more", "43+"), ("a_count_with_a_star", "4*"), ("no_count", ""), ("a_letter_in_a_count", "1O"),
                    ("a_count_in_other_digits", "\uff11\uff12"), ("a_thousand_grouped_wrongly", "1,97"), ("a_look_up_that_failed_in_a_count", "#N/A")):
    rule(kind, "workforce", [REFUSED], one_cell("workforce", "Headcount", value, nurses), base="counted", field="count")

rule("thousands_in_quotes", "workforce", [SAME], one_cell("workforce", "Headcount", "1,976", largest), base="counted")
rule("thousands_in_quotes_with_blanks", "workforce", [SAME], one_cell("workforce", "Headcount", " 1,976 ", largest), base="counted")


@mutation("workforce", REFUSED, base="counted", says="cells")
def thousands_without_quotes(world):
    table = world.table("workforce")
    world.put("workforce", table.text().replace(",1976\n", ",1,976\n"))
    return table.line(largest(table))


@mutation("board", SAME, base="counted")
def a_dash_that_the_settings_say_is_zero(world):
    one_cell("board", "Members", " - ", lambda table: table.where(Members="0")[0])(world)
    world.setting("board", 'zero: ["-"]')


@mutation("board", REFUSED, base="counted", field="count")
def a_mark_that_the_settings_do_not_name(world):
    world.setting("board", 'zero: ["nil"]')
    return one_cell("board", "Members", "-", lambda table: table.where(Members="0")[0])(world)


@mutation("cases", SAID, base="counted", says="hides|hidden", quiet=True,
          why="what hangs on a hidden count is no number any more but suppressed, with the reason; how many were hidden is a note, as the settings declared them")
def a_mark_that_the_settings_say_is_hidden(world):
    one_cell("cases", "Number of Cases", "<5", lambda table: table.where(Ethnic_Group="Indian", Case_Type="Disciplinary")[0])(world)
    world.setting("cases", 'hidden: {"<5": 1-4}')


@mutation("cases", REFUSED, base="counted", field="count")
def a_hidden_mark_that_is_not_the_one_of_the_settings(world):
    world.setting("cases", 'hidden: {"<5": 1-4}')
    return one_cell("cases", "Number of Cases", "<7", lambda table: table.where(Ethnic_Group="Indian", Case_Type="Disciplinary")[0])(world)


def with_total(name, column, cells, whole):
    """A row of this total at the foot of a counted file."""
    def spoil(world):
        table = world.table(name)
        total = sum(int(row[table.at(column)]) for row in table.rows)
        table.rows.append([cells.get(header, "") for header in table.header])
        table.set(len(table.rows) - 1, column, str(whole(total)))
        world.save(name, table)
        return table.line(len(table.rows) - 1)
    return spoil


rule("a_total_of_counts", "board", [SAME], with_total("board", "Members", {"Ethnic Group": "Total"}, lambda total: total), base="counted", says="total", check="total-rows")
rule("a_total_that_differs", "board", [SAME], with_total("board", "Members", {"Ethnic Group": "Total"}, lambda total: total + 7), base="counted", says="total",
     check="total-differs")
rule("a_grand_total_of_counts", "cases", [SAME], with_total("cases", "Number of Cases", {"Case Type": "Grand Total"}, lambda total: total), base="counted", says="total",
     check="total-rows")
rule("a_total_without_a_name", "board", [SAME, SAID, REFUSED], with_total("board", "Members", {}, lambda total: total), base="counted", says="total|neither|ethnicity",
     why="a row without a group whose count is the sum of all before it is a total, and left out; that is said", check="total-rows", always=True)


@mutation("workforce", SAME, base="counted", says="total", check="total-rows")
def all_beside_the_detail(world):
    """A row for all ethnicities beside those for each, as publications have them."""
    table = world.table("workforce")
    sums = {}
    for row in table.rows:
        key = tuple(row[:2] + row[3:6])
        sums[key] = sums.get(key, 0) + int(row[6])
    table.rows += [list(key[:2]) + ["All"] + list(key[2:]) + [str(total)] for key, total in sums.items()]
    world.save("workforce", table)


@mutation("training", SAME, base="counted", says="total", check="total-rows")
def subtotals_in_the_midst(world):
    table = world.table("training")
    rows = []
    for first, second in zip(table.rows[::2], table.rows[1::2]):
        rows += [first, second, [first[0] + " Total", "", str(int(first[2]) + int(second[2]))]]
    table.rows = rows
    world.save("training", table)


def percents(change):
    def spoil(world):
        table = world.table("survey")
        table.change("Percent", change)
        world.save("survey", table)
    return spoil


rule("percentages_as_fractions", "survey", [SAID, REFUSED], percents(lambda cell: "%.3f" % (float(cell) / 100)), base="counted", says="percent", check="percent-impossible",
     why="0.275% of 612 is nobody: that percentages and bases do not fit is said")
rule("percentages_with_their_sign", "survey", [SAME, REFUSED], percents(lambda cell: cell + "%"), base="counted", field="percent")


def a_percentage(table):
    return table.where(Survey_Year="2024", Ethnic_Group="BME", Question="Q14a")[0]


for kind, value in (("a_percentage_below_zero", "-3.1"), ("a_percentage_over_a_hundred", "331"), ("a_percentage_with_a_decimal_comma", "33,1"), ("a_percentage_that_is_no_number", "n/k"),
                    ("a_percentage_of_a_broken_formula", "#DIV/0!")):
    rule(kind, "survey", [REFUSED], one_cell("survey", "Percent", value, a_percentage), base="counted", field="percent")
for kind, value in (("a_base_with_decimals", "360.5"), ("a_base_below_ten", "<10"), ("a_base_below_zero", "-360")):
    rule(kind, "survey", [REFUSED], one_cell("survey", "Base", value, a_percentage), base="counted", field="base")
rule("no_base", "survey", [REFUSED], one_cell("survey", "Base", "", a_percentage), base="counted", field="(?:base|percent)")
rule("a_percentage_that_no_number_makes", "survey", [HIDDEN], one_cell("survey", "Base", "3", a_percentage), base="counted", check="percent-impossible",
     why="33.1% of 3 people can be where answers are weighted; the check says that it is odd")


# --------------------------------------------------------------------------------------------------------------- the run

def figures(rows):
    return [{name: row[name] for name in COLUMNS if name != "note"} for row in rows]


def prepare(name, make):
    folder = tempfile.mkdtemp(prefix="wres-base-")
    make(folder)
    files = {}
    for file in os.listdir(folder):
        with open(os.path.join(folder, file), "rb") as stream:
            files[file] = stream.read()
    outcome = run("calc", "-v", "--format", "csv", folder=folder)
    assert outcome.status == 0, outcome
    shutil.rmtree(folder)
    BASES[name] = (files, figures(read_rows(outcome.out)), set(outcome.err.splitlines()))


def setUpModule():
    prepare("trust", exports.trust)
    prepare("counted", exports.counted)


class Spoilt(Case):
    """The files of a mutation in a folder."""

    def lay_out(self, mutation_):
        files, _, _ = BASES[mutation_.base]
        world = World(files)
        line = mutation_.function(world)
        line = line if isinstance(line, int) and not isinstance(line, bool) else None
        self.assertNotEqual((world.files, world.options, world.folders), (files, [], []), "nothing was spoilt")
        for name, content in world.files.items():
            if content is None:
                os.symlink(name, self.path(name))
            else:
                self.write(name, content)
        for name in world.folders:
            os.mkdir(self.path(name))
        return world, line

    def discreet(self, text):
        for message in text.splitlines():
            self.assertNotIn(SECRET, message, "free text in a message")
            self.assertIsNone(exports.IDENTIFIER.search(message), "an identifier in the message: %s" % message)
            self.assertIsNone(re.search(r"[\x00-\x09\x0b-\x1f\x7f]", message), "a control character in a message: %r" % message)


class Mutations(Spoilt):
    def spoilt(self, mutation_):
        world, line = self.lay_out(mutation_)
        _, before, messages = BASES[mutation_.base]
        self.write("out.csv", EARLIER)
        names = sorted(os.listdir(self.folder))
        outcome = self.wres("calc", "-v", "-o", "out.csv", *world.options)
        new = [message for message in outcome.err.splitlines() if message not in messages]
        story = "exit %s, with these messages beyond those of the whole files:\n  %s" % (outcome.status, "\n  ".join(new))
        self.assertIn(outcome.status, (0, USAGE, DATA, IO), story)
        self.assertEqual(sorted(os.listdir(self.folder)), names, "files left behind; " + story)
        self.assertEqual(outcome.out, b"", story)
        self.discreet(outcome.err)
        for name, content in world.files.items():
            if content is not None:
                self.assertEqual(self.read(name), content, "an input was changed")
        if outcome.status == 0:
            self.whole(mutation_, line, before, new, story)
        else:
            self.refused(mutation_, line, outcome.status, new, story)

    def whole(self, mutation_, line, before, new, story):
        after = figures(read_rows(self.read("out.csv")))
        if after == before:
            self.assertIn(SAME, mutation_.expect, "the figures stayed the same, expected %s; %s" % (mutation_.expect, story))
            if mutation_.says and mutation_.always:
                self.assert_said(mutation_, line, new, "(?:warning|note)", story)
            return
        moved = [(one, other) for one, other in zip(before, after) if one != other][:1]
        what = "%d rows for %d, other figures: %s; %s" % (len(after), len(before), moved, story)
        self.assertTrue(mutation_.expect & {SAID, HIDDEN}, what)
        if SAID in mutation_.expect:
            self.assert_said(mutation_, line, new, mutation_.severity, what)

    def assert_said(self, mutation_, line, new, severity, story):
        pattern = re.compile(r"^wres: %s: %s.*(?:%s)" % (severity, mutation_.place(line), mutation_.says))
        self.assertTrue([message for message in new if pattern.search(message)], "no message like %s; %s" % (pattern.pattern, story))

    def refused(self, mutation_, line, status, new, story):
        self.assertIn(REFUSED, mutation_.expect, story)
        self.assertIn(status, mutation_.status if isinstance(mutation_.status, tuple) else (mutation_.status,), story)
        self.assertEqual(self.read("out.csv"), EARLIER, "the earlier output is gone; " + story)
        file = re.escape(mutation_.file)
        self.assertRegex("\n".join(new), r"(?m)^wres: error: %s(?::\d+)?: " % file, story)
        place = file + (r":%d: " % line if line else r"(?::\d+)?: ") + (mutation_.field + ": " if mutation_.field else "")
        severity = "(?:error|warning)" if SAID in mutation_.expect else "error"     # few may be enough to stop a run: the warnings have the lines
        pattern = re.compile(r"^wres: %s: %s.*(?:%s)" % (severity, place, mutation_.says or ""))
        self.assertTrue([message for message in new if pattern.search(message)], "no error like %s; %s" % (pattern.pattern, story))


class Checks(Spoilt):
    """`wres check` sees what a calculation stops at or warns of, and what only it can see."""

    def checked(self, mutation_):
        world, line = self.lay_out(mutation_)
        names = sorted(os.listdir(self.folder))
        outcome = self.wres("check", "--format", "csv", *world.options)
        self.discreet(outcome.err + outcome.out.decode("utf-8"))
        self.assertEqual(sorted(os.listdir(self.folder)), names, "files left behind\n%s" % outcome)
        statuses = mutation_.status if isinstance(mutation_.status, tuple) else (mutation_.status,)
        if USAGE in statuses and outcome.status == USAGE:
            return
        findings = list(csv.DictReader(io.StringIO(outcome.out.decode("utf-8"), newline="")))
        here = [row for row in findings if row.get("file") == mutation_.file or not row.get("file") and row.get("table") == mutation_.table]
        errors = [row for row in here if row["severity"] == "error"]
        if mutation_.expect == {REFUSED} and not (USAGE in statuses and mutation_.check):       # what an option would mend is no fault of the data
            self.assertIn(outcome.status, statuses, outcome)
            self.assertTrue(errors, outcome)
            if line:
                self.assertIn(str(line), [row["line"] for row in errors], outcome)
        else:
            self.assertIn(outcome.status, (0, DATA) if REFUSED in mutation_.expect else (0,), outcome)
        if mutation_.check:
            self.assertIn(mutation_.check, [row["check"] for row in here], outcome)


def add(case, prefix, method, mutation_):
    def test(self):
        method(self, mutation_)
    setattr(case, "test_%s_%s" % (prefix, mutation_.name), test)


names = [each.name for each in MUTATIONS]
assert len(set(names)) == len(names), "two mutations of one name: %s" % sorted(name for name in names if names.count(name) > 1)
assert len(names) >= 70
for number, each in enumerate(MUTATIONS):
    # The slow builds with sanitizers look for faults of memory, not of figures: there each is read once, in one of the two ways.
    if not is_sanitized() or number % 2 == 0:
        add(Mutations, each.table, Mutations.spoilt, each)
    if not is_sanitized() or number % 2 == 1:
        add(Checks, each.table, Checks.checked, each)


if __name__ == "__main__":
    main()
