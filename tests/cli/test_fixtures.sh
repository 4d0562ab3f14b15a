# The test files that ship with the project: all pass, and each message is there for a reason.
. ./lib.sh

cis=(../testfiles/cis/*.yaml)

it "the fourteen patterns of the benchmark, each term of which decides"
[[ ${#cis[@]} -eq 14 ]] || fail "${#cis[@]} files"
run test "${cis[@]}" --coverage-threshold 100
status_is 0
out_has 'coverage: 113 of 113 terms decided, 100 %'
out_has '14 files, 17 cases: 17 passed, 0 failed'
out_lacks 'never the one that decided'
[[ $(grep -c '^CIS [3C].*: \([0-9]*\) of \1 term' <<<"$out") -eq 17 ]] || fail "not every pattern is asked"

it "a pattern that lost one of its terms fails"
# instead FILE PATTERN: the file with the pattern in place of the benchmark's, and nothing to compare it with.
instead() {
    sed -e '/^    equivalent:/d' -e "s|^    cis: .*|    pattern: '$2'|" "../testfiles/cis/$1" >"$scratch/t.yaml"
    run test "$scratch/t.yaml"
}
root='$.userIdentity.type = "Root"' alone='$.userIdentity.invokedBy NOT EXISTS' own='$.eventType != "AwsServiceEvent"'
instead 3.3-root-used.yaml "{ $root \&\& $alone \&\& $own }"
status_is 0
for lost in "$root \&\& $alone" "$root \&\& $own" "$alone \&\& $own"; do
    instead 3.3-root-used.yaml "{ $lost }"
    status_is 1
done
instead 3.5-cloudtrail-changes.yaml '{ $.eventName = CreateTrail }'
status_is 1
[[ $(grep -c 'this should match' <<<"$out") -eq 4 ]] || fail "$out"

it "the tutorial's story: a lone sign-in under each treatment of missing data"
run test ../testfiles/lone-login.yaml --coverage-threshold 100
status_is 0
out_has '3 cases: 3 passed, 0 failed'
sed 's/DatapointsToAlarm: 2/DatapointsToAlarm: 1/' ../testfiles/lone-login.yaml >"$scratch/t.yaml"
run test "$scratch/t.yaml"
status_is 1
out_has '2 failed'

it "all of them hold to the schema"
if has python3 && python3 -c 'import jsonschema, yaml' 2>/dev/null; then
    silent python3 - ../../bindings/cli/ctfilter-test.schema.json "${cis[@]}" ../testfiles/lone-login.yaml <<'END'
import json, sys, jsonschema, yaml
class Loader(yaml.SafeLoader): pass
Loader.yaml_implicit_resolvers = {c: [r for r in all if 'timestamp' not in r[0]]
                                  for c, all in yaml.SafeLoader.yaml_implicit_resolvers.items()}
schema = json.load(open(sys.argv[1]))
jsonschema.Draft202012Validator.check_schema(schema)
for path in sys.argv[2:]:
    for error in jsonschema.Draft202012Validator(schema).iter_errors(yaml.load(open(path), Loader)):
        print(path, error.message[:300])
END
fi

finish
