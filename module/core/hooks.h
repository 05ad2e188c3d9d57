/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Hooks, which are attached to events and functions of the kernel, and the collectors
 * that they belong to.  A collector is one file with one const struct hd_collector,
 * declared in collect/collect.h.  main.c has the table of them, so that this floor
 * knows none of them.
 *
 * Groups of hooks are switched on and off at run time.  A group whose hooks cannot all
 * be attached is off, with the reason in the log and in debugfs; the others stay on.
 */
#ifndef HD_HOOKS_H
#define HD_HOOKS_H

#include "compat/fnhook.h"
#include "core/cost.h"
#include "pure/lists.h"
#include "uapi/hostdiag.h"

/* besides the groups HOSTDIAG_F_*: the group that is always on */
#define HD_GROUP_ALWAYS	(1u << 31)
/* no group of hooks, but another form of those of syscalls */
#define HD_GROUP_RECORDER	(1u << 30)

/**
 * struct hd_hook - one hook
 * @event: name of the tracepoint; NULL: the hook is on a function
 * @probe: probe of the tracepoint
 * @raw_probe: probe for the raw clock; NULL: @probe is used with that clock, too
 * @symbol: name of the function, where @event is NULL
 * @fn_probe: probe of the function
 * @hit: counts the hits of the hook and its cost
 * @with: groups that the hook needs besides its own; 0: none
 * @unless: the hook is not needed while one of these groups is on
 * @is_optional: the group is on without the hook, if the kernel has no such event
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
 * struct hd_collector - turns events into counts
 * @name: name of the group
 * @group: bit of the group
 * @forget: forget the events in progress; called with the hooks detached
 * @cause: cause an event that the hook on a function must see soon; sleeps.  It
 *	returns false where it cannot.  NULL: the collector has no such hook
 * @clock_changed: convert the readings that are kept to the clock that is in use
 *	now; called with all hooks detached but those of HD_GROUP_ALWAYS
 * @hooks: the hooks, up to the first one without event and symbol
 */
struct hd_collector {
	const char *name;
	u32 group;
	void (*forget)(void);
	bool (*cause)(void);
	void (*clock_changed)(const struct hd_clock_change *change);
	struct hd_hook hooks[HD_COLLECTOR_HOOKS + 1];
};

/* the groups that are on now; hooks read it, hooks_mutex protects its writers */
extern u32 hd_groups_on;

/**
 * struct hd_hook_state - the state of a hook, for debugfs
 * @group: name of the group
 * @hook: name of the event or function
 * @how: "tracepoint", "ftrace", "kprobe", or "-" while it is not attached
 * @why: reason why it is not attached; NULL while it is
 * @hit: as in struct hd_hook
 * @hits: hits since load; 0 of a syscall hook, whose hits the tables hold
 * @missed: hits that the kernel could not deliver
 * @elapsed_ns: time since load
 * @samples: hits whose time in the hook was measured
 * @sampled_ns: sum of these times
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
