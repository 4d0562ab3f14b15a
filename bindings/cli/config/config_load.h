/* Telling what a document is, and reading each kind. */
#ifndef CLI_CONFIG_LOAD_H
#define CLI_CONFIG_LOAD_H

#include "config_object.h"

/* Adds what the bytes of a file hold; `file` is what messages call it and must live as long as the
 * configuration. */
void config_load_bytes(cli_config *config, const char *file, const void *bytes, size_t length);

/* Does a file hold a configuration, rather than patterns (patterns.h)? Decided by how it begins; what it says may still
 * be wrong. */
bool config_is_any(ctf_text text);

/* Is it what terraform show -json prints? */
bool config_is_terraform(const json_value *root);
void config_load_terraform(cli_config *config, const char *file, const json_value *root);

/* Is it in the API's words: an answer of describe-*, a single filter or alarm, a list of these, or a
 * configuration of our own? */
bool config_is_api(const json_value *root);
void config_load_api(cli_config *config, const char *file, const json_value *root, const config_dialect *words);

/* Tells keys that stand twice in an object, anywhere in a tree. Returns false when there are any. */
bool config_check_keys(cli_config *config, const char *file, const json_value *root);

#endif
