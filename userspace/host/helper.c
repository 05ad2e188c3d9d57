// SPDX-License-Identifier: GPL-2.0-only
/*
 * The helper is a fork of this program that serves requests.  A system call of
 * the helper may sleep for ever, and even SIGKILL may not end it.  So the reader
 * never waits until the helper has exited, and the helper has none of the reader's
 * descriptors open: else a process that reads the output of the reader would wait
 * for the helper, too.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include "host/helper.h"
#include "util.h"

#define MS		1000000ull
/* time that the helper may take for an answer; halved after each failure */
#define PATIENCE	(500 * MS)
#define PATIENCE_LEAST	(20 * MS)
/* total time of failed requests, after which the helper is not used any more */
#define WASTE_MAX	(1200 * MS)
/* after so long without a failure, both are reset */
#define FORGET_AFTER	(10000 * MS)
/* additional time for a helper that is runnable and waits for a CPU */
#define STARVED_MAX	(5000 * MS)
#define RESULT_MAX	(256u << 20)

struct request {
	int (*act)(const void *arg);
	char arg[HD_HELPER_ARG];
};

/**
 * struct part - head of a part of an answer; the bytes follow
 * @size: number of bytes; 0: this is the end of the answer
 * @error: at the end of the answer: errno, or 0
 */
struct part {
	u32 size;
	s32 error;
};

/**
 * struct helper - the helper process
 * @pid: its process id; 0: there is no helper
 * @sock: socket to the helper; in the helper, to the reader
 * @owner: the process that forked it
 * @failures: number of requests that were not answered in time
 * @wasted_ns: time spent waiting for them
 * @failed_ns: time of the last failure
 */
static struct helper {
	pid_t pid;
	int sock;
	pid_t owner;
	u32 failures;
	u64 wasted_ns;
	u64 failed_ns;
} helper;

static void send_all(const void *data, size_t size)
{
	const char *at = data;
	ssize_t sent;

	while (size) {
		sent = send(helper.sock, at, size, MSG_NOSIGNAL);
		if (sent <= 0)
			_exit(0);
		at += sent;
		size -= sent;
	}
}

/**
 * hd_helper_put() - send bytes of the answer; called in the helper
 * @data: bytes
 * @size: number of bytes
 */
void hd_helper_put(const void *data, size_t size)
{
	const struct part part = { .size = size };

	if (!size)
		return;
	send_all(&part, sizeof(part));
	send_all(data, size);
}

static void close_others(void)
{
	int fd;

#ifdef SYS_close_range
	if (!syscall(SYS_close_range, 0, helper.sock - 1, 0) &&
	    !syscall(SYS_close_range, helper.sock + 1, ~0u, 0))
		return;
#endif
	for (fd = 0; fd < 1024; fd++)
		if (fd != helper.sock)
			close(fd);
}

static void __attribute__((noreturn)) serve_requests(pid_t reader)
{
	struct part end = { .size = 0 };
	struct request request;
	ssize_t got;

	signal(SIGTERM, SIG_DFL);
	/* signals of the terminal are for the reader */
	setsid();
	helper.sock = fcntl(helper.sock, F_DUPFD_CLOEXEC, 3);
	prctl(PR_SET_NAME, "hostdiag-look");
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	close_others();
	while (getppid() == reader) {
		got = recv(helper.sock, &request, sizeof(request), MSG_WAITALL);
		if (got != sizeof(request))
			break;
		end.error = request.act(request.arg);
		send_all(&end, sizeof(end));
	}
	_exit(0);
}

static bool start_helper(void)
{
	int pair[2];

	if (helper.pid && helper.owner == getpid())
		return true;
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair))
		return false;
	helper.owner = getpid();
	helper.pid = fork();
	if (!helper.pid) {
		helper.sock = pair[1];
		close(pair[0]);
		serve_requests(helper.owner);
	}
	close(pair[1]);
	if (helper.pid > 0) {
		helper.sock = pair[0];
		return true;
	}
	helper.pid = 0;
	close(pair[0]);
	return false;
}

/* SIGKILL ends most waits; if it does not, the helper is left behind */
static void give_up(u64 wasted_ns)
{
	kill(helper.pid, SIGKILL);
	waitpid(helper.pid, NULL, WNOHANG);
	close(helper.sock);
	helper.pid = 0;
	helper.failures++;
	helper.wasted_ns += wasted_ns;
	helper.failed_ns = hd_now_ns();
}

static void forget_failures(void)
{
	if (helper.failures &&
	    hd_now_ns() - helper.failed_ns > FORGET_AFTER) {
		helper.failures = 0;
		helper.wasted_ns = 0;
	}
}

static u64 patience_ns(void)
{
	u64 ns = helper.failures < 8 ? PATIENCE >> helper.failures : 0;

	return ns > PATIENCE_LEAST ? ns : PATIENCE_LEAST;
}

/* is the helper runnable, so that it has only not got a CPU yet? */
static bool is_starved(void)
{
	char path[32], text[64] = "";
	const char *state;
	ssize_t got;
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/stat", helper.pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	got = read(fd, text, sizeof(text) - 1);
	close(fd);
	state = got > 0 ? strrchr(text, ')') : NULL;
	return state && state[1] && state[2] == 'R';
}

/* Return: false if the time is over. */
static bool wait_more(u64 *until, u64 last)
{
	struct pollfd poll_fd = { .fd = helper.sock, .events = POLLIN };
	u64 now = hd_now_ns();

	if (now >= *until) {
		if (now >= last || !is_starved())
			return false;
		*until = now + PATIENCE_LEAST;
	}
	poll(&poll_fd, 1, (*until - now + MS - 1) / MS);
	return true;
}

/* Return: false on error; errno is set. */
static bool receive_bytes(void *to, size_t size)
{
	u64 until = hd_now_ns() + patience_ns(), last = until + STARVED_MAX;
	char *at = to;
	ssize_t got;

	while (size) {
		got = recv(helper.sock, at, size, MSG_DONTWAIT);
		if (got > 0) {
			at += got;
			size -= got;
			continue;
		}
		if (!got)
			errno = EIO;
		if (!got || (errno != EAGAIN && errno != EINTR))
			return false;
		if (!wait_more(&until, last)) {
			errno = ETIMEDOUT;
			return false;
		}
	}
	return true;
}

static bool add_part(struct hd_helper_result *result, size_t size)
{
	if (size > RESULT_MAX || result->size + size > RESULT_MAX) {
		errno = EFBIG;
		return false;
	}
	/* one byte more than needed, for the NUL of a text */
	if (result->room <= result->size + size) {
		result->room = 2 * (result->size + size) + 1;
		result->data = realloc(result->data, result->room);
		if (!result->data)
			hd_die("out of memory");
	}
	if (!receive_bytes(result->data + result->size, size))
		return false;
	result->size += size;
	return true;
}

static bool receive_answer(struct hd_helper_result *result, int *error)
{
	struct part part;

	do {
		if (!receive_bytes(&part, sizeof(part)))
			return false;
		if (part.size && !add_part(result, part.size))
			return false;
	} while (part.size);
	*error = part.error;
	return true;
}

static bool send_request(const struct request *request)
{
	return send(helper.sock, request, sizeof(*request), MSG_NOSIGNAL) ==
	       sizeof(*request);
}

/**
 * hd_helper() - call a function that may block, in the helper
 * @act: the function; it prints nothing, answers by hd_helper_put() only, and
 *	returns 0 or an errno
 * @arg: @act gets a copy of it
 * @size: size of @arg, HD_HELPER_ARG at most
 * @result: filled; the caller frees its data, whatever is returned
 *
 * Return: false on error: errno is what @act has returned, or ETIMEDOUT if it did
 * not return in time.
 */
bool hd_helper(int (*act)(const void *arg), const void *arg, size_t size,
	       struct hd_helper_result *result)
{
	struct request request = { .act = act };
	u64 start_ns = hd_now_ns();
	int error;

	memset(result, 0, sizeof(*result));
	memcpy(request.arg, arg, size);
	forget_failures();
	if (helper.wasted_ns >= WASTE_MAX) {
		errno = ETIMEDOUT;
		return false;
	}
	if (!start_helper())
		return false;
	if (!send_request(&request) || !receive_answer(result, &error)) {
		error = errno;
		give_up(hd_now_ns() - start_ns);
	}
	errno = error;
	return !error;
}
