// SPDX-License-Identifier: GPL-2.0-only
#include "host/ledger.h"
#include "pure/columns.h"
#include "util.h"
#include "why/parts.h"

#define POINT	700	/* of a mount, in a line */

static const char *file_of(const struct hd_why *why, char name[HD_PROC_PATH])
{
	snprintf(name, HD_PROC_PATH, "%s" HD_LEDGER_FILE, why->root);
	return name;
}

/**
 * hd_why_acts() - go through the acts of the ledger, the newest last
 * @why: the host
 * @act: called for each
 * @priv: passed to @act
 */
void hd_why_acts(const struct hd_why *why,
		 void (*act)(const struct hd_ledger_row *row, void *priv),
		 void *priv)
{
	char name[HD_PROC_PATH];

	hd_ledger_each(file_of(why, name), act, priv);
}

/**
 * hd_why_by_whom() - who did what keeps a task, as far as the ledger knows
 * @why: the host
 * @act: enum hd_act
 * @target: what it was done to, by number; HD_ABSENT: that is not known
 * @buf: where it is made: " 93.1s ago by kill[4711], which has ended"
 *
 * Return: @buf; "" where it is not known.
 */
const char *hd_why_by_whom(const struct hd_why *why, u32 act, u64 target,
			   char buf[HD_LEDGER_BY_LEN])
{
	struct hd_ledger_row row;
	char name[HD_PROC_PATH];

	buf[0] = '\0';
	if (target != HD_ABSENT &&
	    hd_ledger_standing(file_of(why, name), act, target, &row))
		hd_ledger_by(&row, hd_now_ns(), buf);
	return buf;
}

/* as the kernel's new_encode_dev() */
static u64 encode(u32 major, u32 minor)
{
	return (minor & 0xff) | (u64)major << 8 | (u64)(minor & ~0xffu) << 12;
}

/**
 * hd_why_ledger() - if a task waits until its file system is thawed, say who
 * froze it
 * @why: the host
 * @task: the task
 * @wait: what is known of it
 */
void hd_why_ledger(const struct hd_why *why, const struct hd_why_task *task,
		   struct hd_why_wait *wait)
{
	char point[POINT], by[HD_LEDGER_BY_LEN];
	struct hd_why_mount mount;

	if (!hd_why_waits_for_thaw(task) ||
	    !hd_why_mount(why, task, wait->on, &mount))
		return;
	hd_why_by_whom(why, HD_ACT_FREEZE, encode(mount.major, mount.minor),
		       by);
	if (by[0])
		hd_why_say(wait, "%s was frozen%s",
			   hd_escape(mount.point, strlen(mount.point), point,
				     sizeof(point)), by);
}
