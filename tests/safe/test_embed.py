"""What makes the built-in files when the program is built: a broken file of data/ ends the build, with its place."""
import glob
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "support"))
from cli import ROOT, WRES, Case, main  # noqa: E402

BUILD = os.path.dirname(os.path.abspath(WRES))
LIST = "spelling,code,sex\nFemale,F,Female\n(blank),,Unknown\n(unmapped),,Unknown\n"


class Embed(Case):
    def embed(self, *files, folder):
        return subprocess.run([os.path.join(BUILD, "embed"), *files], cwd=folder, capture_output=True, check=False)

    def put(self, name, text):
        path = self.path(name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return name

    def assert_refused(self, name, text, place, part):
        done = self.embed(self.put(name, text), folder=self.path("."))
        said = done.stderr.decode()
        self.assertNotEqual(done.returncode, 0, said)
        self.assertIn("%s:%d: " % (name, place), said)
        self.assertIn(part, said)

    def data(self, name):
        with open(os.path.join(ROOT, "data", name), encoding="utf-8") as file:
            return file.read()

    def test_what_is_built_in_is_made_of_the_files(self):
        kinds = ("data/benchmarks/*.csv", "data/checks/*.csv", "data/codes/*.csv", "data/standards/*.yaml", "data/tables/*.yaml", "docs/schema/*.json")
        files = sorted(path for kind in kinds for path in glob.glob(kind, root_dir=ROOT))
        done = self.embed(*files, folder=ROOT)
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        with open(os.path.join(BUILD, "resources.c"), "rb") as file:
            self.assertEqual(done.stdout, file.read())

    def test_another_file_makes_another_source(self):
        first = self.embed(self.put("data/codes/sex.csv", LIST), folder=self.path("."))
        self.assertEqual((first.returncode, first.stderr), (0, b""))
        for other in (LIST.replace("Female,F,", "Female,F1,"), LIST.replace("Unknown", "Not known"), LIST.replace("\n(", "\nMale,M,Male\n(", 1)):
            done = self.embed(self.put("data/codes/sex.csv", other), folder=self.path("."))
            self.assertEqual(done.returncode, 0)
            self.assertNotEqual(done.stdout, first.stdout)

    def test_a_broken_code_list(self):
        self.assert_refused("data/codes/sex.csv", LIST.replace("(blank)", "Female"), 3, "stands for something else")
        self.assert_refused("data/codes/sex.csv", LIST.replace("(unmapped)", "other"), 0, "(blank) and (unmapped)")
        self.assert_refused("data/codes/sex.csv", LIST.replace("Female,F", 'Fem"ale,F'), 2, "quotation mark")

    def test_a_broken_table(self):
        table = self.data("tables/awards.yaml")
        line = 1 + table[:table.index("time: year")].count("\n")
        self.assert_refused("data/tables/awards.yaml", table.replace("time: year", "time: yaer"), line, "did you mean year")
        self.assert_refused("data/tables/awards.yaml", table.replace("time: year", "time: [year"), line + 1, "no valid YAML")
        line = 1 + table[:table.index("headers: [Stage,")].count("\n")
        self.assert_refused("data/tables/awards.yaml", table.replace("headers: [Stage,", "headers: [Ethnicity,"), line, "belongs to field ethnicity already")

    def test_a_broken_standard(self):
        standard = self.data("standards/model-employer.yaml")
        line = 1 + standard[:standard.index("measure: goal")].count("\n")
        self.assert_refused("data/standards/model-employer.yaml", standard.replace("measure: goal", "measure: gaol"), line, "did you mean goal")

    def test_more_lines_than_can_be_numbered(self):
        standard = "# \n" * 70000 + self.data("standards/model-employer.yaml")
        self.assert_refused("data/standards/model-employer.yaml", standard, 0, "16 bits")

    def test_bytes_that_are_no_utf8(self):
        name = self.put("data/codes/sex.csv", LIST)
        with open(self.path(name), "ab") as file:
            file.write(b"Andere \xe4,,Unknown\n")
        done = self.embed(name, folder=self.path("."))
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("sex.csv:5: ", done.stderr.decode())

    def test_a_file_that_is_not_there(self):
        done = self.embed("data/codes/none.csv", folder=self.path("."))
        self.assertNotEqual(done.returncode, 0)
        self.assertIn(b"none.csv", done.stderr)


if __name__ == "__main__":
    main()
