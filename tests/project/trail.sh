#!/usr/bin/env bash
# The sample trail in the repository is what the generator writes: trail.sh MAKE_TRAIL SAMPLE WORK
set -euo pipefail
make_trail=$1 sample=$2 work=$3

rm -rf "$work"
"$make_trail" --seed 7 --start 2026-01-12 --days 3 --events 720 --accounts 2 --regions 2 --window 480 --out "$work"

list() { (cd "$1" && find AWSLogs -type f | LC_ALL=C sort); }
diff <(list "$sample") <(list "$work") || { echo "the files have other names"; exit 1; }

list "$sample" | while read -r file; do
    cmp <(gzip -dc "$sample/$file") <(gzip -dc "$work/$file") || { echo "$file differs"; exit 1; }
done
echo "$(list "$sample" | wc -l) files are the same"
