// SPDX-License-Identifier: GPL-2.0-only
/*
 * Settings: the module's parameters.  A bad value is refused with EINVAL and
 * a line in the log; nothing changes then.
 *
 * The files under /sys/module exist before the module's init has run and
 * after its exit has: only between hd_params_start() and hd_params_stop()
 * does a write reach the hooks.
 */
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include "hooks.h"
#include "params.h"

struct hd_params hd_params = {
	.max_tasks = 32768,
	.max_memory_mb = 64,
	.gid = -1,
};

static DEFINE_MUTEX(params_mutex);	/* protects the two below */
static u32 groups = HD_GROUPS;
static bool running;

struct number {
	int *value;
	int low;
	int high;
};

static int set_number(const char *val, const struct kernel_param *kp)
{
	const struct number *num = kp->arg;
	int err, value;

	err = kstrtoint(val, 0, &value);
	if (!err && value >= num->low && value <= num->high) {
		*num->value = value;
		return 0;
	}
	pr_err("%s must be a number from %d to %d\n", kp->name, num->low,
	       num->high);
	return -EINVAL;
}

/* the kernel's own getter knows whether a newline is its part or the caller's */
static int get_int(char *buf, int value)
{
	const struct kernel_param kp = { .arg = &value };

	return param_get_int(buf, &kp);
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

static const struct number gid_number = { &hd_params.gid, -1, INT_MAX };
static const u32 syscalls_bit = HOSTDIAG_F_SYSCALLS;
static const u32 dsleep_bit = HOSTDIAG_F_DSLEEP;
static const u32 files_bit = HOSTDIAG_F_FILES;

module_param_cb(max_tasks, &number_ops, (void *)&max_tasks_number, 0444);
MODULE_PARM_DESC(max_tasks, "most tasks to keep records of (default 32768)");
module_param_cb(max_memory_mb, &number_ops, (void *)&max_memory_number, 0444);
MODULE_PARM_DESC(max_memory_mb, "bound of all memory, in MiB (default 64)");
module_param_cb(gid, &number_ops, (void *)&gid_number, 0444);
MODULE_PARM_DESC(gid, "group that may read /proc/hostdiag (default none)");
module_param_cb(syscalls, &group_ops, (void *)&syscalls_bit, 0644);
MODULE_PARM_DESC(syscalls, "syscall latency: 0 or 1 (default 1)");
module_param_cb(dsleep, &group_ops, (void *)&dsleep_bit, 0644);
MODULE_PARM_DESC(dsleep, "uninterruptible sleep: 0 or 1 (default 1)");
module_param_cb(files, &group_ops, (void *)&files_bit, 0644);
MODULE_PARM_DESC(files, "open to close of files: 0 or 1 (default 1)");

/**
 * hd_params_start() - attach the groups that are asked for
 *
 * A group that cannot be attached is off, and has said so in the log.
 *
 * Context: process; sleeps.
 */
void hd_params_start(void)
{
	mutex_lock(&params_mutex);
	running = true;
	hd_hooks_set(groups);
	mutex_unlock(&params_mutex);
}

/**
 * hd_params_stop() - writes reach the hooks no longer
 *
 * Context: process; sleeps.
 */
void hd_params_stop(void)
{
	mutex_lock(&params_mutex);
	running = false;
	mutex_unlock(&params_mutex);
}
