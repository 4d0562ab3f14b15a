#!/usr/bin/env bash
# The examples of a document are true: run.sh DOCUMENT SOURCE BUILD WORK CMAKE
#
# Installs BUILD and goes to an empty directory that shows the repository's tests/ and lib/. Every ```c block
# becomes the file that its first comment names. In every ```console block a line "$ command" is run and
# what follows is what it must print (both streams); a line "..." there stands for any lines, and "..." within a
# line for any characters. A line that ends in \ goes on.
set -euo pipefail
document=$1 source=$2 build=$3 work=$4 cmake=$5

rm -rf "$work"
mkdir -p "$work/here"
"$cmake" --install "$build" --prefix "$work/prefix" >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
lib=$(dirname "$(find "$work/prefix" -name libctfilter.so)")
export PATH=$work/prefix/bin:$PATH LD_LIBRARY_PATH=$lib PKG_CONFIG_PATH=$lib/pkgconfig
ln -s "$source/tests" "$source/lib" "$work/here"

# Splits the document into numbered files: N.command and N.expected, and the C files.
awk -v dir="$work" '
    /^```c$/ { in_c = 1; file = ""; next }
    /^```console$/ { in_console = 1; next }
    /^```/ { in_c = in_console = 0; close(file); next }
    in_c && file == "" { match($0, /[a-z_]+\.c/); file = dir "/here/" substr($0, RSTART, RLENGTH) }
    in_c { print > file }
    in_console && !goes_on && /^\$ / { n++; $0 = substr($0, 3); command = 1 }
    in_console && command { print > (dir "/" n ".command"); printf "" > (dir "/" n ".expected")
                            goes_on = /\\$/; command = goes_on; next }
    in_console { print > (dir "/" n ".expected") }
    END { print n + 0 > (dir "/count") }' "$document"

# Lines against lines, with "..." for any lines and any characters.
alike() {
    awk -v expected="$1" '
        function like(text, want,   parts, i, at, k) {
            k = split(want, parts, /\.\.\./)
            if (k == 1) return text == want
            if (substr(text, 1, length(parts[1])) != parts[1]) return 0
            text = substr(text, length(parts[1]) + 1)
            for (i = 2; i < k; i++) {
                at = index(text, parts[i])
                if (!at) return 0
                text = substr(text, at + length(parts[i]))
            }
            return length(text) >= length(parts[k]) && substr(text, length(text) - length(parts[k]) + 1) == parts[k]
        }
        BEGIN { while ((getline line < expected) > 0) want[++w] = line; at = 1 }
        {
            if (want[at] == "...") {
                if (at < w && like($0, want[at + 1])) at += 2
                next
            }
            if (at > w || !like($0, want[at])) { bad = 1; exit }
            at++
        }
        END { if (want[at] == "...") at++; exit bad || at <= w }'
}

failed=0
count=$(cat "$work/count")
[ "$count" -gt 0 ] || { echo "$document holds no example"; exit 1; }
for n in $(seq "$count"); do
    (cd "$work/here" && bash "$work/$n.command") >"$work/$n.printed" 2>&1 </dev/null || true
    if ! alike "$work/$n.expected" <"$work/$n.printed"; then
        echo "\$ $(cat "$work/$n.command")"
        diff "$work/$n.expected" "$work/$n.printed" | head -40 || true
        failed=$((failed + 1))
    fi
done
echo "$((count - failed)) of $count examples are true"
[ "$failed" = 0 ]
