/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Hooks: what is attached to the kernel, and the collectors that they belong
 * to.  A collector is one file with one const struct hd_collector, declared in
 * collect/collect.h; the table of them is main.c's, so that nothing here knows
 * any of them.
 *
 * Hooks come in groups that are switched on and off at run time.  A group
 * whose hooks cannot all be attached is off, with the reason in the log and
 * in debugfs; the others go on.
 */
#ifndef HD_HOOKS_H
#define HD_HOOKS_H

#include "compat/fnhook.h"
#include "core/cost.h"
#include "pure/lists.h"
#include "uapi/hostdiag.h"

/* groups: HOSTDIAG_F_*, and the one that is always on */
#define HD_GROUP_ALWAYS	(1u << 31)
/* no group of hooks, but another form of those of syscalls */
#define HD_GROUP_RECORDER	(1u << 30)

/**
 * struct hd_hook - one hook
 * @event: tracepoint; NULL: a function is hooked
 * @probe: of the tracepoint
 * @raw_probe: the same where the raw clock is in use; NULL: @probe serves
 * @symbol: function, where @event is NULL
 * @fn_probe: of the function
 * @hit: where its hits and its cost are counted
 * @with: groups that it needs besides its own; 0: none
 * @unless: groups that make this hook needless while they are on
 * @is_optional: its group does without it, if the kernel has no such event
 */
struct hd_hook {
	const char *event;
	void *probe;
	void *raw_probe;
	const char *symbol;
	const struct hd_fn_probe *fn_probe;
	enum hd_hit hit;
	u32 with;
	u32 unless;
	bool is_optional;
};

#define HD_COLLECTOR_HOOKS	11
#define HD_COLLECTORS_MOST	8

struct hd_clock_change;

/**
 * struct hd_collector - what turns events into counts
 * @name: of the group
 * @group: its bit
 * @forget: forget what is in progress; called with the hooks detached
 * @cause: have something happen that the hook on a function must see, soon; false:
 *	it could not be done.  NULL: there is no such hook.  Sleeps
 * @clock_changed: convert the times that are kept to the clock that is in use
 *	now; called with all hooks detached but those of HD_GROUP_ALWAYS
 * @hooks: up to the first without event and symbol
 */
struct hd_collector {
	const char *name;
	u32 group;
	void (*forget)(void);
	bool (*cause)(void);
	void (*clock_changed)(const struct hd_clock_change *change);
	struct hd_hook hooks[HD_COLLECTOR_HOOKS + 1];
};

/* groups that are on now; hooks read it, hd_hooks_set() writes it */
extern u32 hd_groups_on;

/**
 * struct hd_hook_state - a hook, for debugfs
 * @group: name
 * @hook: event or symbol
 * @how: "tracepoint", "ftrace", "kprobe", or "-"
 * @why: why it is not attached; NULL while it is
 * @hit: what it counts
 * @hits: since load; 0 where they are calls, which the tables hold
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
	enum hd_hit hit;
	u64 hits;
	u64 missed;
	u64 elapsed_ns;
	u64 samples;
	u64 sampled_ns;
};

int hd_hooks_init(const struct hd_collector *const *table, u32 nr);
int hd_hooks_set(u32 groups);
u32 hd_hooks_shed(u32 groups);
void hd_hooks_retry(void);
void hd_hooks_exit(void);
bool hd_hooks_state(u32 nth, struct hd_hook_state *state);

#endif /* HD_HOOKS_H */
