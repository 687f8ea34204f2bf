"""A shard: a server of ClickHouse's library that holds CSV files as tables of texts and listens on a port of the loopback until its parent
ends it. The library's sessions cannot listen; its way of clickhouse-local can: python3 shard.py LIBRARY FOLDER PORT TABLE=FILE...
"""
import csv
import ctypes
import signal
import sys

PR_SET_PDEATHSIG = 1


def quoted(text):
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def columns(path):
    with open(path, encoding="utf-8", newline="") as file:
        return ", ".join("`%s` String" % name.replace("\\", "\\\\").replace("`", "\\`") for name in next(csv.reader(file)))


library, folder, port, *tables = sys.argv[1:]
ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
statements = []
for name, _, file in (table.partition("=") for table in tables):
    statements.append("CREATE TABLE `%s` ENGINE = Memory AS SELECT * FROM file(%s, 'CSVWithNames', %s)" % (name, quoted(file), quoted(columns(file))))
statements += ["SYSTEM START LISTEN TCP", "SELECT sleepEachRow(1) FROM numbers(3600) SETTINGS max_block_size = 1 FORMAT Null"]
arguments = [b"clickhouse", *(word.encode() for word in ("--path=" + folder, "--listen_host=127.0.0.1", "--tcp_port=" + port, "--query", "; ".join(statements)))]
chdb = ctypes.CDLL(library)
chdb.chdb_query_cmdline.restype = ctypes.c_void_p
chdb.chdb_result_error.restype = ctypes.c_char_p
chdb.chdb_result_error.argtypes = [ctypes.c_void_p]
result = chdb.chdb_query_cmdline(len(arguments), (ctypes.c_char_p * (len(arguments) + 1))(*arguments, None))
sys.exit((chdb.chdb_result_error(result) or b"ended").decode("utf-8", "replace"))
