"""The program as it was linked: position independent, read-only relocations, no executable stack, fortified, with stack protection, no search path."""
import os
import re
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "support"))
from cli import ROOT, WRES, is_watched, main  # noqa: E402

LIBRARIES = {"libc", "libm", "libcsv", "libcjson", "libyaml-0", "libcrypto", "libz", "ld-linux-x86-64", "ld-linux-aarch64"}


def readelf(*options, path=WRES):
    try:
        return subprocess.run(["readelf", "-W", *options, path], capture_output=True, text=True, check=True).stdout
    except FileNotFoundError:
        raise unittest.SkipTest("no readelf on this machine") from None


class Binary(unittest.TestCase):
    def setUp(self):
        if is_watched():
            self.skipTest("a build with sanitizers or counters is not hardened")
        self.dynamic = readelf("-d")
        self.segments = readelf("-l")
        self.symbols = readelf("--dyn-syms")

    def test_position_independent(self):
        self.assertRegex(readelf("-h"), r"Type:\s+DYN \(Position-Independent Executable file\)|Type:\s+DYN")
        self.assertRegex(self.dynamic, r"FLAGS_1.*\bPIE\b")

    def test_relocations_are_read_only(self):
        self.assertRegex(self.segments, r"(?m)^\s*GNU_RELRO\s")
        self.assertRegex(self.dynamic, r"BIND_NOW|FLAGS_1.*\bNOW\b")

    def test_stack_is_not_executable(self):
        flags = re.search(r"(?m)^\s*GNU_STACK\s+(?:0x[0-9a-f]+\s+){5}([RWE]+)\s", self.segments)
        self.assertIsNotNone(flags, self.segments)
        self.assertEqual(flags.group(1), "RW")

    def test_no_segment_is_writable_and_executable(self):
        flags = re.findall(r"(?m)^\s*LOAD\s+(?:0x[0-9a-f]+\s+){5}([RWE ]+?)\s+0x", self.segments)
        self.assertGreaterEqual(len(flags), 2, self.segments)
        for flag in flags:
            self.assertFalse("W" in flag and "E" in flag, self.segments)

    def test_no_search_path(self):
        self.assertNotRegex(self.dynamic, r"RPATH|RUNPATH")

    def test_fortified(self):
        found = set(re.findall(r"\b(__[a-z]+_chk)@", self.symbols))
        self.assertTrue({"__fprintf_chk", "__vsnprintf_chk"} & found, found)
        self.assertGreaterEqual(len(found - {"__stack_chk_fail"}), 3, found)

    def test_stack_protector(self):
        self.assertIn("__stack_chk_fail", self.symbols)

    def test_jumps_are_checked(self):
        if os.uname().machine != "x86_64":
            self.skipTest("a feature of x86")
        notes = readelf("-n", path=os.path.join(os.path.dirname(WRES), "libwres.a"))  # the C library's own start code may lack it
        self.assertEqual(len(re.findall(r"x86 feature: IBT, SHSTK", notes)), len(re.findall(r"(?m)^File: ", notes)))

    def test_no_folder_of_the_build_in_it(self):
        with open(WRES, "rb") as file:
            content = file.read()
        for folder in {os.path.dirname(os.path.abspath(WRES)), ROOT}:
            self.assertNotIn(folder.encode() + b"/", content)

    def test_only_the_libraries_that_are_used(self):
        needed = {re.sub(r"\.so.*", "", name) for name in re.findall(r"NEEDED.*\[(.+?)\]", self.dynamic)}
        self.assertTrue({"libc", "libcsv", "libyaml-0", "libcjson"} <= needed, needed)
        self.assertTrue(needed <= LIBRARIES, needed - LIBRARIES)
        if os.path.isabs(subprocess.run(["cc", "-print-file-name=libcrypto.a"], capture_output=True, text=True, check=False).stdout.strip()):
            self.assertNotIn("libcrypto", needed, "the whole of it is loaded at every start")

    def test_no_function_that_cannot_be_used_safely(self):
        """Nothing that starts a program, resolves a name, or writes without a bound."""
        imported = set(re.findall(r"UND ([a-z_0-9]+)", self.symbols))
        self.assertIn("mkstemp", {name.replace("64", "") for name in imported})
        for name in ("system", "popen", "execve", "execvp", "fork", "socket", "connect", "getaddrinfo", "dlopen", "gets", "strcpy", "strcat", "sprintf", "tmpnam", "mktemp", "tempnam",
                     "atoi", "atol", "atof", "strtod", "getpwnam", "getpwuid", "localtime", "setlocale", "rand"):
            self.assertNotIn(name, imported)


if __name__ == "__main__":
    main()
