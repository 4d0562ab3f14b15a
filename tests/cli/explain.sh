# What explain prints, how it exits, and that the reasons why patterns never match come out in one command.
. ./lib.sh

event='{"eventName":"ConsoleLogin","errorMessage":"Failed authentication","ok":true,"userIdentity":{"invokedBy":"x"}}'
other='{"eventName":"GetObject","ok":false}'

it "without a message the pattern is told in words"
run explain '{ $.a = x* && ($.b > 3 || $.c NOT EXISTS) }'
status_is 0
out_is 'Matches a message that is one JSON object, where
  all of
    $.a begins with "x"
    any of
      $.b is a number greater than 3
      $.c is not there'

it "a match exits with 0 and tells what each test saw"
feed "$event" explain '{ $.eventName = ConsoleLogin }' -
status_is 0
out_is '(standard input): match

> true    $.eventName = ConsoleLogin  "ConsoleLogin"'

it "!= on an absent field"
feed "$other" explain '{ $.eventName = GetObject && $.errorCode != "x" }' -
status_is 1
out_is '(standard input): no match

  false   all of
  true      $.eventName = GetObject  "GetObject"
> absent    $.errorCode != "x"

To match, the test marked > would have to be true as well.

  $.errorCode != "x"
    != is false where there is nothing to compare. To take in messages without the field, say so.
      ($.errorCode NOT EXISTS || $.errorCode != "x")    (with it the pattern matches)'

it "a selector without its dollar and dot"
feed "$event" explain '{ eventName = ConsoleLogin }' -
status_is 2
err_has 'write $.eventName'

it "a quoted regular expression"
feed "$event" explain '{ $.eventName = "%^Console%" }' -
status_is 1
out_has '$.eventName = %^Console%    (with it the pattern matches)'

it "a boolean compared with text"
feed "$event" explain '{ $.ok = true }' -
status_is 1
out_has '> type    $.ok = true  true (boolean)'
out_has '$.ok IS TRUE    (with it the pattern matches)'

it "the wrong end of a wildcard"
feed "$event" explain '{ $.errorMessage = "*Failed" }' -
status_is 1
out_has '$.errorMessage = "Failed*"    (with it the pattern matches)'

it "a key one level elsewhere"
feed "$event" explain '{ $.invokedBy = x }' -
out_has 'Nothing is at $.invokedBy; did you mean $.userIdentity.invokedBy?'

it "a message that is no JSON is told with its place"
feed 'INFO {"a":1}' explain '{ $.a = 1 }' - --input lines
status_is 1
out_has 'the message is not one JSON object: text that does not begin with a brace {, at byte 0: "INFO'
out_has 'other text stands before the object'

it "of several messages each test is counted, and the nearest explained"
feed "$other\n$event\n" explain '{ $.eventName = ConsoleLogin && $.ok IS FALSE }' -
status_is 1
out_has '2 messages, none matches.'
out_has '         1  $.eventName = ConsoleLogin'
out_has 'The one that comes nearest to a match:
(standard input), message 1: no match'

it "of messages as near to a match, the one with the rarer test is explained"
printf '{"eventName":"A","errorCode":"x"}\n{"eventName":"B","errorCode":"x"}\n{"eventName":"C"}\n' >"$scratch/near"
run explain '{ $.eventName = C && $.errorCode != y }' "$scratch/near"
out_has "$scratch/near, message 3: no match"
out_has '($.errorCode NOT EXISTS || $.errorCode != y)    (with it the pattern matches)'

it "a message that matches what was meant is explained before all others"
run explain '{ $.eventName = "%^C$%" }' "$scratch/near"
out_has "$scratch/near, message 3: no match"
out_has '$.eventName = %^C$%    (with it the pattern matches)'

it "of several messages the first that matches is explained"
feed "$other\n$event\n$event\n" explain '{ $.eventName = ConsoleLogin }' -
status_is 0
out_has '3 messages, 2 match.'
out_has '(standard input), message 2: match'

it "--number and --each choose"
feed "$other\n$event\n" explain -n 1 '{ $.eventName = ConsoleLogin }' -
status_is 1
out_has '> false   $.eventName = ConsoleLogin  "GetObject"'
feed "$other\n$event\n" explain --each '{ $.eventName = ConsoleLogin }' -
status_is 0
out_has 'message 1: no match'
out_has 'message 2: match'
feed "$other\n" explain -n 2 '{ $.eventName = ConsoleLogin }' -
status_is 2

it "a line is shown as it was split"
feed '1.2.3.4 "GET /x" 404 7\n' explain '[ip, request, status = 4*]' -
status_is 0
out_has '    3  "404"  status (the last field: all from here to the end of the line)'
feed 'a b\n' explain '[x, y, z]' -
status_is 1
out_has 'the line has 2 tokens, and the pattern asks for at least 3'

it "terms are told with their places"
feed 'an ERROR, ERROR and error\n' explain 'ERROR -warn ?x' -
status_is 0
out_has 'at byte 3: "ERROR", at byte 10: "ERROR"'
out_has '  ignored   ?x'

it "--json tells the same"
feed "$event" explain --json '{ $.eventName = x || ($.ok = true && $.a = 1) }' -
status_is 1
out_is '{"pattern":"{ $.eventName = x || ($.ok = true && $.a = 1) }","kind":"json","reads":"a message that is one JSON object","file":"(standard input)","index":0,"match":false,"tree":{"outcome":"false","any":[{"outcome":"false","test":"$.eventName = x","words":"$.eventName is \"x\"","offset":2,"length":15,"decisive":true,"seen":[{"path":"$.eventName","type":"string","text":"ConsoleLogin","offset":13,"length":14}]},{"outcome":"false","all":[{"outcome":"type","test":"$.ok = true","words":"$.ok is \"true\"","offset":22,"length":11,"decisive":false,"seen":[{"path":"$.ok","type":"boolean","text":"true","offset":72,"length":4}]},{"outcome":"absent","test":"$.a = 1","words":"$.a is the number 1 or the text \"1\"","offset":37,"length":7,"decisive":false,"seen":[]}]}]},"hints":[]}'
run explain --json '?a ?b'
out_is '{"pattern":"?a ?b","kind":"text","reads":"any message","tree":{"any":[{"test":"?a","words":"the message contains \"a\"","offset":0,"length":2},{"test":"?b","words":"the message contains \"b\"","offset":3,"length":2}]}}'
feed "$other\n$event\n" explain --json '{ $.a = 1 }' -
out_has '{"pattern":"{ $.a = 1 }","kind":"json","reads":"a message that is one JSON object","messages":2,"matches":0,"unread":0,"tests":[{"test":"$.a = 1","true":0}]}'

it "hostile values print nothing that a terminal obeys"
printf '{"a":"\\u001b[31m\\u202e"}' >"$scratch/e"
run explain '{ $.a = x }' "$scratch/e"
[[ $out != *$'\e'* && $out != *$'\u202e'* ]] || fail "$out"

it "misuse is told"
run explain
status_is 2
run explain -n 1 --each x -
status_is 2
run explain x /nowhere/at/all
status_is 2

it "one message is one message"
feed 'x\n' explain -n 2 x -
status_is 2
err_is "ctfilter: explain: there is 1 message only"
feed 'x\nx\n' explain -n 3 x -
err_is "ctfilter: explain: there are 2 messages only"

finish
