/* YAML as the tree of json_in.h.
 *
 * One document of a stream is read, with libyaml's events. What is plain and spelled as JSON spells a null
 * (also ~ and nothing), a truth value or a number is one, and keeps its spelling as its text; every other
 * scalar is a string. The short forms of templates become the objects they stand for: !Ref x is
 * {"Ref": x}, !Sub x is {"Fn::Sub": x} and so on, with `tagged` set. Aliases are copies of what they name.
 *
 * Refused are: a second document, keys that are no scalars, tags that mean something else, an alias within
 * what it names, and what would grow without bound: depth beyond JSON_DEPTH, more anchors, aliases or
 * copied values than below. Lines and columns are those of the source; a tagged object's is the tag's. */
#ifndef CLI_CONFIG_YAML_H
#define CLI_CONFIG_YAML_H

#include "json_in.h"

#define YAML_ANCHORS 1000
#define YAML_ALIASES 10000
#define YAML_COPIES 200000

/* Reads a document of at most `most` values. Returns NULL and fills *error, its offset excepted, when it is
 * refused. */
json_document *yaml_read(const void *bytes, size_t length, size_t most, json_error *error);

#endif
