#!/bin/sh
# Runs every test of a build (BUILD) and closes with one line of counts. Stops at nothing: a failure is reported at the end.
set -u
build=${BUILD:-build}
python=${PYTHON:-/usr/bin/python3}
passed=0
failed=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT

run() {
    name=$1
    shift
    if "$@" >"$log" 2>&1; then
        passed=$((passed + 1))
        printf 'ok      %s%s\n' "$name" "$(sed -n 's/^\([0-9]* cases\)$/ (\1)/p' "$log")"
    else
        failed=$((failed + 1))
        printf 'FAILED  %s\n' "$name"
        sed 's/^/        /' "$log"
    fi
}

case $build in /*) ;; *) build=$PWD/$build ;; esac
export WRES_TESTS=tests WRES="$build/wres" STATS_CLI="$build/tests/support/stats_cli" LC_ALL=C.UTF-8
# A leak at exit is a fault, too; a test program's own exit status tells.
export ASAN_OPTIONS=detect_leaks=1:abort_on_error=0 UBSAN_OPTIONS=print_stacktrace=1

for test in "$build"/tests/unit/test_* "$build"/tests/backtest/test_*; do
    case $test in *.d | *.o | *.gcno | *.gcda) continue ;; esac
    [ -x "$test" ] && run "${test#"$build"/tests/}" "$test"
done
for script in tests/layers.py tests/support/check_data.py tests/cli/test_*.py tests/fault/test_*.py tests/backtest/test_*.py tests/safe/test_*.py; do
    [ -f "$script" ] && run "${script#tests/}" "$python" "$script"
done
run docs/make_methods.py "$python" docs/make_methods.py --check
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
