// SPDX-License-Identifier: GPL-2.0-only
/* Sentences about a wait, and the tasks that could end it. */
#include "why/parts.h"

/**
 * hd_why_say() - add a sentence
 * @wait: the wait
 * @fmt: format of the sentence, without the full stop
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
 * hd_why_what() - set the few words that say what is waited for
 * @wait: the wait
 * @fmt: format of words that follow "waits for"
 */
void hd_why_what(struct hd_why_wait *wait, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vsnprintf(wait->what, sizeof(wait->what), fmt, args);
	va_end(args);
}

/**
 * hd_why_end() - set the cause of a wait that is no task
 * @wait: the wait
 * @fmt: format of a sentence without the full stop; it mentions nothing that is
 *	of this task alone, since equal sentences are taken for the same cause
 */
void hd_why_end(struct hd_why_wait *wait, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vsnprintf(wait->end, sizeof(wait->end), fmt, args);
	va_end(args);
}

/**
 * hd_why_next() - add a task that could end the wait
 * @wait: the wait
 * @tid: the task
 */
void hd_why_next(struct hd_why_wait *wait, u32 tid)
{
	if (wait->nr_next < HD_WHY_NEXT)
		wait->next_tids[wait->nr_next++] = tid;
	else
		wait->more = true;
}
