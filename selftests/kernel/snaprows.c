// SPDX-License-Identifier: GPL-2.0-only
/*
 * snaprows FILE tasks|syscalls: the rows of a snapshot as text, exact and
 * with the names of /proc/hostdiag's columns, for comparing the two.  It has
 * only the uapi header in common with the module and with the reader.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../uapi/hostdiag.h"

#define TASK_COLUMNS							\
	"# tid tgid calls errors sys_ns sys_max_ns dsleeps d_ns"	\
	" d_max_ns iowait_ns opens closes open_now open_ns open_max_ns"	\
	" syscall_counts dsleep_counts open_counts comm"
#define CALL_COLUMNS	"# tid tgid abi nr calls errors total_ns max_ns"

static char data[16 << 20];

static const struct hostdiag_bucket *
print_counts(const struct hostdiag_stat *stat,
	     const struct hostdiag_bucket *bucket)
{
	__u32 i;

	for (i = 0; i < stat->buckets; i++, bucket++)
		printf("%s%llu", i ? "," : "", bucket->count);
	printf(stat->buckets ? " " : "- ");
	return bucket;
}

static void print_task(const struct hostdiag_task *t)
{
	const struct hostdiag_stat *sys = &t->stat[HOSTDIAG_KIND_SYSCALL];
	const struct hostdiag_stat *d = &t->stat[HOSTDIAG_KIND_DSLEEP];
	const struct hostdiag_stat *open = &t->stat[HOSTDIAG_KIND_OPEN];
	const struct hostdiag_bucket *bucket =
		(const void *)((const char *)t + t->rec.fixed);

	printf("%u %u %llu %llu %llu %llu ", t->tid, t->tgid, sys->count,
	       t->errors, sys->sum_ns, sys->max_ns);
	printf("%llu %llu %llu %llu ", d->count, d->sum_ns, d->max_ns,
	       t->iowait_ns);
	printf("%llu %llu %llu %llu %llu ", t->opens, open->count, t->open_now,
	       open->sum_ns, open->max_ns);
	bucket = print_counts(sys, bucket);
	bucket = print_counts(d, bucket);
	print_counts(open, bucket);
	printf("%.15s\n", t->comm);
}

static void print_call(const struct hostdiag_task *t,
		       const struct hostdiag_syscall *call)
{
	printf("%u %u %u %u %llu %llu %llu %llu\n", t->tid, t->tgid, call->abi,
	       call->nr, call->stat.count, call->errors, call->stat.sum_ns,
	       call->stat.max_ns);
}

int main(int argc, char **argv)
{
	const struct hostdiag_header *head = (const void *)data;
	const struct hostdiag_task *task = NULL;
	const struct hostdiag_record *rec;
	int tasks = argc == 3 && !strcmp(argv[2], "tasks");
	size_t at, len;
	FILE *f;

	if (argc != 3) {
		fprintf(stderr, "usage: snaprows FILE tasks|syscalls\n");
		return 2;
	}
	f = fopen(argv[1], "r");
	len = f ? fread(data, 1, sizeof(data), f) : 0;
	if (len < sizeof(*head)) {
		perror(argv[1]);
		return 1;
	}
	printf("# now_ns=%llu since_ns=%llu lost=%llu\n", head->now_ns,
	       head->since_ns, head->lost);
	if (tasks)
		puts(TASK_COLUMNS);
	else
		puts(CALL_COLUMNS);
	for (at = head->header_size; at < len; at += rec->size) {
		rec = (const void *)(data + at);
		if (rec->type == HOSTDIAG_TASK)
			task = (const void *)rec;
		if (rec->type == HOSTDIAG_TASK && tasks)
			print_task(task);
		if (rec->type == HOSTDIAG_SYSCALL && !tasks)
			print_call(task, (const void *)rec);
	}
	return 0;
}
