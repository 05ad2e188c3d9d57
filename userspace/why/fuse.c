// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include "why/parts.h"

static bool is_fuse(const struct hd_why_mount *mount)
{
	return !strcmp(mount->type, "fuse") || !strcmp(mount->type, "fuseblk") ||
	       !strncmp(mount->type, "fuse.", 5) ||
	       !strncmp(mount->type, "fuseblk.", 8);
}

static void say_waiting(const struct hd_why *why, const struct hd_why_mount *mount,
			struct hd_why_wait *wait)
{
	char *text = hd_file_text("%s/sys/fs/fuse/connections/%u/waiting",
				  why->root, mount->minor);
	char waiting[48] = "", point[HD_WHY_TEXT / 2];

	if (text)
		snprintf(waiting, sizeof(waiting), ", where %lu requests wait",
			 strtoul(text, NULL, 10));
	free(text);
	hd_escape(mount->point, strlen(mount->point), point, sizeof(point));
	hd_why_what(wait, "the daemon of %s", point);
	hd_why_say(wait, "it waits for the daemon of %s (%s)%s", point,
		   mount->type, waiting);
	hd_why_end(wait, "the daemon of %s (%s) does not answer", point,
		   mount->type);
	wait->is_served = true;
}

/* a daemon that reads requests from /dev/fuse is no client of a mount */
static bool is_client(const char *place)
{
	return (strstr(place, "request_wait_answer") ||
		strstr(place, "fuse_")) && !strstr(place, "fuse_dev_");
}

/**
 * hd_why_fuse() - name the daemon of the FUSE mount that a task waits for
 * @why: the host
 * @task: the task
 * @wait: the result is added to it
 *
 * No kernel exports which process serves which mount.  If several processes have
 * /dev/fuse open, the daemon may be any of them.
 */
void hd_why_fuse(struct hd_why *why, const struct hd_why_task *task,
		 struct hd_why_wait *wait)
{
	static const struct hd_why_seek daemon = {
		.link = "/dev/fuse", .mode = HD_WHY_READS | HD_WHY_WRITES,
	};
	struct hd_why_mount mount;
	u32 before = wait->nr_next, count;

	if (!is_client(task->stuck.place))
		return;
	if (hd_why_mount(why, task, wait->on, &mount) && is_fuse(&mount))
		say_waiting(why, &mount, wait);
	else
		hd_why_say(wait, "it waits for the daemon of a FUSE mount");
	count = hd_why_say_holders(why, &daemon,
				   hd_why_count_holders(why, &daemon) == 1 ?
				   "the daemon is" : "the daemon is one of",
				   0, wait);
	wait->held = wait->nr_next != before;
	wait->guess = count > 1;
}
