/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The memory of a lock: its list of waiters, and its owner.  The address of a lock may
 * be wrong, so each word of it is read by a function that does not fault.
 */
#ifndef HD_COMPAT_LOCK_H
#define HD_COMPAT_LOCK_H

#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/mm_types.h>
#include <linux/mutex.h>
#include <linux/percpu-rwsem.h>
#include <linux/rtmutex.h>
#include <linux/rwsem.h>
#include <linux/sched.h>
#include <linux/semaphore.h>
#include <linux/uaccess.h>
#ifdef HD_HAVE_TASK_BLOCKER
#include <linux/hung_task.h>
#endif
#include "pure/blocked.h"

/* hd_word_at() - read a word of the kernel's memory; false: the address is invalid */
static inline bool hd_word_at(unsigned long addr, unsigned long *word)
{
	if (addr < PAGE_OFFSET || addr % sizeof(long))
		return false;
#ifdef HD_HAVE_COPY_FROM_KERNEL_NOFAULT
	return !copy_from_kernel_nofault(word, (void *)addr, sizeof(*word));
#else
	return !probe_kernel_read(word, (void *)addr, sizeof(*word));
#endif
}

/* hd_bytes_at() - read many bytes of the kernel's memory; false: as hd_word_at() */
static inline bool hd_bytes_at(unsigned long addr, void *to, size_t len)
{
	if (addr < PAGE_OFFSET)
		return false;
#ifdef HD_HAVE_COPY_FROM_KERNEL_NOFAULT
	return !copy_from_kernel_nofault(to, (void *)addr, len);
#else
	return !probe_kernel_read(to, (void *)addr, len);
#endif
}

/**
 * struct hd_ring - the circular list of a lock's waiters
 * @at: offset in the lock
 * @is_first: at @at is a pointer to the first waiter, and the list consists of waiters
 *	alone; else at @at is the head of the list, which is an element of it
 * @known: the list of such locks is known on this kernel
 */
struct hd_ring {
	u32 at;
	bool is_first;
	bool known;
};

/**
 * hd_ring_of() - the list of waiters of a kind of lock
 * @kind: kind of the lock; with HD_AWAITS_THAW the lock is the super block
 */
static inline struct hd_ring hd_ring_of(enum hd_awaited kind)
{
	struct hd_ring ring = { .known = false };

	switch (kind) {
	case HD_AWAITS_MUTEX:
#if defined(HD_HAVE_MUTEX_WAIT_LIST)
		ring.at = offsetof(struct mutex, wait_list);
		ring.known = true;
#elif defined(HD_HAVE_MUTEX_FIRST_WAITER)
		ring.at = offsetof(struct mutex, first_waiter);
		ring.is_first = true;
		ring.known = true;
#endif
		break;
	case HD_AWAITS_RWSEM:
#if defined(HD_HAVE_RWSEM_WAIT_LIST)
		ring.at = offsetof(struct rw_semaphore, wait_list);
		ring.known = true;
#elif defined(HD_HAVE_RWSEM_FIRST_WAITER)
		ring.at = offsetof(struct rw_semaphore, first_waiter);
		ring.is_first = true;
		ring.known = true;
#elif defined(HD_HAVE_RWSEM_WAIT_SLIST)
		ring.at = offsetof(struct rw_semaphore, wait_list);
		ring.is_first = true;
		ring.known = true;
#endif
		break;
	case HD_AWAITS_SEMAPHORE:
#ifdef HD_HAVE_SEMAPHORE_FIRST_WAITER
		ring.at = offsetof(struct semaphore, first_waiter);
		ring.is_first = true;
#else
		ring.at = offsetof(struct semaphore, wait_list);
#endif
		ring.known = true;
		break;
	case HD_AWAITS_PERCPU_RWSEM:
#ifdef HD_HAVE_PERCPU_RWSEM_WAITERS
		ring.at = offsetof(struct percpu_rw_semaphore, waiters.head);
		ring.known = true;
#endif
		break;
	case HD_AWAITS_THAW:
#ifdef HD_HAVE_SB_WAIT_UNFROZEN
		ring.at = offsetof(struct super_block,
				   s_writers.wait_unfrozen.task_list);
		ring.known = true;
#endif
		break;
	default:
		break;
	}
	return ring;
}

/**
 * hd_lock_has_waiters() - may a task wait for a lock?
 * @kind: kind of the lock
 * @lock: address of the lock
 *
 * Return: false where the lock has no waiter, or the memory is no lock.
 */
static inline bool hd_lock_has_waiters(enum hd_awaited kind, unsigned long lock)
{
#if defined(HD_HAVE_RWSEM_OWNER_WORD) || defined(HD_HAVE_RWSEM_OWNER_TASK)
	unsigned long count;

	if (kind != HD_AWAITS_RWSEM)
		return true;
	if (!hd_word_at(lock + offsetof(struct rw_semaphore, count), &count))
		return false;
#ifdef HD_HAVE_RWSEM_OWNER_WORD
	return count & 2;	/* RWSEM_FLAG_WAITERS, which no header has */
#else
	return (long)count < 0;
#endif
#else
	return true;
#endif
}

/**
 * struct hd_owner - the owner that is noted in a lock
 * @task: address of the task; 0: the lock is free, or does not note it
 * @raw: the word of the lock, which tells whether the owner has changed
 * @is_reader: @task was the last one to take the lock for reading
 * @is_handed: the lock is being handed over to @task
 */
struct hd_owner {
	unsigned long task;
	unsigned long raw;
	bool is_reader;
	bool is_handed;
};

#define HD_OWNER_FLAGS	7ul

/**
 * hd_rwbase_has_writer() - is an rwsem or rwlock of PREEMPT_RT held for writing?
 * @rtmutex: the address of the rt_mutex in it
 */
static inline bool hd_rwbase_has_writer(unsigned long rtmutex)
{
#ifdef HD_HAVE_MUTEX_RTMUTEX
	unsigned long base = rtmutex - offsetof(struct rwbase_rt, rtmutex);
	u32 readers;

	return hd_bytes_at(base + offsetof(struct rwbase_rt, readers), &readers,
			   sizeof(readers)) && readers == WRITER_BIAS;
#else
	return false;
#endif
}

/**
 * hd_lock_owner() - read the owner of a lock
 * @kind: kind of the lock
 * @lock: address of the lock
 * @owner: filled
 *
 * An rwsem of PREEMPT_RT is an rt_mutex and a count of readers.  A writer owns
 * that rt_mutex, but so does one that waits until the readers have left, and a
 * reader in passing: the owner is told only while the count says that a writer
 * is in.
 *
 * Return: false where such locks do not note their owner, or it cannot be read.
 */
static inline bool hd_lock_owner(enum hd_awaited kind, unsigned long lock,
				 struct hd_owner *owner)
{
	unsigned long at = 0;

	memset(owner, 0, sizeof(*owner));
	if (kind == HD_AWAITS_RWBASE && !hd_rwbase_has_writer(lock))
		return false;
	switch (kind) {
	case HD_AWAITS_MUTEX:
#if defined(HD_HAVE_MUTEX_OWNER_WORD) || defined(HD_HAVE_MUTEX_OWNER_TASK)
		at = lock + offsetof(struct mutex, owner);
#endif
		break;
	case HD_AWAITS_RWSEM:
#if defined(HD_HAVE_RWSEM_OWNER_WORD) || defined(HD_HAVE_RWSEM_OWNER_TASK)
		at = lock + offsetof(struct rw_semaphore, owner);
#endif
		break;
	case HD_AWAITS_RWBASE:
	case HD_AWAITS_RT_MUTEX:
#ifdef HD_HAVE_RT_MUTEX_BASE
		at = lock + offsetof(struct rt_mutex_base, owner);
#else
		at = lock + offsetof(struct rt_mutex, owner);
#endif
		break;
	default:
		break;
	}
	if (!at || !hd_word_at(at, &owner->raw))
		return false;
	if (kind == HD_AWAITS_RWBASE && !hd_rwbase_has_writer(lock))
		return false;
	owner->task = owner->raw & ~HD_OWNER_FLAGS;
#ifdef HD_HAVE_MUTEX_OWNER_WORD
	/* MUTEX_FLAG_PICKUP, which no header has */
	owner->is_handed = kind == HD_AWAITS_MUTEX && owner->raw & 4;
#endif
	owner->is_reader = kind == HD_AWAITS_RWSEM && owner->raw & 3;
	return true;
}

/**
 * hd_task_blocker() - the lock that a task has noted in its task_struct to wait for
 * @p: the task
 *
 * Return: address of the lock; 0 where there is none, or the kernel does not note it.
 */
static inline unsigned long hd_task_blocker(struct task_struct *p)
{
#ifdef HD_HAVE_TASK_BLOCKER
	return READ_ONCE(p->blocker) & ~BLOCKER_TYPE_MASK;
#else
	return 0;
#endif
}

/**
 * hd_task_rt_waiter() - the waiter of a task that waits for an rt_mutex
 * @p: the task
 *
 * Return: the address of its struct rt_mutex_waiter, or 0.
 */
static inline unsigned long hd_task_rt_waiter(struct task_struct *p)
{
#ifdef HD_HAVE_PI_BLOCKED_ON
	return (unsigned long)READ_ONCE(p->pi_blocked_on);
#else
	return 0;
#endif
}

/**
 * hd_freeze_lock_at() - offset in a super block of what its writers wait for
 * @level: level of freezing, below SB_FREEZE_LEVELS
 *
 * Return: the offset; 0 where they wait in a queue of the super block.
 */
static inline size_t hd_freeze_lock_at(int level)
{
#ifdef HD_HAVE_SB_RW_SEM
	size_t at = offsetof(struct super_block, s_writers.rw_sem) +
		    level * sizeof(struct percpu_rw_semaphore);

#ifndef HD_HAVE_PERCPU_RWSEM_WAITERS
	at += offsetof(struct percpu_rw_semaphore, rw_sem);
#endif
	return at;
#else
	return 0;
#endif
}

/* hd_lock_of_mm() - address of the lock of a memory map */
static inline unsigned long hd_lock_of_mm(const struct mm_struct *mm)
{
#ifdef HD_HAVE_MMAP_LOCK
	return (unsigned long)&mm->mmap_lock;
#else
	return (unsigned long)&mm->mmap_sem;
#endif
}

/* hd_inode_lock_at() - offset of the lock of an inode */
static inline size_t hd_inode_lock_at(void)
{
#ifdef HD_HAVE_INODE_RWSEM
	return offsetof(struct inode, i_rwsem);
#else
	return offsetof(struct inode, i_mutex);
#endif
}

/*
 * hd_lock_whole() - address of the lock that contains the one that a task waits for: of
 * an rwsem of PREEMPT_RT the task waits for the rt_mutex in it; else the same address
 */
static inline unsigned long hd_lock_whole(unsigned long lock)
{
#ifdef HD_HAVE_MUTEX_RTMUTEX
	return lock - offsetof(struct rw_semaphore, rwbase.rtmutex);
#else
	return lock;
#endif
}

#endif /* HD_COMPAT_LOCK_H */
