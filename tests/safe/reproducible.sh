#!/bin/sh
# Builds twice: in two folders, at two times, under other locales, time zones and permissions, and with another number of jobs; the
# programs and libraries must be equal byte for byte. `make reproducible` runs it; arguments go to make.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
root=$(dirname "$0")/../..

copy() {
    mkdir -p "$place/$1"
    (cd "$root" && tar cf - Makefile src include data docs/schema) | (cd "$place/$1" && tar xf - --mode="$2" --mtime="$3")
}

build() (
    where=$1
    shift
    cd "$place/$where"
    unset MAKEFLAGS MFLAGS MAKEOVERRIDES
    ${MAKE:-make} "$@" >/dev/null
)

copy one 'u+rwX' '2001-01-01 00:00:00'
copy another/folder/with-a-long-name 'a+rwX' '2020-02-29 12:00:00'
(export LC_ALL=C TZ=UTC && umask 022 && build one BUILD=build "$@")
sleep 1
(export LC_ALL=C.UTF-8 TZ=Pacific/Kiritimati USER=other && umask 077 && build another/folder/with-a-long-name BUILD="$place/elsewhere" -j2 "$@")

failed=0
for name in wres libwres.a; do
    first=$(sha256sum <"$place/one/build/$name")
    second=$(sha256sum <"$place/elsewhere/$name")
    if [ "$first" = "$second" ]; then
        echo "$name  ${first%% *}"
    else
        echo "$name differs: ${first%% *} ${second%% *}" >&2
        failed=1
    fi
done
exit $failed
