/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Commands and their options.  There is one table of options, in args.c: a
 * letter means the same in every command, but for the -c of strace, which is
 * strace(1)'s.  A command says which options it has; parsing, --help and what
 * the tests compare the manual with come from that.
 */
#ifndef HD_ARGS_H
#define HD_ARGS_H

#include "pure/render.h"

enum hd_option {
	HD_OPTION_ALL,
	HD_OPTION_BY,
	HD_OPTION_BUSY,
	HD_OPTION_COMM,
	HD_OPTION_COUNT,
	HD_OPTION_FILE,
	HD_OPTION_FOLLOW,
	HD_OPTION_INTERVAL,
	HD_OPTION_KEEP,
	HD_OPTION_KIND,
	HD_OPTION_LINES,
	HD_OPTION_MAX_SIZE,
	HD_OPTION_OUTPUT,
	HD_OPTION_PROCESS,
	HD_OPTION_RESERVE,
	HD_OPTION_REVERSE,
	HD_OPTION_SORT,
	HD_OPTION_STATE,
	HD_OPTION_SVG,
	HD_OPTION_SYSCALL,
	HD_OPTION_TASK,
	HD_OPTION_TOTALS,
	HD_OPTION_USER,
	HD_OPTION_HELP,
	HD_OPTION_VERSION,
	HD_OPTIONS,
};

#define HD_OPT(name)	(1u << HD_OPTION_##name)

/* which tasks: every command that shows tasks has these */
#define HD_OPTS_TASKS \
	(HD_OPT(COMM) | HD_OPT(PROCESS) | HD_OPT(TASK) | HD_OPT(USER))

/* how a table is sorted and cut */
#define HD_OPTS_SORT \
	(HD_OPT(LINES) | HD_OPT(REVERSE) | HD_OPT(SORT))

/* what most tables have */
#define HD_OPTS_TABLE \
	(HD_OPTS_TASKS | HD_OPTS_SORT | HD_OPT(BY) | HD_OPT(FILE))

/* what lines are put together by */
enum hd_by {
	HD_BY_NOTHING,
	HD_BY_THREAD,
	HD_BY_PROCESS,
	HD_BY_COMM,
	HD_BY_CGROUP,
	HD_BY_ALL,	/* of all tasks: no option, but a command's own choice */
};

#define HD_WORDS	2	/* arguments that are no options, at most */

/**
 * struct hd_args - a command line
 * @file: a saved snapshot; NULL: the live one
 * @tids: the tasks to show, as typed: "1,2"; NULL: not asked for
 * @tgids: the same, of processes
 * @comms: names or patterns, as typed: "nginx,kworker*"
 * @users: names or numbers, as typed
 * @by: what to put lines together by
 * @sort: column; NULL: the command's own choice
 * @lines: to show; 0: as many as there are
 * @reverse: the order
 * @all: what is left out by default, too
 * @follow: go on with what comes
 * @busy: without calls that wait for work
 * @svg: as SVG
 * @totals: the table alone, as of strace -c
 * @kind: enum hostdiag_kind
 * @syscall: name of the one to show; NULL: all
 * @interval_ns: from one reading to the next; 0: not given
 * @count: readings; 0: no end
 * @keep: files; 0: not given
 * @max_bytes: of files; 0: not given
 * @reserve_bytes: of free space; HD_NOT_GIVEN: not given
 * @state: file of metrics
 * @output: file to replace
 * @word: what is no option
 * @words: how many
 */
struct hd_args {
	const char *file;
	const char *tids;
	const char *tgids;
	const char *comms;
	const char *users;
	enum hd_by by;
	const char *sort;
	u32 lines;
	bool reverse;
	bool all;
	bool follow;
	bool busy;
	bool svg;
	bool totals;
	u32 kind;
	const char *syscall;
	u64 interval_ns;
	u32 count;
	u32 keep;
	u64 max_bytes;
	u64 reserve_bytes;
	const char *state;
	const char *output;
	const char *word[HD_WORDS];
	u32 words;
};

#define HD_NOT_GIVEN	(~0ull)

/**
 * struct hd_command - a command
 * @name: as typed
 * @operands: its arguments, for --help; NULL: it has none
 * @doc: what it does; lines of at most 79 characters
 * @options: HD_OPT() of those that it has
 * @words: arguments that it needs
 * @words_most: arguments that it takes
 * @wanted: what to say where there are fewer than @words
 * @run: runs it; returns the exit status
 */
struct hd_command {
	const char *name;
	const char *operands;
	const char *doc;
	u32 options;
	u32 words;
	u32 words_most;
	const char *wanted;
	int (*run)(struct hd_args *args);
};

int hd_args_begin(int argc, char **argv, struct hd_args *args);
void hd_args_parse(const struct hd_command *command, int argc, char **argv,
		   struct hd_args *args);
void hd_args_help(const struct hd_command *command);
void hd_args_help_options(u32 options);
u32 hd_args_number(const char *arg, const char *what);
u64 hd_args_seconds(const char *arg);
__printf(1, 2) __attribute__((noreturn))
void hd_args_fail(const char *fmt, ...);
bool hd_args_choose(const struct hd_args *args, u32 tid, u32 tgid,
		    const char *comm);
bool hd_syscall_is_wanted(const struct hd_syscall_row *row,
			  const struct hd_args *args);
bool hd_args_choose_all(const struct hd_args *args);
const char *hd_args_chosen(const struct hd_args *args);

/* in choose.c, which calls nothing of args.c */
#define HD_LIST_WORD_LEN	64

const char *hd_list_word(const char *list, char word[HD_LIST_WORD_LEN]);
bool hd_user_is_known(const char *word);

#endif /* HD_ARGS_H */
