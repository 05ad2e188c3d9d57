// SPDX-License-Identifier: GPL-2.0-only
/* The binary contract: sizes that are the same for all compilers. */
#include "uapi/hostdiag.h"
#include "tap.h"

/*
 * The same on 32 and 64 bit: it is a file.  Of struct hostdiag_task, to which
 * counters are appended, the last field of its first version stays in place.
 */
void test_uapi(void)
{
	check_number(sizeof(struct hostdiag_header), 232, "size of the header");
	check_number(sizeof(struct hostdiag_record), 8, "size of a record");
	check_number(sizeof(struct hostdiag_stat), 32, "size of a stat");
	check_number(sizeof(struct hostdiag_bucket), 16, "size of a bucket");
	check_number(offsetof(struct hostdiag_task, life), 200, "a task's life");
	check_number(sizeof(struct hostdiag_syscall), 88, "size of a syscall");
	check_number(sizeof(struct hostdiag_wait), 32, "size of a wait");
	check_number(sizeof(struct hostdiag_calls), 8, "size of calls");
	check_number(sizeof(struct hostdiag_few), 24, "size of few calls");
	check_number(sizeof(struct hostdiag_error), 88, "size of an error");
	check_number(sizeof(struct hostdiag_stuck), 104, "size of a stuck task");
	check_number(sizeof(struct hostdiag_place), 48, "size of a place");
	check_number(sizeof(struct hostdiag_open), 56, "size of an open file");
	check_number(sizeof(struct hostdiag_slow), 80, "size of a slow event");
	check_number(sizeof(struct hostdiag_death), 88, "size of a death");
	check_number(sizeof(struct hostdiag_end), 32, "size of the end");
}
