// SPDX-License-Identifier: GPL-2.0-only
/* Sentences about a wait, and the tasks that could end it. */
#include "why/parts.h"

/**
 * hd_why_say() - add a sentence
 * @wait: to what is known of it
 * @fmt: as printf; without the full stop
 */
void hd_why_say(struct hd_why_wait *wait, const char *fmt, ...)
{
	va_list args;

	if (wait->nr_lines == HD_WHY_LINES)
		return;
	va_start(args, fmt);
	vsnprintf(wait->lines[wait->nr_lines++], HD_WHY_TEXT, fmt, args);
	va_end(args);
}

/**
 * hd_why_what() - name what is waited for, in a few words
 * @wait: what is known of it
 * @fmt: as printf, to be put behind "waits for"
 */
void hd_why_what(struct hd_why_wait *wait, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vsnprintf(wait->what, sizeof(wait->what), fmt, args);
	va_end(args);
}

/**
 * hd_why_end() - note what is to blame, where that is no task
 * @wait: what is known of it
 * @fmt: as printf: a sentence without the full stop, in which nothing is of
 *	this task alone: all that have the same end wait for the same thing
 */
void hd_why_end(struct hd_why_wait *wait, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vsnprintf(wait->end, sizeof(wait->end), fmt, args);
	va_end(args);
}

/**
 * hd_why_next() - add a task that could end it
 * @wait: to what is known of it
 * @tid: the task
 */
void hd_why_next(struct hd_why_wait *wait, u32 tid)
{
	if (wait->nr_next < HD_WHY_NEXT)
		wait->next_tids[wait->nr_next++] = tid;
	else
		wait->more = true;
}
