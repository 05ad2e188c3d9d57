// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include "host/calls.h"
#include "host/words.h"
#include "util.h"

#define LINE_LEN	512

/* fewer calls of a task than the smallest ring keeps are all that it made */
#define ALL_CALLS	15u

static void parse_result(struct hd_last_call *call, char **line)
{
	const char *word = hd_next_word(line);

	call->error[0] = '\0';
	call->result = 0;
	call->has_result = strcmp(word, "-");
	if (!call->has_result)
		return;
	if (word[0] == 'E' || !strncmp(word, "errno_", 6))
		snprintf(call->error, sizeof(call->error), "%s", word);
	else
		call->result = strtoll(word, NULL, 10);
}

/**
 * hd_last_calls_parse() - read a line of the file
 * @line: the line, which is taken apart
 * @call: filled
 *
 * Return: false: it is none.
 */
bool hd_last_calls_parse(char *line, struct hd_last_call *call)
{
	call->tid = hd_next_number(&line, 0);
	call->tgid = hd_next_number(&line, 0);
	hd_next_word(&line);	/* its name */
	call->began_ns = hd_next_number(&line, 0);
	call->dur_ns = hd_next_number(&line, HD_ABSENT);
	hd_next_text(&line, call->name, sizeof(call->name));
	call->fd = hd_next_number(&line, ~0u);
	parse_result(call, &line);
	call->ended_ns = hd_next_number(&line, 0);
	call->exit_code = hd_next_number(&line, 0);
	return call->tid && call->name[0];
}

static void add(struct hd_last_calls *calls, const struct hd_last_call *call)
{
	calls->call = hd_grow(calls->call, calls->len, &calls->room,
			      sizeof(*calls->call));
	calls->call[calls->len++] = *call;
}

/* of one task they come in their order, which equal times do not change */
static int by_time(const void *a, const void *b)
{
	const struct hd_last_call *x = a, *y = b;

	if (x->began_ns != y->began_ns)
		return x->began_ns < y->began_ns ? -1 : 1;
	return x < y ? -1 : x > y;
}

/* of a number that was used again: without those who had it before */
static void leave_out_former(struct hd_last_calls *calls, u32 pid)
{
	u64 former_ns = 0;
	size_t i, len = 0;
	bool lives = false;

	for (i = 0; i < calls->len; i++) {
		const struct hd_last_call *call = &calls->call[i];

		lives |= !call->ended_ns;
		if (call->tid == pid && call->ended_ns > former_ns)
			former_ns = call->ended_ns;
	}
	if (!lives)
		return;
	for (i = 0; i < calls->len; i++)
		if (!calls->call[i].ended_ns ||
		    calls->call[i].ended_ns > former_ns)
			calls->call[len++] = calls->call[i];
	calls->len = len;
}

/**
 * hd_last_calls_read() - read the last calls of a process, or of one task
 * @file: HD_CALLS_FILE, or a copy of it
 * @pid: of the process or of the task
 * @calls: filled; hd_last_calls_free() is due
 *
 * Return: false where the file can't be read; errno says why.
 */
bool hd_last_calls_read(const char *file, u32 pid, struct hd_last_calls *calls)
{
	FILE *from = fopen(file, "re");
	struct hd_last_call call;
	char line[LINE_LEN];

	memset(calls, 0, sizeof(*calls));
	if (!from)
		return false;
	/* its first lines say what it is, and name its columns */
	while (fgets(line, sizeof(line), from))
		if (line[0] != '#' && hd_last_calls_parse(line, &call) &&
		    (call.tid == pid || call.tgid == pid))
			add(calls, &call);
	fclose(from);
	leave_out_former(calls, pid);
	if (calls->len)
		qsort(calls->call, calls->len, sizeof(*calls->call), by_time);
	return true;
}

/* hd_last_calls_free() - they are not needed any more */
void hd_last_calls_free(struct hd_last_calls *calls)
{
	free(calls->call);
	memset(calls, 0, sizeof(*calls));
}

static bool is_one_of(const char *name, const char *const *list, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		if (!strcmp(name, list[i]))
			return true;
	return false;
}

/* may the descriptor be another file's after this call? */
static bool may_change_fd(const struct hd_last_call *call, s32 fd)
{
	static const char *const many[] = {
		"execve", "execveat", "close_range", "io_uring_enter",
	};
	static const char *const onto[] = { "dup2", "dup3" };

	if (!strcmp(call->name, "close"))
		return call->fd == fd || call->fd < 0;
	if (is_one_of(call->name, onto, ARRAY_SIZE(onto)))
		return call->has_result ? call->result == fd : true;
	return is_one_of(call->name, many, ARRAY_SIZE(many)) && !call->error[0];
}

/* are the calls of a task since that moment all there? */
static bool is_covered(const struct hd_last_calls *calls, u32 tid, u64 since_ns)
{
	size_t i, nr = 0;

	for (i = 0; i < calls->len; i++) {
		if (calls->call[i].tid != tid)
			continue;
		if (calls->call[i].began_ns <= since_ns)
			return true;
		nr++;
	}
	return nr < ALL_CALLS;
}

/**
 * hd_last_calls_keep_fd() - has a descriptor been the same file's since a call?
 * @calls: of its process
 * @nth: the call
 * @fd: the descriptor
 *
 * Return: false where some task of the process has closed or replaced it since, or
 * may have, as far as its calls are known.
 */
bool hd_last_calls_keep_fd(const struct hd_last_calls *calls, size_t nth, s32 fd)
{
	u64 since_ns = calls->call[nth].began_ns;
	size_t i;

	for (i = 0; i < calls->len; i++) {
		const struct hd_last_call *call = &calls->call[i];

		/* another task's may have begun before, and have come after */
		if ((i > nth || (call->tid != calls->call[nth].tid &&
				 hd_add(call->began_ns, call->dur_ns) > since_ns)) &&
		    may_change_fd(call, fd))
			return false;
		if (!is_covered(calls, call->tid, since_ns))
			return false;
	}
	return true;
}
