#!/bin/sh
# Installs the named Debian packages that are missing: says which, and uses sudo where it is not run by root.
set -eu
if ! command -v dpkg-query >/dev/null 2>&1; then
    echo "deps: this is no Debian system; needed are the equivalents of: $*" >&2
    exit 0
fi
missing=''
for package in "$@"; do
    state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$state" = installed ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0
echo "deps: installing$missing"
sudo=''
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null 2>&1 || { echo "deps: as root, run: apt-get install$missing" >&2; exit 1; }
    sudo=sudo
fi
$sudo apt-get update -qq
# shellcheck disable=SC2086
$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
