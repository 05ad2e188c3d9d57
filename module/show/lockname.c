// SPDX-License-Identifier: GPL-2.0-only
/*
 * The name of a lock; see lockname.h.  A lock within a larger object is recognised
 * by pointers that only such an object has: the address space of an inode points
 * back to the inode, and the root dentry of a super block to the super block.  All
 * memory is read without faulting.
 */
#include <linux/fs.h>
#include <linux/hash.h>
#include <linux/jiffies.h>
#include <linux/jhash.h>
#include <linux/kernel.h>
#include <linux/random.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/string.h>
#include "compat/lock.h"
#include "compat/sched.h"
#include "show/lockname.h"

#define NAMES_KEPT	(HZ / 10)
#define SYMBOL_MOST	44	/* characters, and an offset */

/* the name of a variable of the kernel, and the offset of the lock in it */
static bool name_symbol(struct hd_lock_names *names, unsigned long lock,
			char *object)
{
	unsigned long offset, size;
	char *text = names->text, *plus;

	sprint_symbol(text, lock);
	plus = strchr(text, '+');
	if (!plus || text[0] == '0' ||
	    sscanf(plus, "+0x%lx/0x%lx", &offset, &size) != 2 || offset >= size)
		return false;
	*plus = '\0';
	if (offset)
		snprintf(object, HD_OBJECT_LEN, "%.*s+%#lx", SYMBOL_MOST, text,
			 offset);
	else
		snprintf(object, HD_OBJECT_LEN, "%.*s", SYMBOL_MOST, text);
	return true;
}

static bool is_super(unsigned long sb)
{
	unsigned long root, back;

	return hd_word_at(sb + offsetof(struct super_block, s_root), &root) &&
	       hd_word_at(root + offsetof(struct dentry, d_sb), &back) &&
	       back == sb;
}

/* s_id of the super block: the name of its device or file system type */
static bool name_super(unsigned long sb, const char *what, u64 ino,
		       char *object)
{
	char id[sizeof(((struct super_block *)NULL)->s_id)];

	if (!is_super(sb) ||
	    !hd_bytes_at(sb + offsetof(struct super_block, s_id), id,
			 sizeof(id)))
		return false;
	id[sizeof(id) - 1] = '\0';
	if (ino)
		snprintf(object, HD_OBJECT_LEN, "%s:%s:%llu", what, id, ino);
	else
		snprintf(object, HD_OBJECT_LEN, "%s:%s", what, id);
	return true;
}

static bool name_inode(unsigned long lock, char *object)
{
	unsigned long inode = lock - hd_inode_lock_at(), host, sb, ino;

	return hd_word_at(inode + offsetof(struct inode, i_data.host), &host) &&
	       host == inode &&
	       hd_word_at(inode + offsetof(struct inode, i_sb), &sb) &&
	       hd_word_at(inode + offsetof(struct inode, i_ino), &ino) &&
	       name_super(sb, "inode", ino, object);
}

static bool name_umount(unsigned long lock, char *object)
{
	unsigned long sb = lock - offsetof(struct super_block, s_umount);

	return name_super(sb, "s_umount", 0, object);
}

static bool is_frozen(unsigned long sb)
{
	typeof(((struct super_block *)NULL)->s_writers.frozen) frozen;

	return is_super(sb) &&
	       hd_bytes_at(sb + offsetof(struct super_block, s_writers.frozen),
			   &frozen, sizeof(frozen)) && frozen != SB_UNFROZEN;
}

/* what keeps writers off a file system that is frozen, or is being frozen */
static bool name_freeze(unsigned long lock, char *object)
{
	unsigned long sb;
	int level;

	for (level = 0; level < SB_FREEZE_LEVELS; level++) {
		sb = lock - hd_freeze_lock_at(level);
		if (is_frozen(sb))
			return name_super(sb, "frozen", 0, object);
	}
	return false;
}

static bool is_of_mm(const struct task_struct *p, unsigned long lock)
{
	const struct mm_struct *mm = READ_ONCE(p->mm);

	return mm && !(p->flags & PF_KTHREAD) && hd_lock_of_mm(mm) == lock;
}

/* the memory map of a process: that of the sleeper is tried first */
static bool name_mm(unsigned long lock, struct task_struct *p, char *object)
{
	struct task_struct *found = NULL, *g;

	rcu_read_lock();
	if (is_of_mm(p, lock)) {
		found = p;
	} else {
		for_each_process(g) {
			if (is_of_mm(g, lock)) {
				found = g;
				break;
			}
		}
	}
	if (found)
		snprintf(object, HD_OBJECT_LEN, "mmap_lock:%d", found->tgid);
	rcu_read_unlock();
	return found;
}

/* a number instead of a name: waiters for the same lock show the same number */
static void name_number(unsigned long lock, char *object)
{
	static u32 secret;
	u32 random;

	if (!READ_ONCE(secret)) {
		get_random_bytes(&random, sizeof(random));
		WRITE_ONCE(secret, random | 1);
	}
	snprintf(object, HD_OBJECT_LEN, "@%06x",
		 jhash_2words(lock, (u64)lock >> 32, READ_ONCE(secret)) >> 8);
}

static void make_name(struct hd_lock_names *names, unsigned long lock,
		      struct task_struct *p, char *object)
{
	unsigned long whole = hd_lock_whole(lock);

	if (!name_symbol(names, lock, object) && !name_mm(whole, p, object) &&
	    !name_inode(whole, object) && !name_umount(whole, object) &&
	    !name_freeze(lock, object))
		name_number(lock, object);
}

/**
 * hd_lock_name() - name a lock
 * @names: the caller's cache, zeroed at first
 * @lock: address of the lock
 * @p: a task that waits for the lock
 * @object: HD_OBJECT_LEN bytes: the name of a variable; "mmap_lock:" and a
 *	process; "inode:", the file system's name and the inode's number;
 *	"s_umount:" or "frozen:" and the file system's name; or "@" and a
 *	number that stays the same for this lock until the module is unloaded
 *
 * Context: process.
 */
void hd_lock_name(struct hd_lock_names *names, unsigned long lock,
		  struct task_struct *p, char *object)
{
	typeof(names->one[0]) *one = &names->one[hash_long(lock, 5)];

	BUILD_BUG_ON(HD_LOCK_NAMES != 1 << 5);
	/* the memory may have been freed, and hold another lock by now */
	if (one->lock != lock ||
	    time_after(jiffies, one->since + NAMES_KEPT)) {
		make_name(names, lock, p, one->object);
		one->lock = lock;
		one->since = jiffies;
	}
	memcpy(object, one->object, HD_OBJECT_LEN);
}
