#!/usr/bin/env bash
# What the shared library exports and what it needs: symbols.sh ROOT LIBRARY
#
# It exports the functions that the public headers mark CTF_API, all of them and nothing else; it calls
# a few functions of the C library, none of which does I/O or asks for time, locale or environment.
set -euo pipefail
cd "$1"
library=$2

declared() {
    cat include/ctfilter/*.h | tr '\n' ' ' | grep -oE 'CTF_API [^;(]*\(' | sed -E 's/.*[ *]([a-z_0-9]+)\($/\1/' | grep '^ctf_' | LC_ALL=C sort
}
exported() {
    nm -D --defined-only "$library" | awk '{ print $NF }' | sed 's/@.*//' | grep -vE '^_' | LC_ALL=C sort
}
needed() {
    nm -D --undefined-only "$library" | awk '{ print $NF }' | sed 's/@.*//' | grep -vE '^(__|_ITM|_Unwind|yajl_)' | LC_ALL=C sort
}
allowed() {
    tr ' ' '\n' <<'END' | LC_ALL=C sort
free realloc bcmp memchr memcmp memcpy memmove memset strchr strcmp strlen strncmp snprintf vsnprintf longjmp _setjmp qsort
END
}

[ "$(declared | wc -l)" -ge 20 ] || { echo "too few declarations were found in the headers"; exit 1; }
diff <(declared) <(exported) || { echo "declared (<) and exported (>) differ"; exit 1; }
more=$(comm -13 <(allowed) <(needed))
[ -z "$more" ] || { echo "the library needs more of the C library than it should:" $more; exit 1; }
echo "$(exported | wc -l) functions exported, as declared"
