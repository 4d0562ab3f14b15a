# However much of an input is held at a time, what is printed is the same: small and large, plain and compressed,
# whole, damaged and cut short.
. ./lib.sh

login='{"eventName":"ConsoleLogin","a":"}]\"","b":[{"c":[1]}]}'
other='{"eventName":"GetObject","eventTime":"2024-01-15T10:00:01Z"}'
quoted=${login//\\/\\\\}
quoted=${quoted//\"/\\\"}
pattern='{ $.eventName = "ConsoleLogin" }'
mkdir "$scratch/in"
here=$PWD
cd "$scratch/in" || exit 1

# records N: elements with commas between them, the last one wanted.
records() {
    local i
    for ((i = 1; i < $1; i++)); do
        printf '%s,' "$([[ $((i % 3)) -eq 0 ]] && echo "$login" || echo "$other $'\n'")"
    done | sed "s/[$]'.n'/ /g"
    printf '%s' "$login"
}
events() {
    local i
    for ((i = 1; i < $1; i++)); do printf '{"timestamp":%d,"message":"%s"},\n' "$i" "$quoted"; done
    printf '{"timestamp":0,"message":"x"}'
}

{
    printf '{"Records":[%s]}' "$(records 40)" >cloudtrail
    printf ' {"x":[1,{"Records":[2]}],"Rec\\u006frds" : [%s], "y":"Records", "Records":[%s],"Records": %s }\n' \
        "$(records 9)" "$(records 20)" "$login" >members
    printf '{"Records":%s,"Records":[],"Records":[ ],"z":{}}{"Records":[%s]}[%s]{"Records":[%s]}' \
        "$login" "$(records 5)" "$(records 7)" "$(records 5)" >several
    printf '\xef\xbb\xbf[ %s ] ' "$(records 30)" >array
    printf '[1,"ConsoleLogin",null,%s,[%s]]' "$(records 9)" "$(records 3)" >scalars
    printf '%s\n%s\n\n%s\r\n%s' "$login" "$other" "$login" "$login" >lines
    printf '%s\n\n  %s %s' "${login/,/,$'\n'}" "$other" "$login" >values
    printf '1 2,3"x"  {"a":1}{"eventName":"ConsoleLogin"}"x""ConsoleLogin" ]\\" x' >loose
    printf '{"events":[%s],"searchedLogStreams":[]}' "$(events 30)" >log-events
    printf '{"messageType":"DATA_MESSAGE","logEvents":[%s]}' "$(events 9)" >subscription
    printf '{"awslogs":{"data":"%s"}}' "$(gzip -c subscription | base64 -w 0)" >delivered
    printf '{"detail-type":"t","detail":%s}\n{"detail":%s,"detail-type":"t"}' "$login" "$login" >eventbridge
    printf '{"Records":[%s,,%s]}{"Records":[%s]}' "$(records 9)" "$login" "$(records 3)" >fault
    printf '{"Records":[%s' "$(records 20)" >open
    printf '{"Records":[%s,{"a":"}]\\\\""},%s]}{"Records":[%s]}' "$(records 5)" "$(records 2)" "$(records 9)" >odd-quote
    printf '{"Records":[%s,\\"{,\\\\"}",%s]}{"Records":[%s]}' "$(records 5)" "$(records 2)" "$(records 9)" >backslash
    printf '{"Records":[%s]]' "$(records 20)" >unpaired
    printf '{"Records":[%s' "$(printf '%0999d' 0 | tr 0 '[')" >deep
    printf '{"long":"%s","Records":[%s,{"eventName":"ConsoleLogin","x":"%s"},%s]}' "$(printf '%0999d' 0)" "$login" \
        "$(printf '%03000d' 0)" "$login" >long
    : >empty
    printf '\xef\xbb\xbf' >mark
    printf '\xef' >half-mark
}
for file in *; do gzip -nk "$file"; done
split -b 300 cloudtrail part. && for part in part.*; do gzip -nc "$part"; done >members.gz.joined && rm part.*
{ cat cloudtrail.gz; gzip -nc empty; cat array.gz; head -c 100 /dev/zero; } >padded
{ cat cloudtrail.gz; echo junk; } >junk
for cut in 1 5 20 100 400; do head -c -$cut cloudtrail.gz >"cut-$cut"; done
{ cat cloudtrail.gz; head -c 60 several.gz; } >cut-second
for at in 12 60 150 300; do
    { head -c $at cloudtrail.gz; printf 'XX'; tail -c +$((at + 3)) cloudtrail.gz; } >"damaged-$at"
done
size=$(stat -c %s lines.gz)
{ head -c $((size - 8)) lines.gz; printf 'XXXX'; tail -c 4 lines.gz; } >damaged-sum
{ printf '\x1f\x8b\x08\x02\0\0\0\0\0\x03\xa7\x77'; tail -c +11 lines.gz; } >header-sum
{ printf '\x1f\x8b\x08\x02\0\0\0\0\0\x03XX'; tail -c +11 lines.gz; } >damaged-header-sum
cd "$here" || exit 1

# same OPTION...: the same with whatever is held.
same() {
    local hold
    run match "$@"
    local whole=$out complaints=$err before=$status
    for hold in 1 2 13 100 300 1K 3K 20K; do
        run match --hold $hold "$@"
        [[ $out == "$whole" ]] || fail "--hold $hold prints something else: $*" \
            "$(diff <(printf '%s\n' "$whole") <(printf '%s\n' "$out") | head -5)"
        [[ $err == "$complaints" ]] || fail "--hold $hold complains of something else: $*" \
            "$(diff <(printf '%s\n' "$complaints") <(printf '%s\n' "$err"))"
        status_is $before
    done
}

it "what is held does not show"
same -c "$pattern" "$scratch/in"
same --json -j 1 "$pattern" "$scratch/in"
same --json -j 3 ConsoleLogin "$scratch/in"
same -v "$pattern" "$scratch/in"
same -c "" "$scratch/in"

it "nor where the kind is said"
for kind in cloudtrail array event log-events subscription eventbridge lines; do
    same -c --input $kind "$pattern" "$scratch/in"
    same -c --input $kind ConsoleLogin "$scratch/in"
done

it "a pipe brings the same"
for file in "$scratch"/in/*; do
    run match --json "$pattern" "$file"
    for hold in 1 300 1G; do
        piped=$("$CTFILTER" match --hold $hold --json "$pattern" < <(cat "$file") 2>/dev/null)
        [[ ${piped//(standard input)/$file} == "$out" ]] || fail "$file differs with --hold $hold" \
            "$(diff <(printf '%s\n' "$out") <(printf '%s\n' "$piped") | head -5)"
    done
done

it "a fault behind a message shows at its byte, wherever windows end"
for text in '[1,22,[3],[]x,4]' '[1,"22",3,""5,4]' '[1,[2],{}{},4]' '[1,2,33"4",5]'; do
    printf '%s' "$text" >"$scratch/fault"
    run match --input array "" "$scratch/fault"
    status_is 2
    whole="$out $err"
    for hold in {1..16}; do
        run match --hold $hold --input array "" "$scratch/fault"
        [[ "$out $err" == "$whole" ]] || fail "$text --hold $hold: $out $err"
    done
done

it "the limit counts alike"
for most in 1 50 1000 2K 5K; do same -c --max-inflated $most "$pattern" "$scratch/in/cloudtrail.gz" "$scratch/in/lines.gz"; done

finish
