#!/usr/bin/env python3
"""Checks the files under data/ against each other. Exit 0: sound; 1: a fault; 2: usage.

usage: check_data.py [DATA_DIR]

Code lists and the form of benchmarks need the standard library alone. Tables, standards,
the indicators that benchmarks belong to and the examples (every file and column is there,
and at most 5% of the values of a coded column are in no list) are checked too where PyYAML
is there; without it that part is left out, and said so.
"""
import collections
import csv
import glob
import gzip
import os
import re
import sys

TAIL = ("order", "treatment", "source")      # columns after the attributes
RESERVED = ("(blank)", "(unmapped)")
MAY_BE_BLANK = {"first_year", "last_year"}
CERTAINTY = "CSU"
TYPES = {"date", "year", "text", "id", "code", "count", "decimal", "percent", "base"}
TIMES = {"snapshot", "window", "latest", "year"}
MEASURES = {"share": ("of",), "likelihood": ("ratio",), "rate": ("events", "over"), "gap": ("of", "against", "parts"),
            "disparity": ("of", "tiers", "scopes"), "goal": ("of",)}
SOURCES = ("of", "against", "events", "over", "leavers", "movers")
NAMED = {"parts": "row", "tiers": "tier", "scopes": "scope"}
SECTIONS = {"non-clinical", "clinical", "medical", "unknown"}
GRADED = {"pay_band", "medical_grade", "staff_group", "person_id"}     # what section and band can come from
KEYS = {"id", "title", "measure", "rows", "parts", "tiers", "scopes", "steps", "months", "years", "ratio", "four_fifths",
        "joined", "words", "definition", "numerator", "denominator", "direction", "window", "source", "certainty",
        "certainty_note", "off"} | set(SOURCES)
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
            if name != os.path.join(os.path.dirname(name), cell["standard_family"] + ".csv"):
                fault(where, f"family {cell['standard_family']} in a file of another name")
            if cell["certainty"] not in CERTAINTY or not cell["source"].startswith(cell["certainty"]):
                fault(where, "certainty and source do not agree")
            if (cell["statistic"] == "ratio") != (cell["unit"] == "ratio"):
                fault(where, "unit does not fit the statistic")
            if seen.setdefault(tuple(row[:7]), line) != line:
                fault(where, f"the same figure as line {seen[tuple(row[:7])]}")


# ---- tables ---------------------------------------------------------------------------------

file_words = {}      # word in a file's name -> table


def check_table(path, table, lists, built_in=True):
    where = os.path.relpath(path)
    if table.get("table") != os.path.basename(path)[:-5]:
        fault(where, "table is not named after its file")
    if table.get("people") not in PEOPLE and built_in:
        fault(where, f"people: {table.get('people')}")
    if table.get("time") not in TIMES:
        fault(where, f"time: {table.get('time')}")
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
    for word in table.get("file_words", []):
        if not re.fullmatch("[a-z]+", str(word)):
            fault(where, f"file word '{word}' is no word of small letters")
        elif file_words.setdefault(word, path) != path:
            fault(where, f"file word '{word}' belongs to {file_words[word]} too")
    known = set(fields)
    parts = [p for need in table.get("needs", []) for alt in need for p in re.split(r"\s*\+\s*", alt)]
    for name in parts + list(table.get("once_per", [])) + [table.get("date", next(iter(known)))]:
        if name not in known:
            fault(where, f"no field {name}")
    dated = fields.get(table.get("date"), {}).get("type")
    if dated != ("year" if table.get("time") == "year" else "date"):
        fault(where, f"time {table.get('time')} goes by a field of type {dated}")
    return fields


# ---- standards ------------------------------------------------------------------------------

FILTER = re.compile(r"^(\w+)(?:\.(\w+))? (in|not in|>=|<=) (.+)$")


def row_names(lists):
    return set(lists["pay_bands"].members) | set(lists["medical_grades"].members)


def check_grade_filter(where, match, fields, lists):
    """section and band: made of band, grade and staff group, or the person's."""
    name, attribute, operator, values = match.groups()
    known = SECTIONS if name == "section" else row_names(lists)
    if attribute or operator not in ("in", "not in"):
        fault(where, f"{name} has neither attributes nor an order")
    if not GRADED & set(fields):
        fault(where, f"{name} can come from nowhere in that table")
    for value in next(csv.reader([values], skipinitialspace=True)):
        if normalise(value) not in known:
            fault(where, f"there is no {name} '{value}'")


def check_filter(where, text, fields, lists, staff):
    match = FILTER.match(str(text))
    if not match:
        fault(where, f"cannot read the filter '{text}'")
        return
    name, attribute, operator, values = match.groups()
    if name in ("section", "band"):
        check_grade_filter(where, match, fields, lists)
        return
    field = fields.get(name) or (staff.get(name) if "person_id" in fields else None)
    if not field or field["type"] not in ("code", "text"):
        fault(where, f"no field {name} in that table")
        return
    codes = lists.get(field.get("list"))
    if not codes:
        if attribute or operator not in ("in", "not in"):
            fault(where, f"{name} is a text: it has neither attributes nor an order")
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


def check_filters(where, texts, fields, lists, tables):
    if not isinstance(texts, list):
        fault(where, "conditions are a list")
        return
    for text in texts:
        check_filter(where, text, fields, lists, tables.get("workforce", {}))


def check_source(where, part, tables, lists):
    if not isinstance(part, dict) or part.get("table") not in tables or set(part) - {"table", "where"}:
        fault(where, f"no such table: {part}")
        return
    check_filters(where, part.get("where", []), tables[part["table"]], lists, tables)


def check_named(where, entry, key, tables, lists):
    """Parts, tiers, scopes: each with a name of its own, and conditions on the table that is counted."""
    seen = set()
    for part in entry.get(key, []):
        name = part.get(NAMED[key])
        if not name or name in seen or set(part) - ({NAMED[key], "where"} | ({"of_which"} if key == "parts" else set())):
            fault(where, f"{key}: {part}")
        seen.add(name)
        fields = tables.get(entry.get("of", {}).get("table"), {})
        check_filters(where, part.get("where", []), fields, lists, tables)
    if key == "tiers" and key in entry and len(entry[key]) not in (2, 3):
        fault(where, "two or three tiers")


def check_steps(where, entry, tables, lists):
    seen = set()
    for step in entry["steps"]:
        if set(step) != {"row", "events", "over", "event"} or step["row"] in seen:
            fault(where, f"step: {step}")
            continue
        seen.add(step["row"])
        check_source(where, step["events"], tables, lists)
        check_source(where, step["over"], tables, lists)


def check_off(where, entry):
    if set(entry) & (set(SOURCES) | {"steps", "parts", "tiers", "scopes"}):
        fault(where, "switched off, and yet says what is counted")


def check_measure(where, entry, tables, lists):
    measure = entry.get("measure")
    if measure not in MEASURES:
        fault(where, f"measure: {measure}")
        return
    for key in MEASURES[measure]:
        if not entry.get(key):
            fault(where, f"no {key}")
    for key in SOURCES:
        if key in entry:
            check_source(where, entry[key], tables, lists)
    for key in NAMED:
        check_named(where, entry, key, tables, lists)
    if measure == "likelihood" and ("steps" in entry) == ("events" in entry and "over" in entry):
        fault(where, "either steps, or events and over")
    if "steps" in entry:
        check_steps(where, entry, tables, lists)
    if "ratio" in entry and entry["ratio"] not in RATIOS:
        fault(where, f"ratio: {entry['ratio']}")
    if measure in ("likelihood", "rate") and set(entry.get("words", ())) != {"people", "event"}:
        fault(where, "words need people and event")
    for key in ("months", "years"):
        if key in entry and not re.fullmatch("[1-9][0-9]*", str(entry[key])):
            fault(where, f"{key}: {entry[key]}")


def check_indicator(where, entry, tables, lists):
    for key in set(entry) - KEYS:
        fault(where, f"unknown key {key}")
    for key in TEXTS:
        if not entry.get(key):
            fault(where, f"no {key}")
    if entry.get("certainty") not in tuple(CERTAINTY):
        fault(where, f"certainty: {entry.get('certainty')}")
    if entry.get("off"):
        check_off(where, entry)
    else:
        check_measure(where, entry, tables, lists)


def check_compare(where, compare, tables, lists):
    """One attribute of the field's list has the reference, the group and unknown."""
    if set(compare) != {"field", "reference", "group", "unknown"}:
        fault(where, f"compare: {compare}")
        return
    codes = lists.get(tables.get("workforce", {}).get(compare["field"], {}).get("list"))
    wanted = {normalise(compare[key]) for key in ("reference", "group", "unknown")}
    if not codes or not any(wanted <= codes.values(attribute) for attribute in codes.attributes):
        fault(where, f"compare: no attribute has {', '.join(sorted(wanted))}")


def check_standard(path, standard, tables, lists):
    where = os.path.relpath(path)
    if standard.get("standard") != os.path.basename(path)[:-5]:
        fault(where, "standard is not named after its file")
    for key in ("title", "owner", "source", "certainty", "compare", "indicators"):
        if not standard.get(key):
            fault(where, f"no {key}")
    check_compare(where, standard.get("compare") or {}, tables, lists)
    check_filters(where, standard.get("population", []), tables.get("workforce", {}), lists, tables)
    seen = set()
    for entry in standard.get("indicators", []):
        name = str(entry.get("id"))
        if name in seen:
            fault(where, f"two indicators {name}")
        seen.add(name)
        check_indicator(f"{where}: indicator {name}", entry, tables, lists)
    return {standard.get("standard", "").rpartition("-")[0] or standard.get("standard"): seen}


def check_families(data, families):
    """A national figure belongs to an indicator that there is."""
    for path in sorted(glob.glob(os.path.join(data, "benchmarks", "*.csv"))):
        for line, row in enumerate(read_rows(path)[1:], 2):
            if len(row) == len(BENCHMARK) and row[1] not in families.get(row[0], ()):
                fault(f"{os.path.relpath(path)}:{line}", f"no indicator {row[1]} in a standard of {row[0]}")


# ---- examples -------------------------------------------------------------------------------

def found(codes, text):
    """Whether the value has a member, as the program looks it up."""
    key = normalise(text)
    if not key or key in codes.by_key or key in codes.by_code:
        return True
    if "|" in key:
        return any(part.strip() in codes.by_key or part.strip() in codes.by_code for part in key.split("|"))
    code = re.match("([a-z0-9]{1,2})[ -](.+)", key)
    if code and code.group(1) in codes.by_code and code.group(2) in codes.by_key:
        return True
    return bool(re.fullmatch("[a-z][a-z0-9]", key)) and key[0] in codes.by_code


def column_of(header, field, given):
    for name in [given] if given else [field["name"]] + list(field.get("headers", [])):
        if squeeze(name) in header:
            return header.index(squeeze(name))
    return None


def check_values(where, rows, header, entry, field, column, lists):
    codes, maps = lists[field["list"]], entry.get("values", {}).get(field["name"], {})
    mapped = {normalise(text) for text in maps}
    for text, value in maps.items():
        if normalise(value) not in codes.by_key:
            fault(where, f"values: '{value}' for '{text}' is not in {field['list']}")
    dropped = [(header.index(squeeze(name)), set(values)) for name, values in entry.get("leave_out", {}).items()]
    kept = [row for row in rows if len(row) > column and not any(row[at].strip() in values for at, values in dropped)]
    counts = collections.Counter(row[column] for row in kept)
    odd = [text for text in counts if normalise(text) not in mapped and not found(codes, text)]
    rows_odd = sum(counts[text] for text in odd)
    if 20 * rows_odd > len(kept):
        fault(where, f"{field['name']}: {rows_odd} of {len(kept)} values in no list, such as '{odd[0]}'")


def check_input(where, folder, name, entry, fields, lists):
    if isinstance(entry, str):
        entry = {"file": entry}
    for file in entry.get("files", [entry.get("file")]):
        if not file or not os.path.isfile(os.path.join(folder, file)):
            fault(where, f"{name}: no file {file}")
            continue
        opener = gzip.open if file.endswith(".gz") else open
        with opener(os.path.join(folder, file), "rt", encoding="utf-8-sig", newline="") as handle:
            rows = list(csv.reader(handle))
        header = [squeeze(text) for text in rows[0]]
        for field, column in entry.get("columns", {}).items():
            if field not in fields or squeeze(column) not in header:
                fault(where, f"{name}: {field} from column '{column}'")
        for field in fields.values():
            column = column_of(header, field, entry.get("columns", {}).get(field["name"]))
            shared = list(entry.get("columns", {}).values()).count(entry.get("columns", {}).get(field["name"])) > 1
            if column is not None and field.get("list") in lists and not shared:
                check_values(f"{where}: {file}", rows[1:], header, entry, field, column, lists)


def check_example(path, settings, load, tables, lists, names):
    where, folder = os.path.relpath(path), os.path.dirname(path)
    tables = dict(tables)
    for file in settings.get("table", []):
        table = load(os.path.join(folder, file))
        tables[table.get("table")] = check_table(os.path.join(folder, file), table, lists, built_in=False)
    standards = settings.get("standard", [])
    for name in [standards] if isinstance(standards, str) else standards:
        if name.endswith(".yaml"):
            check_standard(os.path.join(folder, name), load(os.path.join(folder, name)), tables, lists)
        elif name not in names:
            fault(where, f"no standard {name}")
    for name, entries in settings.get("inputs", {}).items():
        if name not in tables:
            fault(where, f"no table {name}")
            continue
        for entry in entries if isinstance(entries, list) else [entries]:
            check_input(where, folder, name, entry, tables[name], lists)



def check_yaml(data, lists):
    try:
        import yaml
    except ImportError:
        print("check_data: no PyYAML, tables and standards not checked", file=sys.stderr)
        return 0, 0, 0

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
    families = {}
    for path in standards:
        for family, indicators in check_standard(path, load(path), tables, lists).items():
            families.setdefault(family, set()).update(indicators)
    check_families(data, families)
    examples = sorted(glob.glob(os.path.join(data, "examples", "*", "wres.yaml")))
    names = {os.path.basename(path)[:-5] for path in standards}
    for path in examples:
        check_example(path, load(path), load, tables, lists, names)
    return len(tables), len(standards), len(examples)


def main(arguments):
    here = os.path.dirname(os.path.abspath(__file__))
    data = arguments[0] if arguments else os.path.join(here, "..", "..", "data")
    if len(arguments) > 1 or not os.path.isdir(data):
        print(__doc__.strip(), file=sys.stderr)
        return 2
    lists = check_lists(data)
    check_benchmarks(data)
    tables, standards, examples = check_yaml(data, lists)
    for text in faults:
        print(text)
    print(f"check_data: {len(lists)} code lists, {tables} tables, {standards} standards, {examples} examples, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
