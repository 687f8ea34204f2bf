#!/bin/sh
# Runs every test of a build (BUILD), a test a processor at a time (JOBS), and closes with one line of counts. Stops at nothing: a
# failure is reported where it happened, and at the end.
set -u
build=${BUILD:-build}
case $build in /*) ;; *) build=$PWD/$build ;; esac
export PYTHON="${PYTHON:-/usr/bin/python3}" BUILD="$build"
export WRES_TESTS=tests WRES="$build/wres" STATS_CLI="$build/tests/support/stats_cli" LC_ALL=C.UTF-8
# A leak at exit is a fault, too; a test program's own exit status tells.
export ASAN_OPTIONS=detect_leaks=1:abort_on_error=0 UBSAN_OPTIONS=print_stacktrace=1

outcomes=$(mktemp)
trap 'rm -f "$outcomes"' EXIT

# Scripts run the program many times: they come first, the largest before the others, so that none is left for the end.
scripts=$(ls -S tests/layers.py tests/support/check_data.py tests/cli/test_*.py tests/bench/test_*.py tests/fault/test_*.py tests/backtest/test_*.py tests/safe/test_*.py)
programs=$(find "$build/tests/unit" "$build/tests/backtest" "$build/tests/fuzz" -name 'test_*' -type f -perm -u+x ! -name '*.*' | sort)
printf '%s\n' $scripts $programs docs/make_methods.py | xargs -P "${JOBS:-$(nproc)}" -n 1 sh tests/run_one.sh | tee "$outcomes"

passed=$(grep -c '^ok ' "$outcomes")
failed=$(grep -c '^FAILED ' "$outcomes")
started=$(printf '%s\n' $scripts $programs docs/make_methods.py | wc -l)
[ "$failed" -eq 0 ] || grep '^FAILED ' "$outcomes"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -eq "$started" ]
