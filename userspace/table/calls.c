// SPDX-License-Identifier: GPL-2.0-only
#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include "table/calls.h"
#include "util.h"

#define NS_PER_S	1000000000ull
#define FIRST_RESTART	512	/* errors from here on are the kernel's own */

/* the time of day of a moment of the monotonic clock */
static void put_time(struct hd_out *out, u64 ns)
{
	struct timespec now;
	struct tm local;
	time_t seconds;
	u64 wall;

	clock_gettime(CLOCK_REALTIME, &now);
	wall = now.tv_sec * NS_PER_S + now.tv_nsec - hd_now_ns() + ns;
	seconds = wall / NS_PER_S;
	localtime_r(&seconds, &local);
	hd_out_printf(out, "%02d:%02d:%02d.%06llu ", local.tm_hour,
		      local.tm_min, local.tm_sec, wall / 1000 % 1000000);
}

static void begin_line(struct hd_out *out, const struct hd_last_call *call,
		       u64 ns, bool with_tid)
{
	if (with_tid)
		hd_out_printf(out, "[pid %5u] ", call->tid);
	put_time(out, ns);
}

/* one of errno.h; 0: it has no number of its own */
static int number_of(const char *error)
{
	char name[HD_NAME_LEN];
	int i;

	for (i = 1; i < 4096; i++)
		if (!strcmp(hd_errno_name(i, name), error))
			return i;
	return 0;
}

static void put_error(struct hd_out *out, const char *error)
{
	int number = number_of(error);

	if (number >= FIRST_RESTART)
		hd_out_printf(out, " = ? %s", error);
	else
		hd_out_printf(out, " = -1 %s (%s)", error, strerror(number));
}

static void put_path(struct hd_out *out, const char *path)
{
	char text[HD_PATH_LEN * 4];

	if (path[0])
		hd_out_printf(out, "<%s>", hd_escape(path, strlen(path), text,
						     sizeof(text)));
}

static void put_result(struct hd_out *out, const struct hd_last_call *call,
		       const char *path)
{
	if (call->error[0]) {
		put_error(out, call->error);
	} else if (!call->has_result) {
		hd_out_printf(out, " = ?");
	} else if (hd_name_gives_address(call->name)) {
		hd_out_printf(out, " = 0x%llx", (u64)call->result);
	} else {
		hd_out_printf(out, " = %lld", call->result);
		put_path(out, path);
	}
}

/**
 * hd_call_line() - print a call
 * @out: where to
 * @call: the call
 * @paths: of its descriptors
 * @with_tid: it is one of several tasks
 */
void hd_call_line(struct hd_out *out, const struct hd_last_call *call,
		  const struct hd_call_paths *paths, bool with_tid)
{
	begin_line(out, call, call->began_ns, with_tid);
	hd_out_printf(out, "%s(", call->name);
	if (call->fd >= 0) {
		hd_out_printf(out, "%d", call->fd);
		put_path(out, paths->fd);
		hd_out_printf(out, ", ");
	}
	if (call->dur_ns == HD_ABSENT) {
		hd_out_printf(out, "... <unfinished ...>\n");
		return;
	}
	hd_out_printf(out, "...)");
	put_result(out, call, paths->result);
	hd_out_printf(out, " <%llu.%06llu>\n", call->dur_ns / NS_PER_S,
		      call->dur_ns / 1000 % 1000000);
}

/**
 * hd_call_end_line() - print how a task ended
 * @out: where to
 * @call: the last of its calls
 * @with_tid: it is one of several tasks
 */
void hd_call_end_line(struct hd_out *out, const struct hd_last_call *call,
		      bool with_tid)
{
	int code = call->exit_code;

	begin_line(out, call, call->ended_ns, with_tid);
	if (WIFSIGNALED(code))
		hd_out_printf(out, "+++ killed by signal %d +++\n", WTERMSIG(code));
	else
		hd_out_printf(out, "+++ exited with %d +++\n", WEXITSTATUS(code));
}
