"""python3 with_pandas.py FILE LOOKUP OUT DISTINCT THREADS; `python3 with_pandas.py version` prints the version."""
import sys

import pandas

if sys.argv[1] == "version":
    sys.exit(print(pandas.__version__))
path, lookup, out, distinct, _ = sys.argv[1:]
NAMES = ["period", "organisation", "person", "ethnicity", "sex", "pay_band", "medical_grade", "staff_group", "assignment_category", "fte",
         "team", "job"]
wanted = ["period", "organisation", "ethnicity", "pay_band", "medical_grade", "staff_group", "assignment_category"]
types = {name: "category" for name in wanted}
if distinct == "1":
    types["person"] = "int32"
staff = pandas.read_csv(path, header=0, names=NAMES, usecols=list(types), dtype=types, keep_default_na=False)
texts = pandas.read_csv(lookup, dtype=str, keep_default_na=False)
for field in ("ethnicity", "pay_band", "medical_grade", "staff_group", "assignment_category"):
    values = texts[texts.field == field].set_index("text").value
    staff[field] = values.reindex(staff[field].cat.categories).to_numpy()[staff[field].cat.codes]
staff = staff[staff.assignment_category == "in"]
staff = staff.assign(row=staff.medical_grade.fillna(staff.pay_band)).rename(columns={"staff_group": "section", "ethnicity": "group"})
key = ["period", "organisation", "section", "row", "group"]
for field in key:
    staff[field] = staff[field].astype("category")
if distinct == "1":
    staff = staff.drop_duplicates(key + ["person"])
cells = staff.groupby(key, observed=True).size().rename("count").reset_index()
cells["share"] = 100 * cells["count"] / cells.groupby(key[:4], observed=True)["count"].transform("sum")
cells.to_csv(out, index=False)
