// SPDX-License-Identifier: GPL-2.0-only
/*
 * Settings: the module's parameters.  A bad value is refused with EINVAL and a line in
 * the log, and changes nothing.
 *
 * The files under /sys/module exist before the module's init has run and
 * after its exit has: only between hd_params_start() and hd_params_stop()
 * does a write reach the hooks.
 */
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/string.h>
#include <linux/time.h>
#include "core/guard.h"
#include "core/hooks.h"
#include "core/params.h"

struct hd_params hd_params = {
	.max_tasks = 32768,
	.max_memory_mb = 64,
	.gid = -1,
	.recorder_calls = 32,
	.slow_syscall_ms = 1000,
	.slow_dsleep_ms = 100,
	.slow_open_ms = 1000,
	.stuck_ms = 1000,
	.budget_percent = 1,
	.panic_dump = 1,
};

struct hd_thresholds hd_thresholds __read_mostly;

static DEFINE_MUTEX(params_mutex);	/* protects groups and running */
static u32 groups = HD_GROUPS | HD_GROUP_RECORDER;
static bool running;

struct number {
	int *value;
	int low;
	int high;
};

static u64 threshold_ns(u32 ms)
{
	return ms ? (u64)ms * NSEC_PER_MSEC : ~0ull;
}

static void set_thresholds(void)
{
	WRITE_ONCE(hd_thresholds.syscall_ns,
		   threshold_ns(hd_params.slow_syscall_ms));
	WRITE_ONCE(hd_thresholds.dsleep_ns,
		   threshold_ns(hd_params.slow_dsleep_ms));
	WRITE_ONCE(hd_thresholds.open_ns, threshold_ns(hd_params.slow_open_ms));
	WRITE_ONCE(hd_thresholds.stuck_ns, threshold_ns(hd_params.stuck_ms));
}

static int set_number(const char *val, const struct kernel_param *kp)
{
	const struct number *num = kp->arg;
	int err, value;

	err = kstrtoint(val, 0, &value);
	if (!err && value >= num->low && value <= num->high) {
		WRITE_ONCE(*num->value, value);
		set_thresholds();
		return 0;
	}
	pr_err("%s must be a number from %d to %d\n", kp->name, num->low,
	       num->high);
	return -EINVAL;
}

/* The kernel's own getter knows whether it or its caller adds the newline. */
static int get_int(char *buf, int value)
{
	const struct kernel_param kp = { .arg = &value };

	return param_get_int(buf, &kp);
}

static int get_word(char *buf, const char *word)
{
	char *copy = (char *)word;
	const struct kernel_param kp = { .arg = &copy };

	return param_get_charp(buf, &kp);
}

static int get_number(char *buf, const struct kernel_param *kp)
{
	const struct number *num = kp->arg;

	return get_int(buf, *num->value);
}

static const struct kernel_param_ops number_ops = {
	.set = set_number,
	.get = get_number,
};

static int set_group(const char *val, const struct kernel_param *kp)
{
	u32 bit = *(const u32 *)kp->arg, before;
	unsigned int on;
	int err = 0;

	if (kstrtouint(val, 0, &on) || on > 1) {
		pr_err("%s must be 0 or 1\n", kp->name);
		return -EINVAL;
	}
	mutex_lock(&params_mutex);
	before = groups;
	groups = on ? groups | bit : groups & ~bit;
	if (running)
		err = hd_hooks_set(groups);
	if (err)
		groups = before;
	/* the administrator who switches a group overrules the guard */
	else if (running)
		hd_guard_lift();
	mutex_unlock(&params_mutex);
	return err;
}

static int get_group(char *buf, const struct kernel_param *kp)
{
	u32 bit = *(const u32 *)kp->arg, on;

	mutex_lock(&params_mutex);
	on = running ? hd_groups_on : groups;
	mutex_unlock(&params_mutex);
	return get_int(buf, !!(on & bit));
}

static const struct kernel_param_ops group_ops = {
	.set = set_group,
	.get = get_group,
};

static const struct number max_tasks_number = {
	(int *)&hd_params.max_tasks, 1, 1 << 20
};

static const struct number max_memory_number = {
	(int *)&hd_params.max_memory_mb, 4, 1 << 16
};

#define MS_NUMBER(name) \
static const struct number name##_number = { \
	(int *)&hd_params.name, 0, INT_MAX \
}

MS_NUMBER(slow_syscall_ms);
MS_NUMBER(slow_dsleep_ms);
MS_NUMBER(slow_open_ms);
MS_NUMBER(stuck_ms);

static const struct number budget_number = {
	(int *)&hd_params.budget_percent, 0, 100
};

static const struct number panic_dump_number = {
	(int *)&hd_params.panic_dump, 0, 1
};

static int set_budget(const char *val, const struct kernel_param *kp)
{
	int err = set_number(val, kp);

	mutex_lock(&params_mutex);
	if (!err && running)
		hd_guard_start(hd_params.budget_percent);
	mutex_unlock(&params_mutex);
	return err;
}

static const struct kernel_param_ops budget_ops = {
	.set = set_budget,
	.get = get_number,
};

static const char *const paths_words[] = {
	[HD_PATHS_FULL] = "full",
	[HD_PATHS_BASENAME] = "basename",
	[HD_PATHS_OFF] = "off",
};

/* hd_params_paths() - the current value of the setting "paths" */
const char *hd_params_paths(void)
{
	return paths_words[READ_ONCE(hd_params.paths)];
}

static int set_paths(const char *val, const struct kernel_param *kp)
{
	u32 i;

	for (i = 0; i < ARRAY_SIZE(paths_words); i++) {
		if (!sysfs_streq(val, paths_words[i]))
			continue;
		WRITE_ONCE(hd_params.paths, i);
		return 0;
	}
	pr_err("%s must be full, basename or off\n", kp->name);
	return -EINVAL;
}

static int get_paths(char *buf, const struct kernel_param *kp)
{
	return get_word(buf, hd_params_paths());
}

static const struct kernel_param_ops paths_ops = {
	.set = set_paths,
	.get = get_paths,
};

static int set_recorder_calls(const char *val, const struct kernel_param *kp)
{
	u32 calls;

	if (kstrtou32(val, 0, &calls) || (calls != 16 && calls != 32)) {
		pr_err("%s must be 16 or 32\n", kp->name);
		return -EINVAL;
	}
	hd_params.recorder_calls = calls;
	return 0;
}

static int get_recorder_calls(char *buf, const struct kernel_param *kp)
{
	return get_int(buf, hd_params.recorder_calls);
}

static const struct kernel_param_ops recorder_calls_ops = {
	.set = set_recorder_calls,
	.get = get_recorder_calls,
};

static const struct number gid_number = { &hd_params.gid, -1, INT_MAX };

module_param_cb(max_tasks, &number_ops, (void *)&max_tasks_number, 0444);
MODULE_PARM_DESC(max_tasks, "most tasks to keep records of (default 32768)");
module_param_cb(max_memory_mb, &number_ops, (void *)&max_memory_number, 0444);
MODULE_PARM_DESC(max_memory_mb, "bound of all memory, in MiB (default 64)");
module_param_cb(gid, &number_ops, (void *)&gid_number, 0444);
MODULE_PARM_DESC(gid, "group that may read /proc/hostdiag (default none)");
module_param_cb(recorder_calls, &recorder_calls_ops, NULL, 0444);
MODULE_PARM_DESC(recorder_calls, "of each task, keep so many of its last calls: 16 or 32 (default 32)");
module_param_cb(slow_syscall_ms, &number_ops, (void *)&slow_syscall_ms_number,
		0644);
MODULE_PARM_DESC(slow_syscall_ms, "a syscall that takes longer is an event (default 1000, 0 = off)");
module_param_cb(slow_dsleep_ms, &number_ops, (void *)&slow_dsleep_ms_number,
		0644);
MODULE_PARM_DESC(slow_dsleep_ms, "a D sleep that takes longer is an event, and its place is kept (default 100, 0 = off)");
module_param_cb(slow_open_ms, &number_ops, (void *)&slow_open_ms_number, 0644);
MODULE_PARM_DESC(slow_open_ms, "a file that is held open for longer is an event (default 1000, 0 = off)");
module_param_cb(stuck_ms, &number_ops, (void *)&stuck_ms_number, 0644);
MODULE_PARM_DESC(stuck_ms, "a call or D sleep that has lasted longer is in the summary as stuck (default 1000, 0 = off)");
module_param_cb(paths, &paths_ops, NULL, 0644);
MODULE_PARM_DESC(paths, "of paths, show: full, basename or off (default full)");
module_param_cb(budget_percent, &budget_ops, (void *)&budget_number, 0644);
MODULE_PARM_DESC(budget_percent, "of the CPUs' time, that the hooks may take before groups of them are shed (default 1, 0 = any)");
module_param_cb(panic_dump, &number_ops, (void *)&panic_dump_number, 0644);
MODULE_PARM_DESC(panic_dump, "on panic, and when a task hangs, print what is stuck: 0 or 1 (default 1)");

static const u32 recorder_bit = HD_GROUP_RECORDER;

module_param_cb(recorder, &group_ops, (void *)&recorder_bit, 0644);
MODULE_PARM_DESC(recorder, "the last calls of each task: 0 or 1 (default 1)");

#define GROUP_PARAM(name, NAME, help) \
static const u32 name##_bit = HOSTDIAG_F_##NAME; \
module_param_cb(name, &group_ops, (void *)&name##_bit, 0644); \
MODULE_PARM_DESC(name, help ": 0 or 1 (default 1)");

HD_GROUP_LIST(GROUP_PARAM)

/**
 * hd_params_start() - apply the settings: attach the groups that are on, and watch
 *	their cost
 *
 * A group that cannot be attached is off, with the reason in the log.
 *
 * Context: process; sleeps.
 */
void hd_params_start(void)
{
	set_thresholds();
	mutex_lock(&params_mutex);
	running = true;
	hd_hooks_set(groups);
	hd_guard_start(hd_params.budget_percent);
	mutex_unlock(&params_mutex);
}

/**
 * hd_params_stop() - keep writes and the guard from the hooks
 *
 * Context: process; sleeps.
 */
void hd_params_stop(void)
{
	mutex_lock(&params_mutex);
	running = false;
	mutex_unlock(&params_mutex);
	hd_guard_stop();
}
