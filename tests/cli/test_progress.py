"""How far long work is: said on standard error where that is a terminal, in one line that is gone before anything else is written."""
import os
import pty
import subprocess
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "support"))
from cli import WRES, Case, main  # noqa: E402

HEADER = b"Date,Organisation,Ethnicity,Pay Band\n"
ROWS = b"2025-03-31,R1A,A White - British,Band 5\n" * 30000  # several blocks
LONG = 2.4  # seconds; work of more than two is long


def read_all(descriptor, into):
    try:
        while True:
            got = os.read(descriptor, 65536)
            if not got:
                return
            into.append(got)
    except OSError:  # the other end of a terminal is closed
        return


def run(arguments, pieces, terminal=True):
    """Exit status, standard output and standard error; pieces of standard input: bytes, or seconds to wait."""
    screen, end = pty.openpty() if terminal else os.pipe()
    said, printed = [], []
    process = subprocess.Popen([WRES, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=end, close_fds=True)
    os.close(end)
    readers = [threading.Thread(target=read_all, args=(screen, said)),
               threading.Thread(target=read_all, args=(process.stdout.fileno(), printed))]
    for reader in readers:
        reader.start()
    for piece in pieces:
        if isinstance(piece, bytes):
            process.stdin.write(piece)
            process.stdin.flush()
        else:
            time.sleep(piece)
    process.stdin.close()
    for reader in readers:
        reader.join()
    os.close(screen)
    process.stdout.close()
    return process.wait(), b"".join(printed), b"".join(said).replace(b"\r\n", b"\n").decode()


def screen_of(text):
    """The lines as somebody sees them in the end."""
    lines = []
    for line in text.split("\n"):
        shown = []
        for part in line.split("\r"):
            shown[:len(part)] = part
        lines.append("".join(shown).rstrip())
    return lines


class Progress(Case):
    SLOW = [HEADER + ROWS, LONG, ROWS, 0.3, ROWS]
    CALC = ["calc", "--format", "csv", "workforce=-"]

    def test_slow_standard_input(self):
        status, printed, said = run(self.CALC, self.SLOW)
        self.assertEqual(status, 0)
        self.assertIn("\rwres: reading standard input: ", said)
        self.assertIn(" MB", said)
        self.assertFalse([line for line in screen_of(said) if "reading" in line], "it stays on the screen")
        self.assertEqual(screen_of(said)[-1], "")
        quick = run(self.CALC, [HEADER + 3 * ROWS])
        self.assertEqual(printed, quick[1])
        self.assertEqual(screen_of(said), quick[2].split("\n"))

    def test_results_are_counted(self):
        teams = b"".join(b"2025-03-31,R1A,A White - British,Band 5,Team %d\n" % number for number in range(8000))
        status, _, said = run([*self.CALC, "--by", "team"], [HEADER.replace(b"\n", b",Team\n") + teams, LONG])
        self.assertEqual(status, 0)
        self.assertRegex(said, r"\rwres: computing: [0-9]+ results")
        self.assertFalse([line for line in screen_of(said) if "computing" in line])

    def test_an_error_stands_alone(self):
        status, printed, said = run(self.CALC, [HEADER + ROWS, LONG, ROWS, b'2025-03-31,"R1A\n' * 3])
        self.assertEqual((status, printed), (3, b""))
        self.assertIn("reading standard input", said)
        self.assertTrue(any(line.startswith("wres: error: ") for line in screen_of(said)), screen_of(said))

    def test_nothing_is_said(self):
        for name, arguments, pieces, terminal in (("quick", self.CALC, [HEADER + 3 * ROWS], True),
                                                  ("quiet", ["calc", "-q", *self.CALC[1:]], self.SLOW, True),
                                                  ("no terminal", self.CALC, self.SLOW, False)):
            with self.subTest(name):
                status, _, said = run(arguments, pieces, terminal)
                self.assertEqual(status, 0)
                self.assertNotIn("reading", said)
                self.assertNotIn("\r", said)


if __name__ == "__main__":
    main()
