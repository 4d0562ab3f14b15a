/* Sealed programs as bytes that are to be damaged: their sections, and what makes the loader look at them. */
#ifndef FUZZ_IMAGE_KIT_H
#define FUZZ_IMAGE_KIT_H

#include <stddef.h>
#include <stdint.h>

#include "program/image.h"

/* The sizes of the sections' elements, in their order. */
extern const size_t image_element_sizes[CTFI_SECTION_COUNT];

/* The bytes of a section, to the next one's first. */
size_t image_section_room(const ctfi_image *head, size_t section);

/* Sets magic, byte order, format, size and checksum right, and lays the sections out by their counts. Returns
 * the length of the image; 0, and nothing is changed, where the bytes are fewer. */
size_t image_repair(unsigned char *bytes, size_t length);

#endif
