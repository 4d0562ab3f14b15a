# What check tells, in which formats, how it exits, and what it makes of files and configurations.
. ./lib.sh

it "what is usual is silent"
run check 'ERROR -test' '{ $.eventName = "ConsoleLogin" }' ''
status_is 0
out_is ''
err_is ''
run check ../trail/baseline.jsonl
status_is 0
out_is ''

it "a trap is a warning, with its place, its rule and what to write"
run check 'ERROR us-east-1'
status_is 1
out_is 'pattern:1:7: warning: The - excludes what stands behind it. A word with a dash goes in double quotes. [dash-splits]
  ERROR us-east-1
        ^^^^^^^^^
  write:   "us-east-1"
1 pattern: 0 errors, 1 warning, 0 notes'

it "a refusal is an error, with the words of the service"
run check '{ $.a == 1 }'
status_is 1
out_has 'pattern:1:7: error: == is no operator'
out_has '  the service says: Invalid metric filter pattern'

it "a note alone is no failure"
run check '[a, b = x]'
status_is 0
out_has 'note: '

it "--fix prints what is sure and tells the rest"
run check --fix '{ $.a == 1 AND b = ‘x’ }' 'x a-b' '[ERROR]' 'fine'
status_is 1
out_is '{ $.a = 1 && $.b = "x" }
x "a-b"
[ERROR]
fine'
err_has 'pattern 3:1:1: warning'
[[ $err != *refused* && $err != *dash* ]] || fail "$err"
run check --fix '{ $.a == 1 }'
status_is 0
err_is ''

it "a file of patterns is checked line by line"
printf '# comment\nERROR\n\n{ $.a == 1 }\n  x-y\n' >"$scratch/list.txt"
run check "$scratch/list.txt"
status_is 1
out_has "$scratch/list.txt:4:7: error"
out_has "$scratch/list.txt:5:3: warning"
feed 'ERROR\n?a b\n' check -
status_is 1
out_has '(standard input):2:1: warning'
printf '{"name":"one","pattern":"a-b"}\n{"name":"two","pattern":"ok"}\n' >"$scratch/list.jsonl"
run check --format json "$scratch/list.jsonl"
out_has '"line":1'
out_has '"name":"one","pattern":"a-b"'

it "a template's patterns are pointed to in their lines"
cat >"$scratch/template.yaml" <<'END'
Resources:
  Filter:
    Type: AWS::Logs::MetricFilter
    Properties:
      LogGroupName: trail
      FilterPattern: '{ $.eventName = ConsoleLogin && $.readOnly = "true" }'
      MetricTransformations:
        - MetricName: Logins
          MetricNamespace: Trail
          MetricValue: "1"
  Other:
    Type: AWS::Logs::MetricFilter
    Properties:
      LogGroupName: trail
      FilterPattern: '{$.eventName=ConsoleLogin && ($.readOnly="true")}'
      MetricTransformations:
        - MetricName: Logins
          MetricNamespace: Trail
          MetricValue: "1"
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      AlarmName: logins
      MetricName: Login
      Namespace: Trail
      Statistic: Sum
      Period: 300
      EvaluationPeriods: 1
      Threshold: 0
      ComparisonOperator: GreaterThanThreshold
  Processor:
    Type: AWS::CloudWatch::Alarm
    Properties:
      AlarmName: processor
      MetricName: CPUUtilization
      Namespace: AWS/EC2
      Statistic: Average
      Period: 300
      EvaluationPeriods: 1
      Threshold: 90
      ComparisonOperator: GreaterThanThreshold
END
run check "$scratch/template.yaml"
status_is 1
out_has "$scratch/template.yaml:6:66: warning: \$.readOnly is a boolean, for which this test is false. [field-type]"
out_has '[same-filter]'
out_has 'did you mean Logins?; it has no data [alarm-link]'
out_lacks 'CPUUtilization'
out_has '[metric-without-alarm]'

it "a refused pattern in a configuration has its rule, too"
printf '{"metricFilters":[{"filterName":"f","filterPattern":"{ $.a == 1 }","logGroupName":"g","metricTransformations":[{"metricName":"M","metricNamespace":"N","metricValue":"1"}]}]}' >"$scratch/filters.json"
run check "$scratch/filters.json"
status_is 1
out_has "$scratch/filters.json:1:"
out_has '[refused]'

it "limits of a log group"
{
    printf '{"metricFilters":['
    for i in {1..101}; do
        regex=x
        ((i <= 6)) && regex='%x%'
        printf '%s{"filterName":"f%s","filterPattern":"{ $.a%s = %s }","logGroupName":"g","metricTransformations":[{"metricName":"M%s","metricNamespace":"N","metricValue":"1"}]}' \
            "$([[ $i -gt 1 ]] && echo ,)" "$i" "$i" "$regex" "$i"
    done
    printf ']}'
} >"$scratch/many.json"
run check "$scratch/many.json"
status_is 1
out_has 'error: log group g has 101 metric filters, and may have 100 [limit-filters]'
out_has 'error: log group g has 6 metric filters with a regular expression, and may have 5 [limit-regexes]'

it "the service's text quotes a name as a whole"
long=$(printf '\xF0\x9F\x94\x91%.0s' {1..256})
printf '{"alarms":[{"AlarmName":"%s","Namespace":"AWS/X","MetricName":"M","Statistic":"Sum","Period":60,"EvaluationPeriods":1,"Threshold":1,"ComparisonOperator":"GreaterThanThreshold"}]}' "$long" >"$scratch/long.json"
run check "$scratch/long.json"
out_has "the service says: 1 validation error detected: Value '$long' at 'alarmName' failed to satisfy constraint: Member must have length less than or equal to 255"
printf '{"compositeAlarms":[{"AlarmName":"c","AlarmRule":"ALARM(%s)"}]}' "$long" >"$scratch/long.json"
run check "$scratch/long.json"
out_has "the service says: Could not save the composite alarm as alarms [$long] in the alarm rule do not exist"

it "the limit of composite alarms over one alarm"
composites() {
    printf '{"alarms":[{"AlarmName":"a","Namespace":"AWS/X","MetricName":"M","Statistic":"Sum","Period":60,"EvaluationPeriods":1,"Threshold":1,"ComparisonOperator":"GreaterThanThreshold"}],"compositeAlarms":['
    for ((i = 1; i <= $1; i++)); do
        printf '%s{"AlarmName":"c%s","AlarmRule":"ALARM(a) OR OK(a)"}' "$([[ $i -gt 1 ]] && echo ,)" "$i"
    done
    printf ']}'
}
composites 150 >"$scratch/composites.json"
run check "$scratch/composites.json"
status_is 0
composites 151 >"$scratch/composites.json"
run check "$scratch/composites.json"
status_is 1
out_has 'error: alarm a is in the rules of more than 150 composite alarms [limit-composites]'

it "events are asked"
printf '{"eventName":"A","readOnly":true,"n":"7"}\n{"eventName":"B","readOnly":false}\n' >"$scratch/events"
run check --corpus "$scratch/events" '{ $.eventName = A && $.n > 5 && $.nothing = 1 }' '{ $.eventName = A && $.readOnly IS FALSE }' '{ $.eventName = C }'
out_has 'in 2 messages $.nothing is never there [corpus-field]'
out_has 'in 2 messages the test is never true; $.n is there in 1 [corpus-test]'
out_has 'in 2 messages the pattern matches none [corpus-pattern]'
out_has 'in 2 messages the test is never true; $.eventName is there in 2 [corpus-test]'
run check --corpus "$scratch/events" '{ $.readOnly = "x" }'
out_has 'in 2 messages $.readOnly is always a boolean, if it is there [corpus-field]'
sed 1q "$scratch/events" >"$scratch/event"
run check --corpus "$scratch/event" '{ $.eventName = C }'
out_has 'in 1 message the test is never true; $.eventName is there in 1 [corpus-test]'

it "the formats of tools"
run check --format sarif 'a-b' "$scratch/list.txt"
status_is 1
out_has '"version":"2.1.0"'
out_has '"ruleId":"dash-splits"'
out_has '"startLine":4,"startColumn":7'
run check --format github "$scratch/list.txt"
out_has '::error file='
out_has ',line=4,col=7,endLine=4,endColumn=9,title=ctfilter refused::== is no operator'
run check --format junit "$scratch/list.txt" 'x<y'
out_has '<testsuite name="ctfilter check" tests="4" failures="3">'
out_has 'name="x&lt;y"'
run check --format json 'a-b' 'b'
out_is '{"patterns":2,"errors":0,"warnings":1,"notes":0,"findings":[{"id":"dash-splits","severity":"warning","line":1,"column":1,"endLine":1,"endColumn":4,"pattern":"a-b","text":"The - excludes what stands behind it. A word with a dash goes in double quotes.","instead":"\"a-b\"","sure":true}]}'
if has python3; then
    for format in json sarif; do
        "$CTFILTER" check --format $format 'a-b' "$scratch/list.txt" "$scratch/template.yaml" >"$scratch/out"
        holds python3 -c 'import json,sys; json.load(open(sys.argv[1]))' "$scratch/out"
    done
    "$CTFILTER" check --format junit 'a-b' "$scratch/list.txt" "$scratch/template.yaml" >"$scratch/out"
    holds python3 -c 'import xml.dom.minidom,sys; xml.dom.minidom.parse(sys.argv[1])' "$scratch/out"
fi

it "every format tells of what is no pattern, and stays what it is"
printf '\xff\xfe{ $.a = \x01\n{ $.a = "]]>\xe2\x80\xa8<&" && a }\n{ $.a == 1\n' >"$scratch/bad.txt"
printf '{"metricFilters": [{"filterPattern": 5}]}' >"$scratch/bad.json"
for format in text json sarif github junit; do
    for file in bad.txt bad.json; do
        run check --format $format "$scratch/$file"
        status_is 1
        [[ $out != *$'\x01'* && $out != *$'\xff'* && -n $out ]] || fail "$format of $file: $out"
        case $format in json | sarif) reads='import json,sys; json.load(open(sys.argv[1], encoding="utf8"))' ;;
        junit) reads='import xml.dom.minidom,sys; xml.dom.minidom.parse(sys.argv[1])' ;;
        *) continue ;; esac
        printf '%s' "$out" >"$scratch/out"
        has python3 && holds python3 -c "$reads" "$scratch/out"
    done
    run check --format $format "$scratch/nothing.json"
    status_is 2
    run check --format $format --corpus "$scratch/nothing" '{ $.a = 1 }'
    status_is 2
done
run check --fix "$scratch/nothing.json"
status_is 2

it "parts that exclude each other or say nothing are proved"
run check '{ $.eventName = A && $.eventName = B }'
status_is 1
out_has 'warning: This and $.eventName = A can never both hold. [contradiction]'
run check '[a = x || a != x, ...]'
status_is 1
out_has '[always-true]'
run check '{ $.eventName = A || ($.eventName = A && $.b = 1) }'
status_is 0
out_has 'note: Where this holds, another alternative holds already. [redundant-test]'

it "a thousand patterns take no time that grows with their square"
for i in {1..1000}; do printf '{ ($.eventName = "Name%s") && ($.userIdentity.type != "Root" || $.errorCode = "*Denied%s") && $.n > %s }\n' $i $i $i; done >"$scratch/thousand"
TIMEFORMAT=%U # of the processor: others may be busy
seconds=$({ time "$CTFILTER" check -q "$scratch/thousand" >"$scratch/out"; } 2>&1)
((${seconds%.*} < 20)) || fail "$seconds s"

it "what cannot be read is told"
run check /nowhere/at/all.json
status_is 2
run check
status_is 2
run check --fix --format json x
status_is 2
printf 'metricFilters:\n  - {' >"$scratch/broken.yaml"
run check "$scratch/broken.yaml"
status_is 1
out_has '[configuration]'

it "-q prints nothing"
run check -q 'a-b'
status_is 1
out_is ''

finish
