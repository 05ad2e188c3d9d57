// SPDX-License-Identifier: GPL-2.0-only
/*
 * snaprows FILE TABLE: a table of a snapshot as text, exact and with the names
 * of /proc/hostdiag's columns, for comparing the two: tasks, syscalls, errors,
 * stuck, dsleep, open, slow or deaths.  It has only the uapi header in common
 * with the module and with the reader, hence numbers for names of syscalls.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "uapi/hostdiag.h"

static char data[16 << 20];

/* the task that a record belongs to */
static const struct hostdiag_task *task;

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

static void print_wait(unsigned long long sum_ns,
		       const struct hostdiag_wait *wait)
{
	printf("%llu %llu %llu %llu ", sum_ns - wait->runq_ns -
	       wait->d_ns - wait->sleep_ns, wait->runq_ns, wait->d_ns,
	       wait->sleep_ns);
}

static void print_text(const char *text, __u32 len, const char *end)
{
	printf("%.*s%s", len ? (int)len : 1, len ? text : "-", end);
}

/* what the calls of a task come to, in whichever records they stand */
struct sums {
	unsigned long long calls;
	unsigned long long errors;
	unsigned long long ns;
	unsigned long long max_ns;
	unsigned long long bucket[256];
};

/* Return: behind its buckets */
static const struct hostdiag_bucket *
add_stat(struct sums *to, const struct hostdiag_stat *stat,
	 const struct hostdiag_bucket *bucket)
{
	const struct hostdiag_bucket *end = bucket + stat->buckets;

	to->calls += stat->count;
	to->ns += stat->sum_ns;
	if (to->max_ns < stat->max_ns)
		to->max_ns = stat->max_ns;
	for (; bucket < end; bucket++)
		to->bucket[bucket->index & 255] += bucket->count;
	return end;
}

static const struct hostdiag_few *next_few(const struct hostdiag_few *few)
{
	return (const void *)((const char *)(few + 1) +
			      (few->calls + 7) / 8 * 8 +
			      few->waits * sizeof(struct hostdiag_wait));
}

static void add_calls(struct sums *to, const struct hostdiag_record *rec)
{
	const struct hostdiag_few *few = (const void *)((const char *)rec +
							rec->fixed);
	const void *end = (const char *)rec + rec->size;
	const __u8 *bucket;
	__u32 i;

	for (; (const void *)few < end; few = next_few(few)) {
		bucket = (const void *)(few + 1);
		to->calls += few->calls;
		to->errors += few->errors;
		to->ns += few->sum_ns;
		if (to->max_ns < few->max_ns)
			to->max_ns = few->max_ns;
		for (i = 0; i < few->calls; i++)
			to->bucket[bucket[i]]++;
	}
}

static void add_records(struct sums *to, const struct hostdiag_record *rec)
{
	const struct hostdiag_syscall *call;

	for (;; rec = (const void *)((const char *)rec + rec->size)) {
		switch (rec->type) {
		case HOSTDIAG_STUCK:
			continue;
		case HOSTDIAG_SYSCALL:
			call = (const void *)rec;
			to->errors += call->errors;
			add_stat(to, &call->stat, (const void *)
				 ((const char *)rec + rec->fixed));
			continue;
		case HOSTDIAG_CALLS:
			add_calls(to, rec);
			continue;
		default:
			return;
		}
	}
}

static void print_sums(const struct sums *sums)
{
	const char *separator = "";
	int i;

	for (i = 0; i < 256; i++) {
		if (!sums->bucket[i])
			continue;
		printf("%s%llu", separator, sums->bucket[i]);
		separator = ",";
	}
	printf(*separator ? " " : "- ");
}

static void print_task(const void *record)
{
	const struct hostdiag_task *t = record;
	const struct hostdiag_stat *d = &t->stat[HOSTDIAG_KIND_DSLEEP];
	const struct hostdiag_stat *open = &t->stat[HOSTDIAG_KIND_OPEN];
	const struct hostdiag_bucket *bucket =
		(const void *)((const char *)t + t->rec.fixed);
	struct sums sys = { .errors = t->errors };

	bucket = add_stat(&sys, &t->stat[HOSTDIAG_KIND_SYSCALL], bucket);
	add_records(&sys, (const void *)((const char *)t + t->rec.size));
	printf("%u %u %llu %llu %llu %llu ", t->tid, t->tgid, sys.calls,
	       sys.errors, sys.ns, sys.max_ns);
	printf("%llu %llu %llu %llu ", d->count, d->sum_ns, d->max_ns,
	       t->iowait_ns);
	printf("%llu %llu %llu %llu %llu ", t->opens, open->count, t->open_now,
	       open->sum_ns, open->max_ns);
	print_wait(sys.ns, &t->wait);
	print_sums(&sys);
	bucket = print_counts(d, bucket);
	print_counts(open, bucket);
	printf("%.15s\n", t->comm);
}

static void print_call(const void *record)
{
	const struct hostdiag_syscall *call = record;

	printf("%u %u %u %u %llu %llu %llu %llu ", task->tid, task->tgid,
	       call->abi, call->nr, call->stat.count, call->errors,
	       call->stat.sum_ns, call->stat.max_ns);
	print_wait(call->stat.sum_ns, &call->wait);
	printf("\n");
}

static void print_calls(const void *record)
{
	const struct hostdiag_calls *calls = record;
	const struct hostdiag_few *few = (const void *)
		((const char *)record + calls->rec.fixed);
	const void *end = (const char *)record + calls->rec.size;
	static const struct hostdiag_wait none;
	__u32 nr;

	for (; (const void *)few < end; few = next_few(few)) {
		nr = HOSTDIAG_CALL_NR(few->call);
		printf("%u %u %u %u %u %u %llu %llu ", task->tid, task->tgid,
		       HOSTDIAG_CALL_ABI(few->call),
		       nr == HOSTDIAG_CALL_NR_BAD ? HOSTDIAG_NR_BAD : nr,
		       few->calls, few->errors, few->sum_ns, few->max_ns);
		print_wait(few->sum_ns, few->waits ?
			   (const struct hostdiag_wait *)next_few(few) - 1 :
			   &none);
		printf("\n");
	}
}

static void print_error(const void *record)
{
	const struct hostdiag_error *error = record;
	__u64 slice_ms = error->slice_ns / 1000000;

	printf("%u %u %u %u %u %llu %llu %llu\n", task->tid, task->tgid,
	       error->abi, error->nr, error->error, error->count,
	       error->last_ns, error->peak * 1000ull / slice_ms);
}

static void print_stuck(const void *record)
{
	static const char *const class[] = { "other", "idle", "io", "lock" };
	const struct hostdiag_stuck *stuck = record;
	const char *text = (const char *)record + stuck->rec.fixed;

	printf("%u %u %c %llu %u %s ", task->tid, task->tgid, stuck->state,
	       stuck->age_ns, stuck->nr, class[stuck->class % 4]);
	printf(stuck->fd < 0 ? "- " : "%d ", stuck->fd);
	printf("%llu %llu ", stuck->args[0], stuck->args[1]);
	print_text(text, stuck->place_len, " ");
	print_text(text + stuck->place_len, stuck->path_len, "\n");
}

static void print_place(const void *record)
{
	const struct hostdiag_place *place = record;
	const char *text = (const char *)record + place->rec.fixed;

	printf("%u %u %llu %llu %llu %llu ", task->tid, task->tgid,
	       place->count, place->total_ns, place->max_ns, place->iowait_ns);
	print_text(text, place->place_len, " ");
	print_text(text + place->place_len, place->device_len, "\n");
}

static void print_open(const void *record)
{
	const struct hostdiag_open *open = record;

	printf("%llu %u %u %.15s %d ", open->age_ns, open->tid, open->tgid,
	       open->comm, open->fd);
	if (open->holder)
		printf("%u ", open->holder);
	else
		printf("- ");
	print_text((const char *)record + open->rec.fixed, open->path_len,
		   "\n");
}

static void print_slow(const void *record)
{
	static const char *const kind[] = { "syscall", "dsleep", "open" };
	const struct hostdiag_slow *slow = record;
	const char *text = (const char *)record + slow->rec.fixed;

	printf("%llu %llu %s %u %u %.15s %llu %lld ", slow->seq, slow->when_ns,
	       slow->kind < 3 ? kind[slow->kind] : "?", slow->tid, slow->tgid,
	       slow->comm, slow->dur_ns, slow->result);
	print_text(text, slow->place_len, " ");
	print_text(text + slow->place_len, slow->path_len, "\n");
}

static void print_death(const void *record)
{
	const struct hostdiag_death *death = record;

	printf("%llu %u %u %u %.15s %llu %u %llu %llu %llu %u\n", death->when_ns,
	       death->tid, death->tgid, death->ppid, death->comm,
	       death->life_ns, death->exit_code, death->calls, death->errors,
	       death->d_ns, death->oom);
}

static const struct {
	const char *name;
	__u16 type;
	const char *columns;
	void (*print)(const void *record);
} tables[] = {
	{ "tasks", HOSTDIAG_TASK,
	  "tid tgid calls errors sys_ns sys_max_ns dsleeps d_ns d_max_ns"
	  " iowait_ns opens closes open_now open_ns open_max_ns"
	  " sys_cpu_ns sys_runq_ns sys_d_ns sys_sleep_ns"
	  " syscall_counts dsleep_counts open_counts comm", print_task },
	{ "syscalls", HOSTDIAG_SYSCALL,
	  "tid tgid abi nr calls errors total_ns max_ns"
	  " cpu_ns runq_ns d_ns sleep_ns", print_call },
	{ "errors", HOSTDIAG_ERROR,
	  "tid tgid abi nr errno count last_ns peak_per_s", print_error },
	{ "stuck", HOSTDIAG_STUCK,
	  "tid tgid state age_ns nr class fd arg0 arg1 waits_for path",
	  print_stuck },
	{ "dsleep", HOSTDIAG_PLACE,
	  "tid tgid count total_ns max_ns iowait_ns place device",
	  print_place },
	{ "open", HOSTDIAG_OPEN, "age_ns tid tgid comm fd holder path", print_open },
	{ "slow", HOSTDIAG_SLOW,
	  "seq when_ns kind tid tgid comm dur_ns number place path",
	  print_slow },
	{ "deaths", HOSTDIAG_DEATH,
	  "when_ns tid tgid ppid comm life_ns exit_code calls errors d_ns oom",
	  print_death },
};

#define TABLES	(sizeof(tables) / sizeof(*tables))

int main(int argc, char **argv)
{
	const struct hostdiag_header *head = (const void *)data;
	const struct hostdiag_record *rec;
	size_t at, len, t;
	FILE *f;

	for (t = 0; argc == 3 && t < TABLES; t++)
		if (!strcmp(tables[t].name, argv[2]))
			break;
	if (argc != 3 || t == TABLES) {
		fprintf(stderr, "usage: snaprows FILE TABLE\n");
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
	printf("# %s\n", tables[t].columns);
	for (at = head->header_size; at < len; at += rec->size) {
		rec = (const void *)(data + at);
		if (rec->type == HOSTDIAG_TASK)
			task = (const void *)rec;
		if (rec->type == tables[t].type)
			tables[t].print(rec);
		if (rec->type == HOSTDIAG_CALLS && tables[t].print == print_call)
			print_calls(rec);
	}
	return 0;
}
