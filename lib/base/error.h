/* Filling a ctf_error: the only place that writes one. Every function accepts error == NULL. */
#ifndef CTFI_BASE_ERROR_H
#define CTFI_BASE_ERROR_H

#include <stdarg.h>

#include <ctfilter/error.h>

/* Clears the error to CTF_OK. */
void ctfi_error_clear(ctf_error *error);

/* Sets all fields; texts that do not fit are cut at a code point. service may be NULL. Returns
 * `status`, so that a failing function can return the call. */
ctf_status ctfi_error_set(ctf_error *error, ctf_status status, ctf_error_kind kind, size_t offset,
                          size_t length, const char *service, const char *format, ...)
    __attribute__((format(printf, 7, 8)));
ctf_status ctfi_error_setv(ctf_error *error, ctf_status status, ctf_error_kind kind, size_t offset,
                           size_t length, const char *service, const char *format, va_list arguments)
    __attribute__((format(printf, 7, 0)));

#endif
