/* SPDX-License-Identifier: GPL-2.0-only */
/* What the fuzzers share: the reader's code run again and again in one process. */
#ifndef HARNESS_H
#define HARNESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * typedef harness_fn - code of the reader
 * @priv: its own
 *
 * It may end the program, as it would, and may leave memory allocated.  All
 * that it prints must be lines of printable characters; a fuzzer ends where it
 * is not.
 *
 * Return: the exit status.
 */
typedef int harness_fn(void *priv);

int harness_run(harness_fn *fn, void *priv);
void harness_fork(harness_fn *fn, void *priv);

#define HARNESS_PATH	128

void harness_dir(char name[HARNESS_PATH]);

/* while this is not NULL, all files that fopen() opens have these bytes */
extern const uint8_t *harness_file;
extern size_t harness_file_size;

/* those of UTF-8, not of ASCII alone */
extern bool harness_utf8;

/* of libFuzzer */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif /* HARNESS_H */
