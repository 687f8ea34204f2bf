"""Some objects, built in two folders at two times, are equal byte for byte. `make reproducible` does the same with the whole program."""
import hashlib
import os
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "support"))
from cli import ROOT, Case, is_watched, main  # noqa: E402

# With debugging information, with embedded files, with names of files in it; in a library.
OBJECTS = ["resources.o", "src/base/text.o", "src/base/run.o", "src/stats/tail.o", "src/cli/messages.o"]


class Reproducible(Case):
    def build(self, folder, build, flags, environment):
        place = self.path(folder)
        for name in ("src", "include", "data", "docs/schema"):
            shutil.copytree(os.path.join(ROOT, name), os.path.join(place, name))
        shutil.copy(os.path.join(ROOT, "Makefile"), place)
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS", "CFLAGS", "EXTRA"))}
        done = subprocess.run(["make", "BUILD=" + build, "CFLAGS=" + flags] + [os.path.join(build, name) for name in OBJECTS], cwd=place, env={**kept, **environment}, capture_output=True,
                              text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        found = {}
        for name in OBJECTS:
            with open(os.path.join(place, build, name), "rb") as file:
                found[name] = hashlib.sha256(file.read()).hexdigest()
        return found

    def test_objects(self):
        if is_watched():
            self.skipTest("the plain build tells")
        first = self.build("one", "build", "-O1 -g", {"TZ": "UTC", "LC_ALL": "C"})
        second = self.build("two/with-another-name", self.path("elsewhere"), "-O1 -g", {"TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8", "USER": "other"})
        self.assertEqual(first, second)
        self.assertNotEqual(first["src/base/text.o"], self.build("three", "build", "-O2 -g", {})["src/base/text.o"], "this test cannot fail")

    def test_no_time_in_the_source(self):
        for top in ("src", "include"):
            for folder, _, names in os.walk(os.path.join(ROOT, top)):
                for name in names:
                    with open(os.path.join(folder, name), encoding="utf-8") as file:
                        self.assertNotRegex(file.read(), r"__(DATE|TIME|TIMESTAMP)__", name)


if __name__ == "__main__":
    main()
