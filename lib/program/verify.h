/* The verifier: what it accepts can be run on any message without reading or jumping outside the image,
 * without looping and without overrunning the scratch. It shares no code with the interpreter. */
#ifndef CTFI_PROGRAM_VERIFY_H
#define CTFI_PROGRAM_VERIFY_H

#include "program/image.h"

/* Checks `length` bytes (8-byte aligned); CTF_OK or CTF_E_PROGRAM with the offset at fault in `error`. */
ctf_status ctfi_image_verify(const unsigned char *bytes, size_t length, ctf_error *error);

/* What the header's checksum should be, of an image of `size` bytes (at least a header). */
uint64_t ctfi_image_checksum(const unsigned char *bytes, size_t size);

#endif
