/* The words that every other header speaks: version, status, byte views, the allocator.
 *
 * libctfilter does no I/O, reads no clock, prints nothing, keeps no mutable global and never touches
 * the locale. Bytes in and out are views of pointer and length; nothing is NUL-terminated by contract
 * unless a declaration says so. */
#ifndef CTFILTER_TYPES_H
#define CTFILTER_TYPES_H

#include <stddef.h>
#include <stdint.h>

#if defined(_WIN32) || defined(__CYGWIN__)
#define CTF_API __declspec(dllexport)
#elif defined(__GNUC__)
#define CTF_API __attribute__((visibility("default")))
#else
#define CTF_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* The one place the version stands; the build system reads it from here. */
#define CTF_VERSION_MAJOR 0
#define CTF_VERSION_MINOR 1
#define CTF_VERSION_PATCH 0

/* What a fallible function answers. Results go through the last pointers and are NULL or zero when
 * the answer is not CTF_OK. */
typedef enum ctf_status {
    CTF_OK = 0,
    CTF_E_NOMEM,    /* the allocator returned NULL; nothing leaked, the object stays usable */
    CTF_E_ARGUMENT, /* the caller broke the contract of the function (NULL, unknown option, foreign index) */
    CTF_E_PATTERN,  /* the pattern is refused, as the service refuses it; ctf_error says where and why */
    CTF_E_LIMIT,    /* a documented limit (lib/README.md) was passed; ctf_error names it */
    CTF_E_PROGRAM,  /* the bytes are no sealed program of this format, or a damaged one */
    CTF_E_DOCUMENT, /* a buffer or stream is not framed as the caller said */
    CTF_E_BUSY,     /* the scratch is in use by another call */
    CTF_E_STOPPED,  /* a callback asked to stop */
    CTF_E_ABSENT    /* there is no such thing, or the build lacks this part (a core build has no stream reader) */
} ctf_status;

/* A view of bytes that somebody else owns. data may be NULL when length is 0. */
typedef struct ctf_text {
    const char *data;
    size_t length;
} ctf_text;

/* The allocator hook. resize(context, NULL, n) allocates, resize(context, block, n) grows or shrinks
 * keeping the content, resize(context, block, 0) frees and returns NULL. It must be callable from
 * every thread that uses an object made with it, and its blocks are aligned as malloc's are. The
 * library copies the struct; context must outlive every object made with it. NULL where an allocator
 * is optional means the C library's realloc and free. */
typedef struct ctf_allocator {
    void *(*resize)(void *context, void *block, size_t size);
    void *context;
} ctf_allocator;

/* A short constant name of a status ("CTF_E_NOMEM"), for logs; never NULL. */
CTF_API const char *ctf_status_name(ctf_status status);

/* The version of the library that is linked, "major.minor.patch"; a constant. */
CTF_API const char *ctf_library_release(void);

#ifdef __cplusplus
}
#endif

#endif
