/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Hooks: what is attached to the kernel, and the collectors that they belong
 * to.  A collector is one file with one const struct hd_collector, and one
 * line in the table in hooks.c.
 *
 * Hooks come in groups that are switched on and off at run time.  A group
 * whose hooks cannot all be attached is off, with the reason in the log and
 * in debugfs; the others go on.
 */
#ifndef HD_HOOKS_H
#define HD_HOOKS_H

#include <linux/percpu.h>
#include "compat/fnhook.h"
#include "uapi/hostdiag.h"

/* groups: HOSTDIAG_F_*, and the one that is always on */
#define HD_GROUP_ALWAYS	(1u << 31)
#define HD_GROUPS	(HOSTDIAG_F_SYSCALLS | HOSTDIAG_F_DSLEEP | \
			 HOSTDIAG_F_FILES)

/*
 * One a hook, for counting its hits, the events that it had work for.  Those
 * of the syscalls' hooks are the calls that the tables hold, or that were lost,
 * and the many switches that are no D sleep's are not counted: the hot path
 * counts nothing for show.
 */
enum hd_hit {
	HD_HIT_NEWTASK,
	HD_HIT_EXEC,
	HD_HIT_RENAME,
	HD_HIT_EXIT,
	HD_HIT_FREE,
	HD_HIT_SWITCH,
	HD_HIT_MIGRATE,
	HD_HIT_OPEN,
	HD_HIT_RELEASE,
	HD_HIT_HANG,
	/* not counted in hd_hits, but they have a cost */
	HD_HIT_SYS_ENTER,
	HD_HIT_SYS_EXIT,
	HD_HITS,
};

DECLARE_PER_CPU(u64 [HD_HITS], hd_hits);

/**
 * struct hd_hook - one hook
 * @event: tracepoint; NULL: a function is hooked
 * @probe: of the tracepoint
 * @raw_probe: the same where the raw clock is in use; NULL: @probe serves
 * @symbol: function, where @event is NULL
 * @fn_probe: of the function
 * @hit: where its hits and its cost are counted
 * @unless: groups that make this hook needless while they are on
 * @is_spare: its group does without it, if the kernel has no such event
 */
struct hd_hook {
	const char *event;
	void *probe;
	void *raw_probe;
	const char *symbol;
	const struct hd_fn_probe *fn_probe;
	enum hd_hit hit;
	u32 unless;
	bool is_spare;
};

#define HD_COLLECTOR_HOOKS	5

/**
 * struct hd_collector - what turns events into counts
 * @name: of the group
 * @group: its bit
 * @forget: forget what is in progress; called with the hooks detached
 * @hooks: up to the first without event and symbol
 */
struct hd_collector {
	const char *name;
	u32 group;
	void (*forget)(void);
	struct hd_hook hooks[HD_COLLECTOR_HOOKS + 1];
};

extern const struct hd_collector hd_collector_lifecycle;
extern const struct hd_collector hd_collector_syscall;
extern const struct hd_collector hd_collector_dsleep;
extern const struct hd_collector hd_collector_openclose;
extern const struct hd_collector hd_collector_panic_dump;

/* groups that are on now; hooks read it, hd_hooks_set() writes it */
extern u32 hd_groups_on;

/**
 * struct hd_hook_state - a hook, for debugfs
 * @group: name
 * @hook: event or symbol
 * @how: "tracepoint", "ftrace", "kprobe", or "-"
 * @why: why it is not attached; NULL while it is
 * @hits: since load, or since the last reset where they are calls
 * @missed: hits that the kernel could not deliver
 * @elapsed_ns: in which the hits came
 * @samples: hits whose time in the hook was taken
 * @sampled_ns: that time
 */
struct hd_hook_state {
	const char *group;
	const char *hook;
	const char *how;
	const char *why;
	u64 hits;
	u64 missed;
	u64 elapsed_ns;
	u64 samples;
	u64 sampled_ns;
};

int hd_hooks_init(void);
int hd_hooks_set(u32 groups);
u32 hd_hooks_shed(u32 groups);
void hd_hooks_exit(void);
bool hd_hooks_state(u32 nth, struct hd_hook_state *state);

#endif /* HD_HOOKS_H */
