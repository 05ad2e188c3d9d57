// SPDX-License-Identifier: GPL-2.0-only
/* The last calls of a process, from before anybody came; or the table of all. */
#include <stdlib.h>
#include "cmd/cmd.h"
#include "host/file.h"
#include "snap/load.h"
#include "table/calls.h"
#include "table/strace.h"
#include "util.h"

/* what a descriptor of the process referred to, when that was asked for first */
struct link {
	s32 fd;
	char to[HD_PATH_LEN];
};

struct links {
	u32 pid;
	struct link *link;
	size_t len;
	size_t room;
};

static bool read_link(u32 pid, s32 fd, char to[HD_PATH_LEN])
{
	char whole[HD_FILE_LINK];

	to[0] = '\0';
	if (fd < 0 || !hd_file_link(whole, "/proc/%u/fd/%d", pid, fd))
		return false;
	snprintf(to, HD_PATH_LEN, "%.*s", HD_PATH_LEN - 1, whole);
	return true;
}

static const struct link *find_link(const struct links *links, s32 fd)
{
	size_t i;

	for (i = 0; i < links->len; i++)
		if (links->link[i].fd == fd)
			return &links->link[i];
	return NULL;
}

static void note_link(struct links *links, s32 fd)
{
	struct link *link;

	if (fd < 0 || find_link(links, fd))
		return;
	links->link = hd_grow(links->link, links->len, &links->room,
			      sizeof(*links->link));
	link = &links->link[links->len++];
	link->fd = fd;
	read_link(links->pid, fd, link->to);
}

/* the descriptor that a call returned; -1: none */
static s32 opened_fd(const struct hd_last_call *call)
{
	return call->has_result && !call->error[0] &&
	       hd_name_opens(call->name) ? (s32)call->result : -1;
}

/*
 * A path is what the descriptor refers to before and after the calls were read,
 * where it has been the same file's since the call.
 */
static void find_path(const struct links *links,
		      const struct hd_last_calls *calls, size_t nth, s32 fd,
		      char to[HD_PATH_LEN])
{
	const struct link *link = find_link(links, fd);

	to[0] = '\0';
	if (link && link->to[0] && !calls->call[nth].ended_ns &&
	    hd_last_calls_keep_fd(calls, nth, fd) &&
	    (!read_link(links->pid, fd, to) || strcmp(to, link->to)))
		to[0] = '\0';
}

static bool is_last_of_its_task(const struct hd_last_calls *calls, size_t nth)
{
	size_t i;

	for (i = nth + 1; i < calls->len; i++)
		if (calls->call[i].tid == calls->call[nth].tid)
			return false;
	return true;
}

static bool are_several(const struct hd_last_calls *calls)
{
	size_t i;

	for (i = 1; i < calls->len; i++)
		if (calls->call[i].tid != calls->call[0].tid)
			return true;
	return false;
}

static void print_calls(const struct links *links,
			const struct hd_last_calls *calls)
{
	char fd[HD_PATH_LEN], result[HD_PATH_LEN];
	struct hd_call_paths paths = { fd, result };
	bool several = are_several(calls);
	const struct hd_last_call *call;
	size_t i;

	for (i = 0; i < calls->len; i++) {
		call = &calls->call[i];
		find_path(links, calls, i, call->fd, fd);
		find_path(links, calls, i, opened_fd(call), result);
		hd_call_line(&hd_stdout, call, &paths, several);
		if (call->ended_ns && is_last_of_its_task(calls, i))
			hd_call_end_line(&hd_stdout, call, several);
	}
}

static void read_or_die(u32 pid, struct hd_last_calls *calls)
{
	if (!hd_last_calls_read(HD_CALLS_FILE, pid, calls))
		hd_die("%s", hd_load_refused(HD_CALLS_FILE));
}

static bool is_recorded(void)
{
	char *text = hd_file_text("%s/parameters/recorder", HD_SYS_MODULE);
	bool is_off = text && text[0] == '0';

	free(text);
	return !is_off;
}

/* a call that is in progress is known even where none is recorded */
static int print_last(u32 pid)
{
	struct links links = { .pid = pid };
	struct hd_last_calls calls;
	size_t i;

	read_or_die(pid, &calls);
	for (i = 0; i < calls.len; i++) {
		note_link(&links, calls.call[i].fd);
		note_link(&links, opened_fd(&calls.call[i]));
	}
	hd_last_calls_free(&calls);
	read_or_die(pid, &calls);
	if (!is_recorded())
		fprintf(stderr, "hostdiag strace: recording is switched off: recorder=0\n");
	if (!calls.len)
		hd_die("no calls of %u are kept, alive or among the last to end", pid);
	print_calls(&links, &calls);
	hd_last_calls_free(&calls);
	free(links.link);
	return 0;
}

static const struct hd_table_cmd table_cmd = {
	.schema = &hd_schemas[HD_SCHEMA_syscalls],
	.add = hd_strace_add,
};

static bool fill_table(struct hd_table *table, const struct hd_args *args)
{
	hd_table_begin(table, &table_cmd, args);
	hd_strace_begin(table);
	hd_table_fill(table, &table_cmd);
	return table->used;
}

static int print_table(struct hd_args *args)
{
	struct hd_table table;

	args->tgids = args->word[0];
	if (!fill_table(&table, args)) {
		args->tgids = NULL;
		args->tids = args->word[0];
		if (!fill_table(&table, args))
			hd_die("no syscalls of %s to show", args->word[0]);
	}
	hd_strace_print(&table);
	return 0;
}

static int run_strace(struct hd_args *args)
{
	u32 pid = hd_args_number(args->word[0], "process or task id");

	return args->totals ? print_table(args) : print_last(pid);
}

const struct hd_command hd_cmd_strace = {
	.name = "strace",
	.operands = "PID",
	.doc = "Show the last calls of a process, alive or among the last to end, as\n"
	       "strace -f -y -tt -T prints them; or of one of its threads.  They were\n"
	       "recorded before anybody asked; of their arguments, the descriptor is known.",
	.options = HD_OPT(TOTALS),
	.words = 1,
	.words_most = 1,
	.wanted = "of which process or task? 'hostdiag strace PID'",
	.run = run_strace,
};
