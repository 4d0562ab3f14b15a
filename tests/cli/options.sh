# How lines are read, misused and helped.
. ./lib.sh

commands="match dump compile engine conform"

it "help tells every command"
run --help
status_is 0
for command in $commands; do out_has "  $command"; done

it "help of a command tells every option that completion offers"
for command in $commands; do
    run "$command" --help
    status_is 0
    help=$out
    run --generate fish
    names=$(grep "from $command'" <<<"$out" | sed -n 's/.* -l \([^ ]*\).*/\1/p')
    [[ -n $names ]] || fail "completion offers no option of $command"
    for name in $names; do
        [[ $help == *"--$name"* ]] || fail "$command --help lacks --$name"
    done
done

it "help is at most 79 columns wide"
for command in $commands; do
    run "$command" --help
    wide=$(grep -E '.{80}' <<<"$out")
    [[ -z $wide ]] || fail "$command: $wide"
done

it "no command is misuse, with help on stderr"
run
status_is 2
out_is ""
err_has "Usage: ctfilter COMMAND"

it "version tells name and number"
run --version
status_is 0
[[ $out =~ ^ctfilter\ [0-9]+\.[0-9]+\.[0-9]+$ ]] || fail "$out"

it "an unknown command is told with the nearest"
run mtach
status_is 2
err_has "unknown command 'mtach'; did you mean match?"

it "an unknown command far from all is told alone"
run zzzzzz
status_is 2
err_is "ctfilter: unknown command 'zzzzzz'
Try 'ctfilter --help'."

it "an unknown long option is told with the nearest"
run match --coutn x
status_is 2
err_is "ctfilter: match: unknown option --coutn; did you mean --count?
Try 'ctfilter match --help'."

it "the beginning of an option suggests it"
run conform --time=3 x
status_is 2
err_has "did you mean --timeout?"

it "a hidden option is never suggested"
run --generat man
status_is 2
[[ $err != *generate* ]] || fail "$err"

it "an unknown letter among bundled ones is told"
run match -cvZ x
status_is 2
err_has "unknown option -Z"

it "a missing argument is told"
run match -m
status_is 2
err_has "--max-count needs an argument: N"

it "an argument for a flag is refused"
run match --count=3 x
status_is 2
err_has "--count takes no argument"

it "numbers are whole, in range and nothing else"
for bad in x -1 1.5 "" 1x 18446744073709551616; do
    run match "--max-count=$bad" x
    status_is 2
    err_has "--max-count needs a whole number"
done
run match -j0 x
status_is 2
err_has "at least 1"

it "sizes take units of 1024 and refuse what overflows"
for bad in 1Q 1KK G 99999999999G 0; do
    run match "--max-inflated=$bad" x
    status_is 2
    err_has "--max-inflated needs a size"
done

it "a choice is one of its words"
run match --input=cloudtrial x
status_is 2
err_has "'cloudtrial' is none of auto, cloudtrail,"

it "bundled letters, joined and parted arguments and -- are read like getopt's"
printf 'one ERROR\ntwo -ERROR\nthree ERROR\n' >"$scratch/log"
for line in "-cm2" "-c -m2" "-c -m 2" "-c --max-count=2" "-c --max-count 2"; do
    run match $line ERROR "$scratch/log"
    status_is 0
    out_is 2
done
run match ERROR "$scratch/log" -c
out_is 3
run match -c -- '-ERROR' "$scratch/log"
status_is 1
out_is 0

it "output that cannot be written is an error"
if [[ -e /dev/full ]]; then
    "$CTFILTER" --help >/dev/full 2>"$scratch/err"
    status=$? err=$(<"$scratch/err")
    status_is 2
    err_has "standard output"
fi

it "a reader that went away costs no message"
"$CTFILTER" --help 2>"$scratch/err" | true
err=$(<"$scratch/err")
err_is ""

it "what contradicts itself is refused"
while read -r words; do
    run $words
    status_is 2
    err_has "${words%% *}: --"
    err_has "Try 'ctfilter ${words%% *} --help'."
done <<'END'
match --json --format test-metric-filter x /dev/null
match --extract $.a --format test-metric-filter x /dev/null
sample --json --message-only x
explain -n 1 x
explain --each x
explain --each -n 1 x /dev/null
END

it "-q is quiet in every form"
for command in equiv implies; do
    run $command -q --json a b
    status_is 1
    out_is ""
done

it "a file without an end is refused"
if [[ -r /dev/zero ]]; then
    for option in -f --program; do
        run match $option /dev/zero /dev/null
        status_is 2
        err_is "ctfilter: /dev/zero: larger than 268435456 bytes"
    done
fi

it "standard input is read once"
while read -r words; do
    feed 'x\n' $words
    status_is 2
    err_has "${words%% *}: standard input can be read only once"
done <<'END'
match -f -
match -f - -
match x - -
match -f - -f - /dev/null
match --program -
check -f - --corpus -
check - -
cis - -f -
replay - --events -
replay /dev/null --events - --events -
replay /dev/null --events - -
replay - --against - --events /dev/null
END
feed 'x\n' match -f - /dev/null
status_is 1
feed 'x\n' match -c x -
out_is 1

finish
