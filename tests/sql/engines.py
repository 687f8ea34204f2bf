"""Databases in which queries are run: each takes CSV files as tables of texts, a query, and gives its result as CSV."""
import csv
import glob
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import time

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

    def ask(self, query, tables, folder, **environment):
        out = os.path.join(folder, "out.csv")
        path = os.path.join(folder, "query.sql")
        with open(path, "wb") as file:
            file.write(query)
        command = ["node", os.path.join(HERE, self.name + ".mjs"), path, out] + ["%s=%s" % pair for pair in sorted(tables.items())]
        done = subprocess.run(command, capture_output=True, timeout=600, env=dict(os.environ, SQL_MODULES=MODULES, **environment))
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


def shards_of(path, folder):
    """The file in two: of four rows the first and the last here, the others there, so that rows of a person and of a date are on both."""
    parts = [os.path.join(folder, "%s-%s" % (number, os.path.basename(path))) for number in ("first", "second")]
    with open(path, encoding="utf-8-sig", newline="") as file, open(parts[0], "w", encoding="utf-8", newline="") as one, open(parts[1], "w", encoding="utf-8", newline="") as other:
        writers, rows = [csv.writer(one), csv.writer(other)], csv.reader(file)
        header = next(rows)
        for writer in writers:
            writer.writerow(header)
        for number, row in enumerate(rows):
            writers[(number + number // 2) % 2].writerow(row)
    return parts


class Shards(Node):
    """Two servers of ClickHouse with half of the rows each; the query is sent to a third, whose tables are Distributed over them."""

    dialect, label = "clickhouse", "clickhouse over two shards"

    def __init__(self):
        super().__init__("chdb", "chdb")
        self.library = next(iter(glob.glob(os.path.join(MODULES, "node_modules", "@chdb", "lib-*", "libchdb.so"))), None)
        if not self.library:
            raise Missing("%s: npm's chdb has no libchdb.so for this machine" % self.label)

    def start(self, folder, tables):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        words = [sys.executable, os.path.join(HERE, "shard.py"), self.library, folder, str(port)] + ["%s=%s" % pair for pair in sorted(tables.items())]
        with open(os.path.join(folder, "log"), "wb") as log:
            return port, subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=log, stderr=log)

    def wait(self, folder, port, process):
        """It listens once its tables are there."""
        for _ in range(1200):
            if process.poll() is not None:
                with open(os.path.join(folder, "log"), encoding="utf-8", errors="replace") as log:
                    raise AssertionError("%s: a shard ended: %s" % (self.label, log.read()[-3000:]))
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                return
            except OSError:
                time.sleep(0.1)
        raise AssertionError("%s: a shard does not listen" % self.label)

    def ask(self, query, tables, folder, **environment):
        with tempfile.TemporaryDirectory(prefix="wres-shards-", dir="/tmp") as top:
            halves = {name: shards_of(path, top) for name, path in tables.items()}
            started = []
            try:
                for number in range(2):
                    place = os.path.join(top, "server-%d" % number)
                    os.mkdir(place)
                    started.append((place, *self.start(place, {name: half[number] for name, half in halves.items()})))
                for place, port, process in started:
                    self.wait(place, port, process)
                shards = "".join("<shard><replica><host>127.0.0.1</host><port>%d</port></replica></shard>" % port for _, port, _ in started)
                with open(os.path.join(top, "cluster.xml"), "w", encoding="ascii") as file:
                    file.write("<clickhouse><remote_servers><shards>%s</shards></remote_servers></clickhouse>" % shards)
                return super().ask(query, tables, folder, SQL_CLUSTER=os.path.join(top, "cluster.xml"), **environment)
            finally:
                for _, _, process in started:
                    process.kill()
                    process.wait()


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
        done = subprocess.run(command, input=stdin, capture_output=True, timeout=1800)
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
    wanted = os.environ.get("WRES_SQL_ENGINES", "duckdb postgres clickhouse shards").split()
    for kind in (Duckdb, Postgres, Clickhouse, Shards):
        if kind.__name__.lower() not in wanted:
            continue
        try:
            found.append(kind())
        except Missing as missing:
            print("skipped: %s" % missing)
            sys.stdout.flush()
    return found
