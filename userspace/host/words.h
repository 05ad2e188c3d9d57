/* SPDX-License-Identifier: GPL-2.0-only */
/* The words of a line of the module's text files. */
#ifndef HD_WORDS_H
#define HD_WORDS_H

#include "pure/blocked.h"

const char *hd_next_word(char **line);
u64 hd_next_number(char **line, u64 absent);
void hd_next_text(char **line, char *to, size_t size);
void hd_next_who(char **line, struct hd_blocked_who *who);
u32 hd_find_name(const char *(*name)(u32 nth), u32 names, const char *word);

#endif /* HD_WORDS_H */
