// SPDX-License-Identifier: GPL-2.0-only
/* Differences of snapshots, with tasks that end at an awkward moment. */
#include "snap/delta.h"
#include "rows.h"
#include "snapshot_build.h"
#include "tap.h"

#define US	1000ull
#define S	1000000000ull
#define A_NS	(90 * S)
#define B_NS	(92 * S)

static struct snapshot_build build[2];
static struct hd_snapshot snap[2];
static struct hd_delta delta;
static struct hd_delta_row row;

static void begin(void)
{
	u32 i;

	memset(build, 0, sizeof(build));
	for (i = 0; i < 2; i++) {
		build_head(&build[i]);
		((struct hostdiag_header *)build[i].data)->now_ns =
			i ? B_NS : A_NS;
	}
}

static void put(u32 i, u32 type, u64 life, const char *comm, u64 tasks,
		u64 calls)
{
	u32 tid = type == HOSTDIAG_TASK ? 10 : 0;
	struct hd_task_row task = row_task(tid, tid, comm);

	task.id = life;
	task.tasks = tasks;
	row_events(&task.stat[HOSTDIAG_KIND_SYSCALL], 20 * US, calls);
	build_task(&build[i], type, &task);
}

static void put_death_of(u32 i, const char *comm, u64 when_ns, u64 calls)
{
	struct hd_death_row death = row_death(10, 1, comm, when_ns);

	death.calls = calls;
	build_death(&build[i], &death);
}

static void put_death(u32 i, const char *comm, u64 when_ns)
{
	put_death_of(i, comm, when_ns, 0);
}

static enum hd_delta_error compare(void)
{
	u32 i;

	for (i = 0; i < 2; i++) {
		build_end(&build[i], 0);
		if (hd_snapshot_open(&snap[i], build[i].data, build[i].size))
			return HD_DELTA_RESET;
	}
	return hd_delta_open(&delta, &snap[0], &snap[1]);
}

static bool next_is(int type, const char *comm, u64 tasks, u64 calls)
{
	return hd_delta_next(&delta, &row) == type &&
	       !strcmp(row.task.comm, comm) && row.task.tasks == tasks &&
	       row.task.stat[HOSTDIAG_KIND_SYSCALL].count == calls;
}

static void at_end(const char *name)
{
	check(hd_delta_next(&delta, &row) == HOSTDIAG_END, "%s: no more", name);
	hd_delta_close(&delta);
}

/* the table of exited tasks is full, and the lightest comm was replaced */
static void test_moved(void)
{
	begin();
	put(0, HOSTDIAG_EXITED, 0, "cc", 5, 100);
	put(0, HOSTDIAG_EXITED, 0, "", 1, 10);
	put(1, HOSTDIAG_EXITED, 0, "sh", 1, 30);
	put(1, HOSTDIAG_EXITED, 0, "", 7, 117);
	check(compare() == HD_DELTA_FINE &&
	      next_is(HOSTDIAG_EXITED, "sh", 1, 30) &&
	      next_is(HOSTDIAG_EXITED, "", 1, 7),
	      "a name that has moved to the rest is not new there");
	at_end("a name that has moved");

	begin();
	put(0, HOSTDIAG_EXITED, 0, "cc", 5, 100);
	put(0, HOSTDIAG_EXITED, 0, "", 1, 10);
	put(1, HOSTDIAG_EXITED, 0, "cc", 1, 3);
	put(1, HOSTDIAG_EXITED, 0, "", 6, 110);
	check(compare() == HD_DELTA_FINE &&
	      next_is(HOSTDIAG_EXITED, "cc", 1, 3) &&
	      next_is(HOSTDIAG_EXITED, "", 0, 0),
	      "nor one that has begun anew since");
	at_end("a name that has begun anew");
}

/* its record was written, then it ended, then the dead were */
static void test_twice(void)
{
	begin();
	put(0, HOSTDIAG_TASK, 7, "cc", 1, 30);
	put(1, HOSTDIAG_TASK, 7, "cc", 1, 50);
	put(1, HOSTDIAG_EXITED, 0, "cc", 1, 51);
	put_death(1, "cc", B_NS + 1);
	check(compare() == HD_DELTA_FINE &&
	      next_is(HOSTDIAG_EXITED, "cc", 1, 21),
	      "a task that ends while it is read counts once");
	at_end("a task that ends while it is read");

	begin();
	put(0, HOSTDIAG_TASK, 7, "cc", 1, 30);
	put(1, HOSTDIAG_TASK, 7, "cc", 1, 50);
	put(1, HOSTDIAG_EXITED, 0, "cc", 1, 50);
	put_death_of(1, "cc", A_NS - 1, 50);
	check(compare() == HD_DELTA_FINE &&
	      next_is(HOSTDIAG_EXITED, "cc", 1, 20),
	      "the calls of an ended task are counted once, though its record is freed meanwhile");
	at_end("an exited task whose record is freed while it is read");

	begin();
	put(0, HOSTDIAG_TASK, 7, "cc", 1, 30);
	put(0, HOSTDIAG_EXITED, 0, "cc", 1, 31);
	put_death(0, "cc", A_NS + 1);
	put(1, HOSTDIAG_EXITED, 0, "cc", 1, 31);
	check(compare() == HD_DELTA_FINE &&
	      next_is(HOSTDIAG_EXITED, "cc", 0, 0),
	      "and nothing comes of it later");
	at_end("a task that had ended");
}

/* a thread that is not the first has called exec, and has its process's tid */
static void test_exec(void)
{
	begin();
	put(0, HOSTDIAG_TASK, 7, "cc", 1, 30);
	put(1, HOSTDIAG_TASK, 8, "ld", 1, 4);
	put(1, HOSTDIAG_EXITED, 0, "cc", 1, 33);
	put_death(1, "cc", A_NS + 1);
	check(compare() == HD_DELTA_FINE &&
	      next_is(HOSTDIAG_TASK, "ld", 1, 4) &&
	      next_is(HOSTDIAG_EXITED, "cc", 1, 3),
	      "a task with the tid of an ended task is another task");
	at_end("a tid that is used again");
}

/* a D sleep of 50 s and some reads, with records in between that nobody knows */
static void put_with_unknown(u32 i, u64 d_ns, u64 reads)
{
	struct hd_stuck_row stuck = row_stuck(HOSTDIAG_NR_NONE, d_ns, -1, "");
	struct hd_syscall_row call = { .nr = 1 };

	stuck.d_age_ns = d_ns;
	put(i, HOSTDIAG_TASK, 7, "cc", 1, 0);
	build_unknown(&build[i], 99, 40);
	build_stuck(&build[i], &stuck);
	build_unknown(&build[i], 98, 24);
	build_unknown(&build[i], 99, 40);
	row_events(&call.stat, 30 * US, 4);
	build_syscall(&build[i], &call);
	build_unknown(&build[i], 98, 24);
	call = (struct hd_syscall_row){ .nr = 0 };
	row_events(&call.stat, 20 * US, reads);
	build_syscall(&build[i], &call);
}

static void test_unknown(void)
{
	begin();
	put_with_unknown(0, 50 * S, 1000000);
	put_with_unknown(1, 51 * S, 1000001);
	check(compare() == HD_DELTA_FINE, "records that nobody knows");
	delta.with_calls = true;
	check(next_is(HOSTDIAG_TASK, "cc", 1, 1) && row.is_stuck &&
	      row.d_ns == 1 * S, "a D sleep after such a record");
	check(hd_delta_next(&delta, &row) == HOSTDIAG_SYSCALL &&
	      row.syscall.nr == 1 && !row.syscall.stat.count,
	      "a call after such a record");
	check(hd_delta_next(&delta, &row) == HOSTDIAG_SYSCALL &&
	      row.syscall.nr == 0 && row.syscall.stat.count == 1,
	      "a call after one more");
	at_end("records that nobody knows");
}

static void test_max(void)
{
	struct hd_stat stat = { .valid = true }, before;

	row_events(&stat, 5 * S, 1);
	row_events(&stat, 10 * US, 2);
	before = stat;
	row_events(&stat, 20 * US, 3);
	hd_delta_take_stat(&stat, &before);
	check_number(stat.count, 3, "events that are left");
	check_number(stat.sum_ns, 60 * US, "their time");
	check(stat.max_ns >= 20 * US && stat.max_ns < 25 * US,
	      "their maximum is in the bucket of the longest");

	before = stat;
	row_events(&stat, 70 * S, 1);
	hd_delta_take_stat(&stat, &before);
	check_number(stat.max_ns, 70 * S, "a new maximum is exact");
}

/* its earlier counts must not appear among those of the exited tasks of its name */
static void test_alive(void)
{
	begin();
	put(0, HOSTDIAG_TASK, 7, "cc", 1, 30);
	put(0, HOSTDIAG_EXITED, 0, "cc", 2, 100);
	put(1, HOSTDIAG_TASK, 7, "cc", 1, 50);
	put(1, HOSTDIAG_EXITED, 0, "cc", 3, 140);
	check(compare() == HD_DELTA_FINE &&
	      next_is(HOSTDIAG_TASK, "cc", 1, 20) &&
	      next_is(HOSTDIAG_EXITED, "cc", 1, 40),
	      "a task that lives on is not taken for one that ended");
	at_end("a task that lives on");
}

/* what was in D when its end was, and the time since counting began */
static void test_ended_in_d(void)
{
	struct hd_task_row task = row_task(0, 0, "dd");

	begin();
	task.tasks = 1;
	row_events(&task.stat[HOSTDIAG_KIND_DSLEEP], 1 * S, 3);
	build_task(&build[1], HOSTDIAG_EXITED, &task);
	check(compare() == HD_DELTA_FINE && delta.ns == B_NS - A_NS &&
	      next_is(HOSTDIAG_EXITED, "dd", 1, 0) && row.d_ns == 3 * S,
	      "the D sleep of a task that has ended since");
	at_end("a task that has ended since");
	check(hd_delta_open(&delta, NULL, &snap[1]) == HD_DELTA_FINE &&
	      delta.ns == B_NS - snap[1].head.since_ns,
	      "without an older snapshot all since counting began is told");
	check(next_is(HOSTDIAG_EXITED, "dd", 1, 0) && row.d_ns == 3 * S,
	      "and all that had ended");
	hd_delta_close(&delta);
}

static enum hd_delta_error compare_at(u64 second_ns)
{
	enum hd_delta_error error;

	begin();
	((struct hostdiag_header *)build[1].data)->now_ns = second_ns;
	error = compare();
	hd_delta_close(&delta);
	return error;
}

static void test_order(void)
{
	check(compare_at(A_NS - 1) == HD_DELTA_ORDER,
	      "the older snapshot is to be named first");
	check(compare_at(A_NS) == HD_DELTA_SAME,
	      "two snapshots of one moment have nothing between them");
	check(compare_at(A_NS + 1) == HD_DELTA_FINE,
	      "a nanosecond later they have");
}

static void test_refused(void)
{
	begin();
	put(0, HOSTDIAG_TASK, 0, "cc", 1, 30);
	check(compare() == HD_DELTA_NO_LIVES,
	      "tasks without lives cannot be told apart");
	hd_delta_close(&delta);
}

void test_delta(void)
{
	test_moved();
	test_twice();
	test_exec();
	test_unknown();
	test_max();
	test_alive();
	test_ended_in_d();
	test_order();
	test_refused();
}
