#!/usr/bin/env bash
# The worst cases of tests/unit/test_worst.c, counted in instructions: steps.sh TEST_WORST WORK
# Each runs at a size and at twice that size under callgrind. Prints the second count, the ratio and the name;
# ends with 1 when a case takes more than 2.2 times as many.
set -euo pipefail
worst=$1 work=$2
rm -rf "$work"
mkdir -p "$work"
valgrind -q --tool=callgrind --toggle-collect=run_counted --dump-after=run_counted \
    --callgrind-out-file="$work/counts" "$worst" --counted 2>/dev/null | grep -v '^\[' >"$work/names"

count=0
while IFS= read -r name; do
    for size in small large; do
        count=$((count + 1))
        printf -v "$size" '%s' "$(sed -n 's/^totals: *//p' "$work/counts.$count")"
    done
    printf '%s %s %s\n' "$small" "$large" "$name"
done <"$work/names" | awk '
    { ratio = $2 / $1; worst = ratio > 2.2 ? 1 : worst; name = $0; sub(/^[0-9]+ [0-9]+ /, "", name)
      printf "%12d %5.2f  %s\n", $2, ratio, name }
    END { exit worst || NR == 0 }'
