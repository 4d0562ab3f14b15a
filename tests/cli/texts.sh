# The manual page and the completions are well-formed for who reads them, where those are installed.
. ./lib.sh

for what in man markdown bash zsh fish; do
    it "$what is generated"
    run --generate "$what"
    status_is 0
    [[ -n $out ]] || fail "empty"
    printf '%s\n' "$out" >"$scratch/$what"
done

# A page without a date stays the same from build to build.
lint() { mandoc -T lint -W warning "$1" | grep -v 'missing date'; }
cp "$scratch/man" "$scratch/ctfilter.1"

it "the manual page has no fault that mandoc or groff finds"
if has mandoc; then
    said=$(lint "$scratch/ctfilter.1")
    [[ -z $said ]] || fail "$said"
fi
if has groff; then silent groff -ww -man -Tutf8 -z "$scratch/man"; fi

it "the manual page tells all options and the long sections"
for word in "max\\-inflated" "SH \"EXIT STATUS\"" "SH \"PATTERN FILES\"" "SH \"INPUTS\"" "SH \"EXAMPLES\""; do
    grep -qF -- "$word" "$scratch/man" || fail "lacks $word"
done

it "shells can read their completions"
silent bash -n "$scratch/bash"
if has zsh; then silent zsh -n "$scratch/zsh"; fi
if has fish; then silent fish -n "$scratch/fish"; fi

# What bash offers behind the words of a line, the last of which is being typed.
offers() {
    bash -c 'source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _ctfilter 2>/dev/null
             printf "%s " "${COMPREPLY[@]}"' - "$scratch/bash" "$@"
}

it "bash completes commands, options, choices and files"
[[ $(offers ctfilter ma) == "match " ]] || fail "commands: $(offers ctfilter ma)"
[[ $(offers ctfilter match --max-c) == "--max-count " ]] || fail "options: $(offers ctfilter match --max-c)"
[[ $(offers ctfilter match --input cloud) == "cloudtrail " ]] || fail "choices"
[[ $(offers ctfilter match --input = cloud) == "cloudtrail " ]] || fail "choices behind ="
[[ $(offers ctfilter match --input =) == *"cloudtrail "* ]] || fail "all choices behind ="
[[ $(offers ctfilter compile -o "$scratch/fi") == "$scratch/fish " ]] || fail "files"
[[ $(offers ctfilter engine "$scratch/fi") == " " ]] || fail "engine takes no files"

it "fish completes commands and choices"
if has fish; then
    said=$(fish --no-config -c "source $scratch/fish; complete -C 'ctfilter match --input=cloud'")
    [[ $said == *cloudtrail* ]] || fail "$said"
    said=$(fish --no-config -c "source $scratch/fish; complete -C 'ctfilter mat'")
    [[ $said == match* ]] || fail "$said"
fi

finish
