#!/usr/bin/env python3
"""Checks the files under data/ against each other. Exit 0: sound; 1: a fault; 2: usage.

usage: check_data.py [DATA_DIR]

Code lists and benchmarks need the standard library alone. Tables and standards are
checked too where PyYAML is there; without it that part is left out, and said so.
"""
import csv
import glob
import os
import re
import sys

TAIL = ("order", "treatment", "source")      # columns after the attributes
RESERVED = ("(blank)", "(unmapped)")
MAY_BE_BLANK = {"first_year", "last_year"}
CERTAINTY = "CSU"
TYPES = {"date", "year", "text", "id", "code", "count", "decimal", "percent", "base"}
MEASURES = {"share": ("of",), "likelihood": ("events", "over", "ratio"),
            "rate": ("events", "over"), "gap": ("of", "against"), "goal": ("of",)}
RATIOS = {"reference / group", "group / reference"}
PEOPLE = {"staff", "applicants", "members", "respondents"}
TEXTS = ("title", "definition", "numerator", "denominator", "direction", "window", "source", "certainty")
BENCHMARK = ["standard_family", "indicator", "organisation", "year", "row", "group",
             "statistic", "unit", "value", "certainty", "source"]

faults = []


def fault(where, text):
    faults.append(f"{where}: {text}")


def normalise(text):
    """The look-up key: blanks, case, dashes, and & for 'and'."""
    text = re.sub("[\u2010-\u2015\u2212]", "-", text.replace("\u00a0", " "))
    text = re.sub(r"\s+", " ", text.replace("&", " and ")).strip().lower()
    return re.sub(" ?- ?", "-", text)


def squeeze(header):
    """A header's key: letters and digits alone."""
    return re.sub("[^a-z0-9]", "", header.lower())


def read_rows(path):
    with open(path, encoding="utf-8", newline="") as handle:
        return list(csv.reader(handle))


# ---- code lists ---------------------------------------------------------------------------

class CodeList:
    def __init__(self, path):
        self.path = os.path.relpath(path)
        self.by_key = {}        # normalised spelling -> (member, line)
        self.members = {}       # first attribute -> set of members
        self.by_code = {}
        rows = read_rows(path)
        self.header = rows[0] if rows else []
        if self.check_header():
            for line, row in enumerate(rows[1:], 2):
                self.check_row(line, row)
            self.check_whole()

    def check_header(self):
        head = self.header
        self.attributes = [c for c in head if c not in TAIL + ("spelling", "code")]
        wanted = ["spelling"] + (["code"] if "code" in head else []) + self.attributes
        wanted += [c for c in TAIL if c in head]
        if head != wanted or len(set(head)) != len(head):
            fault(self.path, f"columns out of order or repeated: {','.join(head)}")
        elif not self.attributes or "source" not in head:
            fault(self.path, "needs an attribute column and a source column")
        else:
            return True
        return False

    def check_row(self, line, row):
        where = f"{self.path}:{line}"
        if len(row) != len(self.header):
            fault(where, f"{len(row)} cells, {len(self.header)} columns")
            return
        cell = dict(zip(self.header, row))
        for name, value in cell.items():
            if value != value.strip():
                fault(where, f"blanks around {name}")
            if name in self.attributes and not value and name not in MAY_BE_BLANK:
                fault(where, f"blank attribute {name}")
        if cell.get("order") and not re.fullmatch(r"\d+", cell["order"]):
            fault(where, "order is not a whole number")
        if not cell["source"] or not re.match(f"[{CERTAINTY}](:|$)", cell["source"]):
            fault(where, "source does not start with C, S or U")
        member = tuple(cell.get(c, "") for c in self.attributes + ["order", "treatment"])
        self.take(where, cell, member)

    def take(self, where, cell, member):
        key = normalise(cell["spelling"])
        if not key:
            fault(where, "blank spelling")
            return
        if key in self.by_key:
            earlier, first = self.by_key[key]
            what = "repeated" if earlier == member else "stands for two members"
            fault(where, f"spelling '{cell['spelling']}' {what}, see {first}")
        self.by_key[key] = (member, where)
        self.members.setdefault(normalise(member[0]), set()).add(member)
        if cell.get("code"):
            self.by_code.setdefault(normalise(cell["code"]), []).append((member, where))

    def check_whole(self):
        for name in RESERVED:
            if name not in self.by_key:
                fault(self.path, f"no row for {name}")
        for name, members in self.members.items():
            if len({m[-2] for m in members}) > 1:
                fault(self.path, f"'{name}' has several orders")
            if any(m[:-1] != next(iter(members))[:-1] for m in members) and not self.several(name):
                fault(self.path, f"'{name}' has several sets of attributes")
            own = self.by_key.get(name)
            if not own or normalise(own[0][0]) != name:
                fault(self.path, f"the name '{name}' is not a spelling of itself")
        for code, uses in self.by_code.items():
            if code in self.by_key and any(m != self.by_key[code][0] for m, _ in uses):
                continue                        # the row whose spelling is the code decides
            if len({m for m, _ in uses}) > 1:
                fault(self.path, f"code '{code}' stands for several members, no row decides")
        if "order" in self.header:
            orders = {}
            for name, members in self.members.items():
                orders.setdefault(next(iter(members))[-2], []).append(name)
            for order, names in orders.items():
                if order and len(names) > 1:
                    fault(self.path, f"order {order} belongs to {', '.join(names)}")

    def several(self, name):
        """Questions change number with the years; a medical row holds several kinds of doctor."""
        return bool(MAY_BE_BLANK & set(self.attributes)) or "mwres_group" in self.attributes

    def ordered(self, name):
        return any(m[-2] for m in self.members.get(name, ())) and "order" in self.header

    def values(self, attribute=None):
        if attribute is None:
            return set(self.members)
        at = self.attributes.index(attribute)
        return {normalise(m[at]) for members in self.members.values() for m in members}


def check_ethnicity(codes):
    """The groups of one member must agree with each other."""
    where = codes.path
    want = ["category", "group2", "group5", "group16", "group5_census", "group6"]
    if codes.attributes != want:
        fault(where, f"attributes are not {', '.join(want)}")
        return
    for members in codes.members.values():
        for category, two, five, sixteen, census, six, *_ in members:
            groups = (two, five, sixteen, census, six)
            vague = "not further specified" in five
            if two not in ("White", "BME", "Unknown"):
                fault(where, f"'{category}': group2 {two}")
            if (two == "Unknown") != all(g == "Unknown" for g in groups):
                fault(where, f"'{category}': Unknown in some groups only")
            if (two == "White") != (five == "White") or (two == "White") != (six == "White"):
                fault(where, f"'{category}': White in some groups only")
            if not vague and five not in ("White", "Mixed", "Asian", "Black", "Other", "Unknown"):
                fault(where, f"'{category}': group5 {five}")
            chinese = six == "Chinese"
            if chinese and (five, census) != ("Other", "Asian"):
                fault(where, f"'{category}': Chinese is Other of five, Asian of the census five")
            if not chinese and not five == census == six:
                fault(where, f"'{category}': groups of five and six differ")
            if two != "Unknown" and category != sixteen:
                fault(where, f"'{category}': not named after group16")
    for name in RESERVED:
        if name in codes.by_key and codes.by_key[name][0][1] != "Unknown":
            fault(where, f"{name} is not Unknown")


def check_lists(data):
    lists = {}
    for path in sorted(glob.glob(os.path.join(data, "codes", "*.csv"))):
        lists[os.path.basename(path)[:-4]] = CodeList(path)
    if not lists:
        fault(data, "no code lists")
    if "ethnicity" in lists:
        check_ethnicity(lists["ethnicity"])
    return lists


# ---- benchmarks -----------------------------------------------------------------------------

def check_benchmarks(data):
    for path in sorted(glob.glob(os.path.join(data, "benchmarks", "*.csv"))):
        name = os.path.relpath(path)
        rows = read_rows(path)
        if rows[0] != BENCHMARK:
            fault(name, "columns are not " + ",".join(BENCHMARK))
            continue
        seen = {}
        for line, row in enumerate(rows[1:], 2):
            where = f"{name}:{line}"
            if len(row) != len(BENCHMARK) or "" in row:
                fault(where, "a blank or missing cell")
                continue
            cell = dict(zip(BENCHMARK, row))
            if not re.fullmatch(r"\d+(\.\d+)?", cell["value"]) or not re.fullmatch(r"20\d\d", cell["year"]):
                fault(where, "value or year is no number")
            if cell["certainty"] not in CERTAINTY or not cell["source"].startswith(cell["certainty"]):
                fault(where, "certainty and source do not agree")
            if (cell["statistic"] == "ratio") != (cell["unit"] == "ratio"):
                fault(where, "unit does not fit the statistic")
            if seen.setdefault(tuple(row[:7]), line) != line:
                fault(where, f"the same figure as line {seen[tuple(row[:7])]}")


# ---- tables ---------------------------------------------------------------------------------

def check_table(path, table, lists):
    where = os.path.relpath(path)
    if table.get("table") != os.path.basename(path)[:-5]:
        fault(where, "table is not named after its file")
    if table.get("people") not in PEOPLE:
        fault(where, f"people: {table.get('people')}")
    fields = {f.get("name"): f for f in table.get("fields", [])}
    headers = {}
    for name, field in fields.items():
        if field.get("type") not in TYPES or not field.get("title"):
            fault(where, f"{name}: type or title")
        if (field.get("type") == "code") != ("list" in field):
            fault(where, f"{name}: a list goes with type code")
        if "list" in field and field["list"] not in lists:
            fault(where, f"{name}: no list {field['list']}")
        own = set()
        for header in [name] + list(field.get("headers", [])):
            key = squeeze(str(header))
            if not key:
                fault(where, f"{name}: header '{header}' has no letter or digit")
            elif headers.setdefault(key, name) != name:
                fault(where, f"header '{header}' belongs to {headers[key]} and {name}")
            elif key in own and header not in (name,) and squeeze(name) != key:
                fault(where, f"{name}: header '{header}' is listed twice")
            own.add(key)
    known = set(fields)
    parts = [p for need in table.get("needs", []) for alt in need for p in re.split(r"\s*\+\s*", alt)]
    for name in parts + list(table.get("once_per", [])) + [table.get("date", next(iter(known)))]:
        if name not in known:
            fault(where, f"no field {name}")
    return fields


# ---- standards ------------------------------------------------------------------------------

FILTER = re.compile(r"^(\w+)(?:\.(\w+))? (in|not in|>=|<=) (.+)$")


def check_filter(where, text, fields, lists):
    match = FILTER.match(str(text))
    if not match:
        fault(where, f"cannot read the filter '{text}'")
        return
    name, attribute, operator, values = match.groups()
    field = fields.get(name)
    if not field:
        fault(where, f"no field {name} in that table")
        return
    codes = lists.get(field.get("list"))
    if not codes:
        return
    if attribute and attribute not in codes.attributes:
        fault(where, f"no attribute {attribute} in {field['list']}")
        return
    for value in next(csv.reader([values], skipinitialspace=True)):
        key = normalise(value)
        if key not in codes.values(attribute):
            fault(where, f"no '{value}' in {field['list']}")
        elif operator in (">=", "<=") and not codes.ordered(key):
            fault(where, f"'{value}' has no order in {field['list']}")


def check_source(where, part, tables, lists):
    if not isinstance(part, dict) or part.get("table") not in tables:
        fault(where, f"no such table: {part}")
        return
    for text in part.get("where", []):
        check_filter(where, text, tables[part["table"]], lists)


def check_indicator(where, entry, tables, lists):
    measure = entry.get("measure")
    if measure not in MEASURES:
        fault(where, f"measure: {measure}")
        return
    for key in TEXTS + MEASURES[measure]:
        if not entry.get(key):
            fault(where, f"no {key}")
    if entry.get("certainty") not in tuple(CERTAINTY):
        fault(where, f"certainty: {entry.get('certainty')}")
    for key in ("of", "against", "events", "over"):
        if key in entry:
            check_source(where, entry[key], tables, lists)
    if "ratio" in entry and entry["ratio"] not in RATIOS:
        fault(where, f"ratio: {entry['ratio']}")
    if measure in ("likelihood", "rate") and set(entry.get("words", ())) != {"people", "event"}:
        fault(where, "words need people and event")
    for part in entry.get("parts", []):
        for text in part.get("where", []):
            check_filter(where, text, tables[entry["of"]["table"]], lists)


def check_standard(path, standard, tables, lists):
    where = os.path.relpath(path)
    if standard.get("standard") != os.path.basename(path)[:-5]:
        fault(where, "standard is not named after its file")
    for key in ("title", "owner", "source", "certainty", "compare", "indicators"):
        if not standard.get(key):
            fault(where, f"no {key}")
    for text in standard.get("population", []):
        check_filter(where, text, tables.get("workforce", {}), lists)
    seen = set()
    for entry in standard.get("indicators", []):
        name = str(entry.get("id"))
        if name in seen:
            fault(where, f"two indicators {name}")
        seen.add(name)
        check_indicator(f"{where}: indicator {name}", entry, tables, lists)


def check_yaml(data, lists):
    try:
        import yaml
    except ImportError:
        print("check_data: no PyYAML, tables and standards not checked", file=sys.stderr)
        return 0, 0

    class Text(yaml.SafeLoader):               # yes stays the word yes, 1 stays "1"
        yaml_implicit_resolvers = {}

    def load(path):
        try:
            with open(path, encoding="utf-8") as handle:
                return yaml.load(handle, Loader=Text)
        except yaml.YAMLError as error:
            fault(os.path.relpath(path), str(error))
            return {}

    tables, standards = {}, sorted(glob.glob(os.path.join(data, "standards", "*.yaml")))
    for path in sorted(glob.glob(os.path.join(data, "tables", "*.yaml"))):
        tables[os.path.basename(path)[:-5]] = check_table(path, load(path), lists)
    for path in standards:
        check_standard(path, load(path), tables, lists)
    return len(tables), len(standards)


def main(arguments):
    here = os.path.dirname(os.path.abspath(__file__))
    data = arguments[0] if arguments else os.path.join(here, "..", "..", "data")
    if len(arguments) > 1 or not os.path.isdir(data):
        print(__doc__.strip(), file=sys.stderr)
        return 2
    lists = check_lists(data)
    check_benchmarks(data)
    tables, standards = check_yaml(data, lists)
    for text in faults:
        print(text)
    print(f"check_data: {len(lists)} code lists, {tables} tables, {standards} standards, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
