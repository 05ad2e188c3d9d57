// SPDX-License-Identifier: GPL-2.0-only
/* The last calls of a task: the file's lines, what the reader makes of them. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "host/calls.h"
#include "pure/render.h"
#include "table/calls.h"
#include "tap.h"

#define PID	7u
#define FILE_NAME	"/tmp/hostdiag-calls-XXXXXX"

static char name[sizeof(FILE_NAME)];
static FILE *file;

static void begin(void)
{
	strcpy(name, FILE_NAME);
	file = fdopen(mkstemp(name), "w");
}

static void put(u32 tid, const struct hd_call_row *row)
{
	struct hd_task_row task = { .tid = tid, .tgid = PID, .comm = "a b" };
	struct hd_out *out = capture_out();

	hd_render_calls(out, &task, row);
	fputs(captured(), file);
}

/* a call of x86-64, one microsecond long */
static void put_call(u32 tid, u64 began_ns, u32 nr, s32 fd, u64 result)
{
	struct hd_call_row row = {
		.began_ns = began_ns, .dur_ns = 1000, .result = result,
		.exit_code = HD_ABSENT, .nr = nr, .fd = fd,
	};

	put(tid, &row);
}

static struct hd_last_calls end(void)
{
	struct hd_last_calls calls;

	fclose(file);
	check(hd_last_calls_read(name, PID, &calls), "calls: the file is read");
	unlink(name);
	return calls;
}

enum { READ = 0, CLOSE = 3, MMAP = 9, DUP2 = 33, GETPID = 39, EXECVE = 59 };

static void test_parse(void)
{
	struct hd_call_row unfinished = {
		.began_ns = 30, .dur_ns = HD_ABSENT, .result = HD_NO_RESULT,
		.exit_code = HD_ABSENT, .nr = READ, .fd = 4,
	};
	struct hd_call_row dead = {
		.began_ns = 5, .dur_ns = 1, .result = -(u64)11, .ended_ns = 90,
		.exit_code = 9, .nr = READ, .fd = -1,
	};
	struct hd_last_calls calls;

	begin();
	put(8, &unfinished);
	put_call(9, 20, GETPID, -1, 7);
	put(10, &dead);
	calls = end();
	check(calls.len == 3 && calls.call[0].tid == 10 &&
	      calls.call[1].tid == 9 && calls.call[2].tid == 8,
	      "calls: of all threads, in the order in which they began");
	check(!strcmp(calls.call[0].error, "EAGAIN") &&
	      calls.call[0].ended_ns == 90 && calls.call[0].exit_code == 9 &&
	      calls.call[0].fd == -1, "calls: an error, and of the dead");
	check(!strcmp(calls.call[1].name, "getpid") && calls.call[1].result == 7 &&
	      calls.call[1].dur_ns == 1000 && !calls.call[1].error[0],
	      "calls: a result");
	check(calls.call[2].dur_ns == HD_ABSENT && !calls.call[2].has_result &&
	      calls.call[2].fd == 4, "calls: one in progress");
	hd_last_calls_free(&calls);
}

/* what is printed behind the time of day */
static const char *printed(const struct hd_last_call *call, const char *path,
			   const char *result)
{
	struct hd_call_paths paths = { path, result };
	const char *at;

	hd_call_line(capture_out(), call, &paths, false);
	at = strchr(captured(), ' ');
	return at ? at + 1 : "";
}

static void test_lines(void)
{
	struct hd_last_call call = {
		.tid = PID, .name = "read", .fd = 3, .dur_ns = 1234567,
		.has_result = true, .result = 5,
	};

	check(!strcmp(printed(&call, "/etc/x", ""),
		      "read(3</etc/x>, ...) = 5 <0.001234>\n"),
	      "calls: a descriptor with its path");
	call.fd = -1;
	check(!strcmp(printed(&call, "", "/y"), "read(...) = 5</y> <0.001234>\n"),
	      "calls: the path of what was returned");
	strcpy(call.error, "ENOENT");
	check(!strcmp(printed(&call, "", ""),
		      "read(...) = -1 ENOENT (No such file or directory) <0.001234>\n"),
	      "calls: an error with its words");
	strcpy(call.error, "ERESTARTSYS");
	check(!strcmp(printed(&call, "", ""),
		      "read(...) = ? ERESTARTSYS <0.001234>\n"),
	      "calls: what the kernel begins again");
	call.error[0] = '\0';
	strcpy(call.name, "mmap");
	call.result = 0x7f0000001000;
	call.dur_ns = 12000000001ull;
	check(!strcmp(printed(&call, "", ""),
		      "mmap(...) = 0x7f0000001000 <12.000000>\n"),
	      "calls: an address");
	call.has_result = false;
	check(!strcmp(printed(&call, "", ""), "mmap(...) = ? <12.000000>\n"),
	      "calls: what may not be seen");
	call.dur_ns = HD_ABSENT;
	call.fd = 4;
	check(!strcmp(printed(&call, "pipe:[1]", ""),
		      "mmap(4<pipe:[1]>, ... <unfinished ...>\n"),
	      "calls: one in progress, as it is printed");
}

static void test_ends(void)
{
	struct hd_last_call call = { .tid = 12, .exit_code = 7 << 8 };

	hd_call_end_line(capture_out(), &call, true);
	check(!strncmp(captured(), "[pid    12] ", 12) &&
	      strstr(captured(), " +++ exited with 7 +++\n"), "calls: an exit");
	call.exit_code = 9;
	hd_call_end_line(capture_out(), &call, false);
	check(!!strstr(captured(), " +++ killed by signal 9 +++\n"),
	      "calls: a death by a signal");
}

/* is what fd 3 was in the first call what it is now? */
static bool keeps(void)
{
	struct hd_last_calls calls = end();
	bool keeps = hd_last_calls_keep_fd(&calls, 0, 3);

	hd_last_calls_free(&calls);
	return keeps;
}

static void test_keep_fd(void)
{
	u32 i;

	begin();
	put_call(8, 1000, READ, 3, 5);
	put_call(8, 3000, CLOSE, 4, 0);
	put_call(9, 4000, GETPID, -1, 7);
	check(keeps(), "calls: another descriptor was closed since");

	begin();
	put_call(8, 1000, READ, 3, 5);
	put_call(9, 4000, CLOSE, 3, 0);
	check(!keeps(), "calls: another thread has closed it");

	begin();
	put_call(8, 1000, READ, 3, 5);
	put_call(8, 4000, DUP2, 7, 3);
	check(!keeps(), "calls: another file took its place");

	begin();
	put_call(8, 1000, READ, 3, 5);
	put_call(8, 4000, EXECVE, -1, 0);
	check(!keeps(), "calls: exec may have closed it");

	begin();
	put_call(8, 1000, READ, 3, 5);
	for (i = 0; i < 15; i++)
		put_call(9, 9000 + i, GETPID, -1, 7);
	check(!keeps(), "calls: what another thread did since is forgotten");
}

/* the process before, with the same number */
static void test_former(void)
{
	struct hd_call_row former = {
		.began_ns = 5, .dur_ns = 1, .ended_ns = 90, .exit_code = 0,
		.nr = READ, .fd = -1,
	};
	struct hd_last_calls calls;

	begin();
	put(PID, &former);
	former.ended_ns = 200;
	put(8, &former);
	put_call(PID, 100, GETPID, -1, 7);
	calls = end();
	check(calls.len == 2 && calls.call[0].ended_ns == 200,
	      "calls: a number's former process is left out, its dead threads are not");
	hd_last_calls_free(&calls);
}

void test_calls(void)
{
	test_parse();
	test_lines();
	test_ends();
	test_keep_fd();
	test_former();
}
