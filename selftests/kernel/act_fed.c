// SPDX-License-Identifier: GPL-2.0-only
/*
 * act: the steps that read what another process has to send, from files that are
 * not pipes.
 *
 *	fed:pts fork sleep:200 feed end eat
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "act.h"

static int from = -1, to = -1;

static void make_eventfd(void)
{
	from = eventfd(0, 0);
	to = from;
}

/* feeds itself, too: what is fed is nothing */
static void make_timerfd(void)
{
	struct itimerspec in200ms = { .it_value.tv_nsec = 200000000 };

	from = timerfd_create(CLOCK_MONOTONIC, 0);
	to = open("/dev/null", O_WRONLY);
	timerfd_settime(from, 0, &in200ms, NULL);
}

static void make_inotify(void)
{
	char path[64];

	snprintf(path, sizeof(path), "/tmp/act-fed-%d", (int)getpid());
	to = open(path, O_RDWR | O_CREAT | O_EXCL, 0600);
	if (to < 0)
		act_die("fed", path);
	from = inotify_init1(0);
	inotify_add_watch(from, path, IN_MODIFY);
	unlink(path);
}

/* the end of a terminal that a shell has */
static void make_pts(void)
{
	to = posix_openpt(O_RDWR | O_NOCTTY);
	if (to < 0 || unlockpt(to))
		act_die("fed", "ptmx");
	from = open(ptsname(to), O_RDWR | O_NOCTTY);
}

/* the end that a terminal's emulator has */
static void make_ptmx(void)
{
	int pts;

	make_pts();
	pts = from;
	from = to;
	to = pts;
}

static void op_fed(const char *arg)
{
	static const struct {
		const char *name;
		void (*make)(void);
	} kinds[] = {
		{ "eventfd", make_eventfd }, { "timerfd", make_timerfd },
		{ "inotify", make_inotify }, { "pts", make_pts },
		{ "ptmx", make_ptmx },
	};
	size_t i;

	for (i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (!strcmp(arg, kinds[i].name))
			kinds[i].make();
	if (from < 0 || to < 0)
		act_die("fed", arg);
}

/* a number for an eventfd, a line for a terminal */
static void op_feed(const char *arg)
{
	if (syscall(SYS_write, (long)to, "1234567\n", 8L) != 8)
		act_die("feed", arg);
}

static void op_eat(const char *arg)
{
	char buf[4096];

	if (syscall(SYS_read, (long)from, buf, (long)sizeof(buf)) <= 0)
		act_die("eat", arg);
}

const struct act_op act_fed_ops[] = {
	{ "fed", op_fed },
	{ "feed", op_feed },
	{ "eat", op_eat },
	{ NULL, NULL }
};
