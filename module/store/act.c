// SPDX-License-Identifier: GPL-2.0-only
/*
 * Calls that are acts of the ledger: what they are about is told by their
 * registers, and by text of the caller's that is in memory.
 *
 * What can be undone is noted when its call begins, since that may last; what
 * undoes it, when it has returned.
 */
#include <linux/nsproxy.h>
#include <linux/pid.h>
#include <linux/ptrace.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/signal.h>
#include "compat/probe.h"
#include "compat/sched.h"
#include "compat/syscall.h"
#include "compat/user.h"
#include "pure/columns.h"
#include "pure/names.h"
#include "store/act.h"
#include "store/rows.h"
#include "store/ledger.h"

#define GROUP_MOST	32u	/* tasks of a process group */
/* flags of mount() that mount nothing; their numbers are the kernel's for ever */
#define CHANGES_MOUNT	(BIT(5) | BIT(17) | BIT(18) | BIT(19) | BIT(20))

/* a call, and what is to be done with each thing that it is about */
struct deed {
	unsigned long args[6];
	enum hd_act_call call;
	bool is_undo;		/* only what undoes something is wanted now */
};

static void tell(const struct deed *deed, struct hd_act_on *on, bool undoes)
{
	if (undoes && deed->is_undo)
		hd_ledger_undo(on, current);
	else if (!undoes && !deed->is_undo)
		hd_ledger_note(on, current, HD_ACT_BEGUN);
}

/* under rcu_read_lock(); one that does not stand any more was undone unseen */
static bool still_stands(u32 act, struct task_struct *p)
{
	return act == HD_ACT_STOP ? p->signal->flags & SIGNAL_STOP_STOPPED :
				    READ_ONCE(p->ptrace);
}

static void tell_task(const struct deed *deed, u32 act, struct task_struct *p,
		      bool undoes)
{
	struct hd_act_on on = { .act = act };

	on.target = p->pid;
	on.target_start_ns = hd_task_start_ns(p);
	memcpy(on.object, p->comm, sizeof(p->comm));
	on.object[sizeof(p->comm) - 1] = '\0';
	if (!undoes && !deed->is_undo && !still_stands(act, p))
		hd_ledger_undo(&on, NULL);
	tell(deed, &on, undoes);
}

static void continued_unseen(const struct deed *deed, bool undoes)
{
	if (undoes && deed->is_undo)
		hd_ledger_doubt(HD_ACT_STOP);
}

/* as kill() takes it; a signal stops or continues the whole process */
static void tell_processes(const struct deed *deed, long number, bool undoes)
{
	struct task_struct *p;
	struct pid *pid;
	u32 left = GROUP_MOST;

	hd_probe_enter();
	rcu_read_lock();
	if (number > 0) {
		pid = find_vpid(number);
		p = pid ? pid_task(pid, PIDTYPE_PID) : NULL;
		if (p)
			tell_task(deed, HD_ACT_STOP, p->group_leader, undoes);
	} else if (number != -1) {
		pid = number ? find_vpid(-number) : task_pgrp(current);
		do_each_pid_task(pid, PIDTYPE_PGID, p) {
			if (left && left--)
				tell_task(deed, HD_ACT_STOP, p->group_leader, undoes);
		} while_each_pid_task(pid, PIDTYPE_PGID, p);
	}
	/* all processes there are, or more than are looked at */
	if (number == -1 || !left)
		continued_unseen(deed, undoes);
	rcu_read_unlock();
	hd_probe_exit();
}

static void tell_signal(const struct deed *deed, u32 at)
{
	int sig = deed->args[at];

	if (sig == SIGSTOP || sig == SIGCONT)
		tell_processes(deed, (int)deed->args[0], sig == SIGCONT);
}

/* of which process a descriptor is, is not looked for */
static void tell_pidfd_signal(const struct deed *deed)
{
	continued_unseen(deed, (int)deed->args[1] == SIGCONT);
}

static void tell_ptrace(const struct deed *deed)
{
	long request = deed->args[0];
	struct task_struct *p;
	struct pid *pid;

	if (request != PTRACE_ATTACH && request != PTRACE_SEIZE &&
	    request != PTRACE_DETACH)
		return;
	hd_probe_enter();
	rcu_read_lock();
	pid = find_vpid((int)deed->args[1]);
	p = pid ? pid_task(pid, PIDTYPE_PID) : NULL;
	if (p)
		tell_task(deed, HD_ACT_TRACE, p, request == PTRACE_DETACH);
	rcu_read_unlock();
	hd_probe_exit();
}

static void tell_path(const struct deed *deed, u32 act, u32 at, bool undoes)
{
	struct hd_act_on on = { .act = act, .target = HD_ABSENT };

	hd_user_text(on.object, deed->args[at], sizeof(on.object));
	if (act != HD_ACT_SWAPOFF)
		on.space = (unsigned long)current->nsproxy->mnt_ns;
	tell(deed, &on, undoes);
}

static void tell_mount(const struct deed *deed)
{
	if (!(deed->args[3] & CHANGES_MOUNT))
		tell_path(deed, HD_ACT_MOUNT, 1, false);
}

static void tell_umount(const struct deed *deed)
{
	tell_path(deed, HD_ACT_UMOUNT, 0, false);
	tell_path(deed, HD_ACT_MOUNT, 0, true);
}

static void tell_sync(const struct deed *deed)
{
	struct hd_act_on on = { .act = HD_ACT_SYNC, .target = HD_ABSENT };

	tell(deed, &on, false);
}

static void tell_call(const struct deed *deed)
{
	switch (deed->call) {
	case HD_CALL_KILL:
	case HD_CALL_TKILL:
		tell_signal(deed, 1);
		break;
	case HD_CALL_TGKILL:
		tell_signal(deed, 2);
		break;
	case HD_CALL_PIDFD_SIGNAL:
		tell_pidfd_signal(deed);
		break;
	case HD_CALL_PTRACE:
		tell_ptrace(deed);
		break;
	case HD_CALL_MOUNT:
		tell_mount(deed);
		break;
	case HD_CALL_MOVE_MOUNT:
		tell_path(deed, HD_ACT_MOUNT, 3, false);
		break;
	case HD_CALL_UMOUNT:
		tell_umount(deed);
		break;
	case HD_CALL_SYNC:
		tell_sync(deed);
		break;
	case HD_CALL_SWAPON:
	case HD_CALL_SWAPOFF:
		tell_path(deed, HD_ACT_SWAPOFF, 0, deed->call == HD_CALL_SWAPON);
		break;
	case HD_CALL_NO_ACT:
		break;
	}
}

/* the act that a call is, if it is one; HD_ACTS: none */
static u32 act_of(enum hd_act_call call)
{
	switch (call) {
	case HD_CALL_KILL:
	case HD_CALL_TKILL:
	case HD_CALL_TGKILL:
		return HD_ACT_STOP;
	case HD_CALL_PTRACE:
		return HD_ACT_TRACE;
	case HD_CALL_MOUNT:
	case HD_CALL_MOVE_MOUNT:
		return HD_ACT_MOUNT;
	case HD_CALL_UMOUNT:
		return HD_ACT_UMOUNT;
	case HD_CALL_SYNC:
		return HD_ACT_SYNC;
	case HD_CALL_SWAPOFF:
		return HD_ACT_SWAPOFF;
	default:
		return HD_ACTS;
	}
}

/**
 * hd_act_begin() - the current task begins a call that may be an act
 * @key: of the call
 *
 * Context: process, in the sys_enter event.
 */
void hd_act_begin(u32 key)
{
	struct deed deed = { .is_undo = false };

	deed.call = hd_syscall_act(hd_key_abi(key), hd_key_nr(key));
	hd_syscall_args(current, deed.args);
	tell_call(&deed);
}

/**
 * hd_act_end() - that call has returned
 * @key: of the call
 * @ret: what it returned
 *
 * Context: process, in the sys_exit event.
 */
void hd_act_end(u32 key, long ret)
{
	struct deed deed = { .is_undo = true };
	bool failed = hd_syscall_failed(ret);
	u32 act;

	deed.call = hd_syscall_act(hd_key_abi(key), hd_key_nr(key));
	act = act_of(deed.call);
	if (act < HD_ACTS)
		hd_ledger_end(act, failed);
	if (failed)
		return;
	hd_syscall_args(current, deed.args);
	tell_call(&deed);
}

/* hd_acts_forget() - calls are no longer seen, nor what they undo */
void hd_acts_forget(void)
{
	hd_ledger_doubt(HD_ACT_STOP);
	hd_ledger_doubt(HD_ACT_TRACE);
	hd_ledger_doubt(HD_ACT_MOUNT);
	hd_ledger_doubt(HD_ACT_UMOUNT);
	hd_ledger_doubt(HD_ACT_SYNC);
	hd_ledger_doubt(HD_ACT_SWAPOFF);
}
