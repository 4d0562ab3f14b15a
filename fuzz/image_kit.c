#include "image_kit.h"

#include <string.h>

#include "program/verify.h"

const size_t image_element_sizes[CTFI_SECTION_COUNT] = {
#define X(id, type) sizeof(type),
    CTFI_SECTIONS(X)
#undef X
};

size_t image_section_room(const ctfi_image *head, size_t section)
{
    return ((size_t)head->sections[section].count * image_element_sizes[section] + 7) / 8 * 8;
}

/* Each section behind the one before it; returns where the last one ends. */
static uint64_t lay_out(ctfi_image *head)
{
    uint64_t at = sizeof *head;
    for (size_t i = 0; i < CTFI_SECTION_COUNT; i++) {
        head->sections[i].offset = (uint32_t)at;
        at += image_section_room(head, i);
    }
    return at;
}

size_t image_repair(unsigned char *bytes, size_t length)
{
    ctfi_image head;
    if (length < sizeof head)
        return 0;
    memcpy(&head, bytes, sizeof head);
    memcpy(head.magic, CTFI_IMAGE_MAGIC, sizeof head.magic);
    head.order = CTFI_IMAGE_ORDER;
    head.format = CTFI_IMAGE_FORMAT;
    uint64_t end = lay_out(&head);
    if (end > length)
        return 0;
    head.size = (uint32_t)end;
    memcpy(bytes, &head, sizeof head);
    head.checksum = ctfi_image_checksum(bytes, (size_t)end);
    memcpy(bytes, &head, sizeof head);
    return (size_t)end;
}
