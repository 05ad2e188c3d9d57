// SPDX-License-Identifier: GPL-2.0-only
/* up to 5.7: hidepid= is that of a pid namespace, of all its mounts */
#include <linux/module.h>
#include <linux/pid_namespace.h>

u32 check(const struct pid_namespace *ns, kgid_t *group)
{
	*group = ns->pid_gid;
	return ns->hide_pid;
}
