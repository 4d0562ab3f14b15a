/* The frame of an image: header, sections, checksum; then the parts. */
#include "program/verify_parts.h"

#include "base/error.h"
#include "base/hash.h"

#define ALIGNMENT 8

static const uint32_t element_sizes[CTFI_SECTION_COUNT] = {
#define X(id, type) [CTFI_SECTION_##id] = sizeof(type),
    CTFI_SECTIONS(X)
#undef X
};

bool ctfi_verify_refuse(const ctfi_verifier *v, const void *at, const char *why)
{
    size_t offset = (size_t)((const unsigned char *)at - (const unsigned char *)v->image);
    ctfi_error_set(v->error, CTF_E_PROGRAM, CTF_ERROR_PROGRAM, offset, 0, NULL, "%s", why);
    return false;
}

bool ctfi_verify_string(const ctfi_verifier *v, const ctfi_string *string, uint32_t longest)
{
    uint32_t bytes = ctfi_image_count_of(v->image, CTFI_SECTION_BYTES);
    /* Compared without adding, which could wrap. */
    if (string->offset > bytes || string->length > bytes - string->offset)
        return ctfi_verify_refuse(v, string, "a string lies outside the bytes");
    return string->length <= longest || ctfi_verify_refuse(v, string, "a string is too long");
}

bool ctfi_verify_fact(const ctfi_verifier *v, const uint32_t *fact)
{
    return *fact < v->image->n_facts || ctfi_verify_refuse(v, fact, "no such fact");
}

bool ctfi_verify_fact_or_none(const ctfi_verifier *v, const uint32_t *fact)
{
    return *fact == CTFI_NONE || ctfi_verify_fact(v, fact);
}

bool ctfi_verify_share(const ctfi_verifier *v, const ctfi_range *range, ctfi_section_id id, uint32_t *cursor)
{
    /* The cursor never passes the count, so the difference does not wrap. */
    if (range->first != *cursor || range->count > ctfi_image_count_of(v->image, id) - *cursor)
        return ctfi_verify_refuse(v, range, "a range does not follow the one before it, or is too long");
    *cursor += range->count;
    return true;
}

bool ctfi_verify_spent(const ctfi_verifier *v, ctfi_section_id id, uint32_t cursor)
{
    return cursor == ctfi_image_count_of(v->image, id) ||
           ctfi_verify_refuse(v, &v->image->sections[id], "elements of a section belong to nobody");
}

uint64_t ctfi_image_checksum(const unsigned char *bytes, size_t size)
{
    const size_t before = offsetof(ctfi_image, checksum);
    const size_t behind = before + sizeof(uint64_t);
    return ctfi_hash(ctfi_hash(0, 0, bytes, before), 0, bytes + behind, size - behind);
}

static bool header(const ctfi_verifier *v, size_t length)
{
    const ctfi_image *image = v->image;
    if (memcmp(image->magic, CTFI_IMAGE_MAGIC, sizeof image->magic) != 0)
        return ctfi_verify_refuse(v, image->magic, "the bytes are no sealed program");
    if (image->order != CTFI_IMAGE_ORDER)
        return ctfi_verify_refuse(v, &image->order, "sealed on a machine of another byte order");
    if (image->format != CTFI_IMAGE_FORMAT)
        return ctfi_verify_refuse(v, &image->format, "sealed by another version of the format");
    if (image->size != length)
        return ctfi_verify_refuse(v, &image->size, "the size is not that of the bytes");
    return true;
}

/* Bytes that align the next section are zero. */
static bool gap(const ctfi_verifier *v, uint64_t from, uint64_t to)
{
    const unsigned char *bytes = (const unsigned char *)v->image;
    for (; from < to; from++)
        if (bytes[from] != 0)
            return ctfi_verify_refuse(v, bytes + from, "bytes between two sections");
    return true;
}

/* Each section begins where the one before it ended, so none overlap and all lie inside. Sums are of
 * 64 bits: a count times an element's size cannot wrap. */
static bool sections(const ctfi_verifier *v)
{
    uint64_t at = sizeof(ctfi_image);
    for (size_t i = 0; i < CTFI_SECTION_COUNT; i++) {
        const ctfi_section *section = &v->image->sections[i];
        if (section->offset != at)
            return ctfi_verify_refuse(v, &section->offset, "a section is out of its place");
        uint64_t end = at + (uint64_t)section->count * element_sizes[i];
        at = (end + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        if (at > v->image->size)
            return ctfi_verify_refuse(v, &section->count, "a section ends behind the image");
        if (!gap(v, end, at))
            return false;
    }
    return at == v->image->size || ctfi_verify_refuse(v, &v->image->size, "bytes behind the last section");
}

static bool sum(const ctfi_verifier *v)
{
    const ctfi_image *image = v->image;
    return image->checksum == ctfi_image_checksum((const unsigned char *)image, image->size) ||
           ctfi_verify_refuse(v, &image->checksum, "the checksum is wrong");
}

ctf_status ctfi_image_verify(const unsigned char *bytes, size_t length, ctf_error *error)
{
    const ctfi_verifier v = {(const ctfi_image *)(const void *)bytes, error};
    if (length < sizeof(ctfi_image))
        return ctfi_error_set(error, CTF_E_PROGRAM, CTF_ERROR_PROGRAM, length, 0, NULL,
                              "the bytes end within the header");
    bool good = header(&v, length) && sections(&v) && sum(&v) && ctfi_verify_patterns(&v) &&
                ctfi_verify_nodes(&v) && ctfi_verify_leaves(&v);
    return good ? CTF_OK : CTF_E_PROGRAM;
}
