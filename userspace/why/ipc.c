// SPDX-License-Identifier: GPL-2.0-only
/*
 * The kernel records no holder of semaphores and message queues, only the process
 * of the last operation.  That is often the one that took what the task waits for.
 */
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include "why/parts.h"

/* IPC numbers belong to a namespace, and the kernel answers for the reader's one */
static bool is_same_ipc(const struct hd_why *why, u32 tid)
{
	char own[HD_PROC_PATH], its[HD_PROC_PATH];

	return hd_proc_link(why, own, "self/ns/ipc") &&
	       hd_proc_link(why, its, "%u/ns/ipc", tid) && !strcmp(own, its);
}

static void say_last(struct hd_why *why, const char *what, s32 pid,
		     const struct hd_why_task *task, struct hd_why_wait *wait)
{
	char name[HD_WHY_NAME];

	if (pid <= 0 || (u32)pid == task->tgid)
		return;
	hd_why_say(wait, "%s %s", what, hd_why_name(why, pid, name));
	hd_why_next(wait, hd_why_thread(why, pid, 0));
	wait->guess = true;
}

/**
 * hd_why_semaphore() - report the last user of the semaphores that a task waits for
 * @why: the host
 * @task: the task
 * @wait: the result is added to it
 */
void hd_why_semaphore(struct hd_why *why, const struct hd_why_task *task,
		      struct hd_why_wait *wait)
{
	int id = task->stuck.args[0], value;
	struct sembuf op;

	if (!is_same_ipc(why, task->tid) ||
	    !hd_proc_memory(why, task->tid, task->stuck.args[1], &op,
			    sizeof(op)))
		return;
	value = semctl(id, op.sem_num, GETVAL);
	if (value < 0)
		return;
	hd_why_say(wait, "semaphore %u of set %d is %d, and it wants %d",
		   op.sem_num, id, value, op.sem_op);
	say_last(why, "who changed it last is", semctl(id, op.sem_num, GETPID),
		 task, wait);
}

/**
 * hd_why_send() - report the last receiver of a queue that has no room
 * @why: the host
 * @task: the task
 * @wait: the result is added to it
 */
void hd_why_send(struct hd_why *why, const struct hd_why_task *task,
		 struct hd_why_wait *wait)
{
	struct msqid_ds queue;

	if (!is_same_ipc(why, task->tid) ||
	    msgctl(task->stuck.args[0], IPC_STAT, &queue))
		return;
	hd_why_say(wait, "message queue %d has %llu messages, and no room",
		   (int)task->stuck.args[0], (u64)queue.msg_qnum);
	say_last(why, "who received from it last is", queue.msg_lrpid, task,
		 wait);
}

/**
 * hd_why_receive() - report the last sender of a queue that is empty
 * @why: the host
 * @task: the task
 * @wait: the result is added to it
 */
void hd_why_receive(struct hd_why *why, const struct hd_why_task *task,
		    struct hd_why_wait *wait)
{
	struct msqid_ds queue;

	if (!is_same_ipc(why, task->tid) ||
	    msgctl(task->stuck.args[0], IPC_STAT, &queue))
		return;
	say_last(why, "who sent to this queue last is", queue.msg_lspid, task,
		 wait);
}
