# quote writes patterns so that each language reads them back; fmt writes them in one spelling.
. ./lib.sh

odd="{ \$.a = \"it's \\\\ %{x} \${y} \\\" é\" }"

it "a shell reads the pattern back"
run quote "$odd"
status_is 0
eval "back=$out"
[[ $back == "$odd" ]] || fail "$back"
run quote --for sh $'{ $.a = 1\n|| $.b = 2 }'
eval "back=$out"
[[ $back == $'{ $.a = 1\n|| $.b = 2 }' ]] || fail "$back"

it "YAML is read back by the configuration"
for pattern in "$odd" $'{ $.a = 1\n|| $.b = 2 }' 'a' '-a' '"# : no"' ''; do
    run quote --for yaml -- "$pattern"
    {
        printf 'metricFilters:\n  - filterName: f\n    metricTransformations: [{metricName: M, metricNamespace: N, metricValue: "1"}]\n'
        printf '    filterPattern: %s\n' "$out"
    } >"$scratch/config.yaml"
    printf '{"eventTime":"2024-01-15T10:00:00Z"}\n' >"$scratch/events"
    run replay "$scratch/config.yaml" --events "$scratch/events" --format json
    [[ $status -eq 0 ]] || fail "$pattern" "$(cat "$scratch/config.yaml")" "$err"
    "$CTFILTER" quote --for json -- "$pattern" >"$scratch/json"
    printf '{"pattern":%s}\n' "$(<"$scratch/json")" >"$scratch/list.jsonl"
    run quote -f "$scratch/list.jsonl"
    eval "back=$out"
    [[ $back == "$pattern" ]] || fail "json: $back"
done

it "JSON, Terraform and CDK have their own escapes"
run quote --for json "$odd"
out_is '"{ $.a = \"it'\''s \\\\ %{x} ${y} \\\" é\" }"'
run quote --for hcl "$odd"
out_is '"{ $.a = \"it'\''s \\\\ %%{x} $${y} \\\" é\" }"'
run quote --for cdk "$odd"
out_is "logs.FilterPattern.literal('{ \$.a = \"it\\'s \\\\\\\\ %{x} \${y} \\\\\" é\" }')"
run quote --for yaml "$odd"
out_is "'{ \$.a = \"it''s \\\\ %{x} \${y} \\\" é\" }'"
run quote --for yaml $'a\tb'
out_is '"a\tb"'

it "what is no pattern is refused"
run quote '{ $.a == 1 }'
status_is 2
out_is ""
run quote
status_is 2

it "fmt writes one spelling"
run fmt '{($.a=x)&&( $.b is  true)}' '[ a ,b="x" , ... ]' ' ERROR   -b' ''
status_is 0
out_is '{ $.a = "x" && $.b IS TRUE }
[a, b = "x", ...]
"ERROR" -"b"'

it "fmt --check prints what is written otherwise"
run fmt --check '{ $.a = "x" }' '{ $.a = x }'
status_is 1
out_is '{ $.a = x }'
run fmt --check '{ $.a = "x" }'
status_is 0
out_is ''

it "a form that would be too long is told"
run fmt "{ \$.a = $(printf 'x%.0s' {1..1013}) }"
status_is 2
err_has 'longer than a pattern may be'

finish
