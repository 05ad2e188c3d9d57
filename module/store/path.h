/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The path of an open file, as raw bytes.  The setting "paths" decides whether all of
 * it is shown, its last part, or nothing.
 */
#ifndef HD_PATH_H
#define HD_PATH_H

#include <linux/types.h>

struct file;
struct task_struct;
struct vfsmount;

int hd_path_init(void);
void hd_path_exit(void);
void hd_path_show(char *path);
const struct vfsmount *hd_path_root(void);
void hd_path_in_hook(struct file *file, const struct vfsmount *root, char *to,
		     size_t size);
bool hd_path_of_fd(struct task_struct *p, int fd, const struct file *only,
		   char *to, size_t size);
void hd_path_device(struct file *file, char *to, size_t size);

#endif /* HD_PATH_H */
