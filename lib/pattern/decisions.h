/* Limits of the pattern language and the decisions about it that no evidence settles.
 *
 * Decisions ([open] in spec: filter-patterns; each is made in one place only):
 *   blank            space, tab, CR and LF wherever a pattern may have a blank, in a regex too  (1, 4)
 *   around { } [ ] % blanks before are refused as grammar, blanks behind as "must end with"      (1, 10)
 *   bare characters  a non-ASCII character must be a letter, in terms, names and values          (3)
 *   other \x         in quotes keeps its backslash; only \" and \\ are escapes                   (3)
 *   reserved         NULL, IS, NOT, EXISTS in any case are no bare values; TRUE and FALSE are    (5.1)
 *   .5 and 5.        are words, not numbers                                                      (5.1)
 *   a sign           + or - before anything but a number is lexical (-x, +5x, -1.2.3)            (5.1)
 *   selector         one lexeme, no blanks inside; ['...'] anywhere behind a dot, no escapes     (5.1)
 *   {} and [ ]       the first is refused, the second is []                                      (5.1, 6)
 *   ""               an empty value is accepted, an empty text term is not                       (3, 10)
 *   condition        brackets are accepted in a space-delimited field's condition                (6)
 *   names            of fields are case-sensitive and begin with a letter or _                   (6, 10)
 *   regex            {,n} is {0,n}; a { that starts no quantifier and a ] first in a class are
 *                    themselves; an empty branch matches everything; a second quantifier, nothing
 *                    to repeat, other escapes of letters and digits fail to compile              (4)
 *   \s               blank, \t, \n, \f, \r but not \v, as RE2 has it                             (silent)
 *   [:alpha:]        is refused, for engines read it differently                                 (silent)
 *   length           counts code points                                                          (10)
 *   order of errors  the first in the text wins, whatever its kind                               (silent) */
#ifndef CTFI_PATTERN_DECISIONS_H
#define CTFI_PATTERN_DECISIONS_H

#define CTFI_MAX_CHARACTERS 1024u  /* code points of a pattern [AWS-recorded] */
#define CTFI_MAX_REGEXES 2u        /* of a pattern [AWS-recorded] */
#define CTFI_MAX_WILDCARDS 3u      /* selectors with a wildcard, of a pattern [AWS-doc] */

#endif
