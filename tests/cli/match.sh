# What match prints, how it exits, and which inputs it can read.
. ./lib.sh

login='{"eventVersion":"1.08","eventTime":"2024-01-15T10:00:00Z","eventName":"ConsoleLogin","n":7}'
other='{"eventVersion":"1.08","eventTime":"2024-01-15T10:00:01Z","eventName":"GetObject","n":8}'
pattern='{ $.eventName = "ConsoleLogin" }'
quoted=${login//\"/\\\"}
quoted_other=${other//\"/\\\"}
printf '{"Records":[%s,%s,%s]}' "$login" "$other" "$login" >"$scratch/trail.json"
printf '%s\n%s\n' "$login" "$other" >"$scratch/lines.json"
printf '%s\n' "$other" >"$scratch/none.json"

# both_ways KIND TEXT EXPECTED: the input's kind is told from a file, from a pipe, compressed, or said.
both_ways() {
    printf '%s' "$2" >"$scratch/input"
    run match "$pattern" "$scratch/input"
    out_is "$3"
    status_is 0
    err_is ""
    out=$("$CTFILTER" match "$pattern" <"$scratch/input")
    out_is "$3"
    out=$({ head -c 40 "$scratch/input"; sleep 0.1; tail -c +41 "$scratch/input"; } | "$CTFILTER" match "$pattern")
    out_is "$3"
    run match --input "$1" "$pattern" "$scratch/input"
    out_is "$3"
    gzip -kf "$scratch/input"
    run match "$pattern" "$scratch/input.gz"
    out_is "$3"
    rm "$scratch/input.gz"
}

it "a delivery file yields the bytes of its records"
both_ways cloudtrail "{\"Records\":[$login,$other, $login]}" "$login
$login"
both_ways cloudtrail "{\"a\":[1],\"Records\" : [ $other , $login ],\"b\":2}" "$login"

it "delivery files one behind another are read to the last"
both_ways cloudtrail "{\"Records\":[$login]}{\"Records\":[$other]}
{\"Records\":[$login]}" "$login
$login"

it "NDJSON yields its lines"
both_ways ndjson "$other
$login
$other" "$login"

it "an array yields its elements"
both_ways array "[ $login, $other
, $login ]" "$login
$login"

it "a pretty-printed event is printed as it is"
pretty='{
  "eventName": "ConsoleLogin"
}'
both_ways event "$pretty
{
  \"eventName\": \"GetObject\"
}
$pretty" "$pretty
$pretty"

it "the answer of filter-log-events yields its messages, decoded"
both_ways log-events "{\"events\":[{\"logStreamName\":\"s\",\"timestamp\":5,\"message\":\"$quoted\"},
{\"timestamp\":6,\"message\":\"$quoted_other\"}],\"searchedLogStreams\":[]}" "$login"

it "the answer of get-log-events with its keys in another order"
both_ways log-events "{\"nextForwardToken\":\"f/1\",\"events\":[{\"message\":\"$quoted\",\"timestamp\":5}]}" "$login"

it "a decoded subscription payload yields its messages"
payload="{\"messageType\":\"DATA_MESSAGE\",\"owner\":\"1\",\"logEvents\":[{\"id\":\"1\",\"timestamp\":5,\"message\":\"$quoted\"},{\"id\":\"2\",\"timestamp\":6,\"message\":\"$quoted_other\"}]}"
both_ways subscription "$payload" "$login"

it "a subscription payload as it is delivered is unpacked"
both_ways subscription "{\"awslogs\": {\"data\": \"$(printf '%s' "$payload" | gzip | base64 -w 0)\"}}" "$login"

it "a control message holds no log events"
printf '{"messageType":"CONTROL_MESSAGE","logEvents":[{"id":"1","timestamp":5,"message":"%s"}]}' "$quoted" >"$scratch/input"
run match "$pattern" "$scratch/input"
status_is 1
out_is ""
err_is ""

it "EventBridge events yield their detail"
both_ways eventbridge "{\"version\":\"0\",\"detail-type\":\"AWS API Call via CloudTrail\",\"detail\":$login}
{\"version\":\"0\",\"detail\":$other,\"detail-type\":\"AWS API Call via CloudTrail\"}" "$login"
both_ways eventbridge "[{\"detail-type\":\"t\",\"detail\":$login}]" "$login"

it "documents of different kinds may follow one another"
printf '%s\n' "{\"detail-type\":\"t\",\"detail\":$other}" "$login" "{\"Records\":[$other,$login]}" "[$login]" >"$scratch/input"
run match -c "$pattern" "$scratch/input"
out_is 3
printf '%s\n' "{\"Records\":[$login]}" "$login" "{\"detail-type\":\"t\",\"detail\":$login}" >"$scratch/input"
run match -c "$pattern" "$scratch/input"
out_is 3
out=$({ head -n 1 "$scratch/input"; sleep 0.1; tail -n +2 "$scratch/input"; } | "$CTFILTER" match -c "$pattern")
out_is 3

it "plain text yields its lines"
printf 'an ERROR\r\nfine\n\nERROR last' >"$scratch/input"
run match ERROR "$scratch/input"
out_is $'an ERROR\nERROR last'
feed 'an ERROR\nfine\n' match ERROR
out_is "an ERROR"

it "a byte order mark is no part of a message"
printf '\xef\xbb\xbf%s\n' "$login" >"$scratch/input"
run match "$pattern" "$scratch/input"
out_is "$login"
printf '\xef\xbb\xbf{"detail-type":"t","detail":%s}' "$login" >"$scratch/input"
run match -c "" "$scratch/input"
out_is 1

# shows N: the command that writes to $scratch/live has printed N lines before five seconds are over.
shows() {
    for _ in {1..50}; do
        [[ $(wc -l <"$scratch/live") -eq $1 ]] && return
        sleep 0.1
    done
    fail "$1 lines are due: $(<"$scratch/live")"
}

# live PATTERN WHOLE HALF REST: a message in a pipe is answered when it is complete, with the pipe open.
live() {
    rm -f "$scratch/pipe"
    mkfifo "$scratch/pipe"
    : >"$scratch/live"
    "$CTFILTER" match --extract '$.eventName' "$1" <"$scratch/pipe" >"$scratch/live" &
    exec 3>"$scratch/pipe"
    printf '%s\n%s' "$2" "$3" >&3
    shows 1
    printf '%s\n' "$4" >&3
    shows 2
    printf '%s\n%s' "$2" "$3" >&3
    shows 3
    printf '%s\n' "$4" >&3
    shows 4
    exec 3>&-
    wait $!
}

it "what arrives in a pipe is answered as soon as it is complete"
live ERROR "an ERROR" "another ER" "ROR"
live "$pattern" "$login" "${login:0:20}" "${login:20}"
live "$pattern" "${pretty:-$'{\n"eventName":"ConsoleLogin"\n}'}" $'{\n"eventName":' $'"ConsoleLogin"\n}'
live "$pattern" "{\"Records\":[$login]}" "{\"Reco" "rds\":[$login]}"
live "$pattern" "[$login]" "[" "$login]"

it "inputs print in their order, however late the first is"
rm -f "$scratch/pipe"
mkfifo "$scratch/pipe"
for i in {1..20000}; do echo "ERROR $i $login"; done >"$scratch/much"
{ exec 3>"$scratch/pipe"; sleep 0.5; echo "ERROR late" >&3; } &
"$CTFILTER" match -h -j 4 ERROR "$scratch/pipe" "$scratch/much" "$scratch/input" "$scratch/much" >"$scratch/got"
wait
{ echo "ERROR late"; cat "$scratch/much" "$scratch/much"; } | cmp - "$scratch/got" || fail "another order"

it "no match exits 1 and prints nothing"
run match "$pattern" "$scratch/none.json"
status_is 1
out_is ""
err_is ""

it "several inputs put the name before each match; -h and -H decide"
run match "$pattern" "$scratch/trail.json" "$scratch/lines.json"
out_is "$scratch/trail.json:$login
$scratch/trail.json:$login
$scratch/lines.json:$login"
run match -h "$pattern" "$scratch/trail.json" "$scratch/lines.json"
out_is "$login
$login
$login"
run match -H "$pattern" "$scratch/lines.json"
out_is "$scratch/lines.json:$login"
run match -H -h "$pattern" "$scratch/lines.json"
out_is "$login"

it "a directory is read to its depths, in the order of names"
mkdir -p "$scratch/d/b" "$scratch/d/.hidden"
cp "$scratch/lines.json" "$scratch/d/b/1.json"
cp "$scratch/trail.json" "$scratch/d/a.json"
cp "$scratch/none.json" "$scratch/d/c.json"
cp "$scratch/lines.json" "$scratch/d/.hidden/x"
ln -s .. "$scratch/d/b/loop"
ln -s ../c.json "$scratch/d/b/2.json"
mkfifo "$scratch/d/fifo"
run match -c "$pattern" "$scratch/d"
status_is 0
out_is "$scratch/d/.hidden/x:1
$scratch/d/a.json:2
$scratch/d/b/1.json:1
$scratch/d/b/2.json:0
$scratch/d/c.json:0"
run match -c "$pattern" "$scratch/d/"
out_has "$scratch/d/a.json:2"

it "any number of threads prints the same"
mkdir "$scratch/many"
for i in {100..400}; do
    for ((k = 0; k < i % 7; k++)); do echo "$login"; done >"$scratch/many/$i"
done
run match -j 1 "$pattern" "$scratch/many"
one=$out
for threads in 2 3 16; do
    run match -j $threads "$pattern" "$scratch/many"
    [[ $out == "$one" ]] || fail "-j $threads differs"
done

it "-c counts, -l lists, -q keeps quiet, -v inverts, -m stops"
run match -c "$pattern" "$scratch/trail.json"
out_is 2
run match -c "$pattern" "$scratch/none.json"
out_is 0
status_is 1
run match -l "$pattern" "$scratch/trail.json" "$scratch/none.json" "$scratch/lines.json"
out_is "$scratch/trail.json
$scratch/lines.json"
run match -q "$pattern" "$scratch/trail.json"
out_is ""
status_is 0
run match -q "$pattern" "$scratch/none.json"
status_is 1
run match -v "$pattern" "$scratch/trail.json"
out_is "$other"
run match -vc "$pattern" "$scratch/trail.json"
out_is 1
run match -m 1 "$pattern" "$scratch/trail.json" "$scratch/lines.json"
out_is "$scratch/trail.json:$login
$scratch/lines.json:$login"
run match -m0 "$pattern" "$scratch/trail.json"
status_is 1
out_is ""

it "counts as JSON"
run match -c --json "$pattern" "$scratch/trail.json"
out_is "{\"file\":\"$scratch/trail.json\",\"count\":2}"

it "JSON tells file, index, time, patterns and message"
run match --json "$pattern" "$scratch/trail.json"
out_is "{\"file\":\"$scratch/trail.json\",\"index\":0,\"timestamp\":1705312800000,\"patterns\":[1],\"extractedValues\":{},\"message\":\"$quoted\"}
{\"file\":\"$scratch/trail.json\",\"index\":2,\"timestamp\":1705312800000,\"patterns\":[1],\"extractedValues\":{},\"message\":\"$quoted\"}"

it "the log event's own time comes before the record's, the envelope's behind it"
feed "{\"events\":[{\"timestamp\":5,\"message\":\"$(sed 's/\\/\\\\/g' <<<"$quoted")\"}]}" match --json "$pattern"
out_has '"timestamp":5,'
feed '{"detail-type":"t","time":"1970-01-01T00:00:01Z","detail":{"a":1}}' match --json '{ $.a = 1 }'
out_has '"timestamp":1000,'
feed 'x\n' match --json x
out_has '"timestamp":null,'

it "values asked for are columns, or members of the JSON"
run match --extract '$.n' --extract '$.eventName' --extract '$.none' "$pattern" "$scratch/lines.json"
out_is $'7\tConsoleLogin\t-'
run match --json --extract '$.n' --extract '$.eventName' --extract '$.none' "$pattern" "$scratch/lines.json"
out_has '"values":{"$.n":7,"$.eventName":"ConsoleLogin"}'
feed '1.2.3.4 GET 200\n' match --extract '$ip' --extract '$3' '[ip, method, ]'
out_is $'1.2.3.4\t200'
feed '{"a":"x\\ty\\nz\\\\"}\n' match --extract '$.a' '{ $.a = * }'
out_is 'x\ty\nz\\'

it "a bad selector is refused with its place"
run match --extract '$.a[*]' "$pattern" "$scratch/lines.json"
status_is 2
err_has 'selector:1:'
run match --extract 'a' "$pattern" "$scratch/lines.json"
status_is 2

it "the answer of test-metric-filter"
feed '1.2.3.4 GET 200\n1.2.3.4 GET 404\n' match --format test-metric-filter '[ip, , status = 404]'
out_is '{"matches":[{"eventNumber":2,"eventMessage":"1.2.3.4 GET 404","extractedValues":{"$ip":"1.2.3.4","$2":"GET","$status":"404"}}]}'
feed 'x\n' match --format test-metric-filter y
out_is '{"matches":[]}'
status_is 1

it "several patterns: each match says which"
printf '# comment\n{ $.eventName = "ConsoleLogin" }\n\n{ $.n > 6 }\n' >"$scratch/patterns"
run match -f "$scratch/patterns" "$scratch/lines.json"
out_is "[1, 2] $login
[2] $other"
printf '{"filterName":"login","filterPattern":"{ $.eventName = \\"ConsoleLogin\\" }"}\n{"name":"big","pattern":"{ $.n > 7 }"}\n' >"$scratch/patterns"
run match --json -f "$scratch/patterns" "$scratch/lines.json"
out_has '"patterns":["login"]'
out_has '"patterns":["big"]'

it "patterns as describe-metric-filters prints them"
printf '{\n "metricFilters": [\n  {"filterName": "login", "filterPattern": "{ $.eventName = \\"ConsoleLogin\\" }", "metricTransformations": []},\n  {"filterName": "all", "filterPattern": ""}\n ]\n}\n' >"$scratch/patterns"
run match -f "$scratch/patterns" "$scratch/lines.json"
out_is "[login, all] $login
[all] $other"

it "several pattern files add up; patterns may come from standard input"
printf 'Console\n' >"$scratch/one"
printf 'GetObject\n' >"$scratch/two"
run match -f "$scratch/one" -f "$scratch/two" "$scratch/lines.json"
out_is "[1] $login
[2] $other"
feed 'GetObject\n' match -f - "$scratch/lines.json"
out_is "$other"

it "an error in a pattern file points at its line"
printf '# comment\nERROR\n{ $.a "b" }\n' >"$scratch/patterns"
run match -f "$scratch/patterns" "$scratch/lines.json"
status_is 2
out_is ""
err_has "$scratch/patterns:3:7: "
printf '{"filterName":"bad","filterPattern":"{ $.a }"}\n' >"$scratch/patterns"
run match -f "$scratch/patterns" "$scratch/lines.json"
status_is 2
err_has "$scratch/patterns:1: pattern bad:1:"
printf '{"filterName":"bad"}\n' >"$scratch/patterns"
run match -f "$scratch/patterns" "$scratch/lines.json"
status_is 2
err_has "$scratch/patterns:1: "
printf '{"filterName":\n' >"$scratch/patterns"
run match -f "$scratch/patterns" "$scratch/lines.json"
status_is 2
err_has "$scratch/patterns:"
printf '# nothing\n' >"$scratch/patterns"
run match -f "$scratch/patterns" "$scratch/lines.json"
status_is 2
err_has "holds no pattern"

it "a compiled program says the same"
run compile -o "$scratch/program" "$pattern"
status_is 0
run match --program "$scratch/program" "$scratch/trail.json"
out_is "$login
$login"
head -c 40 "$scratch/program" >"$scratch/damaged"
run match --program "$scratch/damaged" "$scratch/trail.json"
status_is 2
err_has "$scratch/damaged: byte "

it "stats tell what was read, on standard error"
run match --stats -c "$pattern" "$scratch/trail.json" "$scratch/lines.json"
err_has "messages   5"
err_has "selected   3"
err_has "pattern    3  1"
err_has "inputs     2"

it "no progress bar where standard error is no terminal"
err_lacks() { [[ $err != *"$1"* ]] || fail "stderr has: $1"; }
err_lacks $'\r'

finish
