// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include "why/fuse.h"
#include "why/links.h"
#include "why/proc.h"

/**
 * struct mount - a line of /proc/TID/mountinfo
 * @id: of the mount
 * @minor: of its device; its connection has the same number
 * @point: where it is mounted, as mountinfo escapes it
 * @type: "fuse.sshfs"
 */
struct mount {
	u32 id;
	u32 minor;
	char point[512];
	char type[64];
};

static bool read_mount(const char *line, struct mount *mount)
{
	const char *dash = strstr(line, " - ");

	return sscanf(line, "%u %*u %*u:%u %*s %511s", &mount->id,
		      &mount->minor, mount->point) == 3 &&
	       dash && sscanf(dash, " - %63s", mount->type) == 1;
}

static bool is_fuse(const struct mount *mount)
{
	return !strcmp(mount->type, "fuse") || !strcmp(mount->type, "fuseblk") ||
	       !strncmp(mount->type, "fuse.", 5) ||
	       !strncmp(mount->type, "fuseblk.", 8);
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

/* how much of a path that the call is about is that of the mount */
static size_t covers(const struct mount *mount, const char *on)
{
	size_t len = strlen(mount->point);
	const char *path = strstr(on, " of /");

	if (!path || strncmp(path + 4, mount->point, len))
		return 0;
	path += 4 + len;
	return !*path || *path == '/' || len == 1 ? len : 0;
}

/* the mount of the file, or of the path; false: it is not known to be FUSE */
static bool find_mount(const struct hd_why *why, const struct hd_why_task *task,
		       const char *on, struct mount *found)
{
	char *text = hd_proc_text(why, "%u/mountinfo", task->tid);
	u32 id = mount_id(why, task);
	const char *line = text;
	size_t best = 0, length;
	struct mount mount;

	memset(found, 0, sizeof(*found));
	for (; line && *line; line += strcspn(line, "\n"), line += !!*line) {
		if (!read_mount(line, &mount))
			continue;
		length = id ? mount.id == id : covers(&mount, on);
		/* of two at the same point the later one is on top */
		if (length && length >= best) {
			best = length;
			*found = mount;
		}
	}
	free(text);
	return best && is_fuse(found);
}

static void say_waiting(const struct hd_why *why, const struct mount *mount,
			struct hd_why_wait *wait)
{
	char *text = hd_file_text("%s/sys/fs/fuse/connections/%u/waiting",
				  why->root, mount->minor);
	char waiting[48] = "", point[HD_WHY_TEXT / 2];

	if (text)
		snprintf(waiting, sizeof(waiting), ", where %lu requests wait",
			 strtoul(text, NULL, 10));
	free(text);
	hd_why_say(wait, "it waits for the daemon of %s (%s)%s",
		   hd_escape(mount->point, strlen(mount->point), point,
			     sizeof(point)), mount->type, waiting);
}

/**
 * hd_why_fuse() - if a task waits for the daemon of a FUSE mount, say for which
 * @why: the host
 * @task: the task
 * @wait: what is known of it
 *
 * No kernel tells which process serves which mount: where several have
 * /dev/fuse open, it may be any of them.
 */
void hd_why_fuse(struct hd_why *why, const struct hd_why_task *task,
		 struct hd_why_wait *wait)
{
	static const struct hd_why_seek daemon = {
		.link = "/dev/fuse", .mode = HD_WHY_READS | HD_WHY_WRITES,
	};
	const char *place = task->stuck.place;
	struct mount mount;
	u32 before = wait->nexts, count;

	if (!strstr(place, "request_wait_answer") && !strstr(place, "fuse_"))
		return;
	if (find_mount(why, task, wait->on, &mount))
		say_waiting(why, &mount, wait);
	else
		hd_why_say(wait, "it waits for the daemon of a FUSE mount");
	count = hd_why_say_holders(why, &daemon,
				   hd_why_count_holders(why, &daemon) == 1 ?
				   "the daemon is" : "the daemon is one of",
				   0, wait);
	wait->held = wait->nexts != before;
	wait->guess = count > 1;
}
