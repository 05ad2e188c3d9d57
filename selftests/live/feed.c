// SPDX-License-Identifier: GPL-2.0-only
/*
 * feed STEP [reset]: write the snapshot of a host at 100 s + 2 s * STEP.  What
 * happens on it in between two steps is always the same, and known to
 * test.sh.  With "reset" it counts from somewhere else.
 */
#include <stdlib.h>
#include "../unit/rows.h"
#include "../unit/snapshot_build.h"

#define US	1000ull
#define MS	(1000 * US)
#define S	(1000 * MS)
#define FIRST	(100 * S)
#define INTERVAL	(2 * S)

static struct snapshot_build build;
static u64 step;
static u64 now_ns;

static struct hd_task_row new_task(u32 tid, u32 tgid, u64 life,
				   const char *comm)
{
	struct hd_task_row row = row_task(tid, tgid, comm);

	row.id = life;
	row.wait.valid = true;
	return row;
}

static void put_stuck(char state, u32 class, u32 nr, u64 age_ns, u64 d_age_ns)
{
	struct hd_stuck_row row = row_stuck(nr, age_ns, -1, "");

	row.state = state;
	row.class = class;
	row.d_age_ns = d_age_ns;
	build_stuck(&build, &row);
}

static void put_call(u32 nr, u64 calls, u64 ns, u64 errors, u64 runq_ns)
{
	struct hd_syscall_row row = {
		.nr = nr, .errors = errors,
		.wait = { .valid = true, .runq_ns = runq_ns },
	};

	row_events(&row.stat, ns, calls);
	build_syscall(&build, &row);
}

/* 2000 reads of 200 us, 100 failed opens of 10 us; 100 ms of it on a run queue */
static void put_webd(void)
{
	u64 n = step + 1;
	struct hd_task_row row = new_task(100, 100, 1, "webd");

	row.wait.runq_ns = 100 * MS * n;
	row.opens = 8 * n;
	row.open_now = 3;
	row_events(&row.stat[HOSTDIAG_KIND_OPEN], 5 * MS, 8 * n - 3);
	build_task(&build, HOSTDIAG_TASK, &row);
	put_call(0, 2000 * n, 200 * US, 0, 100 * MS * n);	/* read */
	put_call(257, 100 * n, 10 * US, 100 * n, 0);		/* openat */
}

/* a second thread of it, which waits for work, and calls 400 times */
static void put_thread(void)
{
	struct hd_task_row row = new_task(101, 100, 2, "webd");

	row_events(&row.stat[HOSTDIAG_KIND_SYSCALL], 50 * US,
		   400 * (step + 1));
	build_task(&build, HOSTDIAG_TASK, &row);
	put_stuck('S', HOSTDIAG_CLASS_IDLE, 202, 9 * S, 0);	/* futex */
}

/* 10 D sleeps of 100 ms, half of their time iowait; now it waits for a lock */
static void put_dbd(void)
{
	struct hd_task_row row = new_task(200, 200, 3, "dbd");

	row_events(&row.stat[HOSTDIAG_KIND_DSLEEP], 100 * MS,
		   10 * (step + 1));
	row.iowait_ns = 500 * MS * (step + 1);
	build_task(&build, HOSTDIAG_TASK, &row);
	put_stuck('S', HOSTDIAG_CLASS_LOCK, 73, 700 * MS, 0);	/* flock */
}

/* in one D sleep since before the first step */
static void put_nfsd(void)
{
	struct hd_task_row row = new_task(250, 250, 4, "nfsd");

	build_task(&build, HOSTDIAG_TASK, &row);
	put_stuck('D', HOSTDIAG_CLASS_OTHER, HOSTDIAG_NR_NONE, now_ns - 90 * S,
		  now_ns - 90 * S);
}

/* another one at each step, that has called 30 times, and has the same tid */
static void put_sh(void)
{
	struct hd_task_row row = new_task(300, 300, 100 + step, "sh");

	row_events(&row.stat[HOSTDIAG_KIND_SYSCALL], 20 * US, 30);
	build_task(&build, HOSTDIAG_TASK, &row);
}

/* another one at each step, that has called 60 times */
static void put_fork(void)
{
	struct hd_task_row row = new_task(400 + step, 400 + step, 1000 + step,
					  "sh");

	row_events(&row.stat[HOSTDIAG_KIND_SYSCALL], 20 * US, 60);
	build_task(&build, HOSTDIAG_TASK, &row);
}

/* one that never does anything */
static void put_idle(void)
{
	struct hd_task_row row = new_task(500, 500, 5, "idled");

	row_events(&row.stat[HOSTDIAG_KIND_SYSCALL], 20 * US, 7);
	build_task(&build, HOSTDIAG_TASK, &row);
}

/*
 * At each step the sh of the last one has ended after 50 calls; what was a
 * forked sh has become an ls, and ended after 100; and 40 true have ended of
 * which nobody saw more than their end, after 5 calls each.
 */
static void put_ended(void)
{
	static const struct {
		const char *comm;
		u64 tasks;
		u64 calls;
	} dead[] = { { "sh", 1, 50 }, { "ls", 1, 100 }, { "true", 40, 200 } };
	struct hd_task_row row;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(dead); i++) {
		row = new_task(0, 0, 0, dead[i].comm);
		row.tasks = dead[i].tasks * step;
		row_events(&row.stat[HOSTDIAG_KIND_SYSCALL], 20 * US,
			   dead[i].calls * step);
		build_task(&build, HOSTDIAG_EXITED, &row);
	}
}

static void put_death(u64 when_ns, u32 tid, const char *comm)
{
	struct hd_death_row row = row_death(tid, 1, comm, when_ns);

	build_death(&build, &row);
}

static void put_deaths(void)
{
	u64 i;

	for (i = 1; i <= step; i++) {
		put_death(FIRST + INTERVAL * i - 500 * MS, 300, "sh");
		put_death(FIRST + INTERVAL * i - 400 * MS, 400 + i - 1, "ls");
	}
}

/* two at each step */
static void put_slow(void)
{
	struct hd_slow_row row;
	u64 i;

	for (i = 0; i < 2 * (step + 1); i++) {
		row = row_slow(HOSTDIAG_SLOW_SYSCALL, 200, 200, "dbd", 73,
			       600 * MS, FIRST + i * S - 500 * MS, "");
		row.seq = i;
		build_slow(&build, &row);
	}
}

int main(int argc, char **argv)
{
	struct hostdiag_header *head = (void *)build.data;

	if (argc < 2)
		return 2;
	step = strtoull(argv[1], NULL, 10);
	now_ns = FIRST + INTERVAL * step;
	build_head(&build);
	head->now_ns = now_ns;
	head->wall_ns = 1700000000 * S + INTERVAL * step;
	if (argc > 2)
		head->since_ns += 1;
	put_webd();
	put_thread();
	put_dbd();
	put_nfsd();
	put_sh();
	put_fork();
	put_idle();
	put_ended();
	put_deaths();
	put_slow();
	build_end(&build, 3 + step);
	return fwrite(build.data, build.size, 1, stdout) != 1 ||
	       fflush(stdout);
}
