// SPDX-License-Identifier: GPL-2.0-only
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include "table/args.h"

/**
 * hd_args_parse() - parse a command line, or end with one line and status 2
 * @argp: its options; the parser must hand ARGP_KEY_INIT to hd_args_key()
 * @argc: number of arguments
 * @argv: the arguments; the first is the name for messages
 * @flags: ARGP_*
 * @input: for the parser
 */
void hd_args_parse(const struct argp *argp, int argc, char **argv,
		   unsigned int flags, void *input)
{
	/* three lines of every --help, of options whose arguments may be left out */
	setenv("ARGP_HELP_FMT", "no-dup-args-note", 0);
	if (argp_parse(argp, argc, argv, flags, NULL, input))
		exit(2);
}

/**
 * hd_args_fail() - bad usage: one line, and status 2
 * @state: of the parser
 * @fmt: as printf; without the newline
 */
void hd_args_fail(const struct argp_state *state, const char *fmt, ...)
{
	va_list args;

	fprintf(stderr, "%s: ", state->name);
	va_start(args, fmt);
	vfprintf(stderr, fmt, args);
	va_end(args);
	fputc('\n', stderr);
	exit(2);
}

/**
 * hd_args_number() - a number from 1 up, or bad usage
 * @arg: its digits
 * @what: what it is, for the message
 * @state: of the parser
 */
u32 hd_args_number(const char *arg, const char *what,
		   const struct argp_state *state)
{
	unsigned long long value;
	char *end;

	errno = 0;
	value = strtoull(arg, &end, 10);
	if (!isdigit((unsigned char)*arg) || *end || errno || !value ||
	    value > INT32_MAX)
		hd_args_fail(state, "'%s' is no %s", arg, what);
	return value;
}

/**
 * hd_args_seconds() - an interval, or bad usage
 * @arg: seconds, with a fraction or without
 * @state: of the parser
 *
 * Return: nanoseconds.
 */
u64 hd_args_seconds(const char *arg, const struct argp_state *state)
{
	double value;
	char *end;

	value = strtod(arg, &end);
	if (!isdigit((unsigned char)*arg) || *end || value < 0.1 ||
	    value > 86400)
		hd_args_fail(state, "'%s' is no interval: 0.1 to 86400 seconds",
			     arg);
	return value * 1e9;
}

/**
 * hd_args_key() - handle a key that is not the command's own
 * @key: of argp
 * @arg: of argp
 * @state: of argp
 * @args: to be set
 *
 * Return: for argp.
 */
error_t hd_args_key(int key, char *arg, struct argp_state *state,
		    struct hd_args *args)
{
	switch (key) {
	case ARGP_KEY_INIT:
		/* getopt's one line is enough: no "Try ..." from argp */
		state->err_stream = NULL;
		break;
	case 'f':
		args->file = arg;
		break;
	case 't':
		args->tid = hd_args_number(arg, "task id", state);
		break;
	case 'p':
		args->tgid = hd_args_number(arg, "process id", state);
		break;
	case 'c':
		args->comm = arg;
		break;
	case ARGP_KEY_ARG:
		hd_args_fail(state, "'%s' is one argument too many: see '%s --help'",
			     arg, state->name);
	case ARGP_KEY_END:
		if (!!args->tid + !!args->tgid + !!args->comm > 1)
			hd_args_fail(state, "only one of -t, -p and -c, please");
		break;
	default:
		return ARGP_ERR_UNKNOWN;
	}
	return 0;
}

/**
 * hd_args_choose() - is a task one of those to show?
 * @args: what was asked for
 * @tid: its number; the dead of a comm have none to be asked for
 * @tgid: that of its process
 * @comm: its name, which may be asked for as it is, or as it is printed
 */
bool hd_args_choose(const struct hd_args *args, u32 tid, u32 tgid,
		    const char *comm)
{
	char escaped[HD_ESCAPED_LEN];

	if (args->tid)
		return tid == args->tid;
	if (args->tgid)
		return tgid == args->tgid;
	if (args->comm)
		return !strcmp(comm, args->comm) ||
		       !strcmp(hd_escape(comm, HOSTDIAG_COMM_LEN, escaped,
					 sizeof(escaped)), args->comm);
	return true;
}

/**
 * hd_args_chosen() - the tasks to show, in words
 * @args: what was asked for
 *
 * Return: "", " of task 812"; good until the next call.
 */
const char *hd_args_chosen(const struct hd_args *args)
{
	static char text[sizeof(" of the tasks named ''") + HD_ESCAPED_LEN];
	char comm[HD_ESCAPED_LEN];

	text[0] = '\0';
	if (args->tid)
		snprintf(text, sizeof(text), " of task %u", args->tid);
	else if (args->tgid)
		snprintf(text, sizeof(text), " of process %u", args->tgid);
	else if (args->comm)
		snprintf(text, sizeof(text), " of the tasks named '%s'",
			 hd_escape(args->comm, strlen(args->comm), comm,
				   sizeof(comm)));
	return text;
}
