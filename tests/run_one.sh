#!/bin/sh
# Runs one test, a program or a script, and prints what came of it at once, so that tests that run side by side do not mix.
set -u
test=$1
name=${test#"$BUILD"/tests/}
name=${name#tests/}
log=$(mktemp)
trap 'rm -f "$log"' EXIT
case $test in
docs/make_methods.py) "$PYTHON" "$test" --check >"$log" 2>&1 ;;
*.py) "$PYTHON" "$test" >"$log" 2>&1 ;;
*) "$test" >"$log" 2>&1 ;;
esac
if [ $? -eq 0 ]; then
    printf 'ok      %s%s\n' "$name" "$(sed -n 's/^\([0-9]* cases\)$/ (\1)/p' "$log")"
else
    printf 'FAILED  %s\n%s\n' "$name" "$(sed 's/^/        /' "$log")"
fi
