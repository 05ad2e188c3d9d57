// SPDX-License-Identifier: GPL-2.0-only
/*
 * Attach and detach hooks, by group; see hooks.h.
 *
 * Locking and context: hooks_mutex serialises everything here, in process context;
 * the kernel's own locks of registration nest inside it.
 */
#include <linux/cpumask.h>
#include <linux/err.h>
#include <linux/kernel.h>
#include <linux/lockdep.h>
#include <linux/mutex.h>
#include <linux/string.h>
#include <linux/workqueue.h>
#include "core/clock.h"
#include "compat/tracepoint.h"
#include "core/hooks.h"

#define WATCH_SECONDS	10

/* the state of a hook */
struct attached {
	bool on;
	int err;		/* of the last attempt to attach it */
	void *probe;		/* the probe that is attached */
	struct hd_fnhook fn;
};

u32 hd_groups_on __read_mostly;

/* protects all below, hd_groups_on's writers, and the choice of the clock */
static DEFINE_MUTEX(hooks_mutex);
static const struct hd_collector *const *collectors;
static u32 nr_collectors;
static struct attached attached[HD_COLLECTORS_MOST][HD_COLLECTOR_HOOKS];
static u32 groups_wanted;		/* by the parameters */
static u32 groups_shed;			/* by the guard */
static u32 groups_uncalled;		/* a hook of theirs is not called, see watch_fn_hook() */
static bool caused[HD_COLLECTORS_MOST];	/* an event that the hook on a function must have seen */
static u64 last_hits[HD_COLLECTORS_MOST];	/* hits of that hook at the last look */
static u64 loaded_ns;

static void watch_hooks(struct work_struct *work);
static DECLARE_DELAYED_WORK(watch_work, watch_hooks);
static void retry_hooks(struct work_struct *work);
static DECLARE_WORK(retry_work, retry_hooks);

static bool is_hook(const struct hd_hook *hook)
{
	return hook->event || hook->symbol;
}

static bool hook_is_wanted(const struct hd_collector *col, const struct hd_hook *hook,
			   u32 groups)
{
	return (col->group & groups) && !(hook->unless & groups) &&
	       (hook->with & groups) == hook->with;
}

static int attach_hook(const struct hd_hook *hook, struct attached *at)
{
	if (hook->event) {
		at->probe = hd_clock.raw && hook->raw_probe ?
			    hook->raw_probe : hook->probe;
		at->err = hd_tracepoint_register(hook->event, at->probe);
	} else {
		at->fn.symbol = hook->symbol;
		at->fn.probe = hook->fn_probe;
		at->err = hd_fnhook_attach(&at->fn);
	}
	at->on = !at->err;
	return at->err;
}

static void detach_hook(const struct hd_hook *hook, struct attached *at)
{
	if (hook->event)
		hd_tracepoint_unregister(hook->event, at->probe);
	else
		hd_fnhook_detach(&at->fn);
	at->on = false;
}

/* Detaches the hooks that @groups do not need; none of them runs when it returns. */
static void detach_unwanted(u32 groups)
{
	bool any = false;
	u32 c, h;

	lockdep_assert_held(&hooks_mutex);
	for (c = 0; c < nr_collectors; c++) {
		for (h = 0; is_hook(&collectors[c]->hooks[h]); h++) {
			const struct hd_hook *hook = &collectors[c]->hooks[h];

			if (!attached[c][h].on ||
			    hook_is_wanted(collectors[c], hook, groups))
				continue;
			detach_hook(hook, &attached[c][h]);
			any = true;
		}
	}
	if (any)
		hd_tracepoint_synchronize();
}

static const char *error_meaning(int err)
{
	switch (err) {
	case -ENOENT:
		return "the kernel has no such event or function";
	case -EBUSY:
		return "kernel.ftrace_enabled is 0";
	default:
		return "the kernel refused it";
	}
}

static int attach_wanted(u32 c, u32 groups)
{
	const struct hd_collector *col = collectors[c];
	u32 h;
	int err;

	lockdep_assert_held(&hooks_mutex);
	for (h = 0; is_hook(&col->hooks[h]); h++) {
		if (attached[c][h].on || !hook_is_wanted(col, &col->hooks[h], groups))
			continue;
		err = attach_hook(&col->hooks[h], &attached[c][h]);
		if (!err || col->hooks[h].is_optional)
			continue;
		if (err == -EBUSY)
			groups_uncalled |= col->group;
		pr_warn("%s is off: %s cannot be hooked: %s (error %d)\n",
			col->name, col->hooks[h].event ?: col->hooks[h].symbol,
			error_meaning(err), err);
		return err;
	}
	return 0;
}

/* another form of the hook, for the same event, is attached, or precedes it in the list */
static bool has_twin(u32 c, u32 nth, bool or_before)
{
	const struct hd_hook *hook = collectors[c]->hooks;
	u32 h;

	for (h = 0; is_hook(&hook[h]); h++)
		if (h != nth && hook[h].event && hook[nth].event &&
		    !strcmp(hook[h].event, hook[nth].event) &&
		    (attached[c][h].on || (or_before && h < nth)))
			return true;
	return false;
}

/*
 * Where one form of a hook takes the place of another, both are there for a
 * while, so that no event is missed; the second one finds the work done.  One
 * that fails here is tried again by attach_wanted().
 */
static void attach_twins(u32 groups)
{
	const struct hd_hook *hook;
	u32 c, h;

	for (c = 0; c < nr_collectors; c++) {
		for (h = 0; is_hook(&collectors[c]->hooks[h]); h++) {
			hook = &collectors[c]->hooks[h];
			if (!attached[c][h].on && has_twin(c, h, false) &&
			    hook_is_wanted(collectors[c], hook, groups))
				attach_hook(hook, &attached[c][h]);
		}
	}
}

/* Attaches the hooks of @groups, and detaches all others. */
static int apply_groups(u32 groups)
{
	u32 off = hd_groups_on & ~groups, c;
	int err = 0;

	lockdep_assert_held(&hooks_mutex);
	/* a hook that is attached now has not seen the event that was caused before */
	memset(caused, 0, sizeof(caused));
	WRITE_ONCE(hd_groups_on, hd_groups_on & groups);
	attach_twins(groups);
	detach_unwanted(groups);
	for (c = 0; c < nr_collectors; c++)
		if ((collectors[c]->group & off) && collectors[c]->forget)
			collectors[c]->forget();

	for (c = 0; c < nr_collectors; c++) {
		int failed = attach_wanted(c, groups);

		if (!failed)
			continue;
		err = failed;
		groups &= ~collectors[c]->group;
		detach_unwanted(groups);
	}
	WRITE_ONCE(hd_groups_on, groups);
	return err;
}

/* the groups that are to be on */
static u32 groups_due(void)
{
	lockdep_assert_held(&hooks_mutex);
	return groups_wanted & ~groups_shed & ~groups_uncalled;
}

/* Is the clock made of a counter that the kernel may find to be unreliable? */
static bool clock_is_watched(void)
{
	return hd_clock.raw || hd_clock.sched;
}

/*
 * Readings of two clocks cannot be compared: all groups are detached, and attached
 * again with the other clock.  Collectors convert the readings that they have kept.
 */
static void change_clock(void)
{
	struct hd_clock_change change;
	u32 c;

	lockdep_assert_held(&hooks_mutex);
	apply_groups(HD_GROUP_ALWAYS);
	hd_clock_change(&change);
	for (c = 0; c < nr_collectors; c++)
		if (collectors[c]->clock_changed)
			collectors[c]->clock_changed(&change);
	apply_groups(groups_due());
}

static u64 sum_hits(enum hd_hit hit)
{
	u64 hits = 0;
	int cpu;

	for_each_possible_cpu(cpu)
		hits += READ_ONCE(per_cpu(hd_hits, cpu)[hit]);
	return hits;
}

/* Return: the hook of the collector on a function; NULL where it has none. */
static struct attached *find_fn_hook(u32 c, const struct hd_hook **hook)
{
	u32 h;

	for (h = 0; is_hook(&collectors[c]->hooks[h]); h++) {
		*hook = &collectors[c]->hooks[h];
		if ((*hook)->symbol)
			return &attached[c][h];
	}
	return NULL;
}

static void set_uncalled(u32 c, bool is_uncalled)
{
	const struct hd_collector *col = collectors[c];

	lockdep_assert_held(&hooks_mutex);
	if (is_uncalled) {
		pr_warn("%s is off: the kernel does not call its hook: kernel.ftrace_enabled or kprobes/enabled is 0\n",
			col->name);
		groups_uncalled |= col->group;
	} else {
		pr_info("%s is on again: the kernel calls its hook\n", col->name);
		groups_uncalled &= ~col->group;
	}
	apply_groups(groups_due());
}

/*
 * The administrator may switch off ftrace or kprobes, which call the hooks on
 * functions, without notice to anyone.  So each look causes an event that the hook
 * must have seen by the next look.  If it has not, its group is switched off, since a
 * file whose release is missed would be shown as open for ever.  Then each look
 * attaches the hook for a trial, with its group off, until it is called again.
 */
static void watch_fn_hook(u32 c)
{
	u32 group = collectors[c]->group & groups_wanted & ~groups_shed;
	const struct hd_hook *hook;
	struct attached *at = find_fn_hook(c, &hook);
	bool is_called;

	lockdep_assert_held(&hooks_mutex);
	if (!at || !collectors[c]->cause)
		return;
	is_called = sum_hits(hook->hit) != last_hits[c];
	if (at->on && caused[c] && is_called == !!(group & groups_uncalled))
		set_uncalled(c, !is_called);
	if (!at->on && group & groups_uncalled)
		attach_hook(hook, at);
	last_hits[c] = sum_hits(hook->hit);
	caused[c] = at->on && collectors[c]->cause();
}

static void watch_clock(void)
{
	if (!clock_is_watched() || !hd_clock_broken())
		return;
	pr_warn("the kernel no longer trusts the clock \"%s\": using another from now on\n",
		hd_clock_name());
	change_clock();
}

static void watch_hooks(struct work_struct *work)
{
	u32 c;

	mutex_lock(&hooks_mutex);
	watch_clock();
	for (c = 0; c < nr_collectors; c++)
		watch_fn_hook(c);
	mutex_unlock(&hooks_mutex);
	schedule_delayed_work(&watch_work, WATCH_SECONDS * HZ);
}

/**
 * hd_hooks_init() - attach the hooks of HD_GROUP_ALWAYS
 * @table: the collectors; the table must stay until hd_hooks_exit()
 * @nr: number of them, HD_COLLECTORS_MOST at the most
 *
 * Context: process; sleeps.
 * Return: 0, or the error of the hook that failed.
 */
int hd_hooks_init(const struct hd_collector *const *table, u32 nr)
{
	int err;

	collectors = table;
	nr_collectors = min_t(u32, nr, HD_COLLECTORS_MOST);
	hd_clock_choose();
	loaded_ns = hd_kernel_clock();
	mutex_lock(&hooks_mutex);
	err = apply_groups(HD_GROUP_ALWAYS);
	mutex_unlock(&hooks_mutex);
	if (!err)
		schedule_delayed_work(&watch_work, WATCH_SECONDS * HZ);
	return err;
}

/**
 * hd_hooks_set() - switch groups on and off
 * @groups: HOSTDIAG_F_* that are to be on, unless they are shed
 *
 * Context: process; sleeps.
 * Return: 0, or the error of a hook that failed.  Then the groups that were on before
 * stay on; at the first call all groups but that of the hook are on.
 */
int hd_hooks_set(u32 groups)
{
	u32 was;
	int err;

	mutex_lock(&hooks_mutex);
	was = groups_wanted;
	groups |= HD_GROUP_ALWAYS;
	/* a group that is switched on now is tried again, and logs why it fails */
	groups_uncalled &= was & ~(groups & ~hd_groups_on);
	err = apply_groups(groups & ~groups_shed);
	if (err && was) {
		apply_groups(was & ~groups_shed & ~groups_uncalled);
		groups = was;
	}
	groups_wanted = hd_groups_on | (groups & (groups_shed | groups_uncalled));
	mutex_unlock(&hooks_mutex);
	return err;
}

/**
 * hd_hooks_shed() - keep groups off for a while, whatever the parameters are
 * @groups: all HOSTDIAG_F_* that are shed; the others are as the parameters say
 *
 * Context: process; sleeps.
 * Return: the groups that would be on if they were not shed.
 */
u32 hd_hooks_shed(u32 groups)
{
	u32 shed;

	mutex_lock(&hooks_mutex);
	groups_shed = groups;
	apply_groups(groups_due());
	shed = groups_wanted & groups_shed;
	mutex_unlock(&hooks_mutex);
	return shed;
}

static void detach_gone(const struct hd_hook *hook, struct attached *at)
{
	if (!hook->event && at->on && hd_fnhook_is_gone(&at->fn))
		detach_hook(hook, at);
}

/* A module that was loaded may have an optional function that a group lacks. */
static void retry_hooks(struct work_struct *work)
{
	u32 c, h;

	mutex_lock(&hooks_mutex);
	for (c = 0; c < nr_collectors; c++) {
		for (h = 0; is_hook(&collectors[c]->hooks[h]); h++)
			detach_gone(&collectors[c]->hooks[h], &attached[c][h]);
		attach_wanted(c, hd_groups_on);
	}
	mutex_unlock(&hooks_mutex);
}

/**
 * hd_hooks_retry() - a module was loaded: attach the hooks on its functions, soon
 *
 * Context: any but NMI.
 */
void hd_hooks_retry(void)
{
	schedule_work(&retry_work);
}

/**
 * hd_hooks_exit() - detach all hooks; none of them runs when it returns
 *
 * Context: process; sleeps.
 */
void hd_hooks_exit(void)
{
	cancel_delayed_work_sync(&watch_work);
	cancel_work_sync(&retry_work);
	mutex_lock(&hooks_mutex);
	apply_groups(0);
	mutex_unlock(&hooks_mutex);
}

static void read_hits(enum hd_hit hit, struct hd_hook_state *state)
{
	int cpu;

	state->hit = hit;
	state->hits = sum_hits(hit);
	state->samples = 0;
	state->sampled_ns = 0;
	state->elapsed_ns = hd_kernel_clock() - loaded_ns;
	for_each_possible_cpu(cpu) {
		const struct hd_cost *cost = &per_cpu(hd_costs, cpu)[hit];

		state->samples += READ_ONCE(cost->samples);
		state->sampled_ns += READ_ONCE(cost->ns);
	}
}

static const char *why_off(const struct hd_collector *col,
			   const struct hd_hook *hook,
			   const struct attached *at)
{
	lockdep_assert_held(&hooks_mutex);
	if (at->err)
		return error_meaning(at->err);
	if (hook->symbol && col->group & groups_wanted & groups_uncalled)
		return "the kernel does not call it, see kernel.ftrace_enabled and kprobes/enabled";
	if (at->on)
		return NULL;
	if (!hook_is_wanted(col, hook, hd_groups_on | col->group))
		return "not needed";
	if (col->group & groups_wanted & groups_shed)
		return "shed by budget_percent";
	return "switched off";
}

/**
 * hd_hooks_state() - copy the state of a hook
 * @nth: number of the hook, from 0
 * @state: filled
 *
 * Context: process; sleeps.
 * Return: false past the last hook.
 */
bool hd_hooks_state(u32 nth, struct hd_hook_state *state)
{
	u32 c, h;

	for (c = 0; c < nr_collectors; c++) {
		for (h = 0; is_hook(&collectors[c]->hooks[h]); h++) {
			const struct hd_hook *hook = &collectors[c]->hooks[h];
			struct attached *at = &attached[c][h];

			if (!at->on && has_twin(c, h, true))
				continue;
			if (nth--)
				continue;
			read_hits(hook->hit, state);
			mutex_lock(&hooks_mutex);
			state->group = collectors[c]->name;
			state->hook = hook->event ?: hook->symbol;
			state->how = !at->on ? "-" :
				     hook->event ? "tracepoint" : at->fn.how;
			state->why = why_off(collectors[c], hook, at);
			state->missed = hd_fnhook_missed(&at->fn);
			mutex_unlock(&hooks_mutex);
			return true;
		}
	}
	return false;
}
