"""What is measured: wres and its peers, how each is called, whether it is there, and what reads its answer."""
import os
import shutil
import subprocess

import answer

HERE = os.path.dirname(os.path.abspath(__file__))
PEERS = os.path.join(HERE, "peers")
WRES = os.path.abspath(os.environ.get("WRES", os.path.join(answer.ROOT, "build", "wres")))
MODULES = os.environ.get("SQL_MODULES", "")
PYTHON = os.environ.get("PYTHON", "/usr/bin/python3")
os.environ.setdefault("LC_ALL", "C.UTF-8")

# What starts each kind of program, doing nothing: a reader can take it off.
NOTHING = {"a process": ["true"], "node": ["node", "-e", "0"], "node with DuckDB's library": ["node", os.path.join(PEERS, "duckdb.mjs"), "version"],
           "R": ["Rscript", "--vanilla", "-e", "0"], "Python": [PYTHON, "-c", "pass"]}


def said(command):
    """The first three words that a command prints, None if it cannot be run."""
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60, stdin=subprocess.DEVNULL)
    except OSError:
        return None
    text = done.stdout.decode("utf-8", "replace").strip()
    return " ".join(text.splitlines()[0].split()[:3]) if done.returncode == 0 and text else None


class Tool:
    """name; command(job) with job.file, job.lookup, job.out, job.distinct, job.threads; how to ask for the version.

    persons: whether it tells persons apart. any_quoting: whether a file in which
    every field is quoted is one to it. An answer on standard output is written by `timed` to the place where others write theirs.
    """

    def __init__(self, name, command, version, needs, persons=True, any_quoting=True, threads=1, read=answer.read_peer):
        self.name, self.command, self.persons, self.any_quoting = name, command, persons, any_quoting
        self.threads, self.read = threads, read
        self.version = said(version) if shutil.which(needs) else None

    def is_there(self):
        return self.version is not None


def of_peer(*words):
    return lambda job: [*words, job.file, job.lookup, job.out, "1" if job.distinct else "0", str(job.threads)]


def threads_in_settings(job):
    """wres cube has no option for threads: they stand in settings."""
    path = os.path.join(os.path.dirname(job.lookup), "threads-%d.yaml" % job.threads)
    with open(path, "w") as file:
        file.write("threads: %d\n" % job.threads)
    return ["--settings", path]


def of_wres(command, *options):
    def words(job):
        call = [WRES, command, "-q", *options, *threads_in_settings(job)]
        if job.through_pipe:
            return ["sh", "-c", "cat \"$0\" | exec \"$@\"", job.file, *call, "workforce=-"]
        return [*call, "workforce=" + job.file]
    return words


def of_mawk(job):
    values = [("LOOKUP", job.lookup), ("OUT", job.out), ("DISTINCT", "1" if job.distinct else "0")]
    return ["mawk", *[word for name, value in values for word in ("-v", name + "=" + value)], "-f", os.path.join(PEERS, "count.awk"), job.file]


def all_tools():
    def path(name):
        return os.path.join(PEERS, name)
    os.environ["SQL_MODULES"] = MODULES
    groups = answer.groups_of_categories()
    duckdb, polars = ["node", path("duckdb.mjs")], ["node", path("polars.mjs")]
    table, pandas = ["Rscript", "--vanilla", path("data_table.R")], [PYTHON, path("with_pandas.py")]
    return [
        Tool("wres calc", of_wres("calc", "--format", "csv"), [WRES, "--version"], WRES, threads=2, read=answer.read_calc),
        Tool("wres cube", of_wres("cube"), [WRES, "--version"], WRES, threads=2, read=lambda file: answer.read_cube(file, groups)),
        Tool("DuckDB", of_peer(*duckdb), [*duckdb, "version"], "node", threads=2),
        Tool("polars", of_peer(*polars), [*polars, "version"], "node", threads=2),
        Tool("data.table", of_peer(*table), [*table, "version"], "Rscript", threads=2),
        Tool("pandas", of_peer(*pandas), [*pandas, "version"], PYTHON),
        Tool("Python csv", of_peer(PYTHON, os.path.join(HERE, "answer.py")), [PYTHON, "--version"], PYTHON),
        Tool("mawk", of_mawk, ["mawk", "-W", "version"], "mawk", any_quoting=False),
        Tool("SQLite", of_peer("sh", path("sqlite.sh")), ["sqlite3", "--version"], "sqlite3"),
        Tool("Miller", of_peer("sh", path("miller.sh")), ["mlr", "--version"], "mlr", persons=False, threads=2),
    ]
