// SPDX-License-Identifier: GPL-2.0-only
/* The table of options, and parsing by it; see args.h. */
#include <ctype.h>
#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include "pure/lists.h"
#include "table/args.h"
#include "table/hist_text.h"
#include "util.h"
#include "version.h"

#define NO_LETTER	0x100	/* from here on: options that have none */
#define HELP_COLUMN	29	/* of --help: where what an option does begins */

/**
 * struct option_info - an option
 * @letter: its short form; 0: it has none
 * @name: its long form
 * @arg: what its argument is; NULL: it has none
 * @help: what it does
 */
struct option_info {
	char letter;
	const char *name;
	const char *arg;
	const char *help;
};

static const struct option_info options[HD_OPTIONS] = {
	[HD_OPTION_ALL] = { 'a', "all", NULL,
		"What is left out by default, too" },
	[HD_OPTION_BY] = { 'b', "by", "WHAT",
		"Put together: thread, process, comm or cgroup" },
	[HD_OPTION_BUSY] = { 0, "busy", NULL,
		"Without calls that wait for work by design" },
	[HD_OPTION_COMM] = { 'c', "comm", "NAMES",
		"Only tasks of these names: nginx,'kworker*'" },
	[HD_OPTION_COUNT] = { 0, "count", "N",
		"End after N intervals" },
	[HD_OPTION_FILE] = { 'f', "file", "FILE",
		"Read a saved snapshot, - for stdin" },
	[HD_OPTION_FOLLOW] = { 'F', "follow", NULL,
		"Print new events as they come" },
	[HD_OPTION_INTERVAL] = { 'i', "interval", "SECONDS",
		"From one reading to the next" },
	[HD_OPTION_KEEP] = { 0, "keep", "N",
		"Keep the last N files; 360, if not given" },
	[HD_OPTION_KIND] = { 'k', "kind", "KIND",
		"syscall (if not given), dsleep or open" },
	[HD_OPTION_LINES] = { 'n', "lines", "N",
		"Only N lines" },
	[HD_OPTION_MAX_SIZE] = { 0, "max-size", "MIB",
		"Of all files together; 1024, if not given" },
	[HD_OPTION_OUTPUT] = { 'o', "output", "FILE",
		"Replace FILE as a whole, rather than print" },
	[HD_OPTION_PROCESS] = { 'p', "process", "PIDS",
		"Only tasks of these processes: 812,813" },
	[HD_OPTION_RESERVE] = { 0, "reserve", "MIB",
		"Leave so much space free; 256, if not given" },
	[HD_OPTION_REVERSE] = { 'r', "reverse", NULL,
		"Reverse the order" },
	[HD_OPTION_SORT] = { 's', "sort", "COLUMN",
		"Sort by it; numbers and times: largest first" },
	[HD_OPTION_STATE] = { 0, "state", "FILE",
		"Go on from the last time, which is in FILE" },
	[HD_OPTION_SVG] = { 0, "svg", NULL,
		"As SVG, for a browser" },
	[HD_OPTION_SYSCALL] = { 'S', "syscall", "NAME",
		"Only calls of this name, of live tasks" },
	[HD_OPTION_TASK] = { 't', "task", "TIDS",
		"Only these tasks: 812,813" },
	[HD_OPTION_TOTALS] = { 'c', "summary-only", NULL,
		"Only time, calls and errors by syscall, of its life" },
	[HD_OPTION_USER] = { 'u', "user", "USERS",
		"Only tasks of these users, on this host" },
	[HD_OPTION_HELP] = { 'h', "help", NULL,
		"Show this" },
	[HD_OPTION_VERSION] = { 'V', "version", NULL,
		"Show the version" },
};

/* the command that is being parsed: how messages begin */
static const struct hd_command *parsing;

/**
 * hd_args_fail() - bad usage: one line, and status 2
 * @fmt: as printf; without the newline
 */
void hd_args_fail(const char *fmt, ...)
{
	va_list args;

	fprintf(stderr, "hostdiag%s%s: ", parsing ? " " : "",
		parsing ? parsing->name : "");
	va_start(args, fmt);
	vfprintf(stderr, fmt, args);
	va_end(args);
	fputc('\n', stderr);
	exit(2);
}

static bool is_number(const char *arg, u64 most, u64 *value)
{
	char *end;

	errno = 0;
	*value = strtoull(arg, &end, 10);
	return isdigit((unsigned char)*arg) && !*end && !errno && *value <= most;
}

/**
 * hd_args_number() - a number from 1 up, or bad usage
 * @arg: its digits
 * @what: what it is, for the message
 */
u32 hd_args_number(const char *arg, const char *what)
{
	u64 value;

	if (!is_number(arg, INT32_MAX, &value) || !value)
		hd_args_fail("'%s' is no %s", arg, what);
	return value;
}

/**
 * hd_args_seconds() - an interval, or bad usage
 * @arg: seconds, with a fraction or without
 *
 * Return: nanoseconds.
 */
u64 hd_args_seconds(const char *arg)
{
	double value;
	char *end;

	value = strtod(arg, &end);
	if (!isdigit((unsigned char)*arg) || *end || value < 0.1 ||
	    value > 86400)
		hd_args_fail("'%s' is no interval: 0.1 to 86400 seconds", arg);
	return value * 1e9;
}

static u64 parse_mib(const char *arg)
{
	u64 value;

	if (!is_number(arg, 1ull << 40, &value))
		hd_args_fail("'%s' is no number of MiB", arg);
	return value << 20;
}

static enum hd_by parse_by(const char *arg)
{
	static const char *const name[] = {
		[HD_BY_THREAD]	= "thread",
		[HD_BY_PROCESS]	= "process",
		[HD_BY_COMM]	= "comm",
		[HD_BY_CGROUP]	= "cgroup",
	};
	enum hd_by by;

	for (by = HD_BY_THREAD; by <= HD_BY_CGROUP; by++)
		if (!strcmp(arg, name[by]))
			return by;
	hd_args_fail("no roll-up by '%s': thread process comm cgroup", arg);
}

static u32 parse_kind(const char *arg)
{
	u32 kind;

	for (kind = 0; kind < HOSTDIAG_KINDS; kind++)
		if (!strcmp(arg, hd_hist_kinds[kind].name))
			return kind;
#define NAME(name, ...)	" " #name
	hd_args_fail("no kind '%s':" HD_KIND_LIST(NAME), arg);
}

/**
 * hd_syscall_is_wanted() - is a syscall of a task one of those that were asked for?
 * @row: the syscall
 * @args: by its name, of any ABI; or all but those that wait for work
 */
bool hd_syscall_is_wanted(const struct hd_syscall_row *row,
			  const struct hd_args *args)
{
	char buf[HD_NAME_LEN];

	if (args->busy &&
	    hd_syscall_class(row->abi, row->nr) == HOSTDIAG_CLASS_IDLE)
		return false;
	return !args->syscall ||
	       !strcmp(hd_syscall_name(row->abi, row->nr, buf), args->syscall);
}

/**
 * hd_args_choose_all() - is there no choice of tasks?
 * @args: the command line
 */
bool hd_args_choose_all(const struct hd_args *args)
{
	return !args->tids && !args->tgids && !args->comms && !args->users;
}

static void check_ids(const char *list, const char *what)
{
	char word[HD_LIST_WORD_LEN];

	while (list) {
		list = hd_list_word(list, word);
		hd_args_number(word, what);
	}
}

static void check_users(const char *list)
{
	char word[HD_LIST_WORD_LEN];

	while (list) {
		list = hd_list_word(list, word);
		if (!hd_user_is_known(word))
			hd_args_fail("no user '%s' in /etc/passwd", word);
	}
}

/* options that say which tasks */
static bool set_tasks(struct hd_args *args, int id, char *arg)
{
	switch (id) {
	case HD_OPTION_TASK:
		check_ids(arg, "task id");
		args->tids = arg;
		return true;
	case HD_OPTION_PROCESS:
		check_ids(arg, "process id");
		args->tgids = arg;
		return true;
	case HD_OPTION_COMM:
		args->comms = arg;
		return true;
	case HD_OPTION_USER:
		check_users(arg);
		args->users = arg;
		return true;
	}
	return false;
}

/* options that say what is shown of them, and how */
static bool set_view(struct hd_args *args, int id, char *arg)
{
	switch (id) {
	case HD_OPTION_ALL:
		args->all = true;
		return true;
	case HD_OPTION_BY:
		args->by = parse_by(arg);
		return true;
	case HD_OPTION_BUSY:
		args->busy = true;
		return true;
	case HD_OPTION_LINES:
		args->lines = hd_args_number(arg, "number of lines");
		return true;
	case HD_OPTION_REVERSE:
		args->reverse = true;
		return true;
	case HD_OPTION_SORT:
		args->sort = arg;
		return true;
	case HD_OPTION_KIND:
		args->kind = parse_kind(arg);
		return true;
	case HD_OPTION_SYSCALL:
		args->syscall = arg;
		return true;
	case HD_OPTION_SVG:
		args->svg = true;
		return true;
	case HD_OPTION_TOTALS:
		args->totals = true;
		return true;
	}
	return false;
}

/* options that say from where, to where and how often */
static void set_course(struct hd_args *args, int id, char *arg)
{
	switch (id) {
	case HD_OPTION_FILE:
		args->file = arg;
		break;
	case HD_OPTION_FOLLOW:
		args->follow = true;
		break;
	case HD_OPTION_INTERVAL:
		args->interval_ns = hd_args_seconds(arg);
		break;
	case HD_OPTION_COUNT:
		args->count = hd_args_number(arg, "number of intervals");
		break;
	case HD_OPTION_KEEP:
		args->keep = hd_args_number(arg, "number of files");
		break;
	case HD_OPTION_MAX_SIZE:
		args->max_bytes = parse_mib(arg);
		break;
	case HD_OPTION_RESERVE:
		args->reserve_bytes = parse_mib(arg);
		break;
	case HD_OPTION_STATE:
		args->state = arg;
		break;
	case HD_OPTION_OUTPUT:
		args->output = arg;
		break;
	}
}

static int key_of(int id)
{
	return options[id].letter ? options[id].letter : NO_LETTER + id;
}

/* @mask: HD_OPT() of those that there are */
static int id_of(int key, u32 mask)
{
	int id = 0;

	while (id < HD_OPTIONS && (key_of(id) != key || !(mask & (1u << id))))
		id++;
	return id;
}

/* what getopt_long() wants of these options */
struct getopt_tables {
	u32 mask;
	char letters[2 * HD_OPTIONS + 3];
	struct option names[HD_OPTIONS + 1];
};

/* '+' first: stop at the first word; ':': a missing argument is told as such */
static void fill_tables(struct getopt_tables *tables, u32 mask, bool stop)
{
	char *letter = tables->letters;
	size_t nr = 0;
	int id;

	memset(tables, 0, sizeof(*tables));
	tables->mask = mask;
	if (stop)
		*letter++ = '+';
	*letter++ = ':';
	for (id = 0; id < HD_OPTIONS; id++) {
		if (!(mask & (1u << id)))
			continue;
		tables->names[nr++] = (struct option){
			.name = options[id].name,
			.has_arg = options[id].arg ? required_argument :
				   no_argument,
			.val = key_of(id),
		};
		if (!options[id].letter)
			continue;
		*letter++ = options[id].letter;
		if (options[id].arg)
			*letter++ = ':';
	}
}

static void __attribute__((noreturn)) refuse(int key, char **argv)
{
	const char *typed = argv[optind - 1];

	if (key == ':' && optopt < NO_LETTER && optopt)
		hd_args_fail("option requires an argument -- '%c'", optopt);
	if (key == ':')
		hd_args_fail("option '%s' requires an argument", typed);
	/* the argument of an option that has none */
	if (optopt && !strncmp(typed, "--", 2))
		hd_args_fail("option '%s' has no argument", typed);
	if (optopt)
		hd_args_fail("invalid option -- '%c': see 'hostdiag help%s%s'",
			     optopt, parsing ? " " : "",
			     parsing ? parsing->name : "");
	hd_args_fail("unrecognized option '%s': see 'hostdiag help%s%s'", typed,
		     parsing ? " " : "", parsing ? parsing->name : "");
}

/* Return: an option, that has been set; -1: there are no more. */
static int next_option(const struct getopt_tables *tables, int argc,
		       char **argv, struct hd_args *args)
{
	int key = getopt_long(argc, argv, tables->letters, tables->names, NULL);
	int id = id_of(key, tables->mask);

	if (key == -1)
		return -1;
	if (key == '?' || key == ':')
		refuse(key, argv);
	if (id == HD_OPTION_VERSION) {
		hd_print("hostdiag %s\n", HD_VERSION);
		exit(0);
	}
	if (!set_tasks(args, id, optarg) && !set_view(args, id, optarg))
		set_course(args, id, optarg);
	return id;
}

/**
 * hd_args_begin() - parse what comes before the command
 * @argc: of main()
 * @argv: of main()
 * @args: to be set
 *
 * Return: place of the command in @argv; @argc: there is none; 0: --help was
 * there.
 */
int hd_args_begin(int argc, char **argv, struct hd_args *args)
{
	struct getopt_tables tables;
	int id;

	parsing = NULL;
	*args = (struct hd_args){ .reserve_bytes = HD_NOT_GIVEN };
	fill_tables(&tables, HD_OPT(FILE) | HD_OPT(HELP) | HD_OPT(VERSION),
		    true);
	opterr = 0;
	optind = 0;
	while ((id = next_option(&tables, argc, argv, args)) >= 0)
		if (id == HD_OPTION_HELP)
			return 0;
	return optind;
}

static void take_words(const struct hd_command *command, int argc, char **argv,
		       struct hd_args *args)
{
	for (; optind < argc; optind++) {
		if (args->words == command->words_most)
			hd_args_fail("'%s' is one argument too many: see 'hostdiag help %s'",
				     argv[optind], command->name);
		args->word[args->words++] = argv[optind];
	}
	if (args->words < command->words)
		hd_args_fail("%s", command->wanted);
}

static bool is_syscall_only(const struct hd_args *args)
{
	return args->syscall || args->busy;
}

/* what no command takes together */
static void check_together(const struct hd_command *command,
			   const struct hd_args *args)
{
	if (args->file && !(command->options & HD_OPT(FILE)))
		hd_args_fail("it has no -f: see 'hostdiag help %s'",
			     command->name);
	if (args->by == HD_BY_CGROUP && args->file)
		hd_args_fail("a snapshot has no cgroups: this host has");
	if (args->users && args->file)
		hd_args_fail("a snapshot has no users: this host has");
	if (!!args->tids + !!args->tgids + !!args->comms + !!args->users > 1)
		hd_args_fail("only one of -t, -p, -c and -u, please");
	if (is_syscall_only(args) && args->kind != HOSTDIAG_KIND_SYSCALL)
		hd_args_fail("-S and --busy go with -k syscall only");
}

/**
 * hd_args_parse() - parse a command's part of the command line, or end: with
 *	status 2 and one line, or with its help and status 0
 * @command: the command
 * @argc: number of arguments, itself included
 * @argv: its name, and the arguments
 * @args: of hd_args_begin(); to be set
 */
void hd_args_parse(const struct hd_command *command, int argc, char **argv,
		   struct hd_args *args)
{
	struct getopt_tables tables;
	int id;

	parsing = command;
	fill_tables(&tables, command->options | HD_OPT(HELP) | HD_OPT(VERSION),
		    false);
	optind = 0;
	while ((id = next_option(&tables, argc, argv, args)) >= 0)
		if (id == HD_OPTION_HELP) {
			hd_args_help(command);
			exit(0);
		}
	take_words(command, argc, argv, args);
	check_together(command, args);
}

/**
 * hd_args_help_options() - print options
 * @mask: HD_OPT() of them
 */
void hd_args_help_options(u32 mask)
{
	const struct option_info *option;
	char line[HELP_COLUMN + 1];
	int id;

	for (id = 0; id < HD_OPTIONS; id++) {
		option = &options[id];
		if (!(mask & (1u << id)))
			continue;
		snprintf(line, sizeof(line), "  %c%c%s--%s%s%s",
			 option->letter ? '-' : ' ',
			 option->letter ? option->letter : ' ',
			 option->letter ? ", " : "  ", option->name,
			 option->arg ? "=" : "", option->arg ? option->arg : "");
		hd_print("%-*s%s\n", HELP_COLUMN, line, option->help);
	}
}

/**
 * hd_args_help() - print what a command does and its options
 * @command: the command
 */
void hd_args_help(const struct hd_command *command)
{
	hd_print("Usage: hostdiag %s [OPTION...]%s%s\n%s\n\n", command->name,
		 command->operands ? " " : "",
		 command->operands ? command->operands : "", command->doc);
	hd_args_help_options(command->options | HD_OPT(HELP) |
			     HD_OPT(VERSION));
}
