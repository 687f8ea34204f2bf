"""Fails where a file includes a header of a layer above its own, or where a public header does not compile alone."""
import os
import re
import subprocess
import sys
import tempfile

LAYERS = ["base", "config", "codes", "input", "cube", "sql", "stats", "indicator", "check", "disclosure", "output", "cli"]
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def layer_of(path):
    """The layer of src/LAYER/… or include/wres/LAYER.h; None for what belongs to none."""
    path = path.replace("wres/goals.h", "wres/indicator.h")  # a second public header of that layer
    match = re.match(r"(?:src/|include/wres/|wres/)?([a-z]+)(?:/|\.h$)", path)
    return match.group(1) if match and match.group(1) in LAYERS else None


def includes(text):
    return re.findall(r'^\s*#\s*include\s+"([^"]+)"', text, re.MULTILINE)


def faults_in(path, text):
    own = layer_of(path)
    if own is None:
        return [f"{path}: belongs to no layer"]
    found = []
    for included in includes(text):
        other = layer_of(included)
        if other is None:
            found.append(f"{path}: includes {included}, which belongs to no layer")
        elif LAYERS.index(other) > LAYERS.index(own):
            found.append(f"{path}: {own} includes {included} of the layer {other} above it")
        elif other != own and not included.startswith("wres/"):
            found.append(f"{path}: includes {included}, which is private to {other}")
    return found


# A library is met in one file only: there its results are checked, and nowhere can a call slip through unchecked.
OWNERS = {"cJSON_": "src/output/json.c", "csv_parse": "src/base/csv.c", "csv_fini": "src/base/csv.c", "EVP_": "src/base/sha256.c",
          "yaml_parser_load": "src/config/yaml.c"}


def strays_in(path, text):
    return [f"{path}: calls {call}, which belongs to {owner}" for call, owner in OWNERS.items()
            if re.search(r"\b" + call, text) and path != owner]


# It makes what is built in, with the readers of several layers, and is no part of the library.
BUILDER = os.path.join("src", "embed.c")


def sources():
    for top in ("src", "include/wres"):
        for folder, _, names in os.walk(os.path.join(ROOT, top)):
            for name in sorted(names):
                path = os.path.relpath(os.path.join(folder, name), ROOT)
                if name.endswith((".c", ".h")) and path != BUILDER:
                    yield path


def compiles_alone(header):
    with tempfile.TemporaryDirectory() as folder:
        source = os.path.join(folder, "alone.c")
        with open(source, "w", encoding="utf-8") as file:
            file.write(f'#include "{header}"\nint unused_{os.getpid()};\n')
        command = ["cc", "-std=c11", "-I", os.path.join(ROOT, "include"), "-fsyntax-only", source]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0


def main():
    # The check itself must be able to fail.
    assert faults_in("src/base/text.c", '#include "wres/cube.h"'), "an upward include is not seen"
    assert faults_in("src/cli/calc.c", '#include "input/input.h"'), "a private include is not seen"
    assert strays_in("src/cli/calc.c", "cJSON_Delete(tree);"), "a stray call is not seen"
    assert not faults_in("src/cube/cube.c", '#include "wres/input.h"\n#include "cube/persons.h"')
    found, files = [], 0
    for path in sources():
        with open(os.path.join(ROOT, path), encoding="utf-8") as file:
            text = file.read()
        found += faults_in(path, text) + strays_in(path, text)
        files += 1
    headers = [f"wres/{name}.h" for name in LAYERS + ["goals"] if name != "cli"]
    found += [f"include/{header} does not compile alone" for header in headers if not compiles_alone(header)]
    print("\n".join(found))
    print(f"{files + len(headers)} cases")
    sys.exit(1 if found or files < 50 else 0)


main()
