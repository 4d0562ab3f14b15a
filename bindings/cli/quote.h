/* A text as other languages write it. */
#ifndef CLI_QUOTE_H
#define CLI_QUOTE_H

#include "blob.h"

/* Appends the text as a word of a POSIX shell, a scalar of YAML on one line, a string of JSON, of Terraform's
 * language, or a call of the CDK (in TypeScript and Python). The text is UTF-8 without NUL. */
void quote_sh(blob *out, ctf_text text);
void quote_yaml(blob *out, ctf_text text);
void quote_json(blob *out, ctf_text text);
void quote_hcl(blob *out, ctf_text text);
void quote_cdk(blob *out, ctf_text text);

#endif
