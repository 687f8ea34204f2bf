#!/bin/sh
# Writes C source that holds the files of data/ and the schema: sh embed.sh FOLDER... > resources.c
# Order and bytes depend on nothing but the files, so that two builds are equal.
set -eu
LC_ALL=C
export LC_ALL
echo '/* Made by src/base/embed.sh: do not edit. */'
echo '#include "wres/base.h"'
n=0
list=''
for file in "$@"; do
    echo "static const unsigned char bytes_$n[] = {"
    od -An -v -tu1 "$file" | sed 's/  */,/g; s/^,//; s/$/,/'
    echo '0};'
    name=$(echo "$file" | sed 's|^data/||; s|^docs/||')
    list="$list    {\"$name\", bytes_$n, sizeof bytes_$n - 1},
"
    n=$((n + 1))
done
echo 'const wres_resource wres_resources[] = {'
printf '%s' "$list"
echo '};'
echo 'const size_t wres_resource_count = sizeof wres_resources / sizeof *wres_resources;'
