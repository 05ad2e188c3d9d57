// SPDX-License-Identifier: GPL-2.0-only
/* Paths of open files; see path.h. */
#include <linux/bitops.h>
#include <linux/dcache.h>
#include <linux/err.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/limits.h>
#include <linux/fs_struct.h>
#include <linux/mount.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include "compat/fdtable.h"
#include "compat/magic.h"
#include "pure/names.h"
#include "core/params.h"
#include "store/path.h"
#include "store/pool.h"

#define FDS_SEARCHED	256
#define CUT	"..."	/* replaces the beginning of a long path */

/*
 * All hooks share one buffer, since few hooks need it at once: a hook that finds it in
 * use gets no path.  All readers share another one, under a lock that is held while
 * one path is printed.
 */
static char *hook_buffer, *reader_buffer;
static unsigned long hook_buffer_busy;
static DEFINE_SPINLOCK(reader_buffer_lock);	/* protects reader_buffer; innermost */

static void copy_path_end(char *to, size_t size, const char *path)
{
	size_t len = strlen(path);

	if (len < size) {
		memcpy(to, path, len + 1);
		return;
	}
	memcpy(to, CUT, strlen(CUT));
	memcpy(to + strlen(CUT), path + len - (size - 1 - strlen(CUT)),
	       size - strlen(CUT));
}

/**
 * hd_path_root() - the mount of the current task's root directory
 *
 * A task that ends gives up its root directory: the caller notes the mount before,
 * for hd_path_in_hook().
 *
 * Context: process, with preemption off.
 * Return: the mount, as a key that must not be dereferenced; NULL where paths within
 * it do not begin at the root of its filesystem, or other tasks may change the
 * directory.
 */
const struct vfsmount *hd_path_root(void)
{
	struct fs_struct *fs = current->fs;
	struct vfsmount *mnt;

	if (!fs || READ_ONCE(fs->users) != 1)
		return NULL;
	mnt = fs->root.mnt;
	if (fs->root.dentry != mnt->mnt_root || mnt->mnt_root != mnt->mnt_sb->s_root)
		return NULL;
	return mnt;
}

/*
 * A path begins at the root directory of the current task.  A task that is ending
 * may have no root directory any more.  Then the path of a file on the mount @root,
 * which was the task's root, is that from the root of the filesystem.  The path of a
 * file on another mount cannot be found out then.
 */
static void print_path(struct file *file, const struct vfsmount *root, char *buffer,
		       char *to, size_t size)
{
	const char *path;

	if (current->fs)
		path = d_path(&file->f_path, buffer, PATH_MAX);
	else if (root && file->f_path.mnt == root)
		path = dentry_path_raw(file->f_path.dentry, buffer, PATH_MAX);
	else
		return;
	to[0] = '\0';
	if (!IS_ERR(path))
		copy_path_end(to, size, path);
}

/**
 * hd_path_show() - shorten a path to what the setting "paths" lets be shown of it
 * @path: the whole path; "" where it is not known
 *
 * The class of a wait needs the whole path, so the caller finds it before.
 *
 * Context: any.
 */
void hd_path_show(char *path)
{
	u32 shown = READ_ONCE(hd_params.paths);
	const char *last = strrchr(path, '/');

	if (shown == HD_PATHS_OFF)
		path[0] = '\0';
	else if (shown == HD_PATHS_BASENAME && path[0] == '/' && last[1])
		memmove(path, last + 1, strlen(last + 1) + 1);
}

/*
 * A filesystem with a d_dname() of its own may take any lock in it, as that of DMA
 * buffers does.  The filesystems that are listed here take none.
 */
static bool takes_lock_to_name(const struct file *file)
{
	const struct dentry *dentry = file->f_path.dentry;

	if (!dentry->d_op || !dentry->d_op->d_dname)
		return false;
	switch (dentry->d_sb->s_magic) {
	case ANON_INODE_FS_MAGIC:
	case NSFS_MAGIC:
	case PIPEFS_MAGIC:
	case PROC_SUPER_MAGIC:
	case SOCKFS_MAGIC:
	case TMPFS_MAGIC:
		return false;
	default:
		return true;
	}
}

/*
 * Prints the kind and number of a file, or a name that never changes: that takes no
 * lock, and is enough to tell the class of a wait.
 */
static void print_pathless(struct file *file, char *to, size_t size)
{
	const struct dentry *dentry = file->f_path.dentry;
	const struct inode *inode = file_inode(file);

	to[0] = '\0';
	if (S_ISFIFO(inode->i_mode))
		snprintf(to, size, "pipe:[%lu]",
			 (unsigned long)inode->i_ino);
	else if (S_ISSOCK(inode->i_mode))
		snprintf(to, size, "socket:[%lu]",
			 (unsigned long)inode->i_ino);
	else if (S_ISCHR(inode->i_mode))
		hd_fed_device(imajor(inode), iminor(inode), to, size);
	else if (dentry->d_sb->s_magic == ANON_INODE_FS_MAGIC)
		snprintf(to, size, "anon_inode:%s", dentry->d_name.name);
	else if (dentry->d_sb->s_magic == PROC_SUPER_MAGIC &&
		 !strcmp((const char *)dentry->d_name.name, "kmsg"))
		snprintf(to, size, "/proc/kmsg");
}

/**
 * hd_path_in_hook() - the path of a file
 * @file: the file, which must not go away meanwhile
 * @root: hd_path_root() of a current task that ends; NULL: not known
 * @to: set to the path; "" where it cannot be found out here
 * @size: of @to
 *
 * Context: a hook in process context whose hooked code holds no lock; preemption may
 * be off.  An RT kernel allows no spinlock there, so only print_pathless() is used.
 */
void hd_path_in_hook(struct file *file, const struct vfsmount *root, char *to,
		     size_t size)
{
	print_pathless(file, to, size);
	if (IS_ENABLED(CONFIG_PREEMPT_RT) || IS_ENABLED(CONFIG_PREEMPT_RT_FULL))
		return;
	if (takes_lock_to_name(file))
		return;
	if (test_and_set_bit_lock(0, &hook_buffer_busy))
		return;
	print_path(file, root, hook_buffer, to, size);
	clear_bit_unlock(0, &hook_buffer_busy);
}

/* arguments and result of print_wanted_path() */
struct wanted_path {
	char *to;
	size_t size;
	bool is_there;
};

/*
 * hd_task_look_at_file() calls it with the table of descriptors locked: here
 * nothing sleeps, and no lock is taken whose holder is not known.
 */
static void print_wanted_path(struct file *file, void *priv)
{
	struct wanted_path *wanted = priv;

	wanted->is_there = true;
	print_pathless(file, wanted->to, wanted->size);
	if (takes_lock_to_name(file))
		return;
	spin_lock(&reader_buffer_lock);
	print_path(file, NULL, reader_buffer, wanted->to, wanted->size);
	spin_unlock(&reader_buffer_lock);
}

/**
 * hd_path_of_fd() - the path behind a descriptor of a task
 * @p: the task; the caller holds a reference to it
 * @fd: the descriptor
 * @only: look for this file, which is a key, under any descriptor, since a shell opens
 *	a file under one number and uses it under another; NULL: any file at @fd
 * @to: set to the path; "" where there is none
 * @size: of @to
 *
 * Context: process; waits for spinlocks only.
 * Return: false where the task has no such file.
 */
bool hd_path_of_fd(struct task_struct *p, int fd, const struct file *only,
		   char *to, size_t size)
{
	struct wanted_path wanted = { to, size, false };

	to[0] = '\0';
	hd_task_look_at_file(p, fd, only, FDS_SEARCHED, print_wanted_path, &wanted);
	return wanted.is_there;
}

/**
 * hd_path_device() - print the device of a file: "ext4:sda1", "nfs:0:45", "block:8:0"
 * @file: the file, which must not go away meanwhile
 * @to: set to the device
 * @size: of @to
 *
 * Context: any.
 */
void hd_path_device(struct file *file, char *to, size_t size)
{
	const struct inode *inode = file_inode(file);

	if (S_ISBLK(inode->i_mode))
		snprintf(to, size, "block:%u:%u", imajor(inode), iminor(inode));
	else
		snprintf(to, size, "%s:%s", inode->i_sb->s_type->name,
			 inode->i_sb->s_id);
}

/**
 * hd_path_init() - make the buffers
 *
 * Return: 0 or -ENOMEM.
 */
int hd_path_init(void)
{
	hook_buffer = hd_fixed_alloc(PATH_MAX);
	reader_buffer = hd_fixed_alloc(PATH_MAX);
	return hook_buffer && reader_buffer ? 0 : -ENOMEM;
}

/* hd_path_exit() - free the buffers, after the last hook and the last reader */
void hd_path_exit(void)
{
	hd_fixed_free(hook_buffer, PATH_MAX);
	hd_fixed_free(reader_buffer, PATH_MAX);
	hook_buffer = NULL;
	reader_buffer = NULL;
}
