#!/usr/bin/env bash
# One trail in every form gives the same matches: forms.sh MAKE_TRAIL CTFILTER WORK
set -euo pipefail
make_trail=$1 ctfilter=$2 work=$3

# Prints how many events of a form match each of the patterns.
counts() {
    "$ctfilter" match -c --stats -f "$work/patterns" "$work/$1" 2>&1 | grep -E '^(messages|pattern)'
}

rm -rf "$work"
mkdir -p "$work"
cat >"$work/patterns" <<'END'
{ $.eventName = "ConsoleLogin" }
{ $.errorCode = *UnauthorizedOperation || $.errorCode = AccessDenied* }
{ $.userIdentity.sessionContext.attributes.mfaAuthenticated = "true" && $.readOnly IS FALSE }
{ $.responseElements IS NULL && $.requestParameters.roleName NOT EXISTS }
END

for form in aws ndjson array pretty logs eventbridge; do
    "$make_trail" --seed 11 --days 3 --events 400 --format "$form" --out "$work/$form"
    counts "$form" >"$work/$form.counts"
    diff "$work/aws.counts" "$work/$form.counts" || { echo "$form differs from aws"; exit 1; }
done
grep -q '^messages *400$' "$work/aws.counts" || { cat "$work/aws.counts"; exit 1; }
cat "$work/aws.counts"
