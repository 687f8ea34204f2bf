"""Databases in which queries are run: each takes CSV files as tables of texts, a query, and gives its result as CSV."""
import csv
import os
import pwd
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
MODULES = os.environ.get("SQL_MODULES", "")


class Missing(Exception):
    """The engine is not installed."""


class Node:
    """An engine of npm: a script that loads, asks and writes."""

    def __init__(self, name, module):
        self.name, self.module = name, module
        if not shutil.which("node") or not os.path.isdir(os.path.join(MODULES, "node_modules", *module.split("/"))):
            raise Missing("%s: npm's %s is not under SQL_MODULES (make deps-sql)" % (name, module))

    def ask(self, query, tables, folder):
        out = os.path.join(folder, "out.csv")
        path = os.path.join(folder, "query.sql")
        with open(path, "wb") as file:
            file.write(query)
        command = ["node", os.path.join(HERE, self.name + ".mjs"), path, out] + ["%s=%s" % pair for pair in sorted(tables.items())]
        done = subprocess.run(command, capture_output=True, timeout=600, env=dict(os.environ, SQL_MODULES=MODULES))
        if done.returncode != 0 or not os.path.exists(out):
            raise AssertionError("%s: %s" % (self.name, (done.stderr or done.stdout).decode("utf-8", "replace")[-3000:]))
        with open(out, "rb") as file:
            return file.read()

    def close(self):
        pass


class Duckdb(Node):
    dialect = "duckdb"

    def __init__(self):
        super().__init__("duckdb", "@duckdb/node-api")


class Clickhouse(Node):
    dialect = "clickhouse"

    def __init__(self):
        super().__init__("chdb", "chdb")


class Postgres:
    """A server of its own on a socket in a temporary folder; it runs as another user where this one is root, as it refuses to be that."""

    dialect = "postgres"

    def __init__(self):
        found = [os.path.join(top, name) for top in ("/usr/lib/postgresql",) if os.path.isdir(top) for name in sorted(os.listdir(top))]
        self.bin = next((os.path.join(place, "bin") for place in reversed(found) if os.path.exists(os.path.join(place, "bin", "initdb"))), None)
        if not self.bin or not shutil.which("psql"):
            raise Missing("postgres: Debian's postgresql is not installed (make deps-sql)")
        self.folder = tempfile.mkdtemp(prefix="wres-pg-", dir="/tmp")
        self.user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
        if os.geteuid() == 0:
            shutil.chown(self.folder, self.user)
        self.run("initdb", "-D", self.folder + "/data", "-A", "trust", "-U", "wres", "-E", "UTF8", "--locale=C.UTF-8", "-N")
        self.run("pg_ctl", "-D", self.folder + "/data", "-w", "-l", self.folder + "/log", "-o", "-k %s -c listen_addresses='' -c fsync=off -c max_wal_size=4GB" % self.folder, "start")

    def run(self, program, *arguments):
        command = [os.path.join(self.bin, program), *arguments]
        if os.geteuid() == 0:
            command = ["runuser", "-u", self.user, "--"] + command
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd="/tmp")
        if done.returncode != 0:
            raise AssertionError(done.stderr.decode())

    def psql(self, *arguments, stdin=b""):
        command = ["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", self.folder, "-U", "wres", "-d", "postgres", *arguments]
        done = subprocess.run(command, input=stdin, capture_output=True, timeout=300)
        if done.returncode != 0:
            raise AssertionError("postgres: " + done.stderr.decode("utf-8", "replace")[-3000:])
        return done.stdout

    def ask(self, query, tables, folder):
        for name, path in tables.items():
            with open(path, encoding="utf-8-sig", newline="") as file:
                header = next(csv.reader(file))
            columns = ", ".join('"%s" text' % column.replace('"', '""') for column in header)
            self.psql("-c", 'DROP TABLE IF EXISTS "%s"' % name, "-c", 'CREATE TABLE "%s" (%s)' % (name, columns),
                      "-c", "\\copy \"%s\" FROM '%s' WITH (FORMAT csv, HEADER)" % (name, path))
            self.psql("-c", 'ANALYZE "%s"' % name)
        with open(os.path.join(folder, "query.sql"), "wb") as file:
            file.write(query)
        return self.psql("--csv", "-f", os.path.join(folder, "query.sql"))

    def close(self):
        self.run("pg_ctl", "-D", self.folder + "/data", "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)


def engines():
    """Those that are there; what is missing is said."""
    found = []
    wanted = os.environ.get("WRES_SQL_ENGINES", "duckdb postgres clickhouse").split()
    for kind in (Duckdb, Postgres, Clickhouse):
        if kind.dialect not in wanted:
            continue
        try:
            found.append(kind())
        except Missing as missing:
            print("skipped: %s" % missing)
            sys.stdout.flush()
    return found
