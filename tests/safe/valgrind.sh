#!/bin/sh
# Memcheck over every unit test and a set of runs of the program: no error and nothing lost, neither definitely, indirectly nor possibly, nor
# still reachable at the end. BUILD names a build without hardening and confinement, which would hide faults or stop the tool itself.
# PARTS=runs or PARTS=units takes one part alone.
set -u
build=${BUILD:-build/valgrind}
case $build in /*) ;; *) build=$PWD/$build ;; esac
wres=$build/wres
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
export WRES_TESTS=tests WRES="$wres" LC_ALL=C.UTF-8 WRES_UNCONFINED=1
passed=0
failed=0

# check EXPECTED-STATUS COMMAND...: 99 is the status of an error that memcheck found. Losses are seen in its log: a child that a unit
# test forks holds what its parent holds when it ends, and must not count (its log is silent).
check() {
    expected=$1
    shift
    valgrind -q --error-exitcode=99 --leak-check=full --show-leak-kinds=all --errors-for-leak-kinds=none --track-fds=no --child-silent-after-fork=yes \
        --trace-children=no --log-file="$place/log" "$@" >"$place/out" 2>"$place/err"
    status=$?
    if [ "$status" -eq "$expected" ] && ! [ -s "$place/log" ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf 'FAILED  (status %s, expected %s)  %s\n' "$status" "$expected" "$*"
        head -40 "$place/log" "$place/err" | sed 's/^/        /'
    fi
}

units() {
    for test in "$build"/tests/unit/test_*; do
        case $test in *.d | *.o) continue ;; esac
        expected=0
        case $test in */test_base_decimal) expected=1 ;; esac # valgrind computes long double in 64 bits: one comparison differs
        [ -x "$test" ] && check $expected "$test"
    done
}

input=tests/cli/golden/input
runs() {
    "$wres" standards wres-2025 >"$place/own.yaml"
    printf 'inputs:\n  workforce: workforce.csv\n  wrokforce: x.csv\n' >"$place/bad.yaml"
    printf 'Effective Date,Ethnic Origin\n2025-03-31,A\n2025-03-31,"A\n' >"$place/quote.csv"
    printf 'Effective Date,Ethnic Origin\n2025-03-31,A,too many\n' >"$place/ragged.csv"
    printf 'Effective Date,Ethnic Origin\n2025-03-31,A\000B\n' >"$place/nul.csv"
    : >"$place/empty.csv"
    mkdir "$place/exports" "$place/none"
    cp $input/*.csv "$place/exports"
    gzip -c $input/workforce.csv >"$place/workforce.csv.gz"
    head -c 400 "$place/workforce.csv.gz" >"$place/cut.csv.gz"
    { printf '\377\376'; iconv -t UTF-16LE $input/workforce.csv; } >"$place/utf16.csv"
    sed 's/Ward 1/Caf\xe9/' $input/workforce.csv >"$place/latin.csv"
    sed 's/Ward 1/Caf\x8e/' $input/workforce.csv >"$place/mac.csv"
    printf 'inputs:\n  workforce: {file: mac.csv, encoding: Macintosh, dates: d/m/y}\n' >"$place/mac.yaml"
    printf 'Effective Date,Ethnic Origin,Grade,Staff Group,Count\n2025-03-31,A,Band 5,Nursing and Midwifery Registered,40\n2025-03-31,H,Band 5,Nursing and Midwifery Registered,*\n2025-03-31,N,Band 7,Nursing and Midwifery Registered,<5\n2025-03-31,A,Band 7,Nursing and Midwifery Registered,31\n' >"$place/hidden.csv"
    printf 'inputs:\n  workforce:\n    file: hidden.csv\n    hidden: {"*": 0-7, "<5": 1-4}\n' >"$place/hidden.yaml"
    for format in csv json table; do
        check 0 "$wres" calc $input --format $format
        check 0 "$wres" calc $input --format $format --by sex,team --by organisation --groups 5 -o "$place/result.$format"
        check 0 "$wres" goals $input --turnover 10 --format $format
    done
    check 0 "$wres" calc $input --groups 16 --correct holm --decimals 4 --stratify pay_band
    check 0 "$wres" calc --settings data/examples/england/wres.yaml --as-at 2022-06-01 --format table
    check 0 "$wres" calc --settings data/examples/system/wres.yaml --format table
    check 0 "$wres" calc workforce=$input/workforce.csv --standard mwres-2021 --standard wres-2025
    for name in workforce.csv.gz utf16.csv latin.csv; do
        check 0 "$wres" calc workforce="$place/$name" --format csv
        check 0 "$wres" check workforce="$place/$name" --format csv
    done
    check 0 "$wres" calc --settings "$place/mac.yaml" --by team
    for command in calc goals check; do
        check 0 "$wres" $command --settings "$place/hidden.yaml" --format csv
        check 0 "$wres" $command --settings "$place/hidden.yaml" --format json -o "$place/hidden.json"
    done
    check 0 "$wres" calc --settings "$place/hidden.yaml" --format table
    check 0 "$wres" goals --settings data/examples/trust/wres.yaml --format json
    for format in csv json table; do check 0 "$wres" check $input --values -v --format $format; done
    check 0 "$wres" check --settings data/examples/trust/wres.yaml --format json -o "$place/report.json"
    check 1 "$wres" check --settings data/examples/trust/wres.yaml --fail-on warning
    for name in quote ragged nul empty; do check 3 "$wres" check workforce="$place/$name.csv"; done
    check 4 "$wres" check workforce="$place/gone.csv"
    check 0 "$wres" cube $input --as-at 2025-03-31 --by sex -o "$place/cube.csv"
    check 0 "$wres" calc cube="$place/cube.csv" --by sex --format csv
    check 0 "$wres" cube cube="$place/cube.csv" -o "$place/again.csv"
    check 2 "$wres" calc cube="$place/cube.csv" --by team
    check 3 "$wres" calc cube="$place/cube.csv" cube="$place/cube.csv"
    for dialect in duckdb postgres clickhouse spark; do check 0 "$wres" sql --dialect $dialect --as-at 2025-03-31 --settings data/examples/trust/wres.yaml; done
    awk 'NR == 1 { print; next } { row[NR] = $0 } END { for (i = 0; i < 600; i++) for (r = 2; r <= NR; r++) print row[r] }' $input/workforce.csv >"$place/large.csv"
    check 0 "$wres" calc workforce="$place/large.csv" --threads 3
    check 0 "$wres" init "$place/exports"
    check 0 "$wres" calc --settings "$place/exports/wres.yaml"
    check 0 "$wres" init "$place/exports" -o - -q
    check 0 "$wres" init data/examples/trust -o "$place/trust.yaml"
    check 2 "$wres" init "$place/exports"
    check 3 "$wres" init "$place/none"
    check 4 "$wres" init "$place/gone"
    check 3 "$wres" calc workforce="$place/cut.csv.gz"
    check 0 "$wres" explain
    check 0 "$wres" explain "$place/own.yaml"
    check 0 "$wres" standards
    check 0 "$wres" codes
    check 0 "$wres" tables workforce
    check 0 "$wres" schema
    check 0 "$wres" schema check
    check 0 "$wres" --help
    check 0 "$wres" calc --help
    check 2 "$wres"
    check 2 "$wres" calk
    check 2 "$wres" calc --fromat csv
    check 2 "$wres" calc --settings "$place/bad.yaml"
    check 2 "$wres" calc $input --by tema
    check 2 "$wres" explain "$place/bad.yaml"
    for name in quote ragged nul empty; do check 3 "$wres" calc workforce="$place/$name.csv"; done
    check 4 "$wres" calc workforce="$place/gone.csv"
    check 4 "$wres" calc $input -o "$place/gone/result.csv"
    check 4 "$wres" calc $input -o /dev/full
}

for part in ${PARTS:-units runs}; do $part; done
echo "valgrind: $passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 50 ]
