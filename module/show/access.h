/* SPDX-License-Identifier: GPL-2.0-only */
/* Who may see what: checks beyond the owner and mode of a file. */
#ifndef HD_ACCESS_H
#define HD_ACCESS_H

#include <linux/types.h>

struct file;
struct pid_namespace;

/**
 * struct hd_access - the rights of the opener of a file
 * @ns: the file shows the tasks of this pid namespace, by its numbers
 * @in_group: the opener is in the group that the mount's hidepid= exempts
 */
struct hd_access {
	struct pid_namespace *ns;
	bool in_group;
};

int hd_access_open(struct hd_access *access, struct file *filp);
void hd_access_close(struct hd_access *access);
int hd_access_read(const struct hd_access *access, struct file *filp);
int hd_access_write(const struct hd_access *access, struct file *filp);
bool hd_access_traces(const struct hd_access *access, struct file *filp);

#endif /* HD_ACCESS_H */
