// SPDX-License-Identifier: GPL-2.0-only
/* The reader: parses the options in front of the command, and runs the command. */
#include "cmd/cmd.h"
#include "util.h"

#define COMMAND(name)	&hd_cmd_##name,
static const struct hd_command *const commands[] = { HD_COMMAND_LIST(COMMAND) };

static const char help_head[] =
	"Usage: hostdiag [-f FILE] [COMMAND [OPTION...]]\n"
	"Show what tasks wait for, as counted by the hostdiag kernel module.\n"
	"\n"
	"  summary                one screen of what is wrong; the default command\n"
	"  top                    who does how much now, a second; the keys: h\n"
	"  stuck, blocked, slow   who is inside a call; who blocks whom; slow events\n"
	"  ledger                 who froze, stopped, suspended, mounted what, and when\n"
	"  errors, dsleep, open   calls that fail; where D sleep is; files by age\n"
	"  tasks, syscalls, hist  calls, D sleep, open files: by task, by call, in time\n"
	"  exited, deaths         tasks that have ended: by name, the newest one by one\n"
	"  why PID                what a task waits for, who holds that, and so on\n"
	"  strace PID             its last calls, from before you came\n"
	"  record DIR             keep the last snapshots, for the night\n"
	"  heatmap DIR, diff A B  of those: latency over time; rates between two\n"
	"  metrics, json          for Prometheus; all tables as one JSON document\n"
	"  doctor                 check the module, and say what is wrong\n"
	"\n";

static const char help_tail[] =
	"\nhelp COMMAND tells the options of each.  Save a snapshot for later with\n"
	"'cat /proc/hostdiag/snapshot > FILE'.\n"
	"Exit status: 0 done, 1 failed, 2 bad usage.\n";

static int print_help(void)
{
	hd_print("%s", help_head);
	hd_args_help_options(HD_OPT(FILE) | HD_OPT(HELP) | HD_OPT(VERSION));
	hd_print("%s", help_tail);
	return 0;
}

static const struct hd_command *find_command(const char *name)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(commands); i++)
		if (!strcmp(name, commands[i]->name))
			return commands[i];
	hd_args_fail("'%s' is no command: see 'hostdiag help'", name);
}

static int run_help(int argc, char **argv)
{
	if (argc > 2)
		hd_args_fail("help of one command at a time, please");
	if (argc < 2)
		return print_help();
	hd_args_help(find_command(argv[1]));
	return 0;
}

int main(int argc, char **argv)
{
	const struct hd_command *command = commands[0];
	struct hd_args args;
	int first;

	hd_print_init();
	if (!argc)
		return 2;
	first = hd_args_begin(argc, argv, &args);
	if (!first)
		return print_help();
	if (first < argc && !strcmp(argv[first], "help"))
		return run_help(argc - first, argv + first);
	if (first < argc)
		command = find_command(argv[first]);
	else
		first--;
	hd_args_parse(command, argc - first, argv + first, &args);
	return command->run(&args);
}
