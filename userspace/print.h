/* SPDX-License-Identifier: GPL-2.0-only */
/* What the reader says: to stdout, checked, and one line to stderr. */
#ifndef HD_PRINT_H
#define HD_PRINT_H

#include "pure/render.h"

extern struct hd_out hd_stdout;
/* called before a message that the program ends with; NULL: nothing is */
extern void (*hd_print_before_end)(void);

void hd_print_init(void);
__printf(1, 2)
void hd_print(const char *fmt, ...);
void hd_flush(void);
__printf(1, 2) __attribute__((noreturn))
void hd_die(const char *fmt, ...);

#endif /* HD_PRINT_H */
