/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The numbers of syscalls as the build host's <asm/unistd*.h> has them, made
 * by truth.sh; without includes, since a foreign machine's headers need it so.
 */
#ifndef TRUTH_H
#define TRUTH_H

/* ends with a NULL name; a list of nothing else: the headers are not here */
struct truth {
	const char *name;
	unsigned int nr;
};

extern const struct truth truth_x86_64[];
extern const struct truth truth_i386[];
extern const struct truth truth_x32[];
extern const struct truth truth_arm64[];
extern const struct truth truth_arm[];

#endif /* TRUTH_H */
