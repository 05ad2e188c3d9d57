// SPDX-License-Identifier: GPL-2.0-only
/*
 * snapshot_make KIND: write a snapshot to stdout, for reader_test.sh, which
 * knows the numbers in it.  KIND: good, version, order, scheme, quiet, dash,
 * utf8, crowd, and crowd_later, which is 600 s later.
 */
#include "snapshot_build.h"

#define US	1000ull
#define MS	1000000ull

#define S	1000000000ull

static struct snapshot_build build;

static struct hd_task_row new_task(u32 tid, u32 tgid, const char *comm)
{
	struct hd_task_row row = row_task(tid, tgid, comm);
	int kind;

	for (kind = 0; kind < HOSTDIAG_KINDS; kind++)
		row.stat[kind].valid = true;
	return row;
}

static void put_call(u32 abi, u32 nr, u64 ns, u64 calls, u64 errors)
{
	struct hd_syscall_row row = {
		.abi = abi, .nr = nr, .errors = errors,
		.wait = { .valid = true, .runq_ns = calls * 500 },
	};

	row_events(&row.stat, ns, calls);
	build_syscall(&build, &row);
}

static void put_error(u32 abi, u32 nr, u32 error, u64 count, u64 last_ns)
{
	struct hd_error_row row = row_error(abi, nr, error, count, last_ns);

	/* all of it in the last 10 s, and twice as often before */
	row.recent = (struct hd_recent_row){
		.slice_ns = 2500 * MS, .recent_ns = 10 * S,
		.slice = { count, 0, 0, 0 }, .peak = count / 2,
		.peak_ns = 70 * S,
	};
	build_error(&build, &row);
}

static void put_stuck(u32 nr, u32 class, char state, u64 age_ns, u64 d_age_ns,
		      s32 fd, const char *place, const char *path)
{
	struct hd_stuck_row row = row_stuck(nr, age_ns, fd, path);

	row.d_age_ns = d_age_ns;
	row.class = class;
	row.state = state;
	snprintf(row.place, sizeof(row.place), "%s", place);
	build_stuck(&build, &row);
}

static void put_place(u64 count, u64 total_ns, u64 max_ns, u64 iowait_ns,
		      const char *place, const char *device)
{
	struct hd_place_row row = row_place(place, device, total_ns);

	row.count = count;
	row.max_ns = max_ns;
	row.iowait_ns = iowait_ns;
	build_place(&build, &row);
}

static void put_open(u64 age_ns, u32 tid, u32 tgid, s32 fd, const char *path)
{
	struct hd_open_row row = row_open(tid, tgid, "nginx", age_ns, fd, path);

	build_open(&build, &row);
}

static void put_slow(u64 when_ns, u64 dur_ns, u32 kind, u32 tid, u32 nr,
		     s64 result, const char *place, const char *path)
{
	static u64 seq;
	struct hd_slow_row row = row_slow(kind, tid, 812, "nginx", nr, dur_ns,
					  when_ns, path);

	row.seq = seq++;
	row.result = result;
	snprintf(row.place, sizeof(row.place), "%s", place);
	build_slow(&build, &row);
}

static void put_death(u64 when_ns, u32 tid, u32 exit_code, const char *comm)
{
	struct hd_death_row row = row_death(tid, 812, comm, when_ns);

	row.life_ns = 20 * MS;
	row.calls = 30;
	row.errors = 2;
	row.d_ns = 3 * MS;
	row.exit_code = exit_code;
	build_death(&build, &row);
}

static void put_events(void)
{
	put_open(50 * S, 812, 812, 5, "/var/log/access log");
	put_open(1 * S, 812, 812, 6, "");
	put_open(7 * S, 813, 812, -1, "/tmp/sess_abc");
	put_death(88 * S, 900, 0, "sh");
	put_death(88500 * MS, 901, 11, "sh");
	put_death(89 * S, 902, 256, "true");
	put_slow(80 * S, 1500 * MS, HOSTDIAG_SLOW_SYSCALL, 812, 257, -2, "",
		 "/mnt/a b");
	put_slow(81 * S, 600 * MS, HOSTDIAG_SLOW_DSLEEP, 813, 0, 0,
		 "io_schedule<folio_wait_bit", "");
	put_slow(82 * S, 2 * S, HOSTDIAG_SLOW_OPEN, 812, 0, 0, "", "/tmp/held");
	put_slow(83 * S, 500 * MS, HOSTDIAG_SLOW_SYSCALL, 813, 257, 7, "", "");
}

static void put_nginx(void)
{
	struct hd_task_row row = new_task(812, 812, "nginx");

	row.iowait_ns = 300 * MS;
	row.opens = 10;
	row.open_now = 8;
	row_events(&row.stat[HOSTDIAG_KIND_DSLEEP], 100 * MS, 3);
	row_events(&row.stat[HOSTDIAG_KIND_DSLEEP], 200 * MS, 1);
	row_events(&row.stat[HOSTDIAG_KIND_OPEN], 30, 1);
	row_events(&row.stat[HOSTDIAG_KIND_OPEN], 100000000 * MS, 1);
	row.wait = (struct hd_wait_sums){
		.valid = true, .runq_ns = 1 * MS, .d_ns = 500 * US,
		.sleep_ns = 2 * MS,
	};
	build_task(&build, HOSTDIAG_TASK, &row);
	put_stuck(45, HOSTDIAG_CLASS_IDLE, 'S', 50 * S, 0, 11,	/* recvfrom */
		  "wait_woken<sk_wait_data<tcp_recvmsg", "socket:[4242]");
	put_call(HOSTDIAG_ABI_X86_64, 0, 2 * US, 1000, 0);	/* read */
	put_call(HOSTDIAG_ABI_X86_64, 257, 10 * US, 200, 200);	/* openat */
	put_error(HOSTDIAG_ABI_X86_64, 257, 2, 190, 89 * S);	/* ENOENT */
	put_error(HOSTDIAG_ABI_X86_64, 257, 24, 10, 85 * S);	/* EMFILE */
	put_place(4, 500 * MS, 200 * MS, 300 * MS,
		  "io_schedule<folio_wait_bit_common<filemap_read",
		  "ext4:sda1");
}

static void put_worker(void)
{
	struct hd_task_row row = new_task(813, 812, "nginx");

	build_task(&build, HOSTDIAG_TASK, &row);
	put_stuck(73, HOSTDIAG_CLASS_LOCK, 'S', 35 * S, 0, 10,	/* flock */
		  "locks_lock_inode_wait<__do_sys_flock", "/tmp/sess abc");
	put_call(HOSTDIAG_ABI_X86_64, 0, 2 * US, 500, 0);	/* read */
	put_call(HOSTDIAG_ABI_I386, 3, 4 * US, 4, 1);		/* read */
	put_error(HOSTDIAG_ABI_I386, 3, 5, 1, 60 * S);		/* EIO */
	put_error(HOSTDIAG_ABI_X86_64, 257, 2, 5, 88 * S);	/* ENOENT */
	put_place(1, 40 * MS, 40 * MS, 0, "strange_function<another", "");
	put_place(2, 60 * MS, 50 * MS, 60 * MS,
		  "io_schedule<folio_wait_bit_common<filemap_read",
		  "ext4:sda1");
}

/* a name that would change a terminal, and no room for its histograms */
static void put_evil(void)
{
	struct hd_task_row row = new_task(7, 7, "\033[31m red");

	row.stat[HOSTDIAG_KIND_SYSCALL] = (struct hd_stat){
		.count = 5, .sum_ns = 50, .max_ns = 20,
	};
	build_task(&build, HOSTDIAG_TASK, &row);
	put_stuck(HOSTDIAG_NR_NONE, HOSTDIAG_CLASS_OTHER, 'D', 4 * S, 4 * S,
		  -1, "rpc_wait_bit_killable<nfs_wait", "");
}

static void put_ended(void)
{
	struct hd_task_row row = new_task(0, 0, "sh");

	row.tasks = 50;
	row_events(&row.stat[HOSTDIAG_KIND_SYSCALL], 2 * US, 100);
	build_task(&build, HOSTDIAG_EXITED, &row);
	row = new_task(0, 0, "true");
	row.tasks = 7;
	row_events(&row.stat[HOSTDIAG_KIND_SYSCALL], 2 * US, 700);
	build_task(&build, HOSTDIAG_EXITED, &row);
}

/* a name that looks as if there were none, and a tid that was another's */
static void put_dash(void)
{
	struct hd_task_row row = new_task(7, 7, "-");

	row_events(&row.stat[HOSTDIAG_KIND_SYSCALL], 2 * US, 5);
	build_task(&build, HOSTDIAG_TASK, &row);
	put_death(40 * S, 7, 0, "-");
}

static void put_utf8(void)
{
	put_death(40 * S, 7, 0, "gr\303\266\303\237e");
	put_death(41 * S, 8, 0, "\345\220\215\345\211\215");
	/* what follows would be written from right to left */
	put_death(42 * S, 9, 0, "a-\342\200\256b");
	put_death(43 * S, 10, 0, "\377\377\377\377\377\377\377\377\377");
}

/* 100 of one name, who each have failed 3 times of late, and call 10 times more */
static void put_crowd(bool is_later)
{
	struct hd_task_row row;
	u32 i;

	for (i = 0; i < 100; i++) {
		row = new_task(100 + i, 100 + i, "crowd");
		row.id = 1 + i;
		row.errors = is_later;
		row.opens = is_later;
		row_events(&row.stat[HOSTDIAG_KIND_SYSCALL], 20 * US,
			   is_later ? 12 : 2);
		row_events(&row.stat[HOSTDIAG_KIND_DSLEEP], 20 * US, is_later);
		build_task(&build, HOSTDIAG_TASK, &row);
		put_error(HOSTDIAG_ABI_X86_64, 257, 2, 3, 89 * S);
	}
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
	if (!strcmp(kind, "dash")) {
		put_dash();
		build_end(&build, 0);
		return true;
	}
	if (!strcmp(kind, "utf8")) {
		put_utf8();
		build_end(&build, 0);
		return true;
	}
	if (!strncmp(kind, "crowd", 5)) {
		put_crowd(kind[5]);
		if (kind[5])
			head->now_ns += 600 * S;
		build_end(&build, 0);
		return true;
	}
	put_nginx();
	put_worker();
	put_evil();
	put_ended();
	put_events();
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
