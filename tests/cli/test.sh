# Test files: what holds, what does not and is told, and files that are wrong.
. ./lib.sh

# write NAME: a file in the scratch directory from standard input.
write() { cat >"$scratch/$1"; }
# try: runs the file t.yaml with more arguments. Paths in messages are told without the directory.
try() {
    run test "$scratch/t.yaml" "$@"
    out=${out//"$scratch/"/}
    err=${err//"$scratch/"/}
}
# one TEXT: the same for a file of this text (printf escapes).
one() {
    printf "$1" >"$scratch/t.yaml"
    shift
    try "$@"
}

it "messages as mappings, as texts and in files, and patterns by name and as they are"
mkdir "$scratch/events"
printf '{"Records":[{"eventName":"ConsoleLogin"},{"eventName":"ConsoleLogin","n":2}]}' >"$scratch/events/logins.json"
printf '{"eventName":"A"}\n{"eventName":"B"}\n' >"$scratch/events/others.jsonl"
write t.yaml <<'END'
name: logins
patterns:
  login: '{ $.eventName = "ConsoleLogin" }'
tests:
  - name: by name
    filter: login
    match:
      - eventName: ConsoleLogin
        recipientAccountId: "012345678901"
        nested: {list: [1, 2.50, true, null, "x\ty"]}
      - '{"eventName": "ConsoleLogin", "eventName": "ConsoleLogin"}'
    no_match:
      - {eventName: consolelogin}
      - a line of text
      - ''
    match_files: events/logins.json
    no_match_files: [events/others.jsonl]
  - name: as it is
    pattern: ERROR -test
    match: [ERROR 1]
    no_match: [ERROR test]
END
try
status_is 0
err_is ''
out_is 'logins: 2 passed, 0 failed

1 file, 2 cases: 2 passed, 0 failed'

it "what a mapping says reaches the pattern as JSON says it"
one 'tests: [{pattern: "{ $.a = 1 && $.b IS TRUE && $.c IS NULL && $.d[1] = 2.50 && $.e = \\"x\\" }",
 match: [{a: 1, b: true, c: null, d: [1, 2.50], e: x}], no_match: [{a: "2", b: true, c: null, d: [1, 2.50], e: x}]}]'
status_is 0

it "a failure says where, what was seen and what decides"
one 'tests:\n  - name: n\n    pattern: "{ $.a = x && $.b != y }"\n    match:\n      - {a: X, b: z}\n    no_match:\n      - {a: x, b: z}\n'
status_is 1
out_is 'FAILED: n
  t.yaml:5:9: this should match { $.a = x && $.b != y }, and does not
    {"a":"X","b":"z"}
    > false     $.a = x   "X"

      $.a = x
        Upper and lower case letters differ.
          $.a = "X"    (with it the pattern matches)
  t.yaml:7:9: this should not match { $.a = x && $.b != y }, and does
    {"a":"x","b":"z"}
    > true      $.a = x   "x"
    > true      $.b != y  "z"

t.yaml: 0 passed, 1 failed

1 file, 1 case: 0 passed, 1 failed'
one 'tests: [{pattern: "[a, b, c]", match: [x y]}, {pattern: "{$.a=1}", match: ["{\\"a\\":1,}"]}]'
status_is 1
out_has 't.yaml:1:40: this should match [a, b, c], and does not'
out_has 'at byte 7'
one 'tests: [{pattern: zz, match_files: events/logins.json}]'
status_is 1
out_has 't.yaml:1:36: this should match zz, and does not
    {"eventName":"ConsoleLogin","n":2}'

it "relations between patterns, proved or with a message"
one 'patterns: {a: "{ $.x = xy* }", b: "{ $.x = x* }"}
tests:
  - {name: yes, filter: a, implies: [{filter: b}, {pattern: "{ $.x = * }"}], equivalent: "{ ($.x = \\"xy*\\") }"}
  - {name: no, filter: b, implies: {filter: a}}
'
status_is 1
out_has 't.yaml:4:36: b should imply a, and does not
    this matches b alone:
    {"x":"x"}'
out_has '2 cases: 1 passed, 1 failed'

it "the benchmark's patterns by number, its own and Security Hub's"
one 'tests: [{cis: 3.1, equivalent: {cis: CloudWatch.2}}, {cis: 3.10, equivalent: {cis: CloudWatch.10}},
 {cis: CloudWatch.4, implies: {cis: 3.4}}, {cis: 3.4, implies: {cis: CloudWatch.4}}]'
status_is 1
out_has 'CIS 3.4 should imply CIS CloudWatch.4, and does not'
out_has '4 cases: 3 passed, 1 failed'

it "patterns of templates, descriptions and pattern files, by path from the test file"
mkdir "$scratch/deep"
cp ../config/template.yaml ../config/metric-filters.json "$scratch/deep"
printf '# text\n{ $.a = 1 }\nERROR\n' >"$scratch/patterns.txt"
printf '{"name":"listed","pattern":"%%x+%%"}\n' >"$scratch/patterns.jsonl"
name=$(sed -n 's/.*"filterName": *"\([^"]*\)".*/\1/p' ../config/metric-filters.json | head -1)
cat >"$scratch/deep/t.yaml" <<END
files: [metric-filters.json, ../patterns.txt, "$scratch/patterns.jsonl"]
tests:
  - {filter: $name, no_match: [x]}
  - {filter: listed, match: [axb]}
  - {filter: $scratch/deep/../patterns.txt:3, match: [an ERROR]}
END
run test "$scratch/deep/t.yaml"
status_is 0
out_has '3 passed'

it "templates take their parameters from the test file"
write deep/t.yaml <<'END'
files: template.yaml
parameters: {Event: SwitchRole}
tests: [{filter: console-login, match: [{eventName: SwitchRole}]}, {filter: Logins, no_match: [{eventName: ConsoleLogin}]}]
END
run test "$scratch/deep/t.yaml"
status_is 0
sed 's/Event:/Event: x, Evnt: 1, Thing:/' "$scratch/deep/t.yaml" >"$scratch/deep/u.yaml"
run test "$scratch/deep/u.yaml"
status_is 2
[[ $err == "ctfilter: $scratch/deep/u.yaml:2:24: Evnt: no template asks for it
ctfilter: $scratch/deep/u.yaml:2:33: Thing: no template asks for it" ]] || fail "$err"
one 'parameters: [a]\ntests: [{pattern: a, match: [a]}]'
err_is 'ctfilter: t.yaml:1:13: parameters: names and their values are needed'

it "--run chooses by the names of file and case"
write t.yaml <<'END'
name: first
tests:
  - {name: good one, pattern: a, match: [a]}
  - {name: bad one, pattern: a, match: [b]}
END
sed 's/first/second/' "$scratch/t.yaml" >"$scratch/u.yaml"
try --run good
status_is 0
out_has '2 cases: 1 passed, 0 failed, 1 left out'
run test "$scratch/t.yaml" "$scratch/u.yaml" --run '^second: .*one$'
status_is 1
out_has '2 files, 4 cases: 1 passed, 1 failed, 2 left out'
try --run none
status_is 2
err_is 'ctfilter: --run none: no case has such a name'
try --run '('
status_is 2
err_has '--run (: '

it "JUnit's XML holds what the report holds"
write t.yaml <<'END'
name: a <b> & "c"
tests:
  - {name: "good <1>", pattern: a, match: [a]}
  - {name: "bad\n\x01", pattern: a, match: ["<&]]>\n\x02"]}
END
printf 'tests: 1\n' >"$scratch/u.yaml"
run test "$scratch/t.yaml" "$scratch/u.yaml" --junit "$scratch/j.xml"
status_is 2
grep -q '<testsuite name="a &lt;b&gt; &amp; &quot;c&quot;" tests="2" failures="1">' "$scratch/j.xml" || fail "$(<"$scratch/j.xml")"
grep -q 'tests="1" failures="0" errors="1"' "$scratch/j.xml" || fail "$(<"$scratch/j.xml")"
if has python3; then
    said=$(python3 -c 'import sys, xml.etree.ElementTree as t
for c in t.parse(sys.argv[1]).iter("testcase"): print(c.get("name"), [f.get("message") for f in c])' "$scratch/j.xml")
    [[ $said == *"good <1> []"*"bad"*"this should match a, and does not"*"the file has errors"* ]] || fail "$said"
fi

it "a report that cannot be written is told, and no part of it stays"
one 'tests: [{pattern: a, match: [a]}]' --junit "$scratch/none/j.xml"
status_is 2
err_has 'No such file or directory'
if [[ -w /dev/full ]]; then
    try --junit /dev/full
    status_is 2
    err_has 'No space left on device'
    "$CTFILTER" test "$scratch/t.yaml" >/dev/full 2>"$scratch/err"
    [[ $? -eq 2 ]] || fail "standard output was full"
fi
printf old >"$scratch/kept.xml"
(ulimit -f 0; trap '' XFSZ; "$CTFILTER" test "$scratch/t.yaml" --junit "$scratch/kept.xml" >/dev/null 2>&1)
[[ $(<"$scratch/kept.xml") == old ]] || fail "the old report is gone"
[[ -z $(ls "$scratch" | grep 'kept.xml.') ]] || fail "a part of a report stays"

it "coverage tells the terms that decided nothing"
write t.yaml <<'END'
patterns:
  p: '{ ($.a = 1 && $.b = 2) || $.c = 3 }'
  unused: '{ $.z = 1 }'
tests:
  - name: some
    filter: p
    match: [{a: 1, b: 2}, {c: 3}]
  - name: more
    filter: p
    no_match: [{a: 1, b: 0}, {a: 0, b: 2}]
END
try --coverage
status_is 0
out_has 'p: 3 of 3 terms decided'
out_has 'unused: 0 of 1 term decided
  t.yaml:3:14: this term was never the one that decided: $.z = 1'
out_has 'coverage: 3 of 4 terms decided, 75 %'
try --coverage-threshold 75
status_is 0
try --coverage-threshold 76
status_is 1
out_has '75 %; at least 76 % are asked for'
try --coverage --run some
out_has '  t.yaml:2:10: this term was never the one that decided: $.a = 1'
out_has 'this term was never the one that decided: $.b = 2'
out_has 'coverage: 1 of 3 terms decided, 33 %'
try --coverage-threshold 101
status_is 2
one 'tests: [{pattern: ERROR ?a -c, match: [ERROR a], no_match: [x, ERROR c]}]' --coverage
out_has 'this term was never the one that decided: ?a'
out_has '2 of 3 terms'
one 'tests: [{pattern: "", match: [x]}]' --coverage-threshold 100
status_is 0
out_has 'coverage: 0 of 0 terms decided, 100 %'

it "each thing that is wrong with a file is told with its place, and the file is not run"
write t.yaml <<'END'
patterns: {login: '{ $.eventName == 1 }'}
tests:
  - filter: login
    matchs: []
    match: [1, !Ref x]
  - pattern: a
  - match: [a]
  - {pattern: a, cis: 3.1, match: b}
  - {cis: 4, no_match: [a]}
  - {pattern: '[a', no_match: [a]}
  - {pattern: a, name: [n], match_files: ["-", ""]}
extra: 1
END
try
status_is 2
out_has 't.yaml: not run, for it has errors'
for said in '1:34: == is no operator' '4:5: unknown field matchs; did you mean match?' '5:13: a message is needed' \
    '5:16: tags have no meaning' '6:5: nothing is expected of the pattern' '7:5: match: which pattern?' \
    '8:18: cis: there is a pattern already, pattern in line 8' '8:35: match: a list is needed' '9:11: cis: 3.1 to 3.14' \
    '10:18: the pattern starts with [' '11:24: name: a text is needed, not a list' '11:43: the path of a file is needed' \
    '11:48: the path of a file' '12:1: unknown field extra'; do
    err_has "t.yaml:$said"
done
err_has '  { $.eventName == 1 }
                ^^'
one 'tests: [{name: x}]'
err_is 'ctfilter: t.yaml:1:9: this case expects nothing'
one 'tests: [{pattern: a, match: [], no_match: }]'
err_is 'ctfilter: t.yaml:1:29: match: nothing stands here'
one 'tests: [{pattern: a, equivalent: []}]'
status_is 2
one 'tests: [{pattern: a, equivalent: {}}]'
err_is 'ctfilter: t.yaml:1:34: a pattern is needed: a text, or filter, cis or pattern'
one 'patterns: {login: a, logout: b}\ntests: [{filter: logn, match: [a]}]'
err_is 'ctfilter: t.yaml:2:18: there is no pattern or metric filter logn; did you mean login?'
one 'files: nowhere.yaml\ntests: [{filter: a, match: [a]}]'
status_is 2
err_is 'ctfilter: nowhere.yaml: No such file or directory'
one 'tests: [{pattern: a, match_files: nowhere.json}]'
status_is 2
err_has 'nowhere.json: No such file or directory'
out_has '0 failed, 1 not read'

it "files that are no test files"
one ''
status_is 2
err_is 'ctfilter: t.yaml:1:1: nothing stands here'
one '\xff\xfe'
status_is 2
err_has 't.yaml:1:1: '
one 'tests:\n  - pattern: a\n    match: ["\xc3("]'
status_is 2
err_has 't.yaml:3:15: invalid trailing UTF-8'
one '[1]'
err_is 'ctfilter: t.yaml:1:1: an object is needed here'
one 'tests: []'
err_is 'ctfilter: t.yaml:1:8: tests: a list of cases is needed'
one 'name: x'
err_is 'ctfilter: t.yaml:1:1: tests: a list of cases is needed'
one 'tests: [1]'
err_is 'ctfilter: t.yaml:1:9: an object is needed here'
one 'tests: [{pattern: a, match: [a], match: [b]}]'
err_is 'ctfilter: t.yaml:1:34: match stands twice, first in line 1'
one 'tests: [{pattern: a, match: [{a: 1, a: 2}]}]'
err_is 'ctfilter: t.yaml:1:37: a stands twice, first in line 1'
one 'tests: [{pattern: a, match: [a]}]\n---\ntests: 1'
err_is 'ctfilter: t.yaml:2:1: a second document begins; one file holds one'
run test "$scratch/nowhere.yaml"
status_is 2
err_has 'No such file or directory'
run test "$scratch"
status_is 2
run test
status_is 2
err_has 'needs a test file'
feed 'tests: [{pattern: a, match: [a]}]' test -
status_is 0

it "keys that would merge are refused"
one 'tests: [{pattern: a, match: [&x {a: 1}, {<<: *x}]}]'
err_is 'ctfilter: t.yaml:1:42: << merges nothing here; write the fields, or an alias for the whole'

it "aliases and nesting are bounded"
{
    printf 'a0: &a0 {x: 1}\n'
    for i in 1 2 3 4 5 6 7 8 9; do
        printf 'a%s: &a%s [' $i $i
        for k in 1 2 3 4 5 6 7 8 9; do printf '*a%s,' $((i - 1)); done
        printf ']\n'
    done
} >"$scratch/t.yaml"
try
status_is 2
err_has 'more than 200000 values by aliases'
{ printf 'tests: '; printf '[%.0s' {1..3000}; } >"$scratch/t.yaml"
try
status_is 2
err_has 'nested'
one 'tests: &t [{pattern: a, match: *t}]'
status_is 2
err_has 'an alias stands within what it names'
one 'x: &x {pattern: a, match: [a]}\ntests: [*x, *x]'
err_is 'ctfilter: t.yaml:1:1: unknown field x'
one 'tests: [&x {pattern: a, match: [a]}, *x]'
status_is 0
out_has '2 passed'

it "the manual's example holds"
"$CTFILTER" --generate markdown | sed -n '/^ *name: sign-ins$/,/2 out of the last 3/p' >"$scratch/raw"
[[ $(wc -l <"$scratch/raw") -gt 20 ]] || fail "no example: $(<"$scratch/raw")"
indent=$(sed -n '1s/name:.*//p' "$scratch/raw")
sed "s/^$indent//" "$scratch/raw" >"$scratch/t.yaml"
write template.yaml <<'END'
metricFilters:
  - filterName: sign-ins
    filterPattern: '{ $.eventName = ConsoleLogin }'
    metricTransformations: [{metricName: SignIns, metricNamespace: Trail, metricValue: 1}]
alarms:
  - {AlarmName: errors, Namespace: Trail, MetricName: Errors, Statistic: Sum, Period: 60, EvaluationPeriods: 3,
     DatapointsToAlarm: 2, Threshold: 0, ComparisonOperator: GreaterThanThreshold, TreatMissingData: notBreaching}
END
try
status_is 0
out_has '3 passed'

it "a thousand cases take no time to speak of"
{
    printf 'tests:\n'
    for ((i = 0; i < 1000; i++)); do
        printf '  - {pattern: "{ $.e = E%s && $.r != r%s }", match: [{e: E%s, r: x}], no_match: [{e: E%s}, {e: x, r: x}]}\n' $i $i $i $i
    done
} >"$scratch/t.yaml"
SECONDS=0
try
status_is 0
out_has '1000 cases: 1000 passed, 0 failed'
[[ $SECONDS -lt 20 ]] || fail "$SECONDS s"

it "--quiet leaves only the exit status"
one 'tests: [{pattern: a, match: [b]}]' -q
status_is 1
out_is ''
err_is ''

it "--junit - is the XML alone"
printf 'tests: [{pattern: a, match: [a]}]' >"$scratch/alone.yaml"
run test --junit - "$scratch/alone.yaml"
status_is 0
[[ $out == '<?xml'*'</testsuites>' ]] || fail "$out"

finish
