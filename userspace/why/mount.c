// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include "why/parts.h"

static bool read_mount(const char *line, struct hd_why_mount *mount)
{
	const char *dash = strstr(line, " - ");

	return sscanf(line, "%u %*u %u:%u %*s %511s", &mount->id, &mount->major,
		      &mount->minor, mount->point) == 4 &&
	       dash && sscanf(dash, " - %63s %255s", mount->type,
			      mount->source) == 2;
}

/* 0: not known */
static u32 mount_id(const struct hd_why *why, const struct hd_why_task *task)
{
	char *text = task->stuck.fd < 0 ? NULL :
		     hd_proc_text(why, "%u/fdinfo/%d", task->tid,
				  task->stuck.fd);
	const char *at = text ? strstr(text, "mnt_id:") : NULL;
	u32 id = at ? strtoul(at + strlen("mnt_id:"), NULL, 10) : 0;

	free(text);
	return id;
}

/* length of the mount point, if the path of the call is below it; 0: it is not */
static size_t covered_len(const struct hd_why_mount *mount, const char *on)
{
	size_t len = strlen(mount->point);
	const char *path = strstr(on, " of /");

	if (!path || strncmp(path + 4, mount->point, len))
		return 0;
	path += 4 + len;
	return !*path || *path == '/' || len == 1 ? len : 0;
}

/**
 * hd_why_mount() - find the mount of the descriptor or of the path of a call
 * @why: the host
 * @task: the task that is in the call
 * @on: the text that hd_why_path() has made
 * @found: set to the mount
 *
 * Return: false if it is not known.
 */
bool hd_why_mount(const struct hd_why *why, const struct hd_why_task *task,
		  const char *on, struct hd_why_mount *found)
{
	char *text = hd_proc_text(why, "%u/mountinfo", task->tid);
	u32 id = mount_id(why, task);
	struct hd_why_mount mount;
	const char *line = text;
	size_t best = 0, length;

	memset(found, 0, sizeof(*found));
	for (; line && *line; line += strcspn(line, "\n"), line += !!*line) {
		if (!read_mount(line, &mount))
			continue;
		length = id ? mount.id == id : covered_len(&mount, on);
		/* of two mounts at the same point, the later line is on top */
		if (length && length >= best) {
			best = length;
			*found = mount;
		}
	}
	free(text);
	return best;
}
