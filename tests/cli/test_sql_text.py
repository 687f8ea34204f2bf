"""wres sql without a database: what it needs, what it refuses, and what the query holds. That queries are right is tested in tests/sql."""
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "support"))
from cli import EXAMPLE, Case, main  # noqa: E402

DIALECTS = ("duckdb", "postgres", "clickhouse", "spark")


class Text(Case):
    def setUp(self):
        super().setUp()
        self.settings("{snapshot_date: day, ethnicity: origin, person_id: number}")

    def settings(self, columns, table="workforce", more=""):
        self.write("wres.yaml", "inputs:\n  %s:\n    file: x.csv\n    columns: %s\n%s" % (table, columns, more))

    def test_every_dialect(self):
        for dialect in DIALECTS:
            with self.subTest(dialect):
                first, second = (self.wres("sql", "--dialect", dialect, "--as-at", "2025-03-31", folder=EXAMPLE) for _ in range(2))
                self.assertEqual(first.status, 0, first)
                self.assertEqual(first.out, second.out)
                self.assertIn(b"wres calc --standard wres-2025 cube=", first.out)
                self.assertEqual(b"not run here" in first.out, dialect == "spark")

    def test_only_columns_that_are_named_are_read(self):
        query = self.wres("sql", "-q", "--dialect", "postgres", "--as-at", "2025-03-31", "workforce=hr.staff").out.decode()
        self.assertIn('FROM "hr"."staff"', query)
        quoted = set(re.findall(r'"([^"]*)"', re.sub(r"'(?:[^']|'')*'", "''", query)))
        self.assertEqual({name for name in quoted if not re.fullmatch(r"record|id|name|value|organisation|date|group|count|hidden_\w+|percent|axis_\d+|C", name)},
                         {"hr", "staff", "day", "origin", "number"})

    def test_what_is_missing(self):
        for arguments, part in ((["--as-at", "2025-03-31"], "say for which database"),
                                (["--dialect", "oracle", "--as-at", "2025-03-31"], "allowed: duckdb, postgres, clickhouse, spark"),
                                (["--dialect", "postgres"], "the date must be given"),
                                (["--dialect", "postgres", "--as-at", "2025-03-31", "staff=x"], "there is no table 'staff'"),
                                (["--dialect", "postgres", "--as-at", "2025-03-31", "workforce"], "is not TABLE=NAME"),
                                (["--dialect", "postgres", "--as-at", "2025-03-31", "workforce=a", "workforce=b"], "this table is given twice"),
                                (["--dialect", "postgres", "--as-at", "2025-03-31", "cases=er.cases"], "name the columns of this table under 'columns'")):
            with self.subTest(arguments):
                outcome = self.wres("sql", *arguments)
                self.assertEqual(outcome.status, 2, outcome)
                self.assertIn(part, outcome.err)
                self.assertEqual(outcome.out, b"")

    def test_what_no_query_can_do(self):
        for columns, table, more, part in (("{survey_year: y, ethnicity: e, question: q, percent: p, base: b}", "survey", "", "percentages without counts"),
                                           ("{date: d, ethnicity: e, shortlisted: s, appointed: a}", "recruitment", "", "the stage out of flags"),
                                           ("{snapshot_date: d, ethnicity: e, count: n}", "workforce", '    hidden: {"<5": 1-4}\n', "marks in the place of counts"),
                                           ("{snapshot_date: d, pay_band: b}", "workforce", "", "a needed column is missing"),
                                           ("{snapshot_date: d, ethnicitty: e}", "workforce", "", "did you mean ethnicity")):
            with self.subTest(part):
                self.settings(columns, table, more)
                outcome = self.wres("sql", "--dialect", "duckdb", "--as-at", "2025-03-31")
                self.assertEqual(outcome.status, 2, outcome)
                self.assertIn(part, outcome.err)

    def test_texts_of_settings_stay_texts(self):
        self.settings("{snapshot_date: day, ethnicity: 'or\"igin'}", more="    values:\n      ethnicity: {\"O'Brien\": White - British}\n    leave_out:\n      kind: [\"x'; DROP TABLE y\"]\n")
        query = self.wres("sql", "--dialect", "postgres", "--as-at", "2025-03-31", "workforce=staff").out.decode()
        self.assertIn("'o''brien'", query)
        self.assertIn('"or""igin"', query)
        self.assertIn("'x''; drop table y'", query)


if __name__ == "__main__":
    main()
