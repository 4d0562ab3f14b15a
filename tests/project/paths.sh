#!/usr/bin/env bash
# No file of the repository names a directory of a machine: paths.sh ROOT
set -euo pipefail
cd "$1"
place='(^|[^[:alnum:]_.~/$}-])/(home|root|work|Users|tmp|mnt|private)/[[:alnum:]_.-]'

files() {
    if git rev-parse --is-inside-work-tree >/dev/null 2>&1; then
        git ls-files
    else
        find . -type f -not -path './build/*' -not -path './.git/*'
    fi
}

found=0
named=$(files | grep -v '\.gz$' | tr '\n' '\0' | xargs -0 grep -saHnE "$place" || true)
if [ -n "$named" ]; then
    echo "$named"
    found=1
fi
while read -r file; do
    if gzip -dc "$file" | grep -aoE "$place"; then
        echo "in $file"
        found=1
    fi
done < <(files | grep '\.gz$')

# The search itself works.
printf 'at /%s/somebody/x' home | grep -qE "$place" || { echo "the pattern finds nothing"; exit 1; }
exit $found
