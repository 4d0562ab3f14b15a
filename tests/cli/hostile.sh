# Inputs that are damaged, huge, deep or not what they seem: named, and the rest goes on.
. ./lib.sh

login='{"eventName":"ConsoleLogin"}'
pattern='{ $.eventName = "ConsoleLogin" }'
printf '{"Records":[%s]}' "$login" >"$scratch/good.json"

# limited KILOBYTES ARGUMENT...: runs the command in a bounded address space, unless it is built so that
# it cannot even start there.
limited() {
    local kilobytes=$1
    shift
    { (ulimit -v "$kilobytes" && "$CTFILTER" --version); } >/dev/null 2>&1 || kilobytes=unlimited
    out=$(ulimit -v "$kilobytes"; "$CTFILTER" "$@" 2>"$scratch/err" </dev/null)
    status=$?
    err=$(<"$scratch/err")
}

it "what cannot be read is named, the rest goes on, exit 2"
run match -c "$pattern" "$scratch/missing" "$scratch/good.json"
status_is 2
out_is "$scratch/good.json:1"
err_is "ctfilter: $scratch/missing: No such file or directory"

it "with -q a match outweighs a fault"
run match -q "$pattern" "$scratch/missing" "$scratch/good.json"
status_is 0
run match -q x "$scratch/missing" "$scratch/good.json"
status_is 2

it "a truncated gzip file is named"
gzip -k "$scratch/good.json"
head -c 30 "$scratch/good.json.gz" >"$scratch/cut.gz"
run match -h "$pattern" "$scratch/cut.gz" "$scratch/good.json.gz"
status_is 2
out_is "$login"
err_is "ctfilter: $scratch/cut.gz: byte 30: gzip data is cut short"
head -c 5 "$scratch/good.json.gz" >"$scratch/cut.gz"
run match "$pattern" "$scratch/cut.gz"
status_is 2
err_is "ctfilter: $scratch/cut.gz: byte 5: gzip data is cut short"

it "members before the damage are matched"
cat "$scratch/good.json.gz" "$scratch/cut.gz" >"$scratch/half.gz"
run match "$pattern" "$scratch/half.gz"
status_is 2
out_is "$login"

it "several members are one input"
cat "$scratch/good.json.gz" "$scratch/good.json.gz" >"$scratch/two.gz"
run match -c "$pattern" "$scratch/two.gz"
out_is 2
status_is 0
out=$("$CTFILTER" match -c "$pattern" <"$scratch/two.gz")
out_is 2

it "a gzip bomb is refused in bounded memory"
head -c 300000000 /dev/zero | gzip -1 >"$scratch/bomb.gz"
limited 400000 match --max-inflated 100M -h "$pattern" "$scratch/bomb.gz" "$scratch/good.json"
status_is 2
out_is "$login"
err_is "ctfilter: $scratch/bomb.gz: inflates to more than --max-inflated allows"
limited 400000 match --max-inflated 100M "$pattern" "$scratch/bomb.gz"
status_is 2

it "hits before the fault of a document are printed"
printf '{"Records":[%s,%s' "$login" "$login" >"$scratch/input"
run match "$pattern" "$scratch/input"
status_is 2
out_has "$login"
err_has "$scratch/input: byte "
printf '{"Records":[%s,]}' "$login" >"$scratch/input"
run match "$pattern" "$scratch/input"
status_is 2
out_is "$login"
printf '{"events":[{"message":"x1"},{"timestamp":1},{"message":"x2"}]}' >"$scratch/input"
run match x "$scratch/input"
status_is 2
out_is $'x1\nx2'
err_has "a log event without a message"

it "a bad subscription payload is named"
for data in '"???"' '"aGVsbG8="' '"H4sIAAAA"' 5; do
    printf '{"awslogs":{"data":%s}}\n{"messageType":"DATA_MESSAGE","logEvents":[{"message":"x1"}]}' "$data" >"$scratch/input"
    run match x "$scratch/input"
    status_is 2
    out_is x1
    err_has "$scratch/input: byte 11: "
done

it "empty inputs have no messages"
: >"$scratch/empty"
gzip -k "$scratch/empty"
for input in "$scratch/empty" "$scratch/empty.gz" /dev/null; do
    run match "" "$input"
    status_is 1
    out_is ""
    err_is ""
done
run match -c ""
out_is 0

it "a binary file is lines; zero bytes pass as they are, with a word"
printf 'a\0b ERROR\0\xff\n\0\n' >"$scratch/binary"
"$CTFILTER" match ERROR "$scratch/binary" >"$scratch/got" 2>"$scratch/err"
printf 'a\0b ERROR\0\xff\n' | cmp -s - "$scratch/got" || fail "$(od -c "$scratch/got")"
err=$(<"$scratch/err")
err_has "$scratch/binary: has zero bytes"
run match -c ERROR "$CTFILTER"
[[ $status -le 1 ]] || fail "exit status $status"

it "invalid UTF-8 is no match for JSON patterns and text for the others"
printf '{"a":"x\xff"}\n' >"$scratch/input"
run match -c '{ $.a = * }' "$scratch/input"
out_is 0
run match -c x "$scratch/input"
out_is 1
run match --json x "$scratch/input"
out_has '\"a\":\"x'$'\xef\xbf\xbd''\"'

it "a line of a hundred megabytes is one message"
{ head -c 100000000 /dev/zero | tr '\0' x; echo; echo "an ERROR"; } >"$scratch/long"
limited 1500000 match ERROR "$scratch/long"
status_is 0
out_is "an ERROR"
out=$("$CTFILTER" match -c xxx <"$scratch/long")
out_is 1

it "a line longer than --max-inflated is refused"
run match --max-inflated 10M ERROR "$scratch/long"
status_is 2
err_has "$scratch/long: a line or document is longer than --max-inflated allows"
rm "$scratch/long"

it "a document of any size is read in bounded memory, and what follows it"
{
    printf '{"a":1,"Records":[%s' "$login"
    for _ in {1..40000}; do printf ',{"eventName":"GetObject","a":"}]\\"","b":[{"c":[1]}]}\n,%s' "$login"; done
    printf ']} {"Records":[%s]}\n' "$login"
} >"$scratch/large"
run match -c "$pattern" "$scratch/large"
out_is 40002
limited 60000 match --max-inflated 1M --no-progress -j 1 -c "$pattern" "$scratch/large"
out_is 40002
status_is 0
run match --max-inflated 1M --json "$pattern" "$scratch/large"
chunked=$out
run match --json "$pattern" "$scratch/large"
[[ $chunked == "$out" ]] || fail "read in chunks it differs"
cat "$scratch/large" "$scratch/large" "$scratch/large" >"$scratch/larger"
limited 60000 match --max-inflated 1M --no-progress -j 1 -c "$pattern" "$scratch/larger"
out_is 120006
run match -c -m 30000 --max-inflated 1M "$pattern" "$scratch/large"
out_is 30000
head -c 3000000 "$scratch/large" >"$scratch/cut"
run match -c --max-inflated 1M "$pattern" "$scratch/cut"
status_is 2
err_has "$scratch/cut: byte "
chunked=$out
run match -c "$pattern" "$scratch/cut"
out_is "$chunked"
tr '\n' ' ' <"$scratch/large" | sed 's/.*"Records":\(\[{.*\]\)} {.*/\1/' >"$scratch/array"
run match -c --max-inflated 1M "$pattern" "$scratch/array"
out_is 40001
rm "$scratch/large" "$scratch/larger" "$scratch/cut" "$scratch/array"

it "compressed inputs of any size are read in bounded memory too"
{ yes "$login" | head -n 2000000; echo "an ERROR"; } | gzip -1 >"$scratch/large.gz"
limited 80000 match --no-progress -j 1 -c ERROR "$scratch/large.gz"
out_is 1
limited 80000 match --no-progress -j 1 -c "$pattern" "$scratch/large.gz"
out_is 2000000
{ printf '{"Records":['; yes "$login," | head -n 1500000; printf '1]}'; } | gzip -1 >"$scratch/large.gz"
limited 80000 match --no-progress -j 1 -c "$pattern" "$scratch/large.gz"
out_is 1500000
head -c 100000 "$scratch/large.gz" >"$scratch/cut.gz"
limited 80000 match --no-progress -j 1 -c "$pattern" "$scratch/cut.gz"
status_is 2
err_is "ctfilter: $scratch/cut.gz: byte 100000: gzip data is cut short"
[[ $out -gt 10000 ]] || fail "of what could be read $out matched"
rm "$scratch/large.gz" "$scratch/cut.gz"

it "a tree is listed as it is reached"
mkdir "$scratch/wide"
(cd "$scratch/wide" && mkdir {000..199} && for d in *; do (cd "$d" && touch {1..50} && echo an ERROR >x); done)
run match -c ERROR "$scratch/wide"
status_is 0
[[ $(wc -l <<<"$out") -eq 10200 ]] || fail "$(wc -l <<<"$out") counts"
sed 's/:[01]$//' <<<"$out" | LC_ALL=C sort -c || fail "another order"
run match -m 1 -h ERROR "$scratch/wide"
[[ $(wc -l <<<"$out") -eq 200 ]] || fail "$(wc -l <<<"$out") matches"
rm -r "$scratch/wide"

it "a file that shrinks while it is read is merely shorter"
for _ in {1..20000}; do echo "$login"; done >"$scratch/shrinks"
"$CTFILTER" match --hold 1 -c "$pattern" "$scratch/shrinks" >"$scratch/out" 2>"$scratch/err" &
: >"$scratch/shrinks"
wait $!
status=$?
err=$(<"$scratch/err")
[[ $status -le 1 ]] || fail "exit status $status: $err"
err_is ""

it "an error of the device is told, and the rest goes on"
if [[ -r /proc/self/mem ]]; then
    run match -h "$pattern" /proc/self/mem "$scratch/good.json"
    status_is 2
    out_is "$login"
    err_is "ctfilter: /proc/self/mem: Input/output error"
fi

it "a million open brackets are survived"
head -c 1000000 /dev/zero | tr '\0' '{' >"$scratch/deep"
run match -c "$pattern" "$scratch/deep"
status_is 1
out_is 0
for kind in cloudtrail ndjson array event log-events subscription eventbridge lines; do
    run match --input $kind -c "$pattern" "$scratch/deep"
    [[ $status -eq 1 || $status -eq 2 ]] || fail "$kind: exit status $status"
done
{ printf '{"Records":[{"a":'; head -c 1000000 /dev/zero | tr '\0' '['; } >"$scratch/deep"
run match -c "$pattern" "$scratch/deep"
status_is 2
{ printf '{"a":'; head -c 500000 /dev/zero | tr '\0' '['; head -c 500000 /dev/zero | tr '\0' ']'; printf ',"eventName":"ConsoleLogin"}'; } >"$scratch/deep"
run match -c "$pattern" "$scratch/deep"
[[ $status -le 1 ]] || fail "exit status $status"

it "a configuration has at most 64 MiB"
truncate -s 67108864 "$scratch/input.json"
run check "$scratch/input.json"
[[ $err$out != *"larger than"* ]] || fail "$err"
truncate -s 67108865 "$scratch/input.json"
run check "$scratch/input.json"
status_is 2
err_is "ctfilter: $scratch/input.json: larger than 67108864 bytes"
rm "$scratch/input.json"

it "a configuration has at most 2,000,000 values"
values() { printf '{"metricFilters":[],"x":[1'; head -c "$1" /dev/zero | sed 's/\x0/,1/g'; printf ']}'; }
values 1999996 >"$scratch/input.json"
run check "$scratch/input.json"
out_has "unknown field x"
values 1999997 >"$scratch/input.json"
run check "$scratch/input.json"
out_has "more than 2000000 values"
rm "$scratch/input.json"

it "a full disk is told"
if [[ -e /dev/full ]]; then
    "$CTFILTER" match "$pattern" "$scratch/good.json" >/dev/full 2>"$scratch/err"
    status=$?
    err=$(<"$scratch/err")
    status_is 2
    err_is "ctfilter: standard output: No space left on device"
fi

it "a full disk ends the work, whatever the threads"
if [[ -e /dev/full ]]; then
    for _ in {1..20000}; do echo "$login"; done >"$scratch/many"
    for threads in 1 4; do
        "$CTFILTER" match -j $threads "$pattern" "$scratch"/many "$scratch"/many "$scratch"/many >/dev/full 2>"$scratch/err"
        status=$?
        err=$(<"$scratch/err")
        status_is 2
        err_has "ctfilter: standard output: "
        [[ $(wc -l <"$scratch/err") -eq 1 ]] || fail "$err"
    done
fi

it "a standard output that is closed is told"
"$CTFILTER" match "$pattern" "$scratch/good.json" >&- 2>"$scratch/err"
status=$?
err=$(<"$scratch/err")
status_is 2
err_is "ctfilter: standard output: Bad file descriptor"

it "a standard input that is closed is told"
"$CTFILTER" match "$pattern" <&- >"$scratch/out" 2>"$scratch/err"
status=$?
err=$(<"$scratch/err")
status_is 2
err_is "ctfilter: (standard input): Bad file descriptor"

it "a reader that goes away ends the work without a word"
for _ in {1..20000}; do echo "$login"; done >"$scratch/many"
status=$({ "$CTFILTER" match "$pattern" "$scratch/many" "$scratch/many" 2>"$scratch/err"; echo $? >&2; } 2>&1 >/dev/null | cat)
"$CTFILTER" match "$pattern" "$scratch/many" "$scratch/many" 2>"$scratch/err" | head -n 1 >/dev/null
err=$(<"$scratch/err")
err_is ""

it "a name neither steers a terminal nor passes for a line of ours"
run match x $'a\nb\e[31m\xc2\x9b1m\x9b\xff\x7f\xc3\xa9'
status_is 2
err_is $'ctfilter: a b [31m 1m?? \xc3\xa9: No such file or directory'
run $'a\nb'
err_has "unknown command 'a b'"

it "a directory without rights is named, the rest goes on"
mkdir -p "$scratch/tree/closed" "$scratch/tree/open"
cp "$scratch/good.json" "$scratch/tree/closed/a.json"
cp "$scratch/good.json" "$scratch/tree/open/a.json"
chmod 000 "$scratch/tree/closed"
chmod 755 "$scratch" "$scratch/tree" "$scratch/tree/open"
as=()
[[ $(id -u) -eq 0 ]] && as=(setpriv --reuid 65534 --regid 65534 --clear-groups)
if [[ $(id -u) -ne 0 ]] || { has setpriv && "${as[@]}" "$CTFILTER" --version >/dev/null 2>&1; }; then
    out=$("${as[@]}" "$CTFILTER" match -c "$pattern" "$scratch/tree" 2>"$scratch/closed.err" </dev/null)
    status=$?
    err=$(<"$scratch/closed.err")
    status_is 2
    out_is "$scratch/tree/open/a.json:1"
    err_is "ctfilter: $scratch/tree/closed: Permission denied"
fi
chmod 755 "$scratch/tree/closed"

it "a broken link below a directory is named"
ln -s nowhere "$scratch/tree/open/link"
run match -c "$pattern" "$scratch/tree"
status_is 2
err_is "ctfilter: $scratch/tree/open/link: No such file or directory"

it "a directory on standard input is told"
"$CTFILTER" match x <"$scratch/tree" >"$scratch/out" 2>"$scratch/err"
status=$?
err=$(<"$scratch/err")
status_is 2
err_is "ctfilter: (standard input): Is a directory"

it "a pattern that is refused is shown with its place"
run match '{ $.eventName "ConsoleLogin" }' "$scratch/good.json"
status_is 2
err_has "pattern:1:"
err_has '  { $.eventName "ConsoleLogin" }'

finish
