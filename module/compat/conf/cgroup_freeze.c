// SPDX-License-Identifier: GPL-2.0-only
/* 5.2, where CONFIG_CGROUPS is set: cgroup.freeze */
#include <linux/module.h>
#include <linux/cgroup.h>
#include <linux/kernfs.h>

void fn(struct cgroup *cgroup, bool freeze);
const char *name(const struct cgroup *cgroup);

const char *name(const struct cgroup *cgroup)
{
	return cgroup->kn->name;
}

static inline ino_t number(struct cgroup *cgroup)
{
	return cgroup_ino(cgroup);
}

void fn(struct cgroup *cgroup, bool freeze)
{
	cgroup_freeze(cgroup, freeze);
}
