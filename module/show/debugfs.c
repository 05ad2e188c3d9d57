// SPDX-License-Identifier: GPL-2.0-only
/*
 * /sys/kernel/debug/hostdiag: about the module itself.  Nothing depends on these
 * files, so errors of creating them are ignored: without debugfs there are none.
 */
#include <linux/debugfs.h>
#include <linux/cpumask.h>
#include <linux/err.h>
#include <linux/math64.h>
#include <linux/module.h>
#include <linux/seq_file.h>
#include "core/clock.h"
#include "core/cost.h"
#include "show/debugfs.h"
#include "core/guard.h"
#include "core/hooks.h"
#include "show/reader.h"
#include "store/lost.h"
#include "core/params.h"
#include "store/pool.h"

static struct dentry *dir;

/*
 * The hooks of calls keep no count of hits: their number is the sum of all tasks'
 * rows, since the start of counting.
 */
static bool read_hook(u32 nth, struct hd_hook_state *state)
{
	struct hd_view view;

	if (!hd_hooks_state(nth, state))
		return false;
	if (state->hit == HD_HIT_SYS_ENTER || state->hit == HD_HIT_SYS_EXIT) {
		hd_view_now(&view);
		state->hits = hd_calls_counted() + hd_lost_of(HD_LOST_CALL);
		state->elapsed_ns = view.now_ns - view.since_ns;
	}
	return true;
}

static int show_probes(struct seq_file *seq, void *v)
{
	struct hd_guard_state guard;
	struct hd_hook_state state;
	u32 i;

	seq_printf(seq, "# clock=%s dsleep_error_ns=%llu lost_calls=%llu lost_dsleeps=%llu lost_opens=%llu lost_detail=%llu lost_events=%llu\n",
		   hd_clock_name(), hd_clock_dsleep_error_ns(), hd_lost_of(HD_LOST_CALL),
		   hd_lost_of(HD_LOST_DSLEEP), hd_lost_of(HD_LOST_OPEN),
		   hd_lost_of(HD_LOST_DETAIL), hd_lost_of(HD_LOST_EVENT));
	hd_guard_look(&guard);
	seq_printf(seq, "# budget_percent=%u cost_ppm=%llu over_ns=%llu shed_ns=%llu shed_changes=%llu\n",
		   hd_params.budget_percent, guard.ppm, guard.over_ns,
		   guard.shed_ns, guard.changes);
	seq_puts(seq, "# group hook state how hits missed reason\n");
	for (i = 0; read_hook(i, &state); i++)
		seq_printf(seq, "%s %s %s %s hits=%llu missed=%llu %s\n",
			   state.group, state.hook, state.why ? "off" : "on",
			   state.how, state.hits, state.missed,
			   state.why ?: "-");
	return 0;
}

static int show_memory(struct seq_file *seq, void *v)
{
	const struct hd_pool *pool;
	u32 i;

	seq_puts(seq, "# table entries bytes high_water limit denied\n");
	seq_printf(seq, "fixed 1 %llu 1 1 0\n", hd_budget.fixed);
	for (i = 0; i < HD_POOLS; i++) {
		pool = hd_pool_of(i);
		seq_printf(seq, "%s %u %llu %u %u %llu\n", pool->name,
			   data_race(pool->used),
			   (u64)READ_ONCE(pool->nr_chunks) * HD_CHUNK_BYTES,
			   data_race(pool->high), pool->limit,
			   hd_pool_denied(pool));
	}
	seq_printf(seq, "total - %llu - %llu -\n", hd_pools_bytes(),
		   hd_budget.limit);
	return 0;
}

/* parts per million of the time of all CPUs */
static u64 share_of(const struct hd_hook_state *state, u64 ns)
{
	return div64_u64(ns, div_u64(state->elapsed_ns, 1000000) *
			     num_online_cpus() + 1);
}

static int show_cost(struct seq_file *seq, void *v)
{
	u64 mean, total, share, sum = 0, shares = 0;
	struct hd_hook_state state;
	u32 i;

	seq_printf(seq, "# one event in %u is timed, within the hook; 1 ppm is 0.0001 %% of all CPUs\n",
		   HD_COST_EVERY);
	seq_puts(seq, "# hook events sampled mean_ns total_ns share_ppm\n");
	for (i = 0; read_hook(i, &state); i++) {
		mean = state.samples ?
		       div64_u64(state.sampled_ns, state.samples) : 0;
		total = mean * state.hits;
		share = share_of(&state, total);
		sum += total;
		shares += share;
		seq_printf(seq, "%s:%s %llu %llu %llu %llu %llu\n", state.group,
			   state.hook, state.hits, state.samples, mean, total,
			   share);
	}
	seq_printf(seq, "all - - - %llu %llu\n", sum, shares);
	return 0;
}

static int open_probes(struct inode *inode, struct file *filp)
{
	return single_open(filp, show_probes, NULL);
}

static int open_cost(struct inode *inode, struct file *filp)
{
	return single_open(filp, show_cost, NULL);
}

static int open_memory(struct inode *inode, struct file *filp)
{
	return single_open(filp, show_memory, NULL);
}

static const struct file_operations probes_ops = {
	.owner = THIS_MODULE,
	.open = open_probes,
	.read = seq_read,
	.llseek = seq_lseek,
	.release = single_release,
};

static const struct file_operations cost_ops = {
	.owner = THIS_MODULE,
	.open = open_cost,
	.read = seq_read,
	.llseek = seq_lseek,
	.release = single_release,
};

static const struct file_operations memory_ops = {
	.owner = THIS_MODULE,
	.open = open_memory,
	.read = seq_read,
	.llseek = seq_lseek,
	.release = single_release,
};

/* hd_debugfs_init() - create the files, where the kernel has debugfs */
void hd_debugfs_init(void)
{
	dir = debugfs_create_dir("hostdiag", NULL);
	if (IS_ERR_OR_NULL(dir))
		return;
	debugfs_create_file("probes", 0400, dir, NULL, &probes_ops);
	debugfs_create_file("cost", 0400, dir, NULL, &cost_ops);
	debugfs_create_file("memory", 0400, dir, NULL, &memory_ops);
}

/* hd_debugfs_exit() - remove the files */
void hd_debugfs_exit(void)
{
	debugfs_remove_recursive(dir);
}
