"""Every test that docs/reliability.md names exists, and runs under that name."""
import glob
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "support"))
from cli import ROOT, Case, main  # noqa: E402


def texts():
    found = {}
    for path in glob.glob(os.path.join(ROOT, "tests", "*", "test_*")):
        with open(path, encoding="utf-8") as file:
            found[os.path.basename(path)] = file.read()
    return found


class Named(Case):
    def test_they_exist(self):
        files = texts()
        with open(os.path.join(ROOT, "docs", "reliability.md"), encoding="utf-8") as file:
            named = re.findall(r"`(test_[a-z_0-9]+\.(?:py|c))::([A-Za-z_.0-9]+)`", file.read())
        self.assertGreater(len(named), 50)
        for name, test in named:
            with self.subTest(name + "::" + test):
                self.assertIn(name, files)
                if name.endswith(".c"):
                    self.assertRegex(files[name], r"(?:CASE|cmocka_unit_test\w*)\(\s*%s\b" % re.escape(test))
                    continue
                kind, function = test.split(".")
                body = re.search(r"(?ms)^class %s\(.*?(?=^class |\Z)" % kind, files[name])
                self.assertIsNotNone(body)
                self.assertIn("    def %s(self" % function, body.group())


if __name__ == "__main__":
    main()
