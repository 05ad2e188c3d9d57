// SPDX-License-Identifier: GPL-2.0-only
/*
 * Acts of the ledger that no call tells of alone: hooks on functions and events
 * that are rare.  A kernel that lacks one does without that kind.
 *
 * A hook sees that a function begins, not what it returns: what failed is noted
 * as well, unless it is what was done already.
 */
#include <linux/device.h>
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/kdev_t.h>
#include <linux/string.h>
#include "collect/collect.h"
#include "compat/acts.h"
#include "compat/sched.h"
#include "core/cost.h"
#include "pure/columns.h"
#include "store/ledger.h"

static __always_inline void begin(struct hd_act_on *on, u32 act)
{
	memset(on, 0, sizeof(*on));
	on->act = act;
	on->target = HD_ABSENT;
}

static void tell(const struct hd_act_on *on, bool is_done)
{
	if (is_done)
		hd_ledger_note(on, current, HD_ACT_STANDS);
	else
		hd_ledger_undo(on, current);
}

static void tell_fs(unsigned long addr, bool is_done)
{
	const struct super_block *sb = (const struct super_block *)addr;
	struct hd_act_on on;

	begin(&on, HD_ACT_FREEZE);
	on.target = new_encode_dev(sb->s_dev);
	snprintf(on.object, sizeof(on.object), "%s:%s", sb->s_type->name, sb->s_id);
	tell(&on, is_done);
}

static __always_inline void on_freeze(unsigned long sb, unsigned long unused)
{
	u64 began = hd_cost_begin(HD_HIT_FREEZE);

	tell_fs(sb, true);
	hd_cost_end(HD_HIT_FREEZE, began);
}

static __always_inline void on_thaw(unsigned long sb, unsigned long unused)
{
	u64 began = hd_cost_begin(HD_HIT_THAW);

	tell_fs(sb, false);
	hd_cost_end(HD_HIT_THAW, began);
}

/* by what an ioctl of device-mapper names its device */
enum dm_space {
	DM_NAME,
	DM_UUID,
	DM_NUMBER,
};

static void tell_dm(unsigned long arg, unsigned long arg2)
{
	struct dm_ioctl param;
	struct hd_act_on on;

	if (!hd_dm_ioctl(arg, arg2, &param))
		return;
	begin(&on, HD_ACT_SUSPEND);
	if (param.name[0])
		strscpy(on.object, param.name, sizeof(on.object));
	else if (param.uuid[0])
		strscpy(on.object, param.uuid, sizeof(on.object));
	else
		snprintf(on.object, sizeof(on.object), "%u:%u",
			 MAJOR(new_decode_dev(param.dev)),
			 MINOR(new_decode_dev(param.dev)));
	on.space = param.name[0] ? DM_NAME : param.uuid[0] ? DM_UUID : DM_NUMBER;
	tell(&on, param.flags & DM_SUSPEND_FLAG);
	if (!(param.flags & DM_SUSPEND_FLAG))
		hd_ledger_doubt_others(&on);
}

static __always_inline void on_dm(unsigned long arg, unsigned long arg2)
{
	u64 began = hd_cost_begin(HD_HIT_SUSPEND);

	tell_dm(arg, arg2);
	hd_cost_end(HD_HIT_SUSPEND, began);
}

static void tell_cgroup(unsigned long cgroup, bool is_done)
{
	struct hd_act_on on;

	begin(&on, HD_ACT_CGROUP);
	on.target = hd_cgroup_number(cgroup);
	hd_cgroup_name(cgroup, on.object, sizeof(on.object));
	tell(&on, is_done);
}

static __always_inline void on_cgroup(unsigned long cgroup, unsigned long freeze)
{
	u64 began = hd_cost_begin(HD_HIT_CGROUP);

	tell_cgroup(cgroup, (u8)freeze);
	hd_cost_end(HD_HIT_CGROUP, began);
}

static __always_inline void on_cgroup_gone(unsigned long cgroup)
{
	u64 began = hd_cost_begin(HD_HIT_CGROUP_GONE);

	tell_cgroup(cgroup, false);
	hd_cost_end(HD_HIT_CGROUP_GONE, began);
}

static __always_inline void on_drop(unsigned long table, unsigned long writes)
{
	u64 began = hd_cost_begin(HD_HIT_DROP);
	struct hd_act_on on;

	begin(&on, HD_ACT_DROP);
	if ((int)writes)
		hd_ledger_note(&on, current, HD_ACT_DONE);
	hd_cost_end(HD_HIT_DROP, began);
}

static void tell_cpu(u32 cpu, bool is_off)
{
	struct hd_act_on on;

	begin(&on, HD_ACT_CPU);
	on.target = cpu;
	tell(&on, is_off);
}

/* what a kworker does on behalf of who writes to "online", is told of that one */
static __always_inline void on_cpu_off(unsigned long dev, unsigned long unused)
{
	u64 began = hd_cost_begin(HD_HIT_CPU_OFF);

	tell_cpu(((const struct device *)dev)->id, true);
	hd_cost_end(HD_HIT_CPU_OFF, began);
}

static __always_inline void on_cpu_on(unsigned long dev, unsigned long unused)
{
	u64 began = hd_cost_begin(HD_HIT_CPU_ON);

	tell_cpu(((const struct device *)dev)->id, false);
	hd_cost_end(HD_HIT_CPU_ON, began);
}

static __always_inline void on_net(unsigned long addr, unsigned long flags)
{
	u64 began = hd_cost_begin(HD_HIT_NET);
	const struct net_device *dev = (const struct net_device *)addr;
	struct hd_act_on on;

	/* by name, so only those whose names are the host's own */
	if (net_eq(dev_net(dev), &init_net) && (dev->flags ^ flags) & IFF_UP) {
		begin(&on, HD_ACT_NET);
		strscpy(on.object, dev->name, sizeof(on.object));
		tell(&on, !(dev->flags & IFF_UP));
	}
	hd_cost_end(HD_HIT_NET, began);
}

/* who asked for the memory is why it was killed then */
static __always_inline void on_oom(struct task_struct *p)
{
	u64 began = hd_cost_begin(HD_HIT_OOM);
	struct hd_act_on on;

	begin(&on, HD_ACT_OOM);
	on.target = p->pid;
	on.target_start_ns = hd_task_start_ns(p);
	strscpy(on.object, p->comm, sizeof(p->comm));
	hd_ledger_note(&on, current, HD_ACT_DONE);
	hd_cost_end(HD_HIT_OOM, began);
}

/* an interrupt tells of it: whose request it was is not known */
static __always_inline void on_disk(const char *disk)
{
	u64 began = hd_cost_begin(HD_HIT_DISK);
	struct hd_act_on on;

	begin(&on, HD_ACT_DISK);
	strscpy(on.object, disk, sizeof(on.object));
	hd_ledger_note(&on, NULL, HD_ACT_DONE);
	hd_cost_end(HD_HIT_DISK, began);
}

HD_RARE_PROBE(probe_freeze, on_freeze);
HD_RARE_PROBE(probe_thaw, on_thaw);
HD_RARE_PROBE(probe_dm, on_dm);
HD_RARE_PROBE(probe_cgroup, on_cgroup);
HD_RARE_PROBE(probe_drop, on_drop);
HD_RARE_PROBE(probe_cpu_off, on_cpu_off);
HD_RARE_PROBE(probe_cpu_on, on_cpu_on);
HD_RARE_PROBE(probe_net, on_net);
HD_PROBE_CGROUP_GONE(probe_cgroup_gone, on_cgroup_gone)
HD_PROBE_OOM(probe_oom, on_oom)
HD_PROBE_DISK(probe_disk, on_disk)

const struct hd_collector hd_collector_ledger = {
	.name = "ledger",
	.group = HD_GROUP_ALWAYS,
	.hooks = {
		{ .symbol = "freeze_super", .fn_probe = &probe_freeze,
		  .hit = HD_HIT_FREEZE, .is_optional = true },
		{ .symbol = "thaw_super", .fn_probe = &probe_thaw,
		  .hit = HD_HIT_THAW, .is_optional = true },
		{ .symbol = "dev_suspend", .fn_probe = &probe_dm,
		  .hit = HD_HIT_SUSPEND, .is_optional = true },
		{ .symbol = "cgroup_freeze", .fn_probe = &probe_cgroup,
		  .hit = HD_HIT_CGROUP, .is_optional = true },
		{ .symbol = "drop_caches_sysctl_handler", .fn_probe = &probe_drop,
		  .hit = HD_HIT_DROP, .is_optional = true },
		{ .symbol = "cpu_subsys_offline", .fn_probe = &probe_cpu_off,
		  .hit = HD_HIT_CPU_OFF, .is_optional = true },
		{ .symbol = "cpu_subsys_online", .fn_probe = &probe_cpu_on,
		  .hit = HD_HIT_CPU_ON, .is_optional = true },
		{ .symbol = "__dev_notify_flags", .fn_probe = &probe_net,
		  .hit = HD_HIT_NET, .is_optional = true },
		{ .event = HD_CGROUP_GONE_EVENT, .probe = probe_cgroup_gone,
		  .hit = HD_HIT_CGROUP_GONE, .is_optional = true },
		{ .event = HD_OOM_EVENT, .probe = probe_oom,
		  .hit = HD_HIT_OOM, .is_optional = true },
		{ .event = HD_DISK_EVENT, .probe = probe_disk,
		  .hit = HD_HIT_DISK, .is_optional = true },
	},
};

static int on_module(struct notifier_block *block, unsigned long event, void *priv)
{
	const struct module *mod = priv;
	struct hd_act_on on;

	if (event != MODULE_STATE_LIVE && event != MODULE_STATE_GOING)
		return NOTIFY_DONE;
	begin(&on, HD_ACT_MODULE);
	strscpy(on.object, mod->name, sizeof(on.object));
	tell(&on, event == MODULE_STATE_LIVE);
	if (event == MODULE_STATE_LIVE)
		hd_hooks_retry();
	return NOTIFY_DONE;
}

static struct notifier_block module_block = {
	.notifier_call = on_module,
};

/**
 * hd_ledger_watch() - be told of modules
 *
 * Context: process; sleeps.
 */
void hd_ledger_watch(void)
{
	register_module_notifier(&module_block);
}

/**
 * hd_ledger_unwatch() - be told no longer
 *
 * Context: process; sleeps.
 */
void hd_ledger_unwatch(void)
{
	unregister_module_notifier(&module_block);
}
