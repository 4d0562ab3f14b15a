#!/usr/bin/env bash
# Dependencies between the rooms of the library point one way: rooms.sh ROOT
#
#   bindings -> alarm -> metric -> match, program -> pattern -> base
#   bindings -> reason ----------> match, program -> pattern -> base
#
# The compile side (pattern, and program but for the sealed program) and the match side meet only in
# program/{image,table,automaton,automaton_words,verify,probe}.h and opcodes.def. One file knows yajl. (That the
# library calls no I/O is for symbols.sh: snprintf lives in stdio.h.)
set -euo pipefail
cd "$1"

# Prints "FILE HEADER" for every #include; the header as it is written, with its < or ".
pairs() {
    find lib include bindings -type f \( -name '*.[ch]' -o -name '*.re' -o -name '*.def' -o -name '*.inc' \) 2>/dev/null |
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

pairs | rules
