# What dump shows of a few patterns, exactly (dump.golden; `bash dump.sh --write` renews it).
. ./lib.sh

it "patterns of each kind, alone and together, are shown as in the golden text"
{
    while IFS= read -r pattern; do
        echo "### $pattern"
        "$CTFILTER" dump "$pattern"
    done <<'END'
{ $.eventName = "ConsoleLogin" }
{($.a.b[0]=1||$.a.b[*]!=x*)&&$.c IS TRUE}
ERROR "not found" -test
[ip, ..., status = 4*, bytes > 1000]
%fail(ed)?%
%fail[ed]+%
END
    echo "### together"
    "$CTFILTER" dump '{ $.a = 1 }' '{ $.a = 1 && $.b = 2 }' '{ $.b = 2 || $.a NOT EXISTS }'
} >"$scratch/dump" 2>&1
if [[ ${1:-} == --write ]]; then cp "$scratch/dump" dump.golden; fi
holds diff dump.golden "$scratch/dump"

it "a canonical pattern is its own canonical form and dumps to the same program"
run dump '{($.a.b[0]=1||$.a.b[*]!=x*)&&$.c IS TRUE}'
first=$out
canonical=$(sed -n '1s/^pattern 0: //p' <<<"$out")
run dump "$canonical"
[[ $(head -n 1 <<<"$out") == "pattern 0: $canonical" ]] || fail "$out"

it "a refused pattern is shown with the place and status 2"
run dump '{ $.eventName "ConsoleLogin" }'
status_is 2
err_has "^"
out_is ""

it "nothing to dump is misuse"
run dump
status_is 2

finish
