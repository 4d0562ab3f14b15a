#!/usr/bin/env bash
# Dependencies between the rooms of the library, and between those of the command, point one way: rooms.sh ROOT
#
#   bindings -> alarm -> metric -> match, program -> pattern -> base
#   bindings -> reason ----------> match, program -> pattern -> base
#
# The compile side (pattern, and program but for the sealed program) and the match side meet only in
# program/{image,table,automaton,automaton_words,verify,probe}.h and opcodes.def. One file knows yajl. (That the
# library calls no I/O is for symbols.sh: snprintf lives in stdio.h.)
#
# The rooms of the command stand in one row (bindings/cli/CMakeLists.txt): each includes from those before it. What lies
# beside them puts them together, and no room includes it.
set -euo pipefail
cd "$1"

# Prints "FILE HEADER" for every #include; the header as it is written, with its < or ".
pairs() {
    find lib include bindings -path bindings/python/build -prune -o -type f \( -name '*.[ch]' -o -name '*.re' -o -name '*.def' -o -name '*.inc' \) -print 2>/dev/null |
        LC_ALL=C sort | while read -r file; do
        sed -nE "s|^[[:blank:]]*#[[:blank:]]*include[[:blank:]]*([<\"][^\">]+).*|$file \1|p" "$file"
    done
}

rules() {
    awk '
    # Which room of the library a header "room/name" belongs to; "" for others.
    function room_of(path) { return match(path, /^(base|pattern|program|match|simd|metric|alarm|reason)\//) ? substr(path, 1, RLENGTH - 1) : "" }
    function sealed(path) { return path ~ /^program\/(image|table|automaton(_words)?|verify|probe)\.h$/ || path == "program/opcodes.def" }
    function sealed_file(file) { return file ~ /^lib\/program\/((image|table|automaton(_words)?|verify|probe)\.h|verify[a-z_]*\.[ch])$/ }
    function bad(why) { print FILENAME_OF ": " why ": " header; broken = 1 }

    BEGIN {
        may["base"] = " base "
        may["pattern"] = " pattern base "
        may["program"] = " program pattern base "
        may["simd"] = " simd base "
        may["match"] = " match simd base sealed "
        may["metric"] = " metric match base sealed "
        may["alarm"] = " alarm metric match base sealed "
        may["reason"] = " reason match simd program pattern base sealed "
        may["bindings"] = " base "
        may["include"] = " "
    }
    {
        FILENAME_OF = $1; quote = substr($2, 1, 1); header = substr($2, 2)
        room = $1; sub(/^lib\//, "", room); sub(/\/.*/, "", room)
        to = room_of(header)
    }
    !(room in may) { bad("a room that the rules do not name"); next }
    header ~ /^yajl\// {
        if ($1 !~ /^lib\/match\/stream_yajl\.c$/ && room != "bindings") bad("only match/stream_yajl.c includes yajl")
        next
    }
    header ~ /^ctfilter\// {
        if (room == "base" && header !~ /^ctfilter\/(types|error)\.h$/) bad("base knows nothing above it")
        next
    }
    to != "" {
        if (sealed_file($1) && to == "pattern") bad("the sealed program knows no pattern")
        else if (sealed_file($1) && to == "program" && !sealed(header) && header !~ /^program\/verify_[a-z_]*\.h$/) bad("the sealed program knows no compile side")
        else if (sealed(header) && index(may[room], " sealed ")) next
        else if (!index(may[room], " " to " ")) bad(room " does not include " to)
        next
    }
    room == "bindings" { next }
    quote == "\"" && header ~ /\// { bad("a path that is no room"); next }
    quote == "\"" && room != "include" { next }
    room == "include" && header !~ /^(stddef|stdint)\.h$/ { bad("a public header needs no more than stddef and stdint"); next }
    header ~ /^(locale|time|unistd|pthread|threads|signal|errno|fcntl|wchar|wctype|ctype)\.h$/ ||
    header ~ /^(sys|linux)\// { bad("the library does no I/O, knows no clock, no thread and no locale") }
    END {
        if (!NR) { print "no #include found"; exit 1 }
        exit broken
    }'
}

# Headers of the command are included by their name alone; "room NAME PLACE" says where each is.
cli_pairs() {
    find bindings/cli -name '*.h' -printf '%f %P\n' 2>/dev/null | sed 's|\(.*\) \(.*\)/.*|room \1 \2|; t; s|\(.*\) .*|room \1 .|'
    pairs | sed -n 's|^bindings/cli/||p'
}

cli_rules() {
    awk -v order="front text input config match reason check replay report engine suite manual" '
    function bad(why) { print "bindings/cli/" $1 ": " why ": " $2; broken = 1 }

    BEGIN { n = split(order, rooms, " "); for (i = 1; i <= n; i++) place[rooms[i]] = i; place["."] = n + 1 }
    $1 == "room" { at[$2] = $3; next }
    {
        room = index($1, "/") ? substr($1, 1, index($1, "/") - 1) : "."
        header = substr($2, 2)
    }
    !(room in place) { bad("a room that has no place in the row"); next }
    substr($2, 1, 1) == "\"" && header in at && place[at[header]] > place[room] { bad(room " stands before " at[header]) }
    END { exit broken }'
}

pairs | rules
cli_pairs | cli_rules
