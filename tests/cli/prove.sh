# What equiv, implies, sample and cis print, and how they exit.
. ./lib.sh

it "a yes"
run equiv '{ $.a = 1 && $.b = 2 }' '{$.b=2&&($.a=1)}'
status_is 0
out_is 'equal: both match the same messages'
run implies '{ $.a = "xy*" }' '{ $.a = "x*" }'
status_is 0
out_is 'implied: every message that matches the first matches the second'

it "a no comes with a message that the matcher confirms"
run equiv '{ $.a = "xy*" }' '{ $.a = "x*" }'
status_is 1
out_has 'not equal: the second matches this message, the first does not'
message=${out##*$'\n'}
[[ $(printf '%s\n' "$message" | "$CTFILTER" match -c '{ $.a = "x*" }') == 1 ]] || fail "$message"
[[ $(printf '%s\n' "$message" | "$CTFILTER" match -c '{ $.a = "xy*" }') == 0 ]] || fail "$message"
run implies '{ $.a != x }' '{ $.a NOT EXISTS }'
status_is 1

it "undecided is an answer of its own"
run implies '%b%' '[a]'
status_is 3
out_has 'undecided: the patterns are of different kinds'

it "answers as JSON, and none"
run equiv --json '{ $.a = x }' '{ $.a = "x" }'
out_is '{"equal":"yes"}'
run implies --json '{ $.a = x }' '{ $.a = y }'
out_is '{"implies":"no","matching":"first","message":"{\"a\":\"x\"}"}'
run implies -q a b
status_is 1
out_is ''

it "a refused pattern is told by its place in the line"
run equiv 'a' '{ $.a == 1 }'
status_is 2
err_has 'second:1:7: == is no operator'
run equiv a
status_is 2

it "a sample and its near misses"
run sample '{ $.a = x && $.b NOT EXISTS }'
status_is 0
out_is 'This message matches:
  {"a":"x"}

These do not; in each the test above it is turned:
$.a = x
  {"a":"a"}
$.b NOT EXISTS
  {"a":"x","b":"x"}'
run sample '{ $.a = 1 && $.a = 2 }'
status_is 1
out_is 'no message can match'
run sample --message-only '[ip, , status = 4*, ...]'
status_is 0
[[ $(printf '%s\n' "$out" | "$CTFILTER" match -c '[ip, , status = 4*, ...]') == 1 ]] || fail "$out"
run sample --json '{ $.a IS TRUE }'
out_is '{"matches":"yes","message":"{\"a\":true}","misses":[{"test":"$.a IS TRUE","message":"{\"a\":false}"}]}'

it "a sample in the shape of a record"
root='{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != "AwsServiceEvent" && $.userIdentity.sessionContext.attributes.mfaAuthenticated NOT EXISTS }'
run sample --cloudtrail --json "$root"
status_is 0
out_has 'eventVersion'
"$CTFILTER" sample --cloudtrail --message-only "$root" >"$scratch/record"
run match "$root" "$scratch/record"
status_is 0
out_has '"eventType":"AwsApiCall"'
out_lacks 'mfaAuthenticated'
run check --cloudtrail "$root"
status_is 0

# record PATTERN: a record on which it matches, in $out.
record() {
    run sample --cloudtrail --message-only "$1"
    status_is 0
    [[ $(printf '%s\n' "$out" | "$CTFILTER" match -c "$1") == 1 ]] || fail "does not match: $out"
    for key in eventVersion userIdentity eventTime eventSource eventName awsRegion sourceIPAddress userAgent eventID eventType; do
        out_has "\"$key\":"
    done
}

it "a record's service is that of its call"
record '{ $.eventName = CreateTrail || $.eventName = UpdateTrail }'
out_has '"eventSource":"cloudtrail.amazonaws.com","eventName":"CreateTrail"'
record '{ $.eventName = "Delete*" && $.eventSource = "s3*" }'
out_has '"eventSource":"s3.amazonaws.com","eventName":"DeleteBucket"'
out_has '"readOnly":false'
record '{ $.eventSource = kms.amazonaws.com && $.readOnly IS TRUE }'
out_has '"eventName":"DescribeKey"'

it "a login is one of the console, and may fail"
record '{ $.eventName = ConsoleLogin }'
out_has '"eventSource":"signin.amazonaws.com"'
out_has '"responseElements":{"ConsoleLogin":"Success"}'
out_has '"eventType":"AwsConsoleSignIn"'
record '{ $.eventName = ConsoleLogin && $.errorMessage = "Failed authentication" }'
out_has '"responseElements":{"ConsoleLogin":"Failure"}'

it "who made the call is whole"
record '{ $.userIdentity.type = Root }'
out_has '"type":"Root","principalId":"123456789012","arn":"arn:aws:iam::123456789012:root"'
record '{ $.userIdentity.type != IAMUser && $.userIdentity.type != Root }'
out_has '"type":"AssumedRole"'

it "what no table knows stays as it is asked"
record '{ $.eventName = Foo && $.eventSource = bar.amazonaws.com && $.userIdentity.type = "x y" }'
out_has '"eventSource":"bar.amazonaws.com","eventName":"Foo"'
run sample --cloudtrail --message-only '{ $.eventName NOT EXISTS && $.userIdentity NOT EXISTS }'
status_is 0
out_lacks eventName
out_lacks userIdentity
run sample --cloudtrail --message-only 'ERROR -WARN'
out_is 'ERROR'
run sample --cloudtrail '{ $.eventName = a && $.eventName = b }'
status_is 1

it "near misses are records, too, and just do not match"
for pattern in "$root" '{ $.eventName = StopLogging && $.errorCode NOT EXISTS }' '{ $.eventSource = "s3*" && $.eventName = "*Policy" }'; do
    run sample --cloudtrail --json "$pattern"
    misses=$(grep -o '"test":' <<<"$out" | wc -l)
    [[ $misses -ge 2 ]] || fail "$misses misses"
    "$CTFILTER" sample --cloudtrail "$pattern" | sed -n '/^These/,$s/^  {/{/p' >"$scratch/misses"
    [[ $(grep -c eventVersion "$scratch/misses") == "$misses" ]] || fail "not all are records"
    [[ $("$CTFILTER" match -c "$pattern" "$scratch/misses") == 0 ]] || fail "a miss matches: $pattern"
done

it "the benchmark's patterns are found by text, by meaning, or covered"
cat >"$scratch/filters" <<'END'
{($.eventName=CreateTrail) || ($.eventName=UpdateTrail) || ($.eventName=DeleteTrail) || ($.eventName=StartLogging) || ($.eventName=StopLogging)}
{ $.eventName = "ConsoleLogin" && $.errorMessage = "Failed authentication" }
{ $.eventSource = "kms.amazonaws.com" }
{ $.eventName = "ConsoleLogin" && $.additionalEventData.MFAUsed != "Yes" }
{ $.* = x || $.* != x }
not a pattern !
END
run cis "$scratch/filters"
status_is 1
out_has '3.5   CloudWatch.5   byte-equal  CloudTrail configuration changes'
out_has '3.6   CloudWatch.6   equivalent  console authentication failures'
out_has '3.7   CloudWatch.7   covered     customer managed keys'
out_has "(the benchmark's pattern)"
out_has '3.8   CloudWatch.8   missing     S3 bucket policy changes'
run cis --json "$scratch/filters"
out_has '"cis":"3.6","control":"CloudWatch.6"'
out_has '"byteEqual":false,"equivalent":true,"covered":true,"undecided":false'
run cis /nowhere/at/all.json
status_is 2

finish
