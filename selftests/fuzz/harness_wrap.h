/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the linker provides: by --wrap, NAME() is __wrap_NAME(), which calls
 * what was meant as __real_NAME().
 */
#ifndef HARNESS_WRAP_H
#define HARNESS_WRAP_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

void __wrap_exit(int status) __attribute__((noreturn));
void __real_exit(int status) __attribute__((noreturn));
int __wrap_atexit(void (*fn)(void));
FILE *__wrap_fopen(const char *name, const char *mode);
FILE *__real_fopen(const char *name, const char *mode);
int __wrap_access(const char *name, int mode);
int __real_access(const char *name, int mode);
void *__wrap_malloc(size_t size);
void *__real_malloc(size_t size);
void *__wrap_calloc(size_t n, size_t size);
void *__real_calloc(size_t n, size_t size);
void *__wrap_realloc(void *at, size_t size);
void *__real_realloc(void *at, size_t size);
char *__wrap_strdup(const char *text);
char *__real_strdup(const char *text);
int __wrap_asprintf(char **to, const char *fmt, ...);
int __wrap_vasprintf(char **to, const char *fmt, va_list args);
int __real_vasprintf(char **to, const char *fmt, va_list args);
void __wrap_free(void *at);
void __real_free(void *at);

/* how often each branch was taken, as the compiler has it counted */
extern uint8_t __start___sancov_cntrs[], __stop___sancov_cntrs[];

#endif /* HARNESS_WRAP_H */
