/* The verifier: what it accepts can be run on any message without reading or jumping outside the image, without
 * looping and without overrunning the scratch. It shares no code with the interpreter but the hash and the order
 * of decimals, on which both must agree.
 *
 * What those who run an image rely on, and the check that gives it to them:
 *
 *   sections      lie one behind the other from the header to the end, aligned, gaps zero: none overlaps or
 *                 leaves the image, whatever its count                                    verify.c, sections
 *   strings       lie inside BYTES; all but names of patterns have CTFI_STRING_MAX at most   ctfi_verify_string
 *   facts         are below n_facts, or CTFI_NONE where nobody asks; n_facts + 1 is the number of TRIGGER_STARTS,
 *                 so that the bits and the list of facts are no larger than the image       ctfi_verify_fact, starts
 *   ranges        begin where the one before ended, and all of a section is spent: they are inside and nothing
 *                 has two owners                                                   ctfi_verify_share, _spent
 *   code          instructions follow each other without a gap, jumps go forward onto one of them, the last
 *                 is HALT: a run takes no more steps than there are words, CTFI_CODE_MAX        verify_code.c
 *   triggers      starts ascend from 0 to the number of triggers; the patterns of a fact, and ALWAYS, ascend and
 *                 exist: a pattern is run once and hits fit their room                      verify_patterns.c
 *   values        are of slots that exist in JSON patterns, of tokens in space-delimited ones, whose number the
 *                 message decides and tokens.c bounds; the ellipsis is one of the fields    verify_patterns.c
 *   nodes         the children met in order are 1, 2, 3 ...: each node but the first has one parent before it, so
 *                 the tree has no cycle, and depths, frames and places are sized by it         verify_nodes.c
 *   edges         array indexes ascend, for the binary search; classes of keys are those of the keys
 *   leaves, slots are taken in the order of their owners: each has one, n_slots of them in all
 *   tables        a power of two of slots, one of them free at least; each names an entry, each entry is found
 *                 within CTFI_PROBE_MAX steps: a search ends, and misses nothing that is there  verify_table.c
 *   needles       are of one byte at least, as kernels need them, and belong to the message   verify_leaves.c
 *   numbers       are digits without zeros around them, exponents within 2^62, ascending by value: comparing them
 *                 never wraps, and the binary search finds its place                       verify_leaves.c
 *   automata      starts ascend from 0 to all the words; a character's class is below the number of classes,
 *                 a table's entries are first places of rows, sets fill the words: a step stays inside and takes
 *                 one character, and the working memory is the largest one's size       verify_automaton.c
 *
 * Everything else may be anything: which facts a test sets, what texts say. Whoever can write an image decides its
 * verdicts, and nothing more. The probe (probe.h) is made from an image that has been verified. */
#ifndef CTFI_PROGRAM_VERIFY_H
#define CTFI_PROGRAM_VERIFY_H

#include "program/image.h"

/* Checks `length` bytes (8-byte aligned); CTF_OK or CTF_E_PROGRAM with the offset at fault in `error`. */
ctf_status ctfi_image_verify(const unsigned char *bytes, size_t length, ctf_error *error);

/* What the header's checksum should be, of an image of `size` bytes (at least a header). */
uint64_t ctfi_image_checksum(const unsigned char *bytes, size_t size);

#endif
