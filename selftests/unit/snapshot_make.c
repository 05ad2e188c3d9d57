// SPDX-License-Identifier: GPL-2.0-only
/*
 * snapshot_make KIND: write a snapshot to stdout, for reader_test.sh, which
 * knows the numbers in it.  KIND: good, version, order, scheme, quiet.
 */
#include "snapshot_build.h"

#define US	1000ull
#define MS	1000000ull

static struct snapshot_build build;

static struct hd_task_row new_task(u32 tid, u32 tgid, const char *comm)
{
	struct hd_task_row row = { .tid = tid, .tgid = tgid, .tasks = 1 };
	int kind;

	snprintf(row.comm, sizeof(row.comm), "%s", comm);
	for (kind = 0; kind < HOSTDIAG_KINDS; kind++)
		row.stat[kind].kept = true;
	return row;
}

static void put_call(u32 abi, u32 nr, u64 ns, u64 calls, u64 errors)
{
	struct hd_syscall_row row = { .abi = abi, .nr = nr, .errors = errors };

	build_events(&row.stat, ns, calls);
	build_syscall(&build, &row);
}

static void put_nginx(void)
{
	struct hd_task_row row = new_task(812, 812, "nginx");

	row.errors = 200;
	row.iowait_ns = 300 * MS;
	row.opens = 10;
	row.open_now = 8;
	build_events(&row.stat[HOSTDIAG_KIND_SYSCALL], 2 * US, 1000);
	build_events(&row.stat[HOSTDIAG_KIND_SYSCALL], 10 * US, 200);
	build_events(&row.stat[HOSTDIAG_KIND_DSLEEP], 100 * MS, 3);
	build_events(&row.stat[HOSTDIAG_KIND_DSLEEP], 200 * MS, 1);
	build_events(&row.stat[HOSTDIAG_KIND_OPEN], 30, 1);
	build_events(&row.stat[HOSTDIAG_KIND_OPEN], 100000000 * MS, 1);
	build_task(&build, HOSTDIAG_TASK, &row);
	put_call(HOSTDIAG_ABI_X86_64, 0, 2 * US, 1000, 0);	/* read */
	put_call(HOSTDIAG_ABI_X86_64, 257, 10 * US, 200, 200);	/* openat */
}

static void put_worker(void)
{
	struct hd_task_row row = new_task(813, 812, "nginx");

	build_events(&row.stat[HOSTDIAG_KIND_SYSCALL], 2 * US, 500);
	build_events(&row.stat[HOSTDIAG_KIND_SYSCALL], 4 * US, 4);
	build_task(&build, HOSTDIAG_TASK, &row);
	put_call(HOSTDIAG_ABI_X86_64, 0, 2 * US, 500, 0);	/* read */
	put_call(HOSTDIAG_ABI_I386, 3, 4 * US, 4, 1);		/* read */
}

/* a name that would change a terminal, and no room for its histograms */
static void put_evil(void)
{
	struct hd_task_row row = new_task(7, 7, "\033[31m red");

	row.stat[HOSTDIAG_KIND_SYSCALL] = (struct hd_stat){
		.count = 5, .sum_ns = 50, .max_ns = 20,
	};
	build_task(&build, HOSTDIAG_TASK, &row);
}

static void put_ended(void)
{
	struct hd_task_row row = new_task(0, 0, "sh");

	row.tasks = 50;
	build_events(&row.stat[HOSTDIAG_KIND_SYSCALL], 2 * US, 100);
	build_task(&build, HOSTDIAG_EXITED, &row);
	row = new_task(0, 0, "true");
	row.tasks = 7;
	build_events(&row.stat[HOSTDIAG_KIND_SYSCALL], 2 * US, 700);
	build_task(&build, HOSTDIAG_EXITED, &row);
}

static bool make(const char *kind)
{
	struct hostdiag_header *head = (void *)build.data;
	bool known = true;

	build_head(&build);
	if (!strcmp(kind, "quiet")) {
		head->flags = HOSTDIAG_F_SYSCALLS;
		build_end(&build, 0);
		return true;
	}
	put_nginx();
	put_worker();
	put_evil();
	put_ended();
	build_end(&build, 3);

	if (!strcmp(kind, "version"))
		head->version = 2;
	else if (!strcmp(kind, "order"))
		head->byte_order = 0x04030201;
	else if (!strcmp(kind, "scheme"))
		head->hist_buckets = 64;
	else
		known = !strcmp(kind, "good");
	return known;
}

int main(int argc, char **argv)
{
	if (argc != 2 || !make(argv[1]))
		return 2;
	return fwrite(build.data, build.size, 1, stdout) != 1 ||
	       fflush(stdout);
}
