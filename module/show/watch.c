// SPDX-License-Identifier: GPL-2.0-only
/*
 * One thread that looks every few seconds whether many tasks are blocked, and
 * keeps what they wait for; and that prints the same to the console when the
 * SysRq key is pressed.
 *
 * The key comes in an interrupt, where nothing of it may be done: it wakes the
 * thread.  That one has been there since load with all its memory, so it works
 * where nothing can be forked or allocated; it reads no file, and runs before
 * tasks without a real-time priority.
 */
#include <linux/kthread.h>
#include <linux/pid_namespace.h>
#include <linux/sched.h>
#include <linux/string.h>
#include "compat/sysrq.h"
#include "compat/time.h"
#include "core/clock.h"
#include "show/acts.h"
#include "show/blocked.h"
#include "show/reader.h"
#include "show/watch.h"
#include "store/ledger.h"
#include "store/pool.h"
#include "store/storms.h"
#include "store/task.h"

#define KEY		'y'
#define LOOK_EVERY	(5 * HZ)
#define STORM_TASKS	5u	/* more of them are a storm, */
#define STORM_NS	(3 * NSEC_PER_SEC)	/* blocked for longer */
#define TREE_LINES	20u
#define ACTS_TOLD	10u
#define ACTS_BEFORE_NS	(600 * NSEC_PER_SEC)	/* the first wait of a storm */
#define YIELD_EVERY	64	/* tasks */

/**
 * struct watch - what the thread needs
 * @search: for who waits
 * @reader: the same
 * @row: of the ledger
 * @out: fills @text
 * @len: of @text
 * @text: in the making
 * @storm: that is on, or was last
 * @is_on: it is
 * @told: how many tasks were blocked when its text was made
 */
struct watch {
	struct hd_blocked_search *search;
	struct hd_reader reader;
	struct hd_ledger_row row;
	struct hd_out out;
	u32 len;
	char text[HD_STORM_TEXT];
	struct hd_storm storm;
	bool is_on;
	u32 told;
};

static struct watch *watch;
static struct task_struct *thread;
static int key_pressed;
static bool has_key;

static __printf(2, 0)
void add_text(struct hd_out *out, const char *fmt, va_list args)
{
	watch->len += vscnprintf(watch->text + watch->len,
				 sizeof(watch->text) - watch->len, fmt, args);
}

static void begin_text(void)
{
	watch->len = 0;
	watch->text[0] = '\0';
	watch->out.print = add_text;
}

/* the newest acts since a moment, the newest first */
static void add_acts(u64 since_ns)
{
	u64 now_ns = hd_kernel_clock(), nr = ~0ull;
	u32 left = ACTS_TOLD;

	while (left && hd_ledger_try_before(nr, &watch->row)) {
		nr = watch->row.nr;
		if (max(watch->row.when_ns, watch->row.end_ns) < since_ns &&
		    watch->row.state != HD_ACT_STANDS &&
		    watch->row.state != HD_ACT_BEGUN)
			continue;
		hd_acts_look(&watch->row);
		hd_ledger_say(&watch->out, &watch->row, now_ns);
		hd_out_printf(&watch->out, "\n");
		left--;
	}
}

static const struct hd_blocked_tree *add_tree(void)
{
	const struct hd_blocked_tree *tree;

	hd_reader_begin(&watch->reader);
	tree = hd_blocked_search(watch->search, &watch->reader);
	if (tree->len)
		hd_blocked_print(&watch->out, tree, TREE_LINES);
	else
		hd_out_printf(&watch->out, "nothing waits in the kernel\n");
	return tree;
}

static void print_text(void)
{
	char *line, *rest = watch->text;

	while ((line = strsep(&rest, "\n")))
		if (*line)
			pr_err("%s\n", line);
}

static void print_now(void)
{
	pr_err("who keeps others waiting in the kernel, the worst first; then the newest acts\n");
	begin_text();
	add_tree();
	add_acts(0);
	print_text();
	pr_err("that is all\n");
}

/* how many tasks are blocked for long, and since when the first of them is */
static u32 count_blocked(u64 *longest_ns)
{
	u64 now = hd_clock_read(), since, age_ns;
	u32 i, blocked = 0;

	*longest_ns = 0;
	for (i = 0; i < hd_tasks_end(); i++) {
		if (i % YIELD_EVERY == 0)
			cond_resched();
		since = READ_ONCE(hd_task_at(i)->d_start);
		if (!since || !READ_ONCE(hd_task_at(i)->id))
			continue;
		age_ns = hd_clock_since(since, now);
		if (age_ns < STORM_NS)
			continue;
		blocked++;
		*longest_ns = max(*longest_ns, age_ns);
	}
	return blocked;
}

static void begin_storm(u64 longest_ns, u64 now_ns)
{
	struct hd_storm *storm = &watch->storm;

	storm->nr++;
	storm->begin_ns = now_ns - min(longest_ns, now_ns);
	storm->end_ns = 0;
	storm->tasks = 0;
	watch->told = 0;
	watch->is_on = true;
}

/* what they wait for, told anew when they have become many more */
static void tell_storm(u32 blocked)
{
	struct hd_storm *storm = &watch->storm;
	const struct hd_blocked_tree *tree;
	char *age;

	begin_text();
	tree = add_tree();
	if (!tree->len)
		return;
	add_acts(storm->begin_ns - min_t(u64, ACTS_BEFORE_NS, storm->begin_ns));
	memcpy(storm->text, watch->text, sizeof(storm->text));
	begin_text();
	hd_blocked_say_root(&watch->out, &tree->root[0]);
	/* how long a storm is, is told anyway */
	age = strstr(watch->text, ", the longest");
	if (age)
		*age = '\0';
	strscpy(storm->worst, watch->text, sizeof(storm->worst));
	watch->told = blocked;
}

static void look(void)
{
	u64 longest_ns, now_ns = hd_kernel_clock();
	u32 blocked = count_blocked(&longest_ns);
	struct hd_storm *storm = &watch->storm;

	if (blocked <= STORM_TASKS) {
		if (watch->is_on) {
			storm->end_ns = now_ns;
			hd_storm_keep(storm, now_ns);
		}
		watch->is_on = false;
		return;
	}
	if (!watch->is_on)
		begin_storm(longest_ns, now_ns);
	storm->tasks = max(storm->tasks, blocked);
	if (blocked > watch->told + watch->told / 2)
		tell_storm(blocked);
	if (watch->told)
		hd_storm_keep(storm, now_ns);
}

/* false: there is nothing to be done for a while */
static bool is_due(void)
{
	return READ_ONCE(key_pressed) || kthread_should_stop();
}

static void sleep_till_due(void)
{
	set_current_state(TASK_INTERRUPTIBLE);
	if (!is_due())
		schedule_timeout(LOOK_EVERY);
	__set_current_state(TASK_RUNNING);
}

static int run(void *unused)
{
	while (!kthread_should_stop()) {
		sleep_till_due();
		if (xchg(&key_pressed, 0))
			print_now();
		else if (!kthread_should_stop())
			look();
	}
	return 0;
}

/* takes no lock but the scheduler's own */
static void press(void)
{
	WRITE_ONCE(key_pressed, 1);
	wake_up_process(thread);
}

HD_SYSRQ(on_key, press)

static struct sysrq_key_op key_op = {
	.handler = on_key,
	.help_msg = "blocked-and-whY(y)",
	.action_msg = "Show who keeps others waiting, and the newest acts",
	.enable_mask = 0x8,	/* of those that dump what processes do */
};

static void start_key(void)
{
	has_key = !register_sysrq_key(KEY, &key_op);
	if (!has_key)
		pr_info("there is no SysRq key: the kernel has none, or %c is another one's\n",
			KEY);
}

/**
 * hd_watch_init() - start the thread
 *
 * Without memory for it there is neither the key nor are storms kept.
 *
 * Context: process; sleeps.
 */
void hd_watch_init(void)
{
	watch = hd_fixed_alloc(sizeof(*watch));
	if (watch)
		watch->search = hd_blocked_search_new();
	if (watch && watch->search) {
		watch->reader.ns = &init_pid_ns;
		watch->reader.sums = HD_SUMS_NONE;
		thread = kthread_run(run, NULL, "hostdiag");
	}
	if (IS_ERR_OR_NULL(thread)) {
		thread = NULL;
		pr_warn("no memory for the thread that looks for storms, and for the SysRq key\n");
		return;
	}
	hd_set_fifo_low(thread);
	start_key();
}

/**
 * hd_watch_exit() - stop it
 *
 * Context: process; sleeps.
 */
void hd_watch_exit(void)
{
	if (has_key)
		unregister_sysrq_key(KEY, &key_op);
	if (thread)
		kthread_stop(thread);
	has_key = false;
	thread = NULL;
	if (watch)
		hd_blocked_search_free(watch->search);
	hd_fixed_free(watch, sizeof(*watch));
	watch = NULL;
}
