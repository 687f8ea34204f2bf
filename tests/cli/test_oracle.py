"""The example trust against tests/support/oracle.py, which computes indicators 1 to 9 from the documents alone, in exact fractions."""
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

HERE = os.path.dirname(os.path.abspath(__file__))
SUPPORT = os.path.join(os.path.dirname(HERE), "support")
sys.path.insert(0, SUPPORT)
from cli import EXAMPLE, Case, main, read_rows, run  # noqa: E402

CASES = (
    [],
    ["--by", "sex"],
    ["--by", "team", "--by", "sex,team"],
    ["--groups", "5"],
    ["--groups", "16"],
    ["--unknown", "exclude"],
    ["--as-at", "2024-12-31"],
    ["--as-at", "2024-06-30"],
    ["--decimals", "4"],
    ["--decimals", "0"],
    ["--by", "sex", "--by", "sex,team", "--groups", "5", "--unknown", "exclude", "--as-at", "2024-12-31", "--decimals", "4"],
)


def python(script, *arguments):
    return subprocess.run([sys.executable, os.path.join(SUPPORT, script)] + list(arguments), capture_output=True, timeout=300)


class Oracle(Case):
    def test_cases(self):
        """The oracle takes seconds where the program takes a tenth of one: both processors work on it."""
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            oracles = [pool.submit(python, "oracle.py", *options) for options in CASES]
            for number, (options, oracle) in enumerate(zip(CASES, oracles)):
                with self.subTest(options=" ".join(options)):
                    expected, actual = self.path("expected%d.csv" % number), self.path("actual%d.csv" % number)
                    self.assertEqual(oracle.result().returncode, 0, oracle.result().stderr.decode())
                    self.write(expected, oracle.result().stdout)
                    outcome = run("calc", *options, "-o", actual, folder=EXAMPLE)
                    self.assertEqual(outcome.status, 0, outcome)
                    compared = python("compare.py", expected, actual)
                    self.assertEqual(compared.returncode, 0, compared.stdout.decode())

    def test_as_at_is_the_latest(self):
        rows = read_rows(run("calc", "--format", "csv", folder=EXAMPLE).out)
        self.assertEqual({row["period"] for row in rows}, {"2025-03-31"})
        self.assertEqual({row["indicator"] for row in rows}, set("123456789"))
        self.assertEqual({row["status"] for row in rows if row["by"] == "all"}, {"ok"})


if __name__ == "__main__":
    main()
