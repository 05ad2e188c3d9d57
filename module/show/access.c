// SPDX-License-Identifier: GPL-2.0-only
/*
 * Who may see what.  These checks come on top of the owner and the mode of a
 * file, and are repeated at each read and write, since rights may change while
 * the file is open.
 *
 * All checks use the credentials and the namespace of the opener, never those
 * of the reader: a descriptor that is passed to another user or namespace
 * shows what its opener may see, no more and no less.
 */
#include <linux/capability.h>
#include <linux/cred.h>
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/pid_namespace.h>
#include <linux/sched.h>
#include <linux/user_namespace.h>
#include "show/access.h"
#include "compat/proc.h"

static bool is_within(const struct pid_namespace *ns,
		      const struct pid_namespace *outer)
{
	while (ns->level > outer->level)
		ns = ns->parent;
	return ns == outer;
}

/*
 * Return: the inner one of the two namespaces, since neither the namespace of the
 * opener nor that of the procfs mount may widen what is seen; NULL: neither
 * contains the other, so they have no task in common.
 */
static struct pid_namespace *narrower_ns(struct pid_namespace *mount,
					 struct pid_namespace *opener)
{
	if (is_within(opener, mount))
		return opener;
	return is_within(mount, opener) ? mount : NULL;
}

/* root of a user namespace has rights only over pid namespaces that it owns */
static bool is_over(const struct user_namespace *user_ns,
		    const struct pid_namespace *ns)
{
	const struct user_namespace *at;

	for (at = ns->user_ns; at; at = at->parent)
		if (at == user_ns)
			return true;
	return false;
}

/**
 * hd_access_traces() - might the opener trace the tasks that it sees?
 * @access: filled by hd_access_open()
 * @filp: the open file
 *
 * Context: process.
 */
bool hd_access_traces(const struct hd_access *access, struct file *filp)
{
	return file_ns_capable(filp, access->ns->user_ns, CAP_SYS_PTRACE);
}

/* hidepid= may change while the file is open */
static bool is_hidden(const struct hd_access *access, struct file *filp)
{
	struct hd_proc_hide hide = hd_proc_hide(file_inode(filp));

	if (!hide.level ||
	    (access->in_group && hide.level < HD_PROC_HIDE_UNTRACEABLE))
		return false;
	return !hd_access_traces(access, filp);
}

/**
 * hd_access_read() - may the opener read the file now?
 * @access: filled by hd_access_open()
 * @filp: the open file
 *
 * Context: process.
 * Return: 0 or -EACCES.
 */
int hd_access_read(const struct hd_access *access, struct file *filp)
{
	if (!is_over(filp->f_cred->user_ns, access->ns) ||
	    is_hidden(access, filp))
		return -EACCES;
	return 0;
}

/**
 * hd_access_write() - may the opener write to the file now?
 * @access: filled by hd_access_open()
 * @filp: the open file
 *
 * A write affects the whole host, so an opener that sees only a part of the
 * host's tasks may not write.
 *
 * Context: process.
 * Return: 0 or -EPERM.
 */
int hd_access_write(const struct hd_access *access, struct file *filp)
{
	return access->ns == &init_pid_ns &&
	       file_ns_capable(filp, &init_user_ns, CAP_SYS_ADMIN) ? 0 : -EPERM;
}

/**
 * hd_access_open() - check an open, and note the rights of the opener
 * @access: filled
 * @filp: the file
 *
 * Context: process; current is the opener.
 * Return: 0, then the caller has to call hd_access_close() once; or -EACCES.
 */
int hd_access_open(struct hd_access *access, struct file *filp)
{
	struct inode *inode = file_inode(filp);
	int err;

	access->ns = narrower_ns(hd_proc_pid_ns(inode), task_active_pid_ns(current));
	if (!access->ns)
		return -EACCES;
	access->in_group = in_group_p(hd_proc_hide(inode).group);
	err = hd_access_read(access, filp);
	if (!err)
		get_pid_ns(access->ns);
	return err;
}

/**
 * hd_access_close() - drop the reference that hd_access_open() took
 * @access: filled by hd_access_open()
 *
 * Context: process.
 */
void hd_access_close(struct hd_access *access)
{
	put_pid_ns(access->ns);
}
