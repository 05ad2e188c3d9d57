// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "host/sockets.h"
#include "tap.h"
#include "host_build.h"

#define SECOND	1000000000ull

struct hd_why host;
static char root[64];

static void give_up(const char *what)
{
	fprintf(stderr, "%s: %s\n", what, strerror(errno));
	abort();
}

/* the name of a file, whose directories are made */
static void make_path(char path[512], const char *rest)
{
	char *at;

	snprintf(path, 512, "%s/%s", root, rest);
	for (at = path + strlen(root) + 1; (at = strchr(at, '/')); at++) {
		*at = '\0';
		if (mkdir(path, 0755) && errno != EEXIST)
			give_up(path);
		*at = '/';
	}
}

void host_begin(void)
{
	snprintf(root, sizeof(root), "/tmp/hostdiag-why-%d", getpid());
	if (mkdir(root, 0700))
		give_up(root);
	memset(&host, 0, sizeof(host));
	host.root = root;
	hd_socket_root = root;
}

static void forget(void)
{
	char command[128];

	hd_why_free(&host);
	snprintf(command, sizeof(command), "rm -rf %s", root);
	if (system(command))
		give_up(command);
}

const char *host_end(u32 pid)
{
	struct hd_out *out = capture_out();

	hd_why_ready(&host);
	hd_why_tell(&host, pid, out);
	forget();
	return captured();
}

const char *host_end_tree(void)
{
	struct hd_out *out = capture_out();
	struct hd_why_tree tree;

	hd_why_add_blocked(&host);
	hd_why_ready(&host);
	hd_why_tree(&host, &tree);
	hd_why_tree_print(&host, &tree, out, 20);
	hd_why_tree_free(&tree);
	forget();
	return captured();
}

static void write_at(const char *path, const void *data, size_t size, u64 at)
{
	int fd = open(path, O_WRONLY | O_CREAT, 0644);

	if (fd < 0 || pwrite(fd, data, size, at) != (ssize_t)size || close(fd))
		give_up(path);
}

void host_file(const char *text, const char *fmt, ...)
{
	char rest[256], path[512];
	va_list args;

	va_start(args, fmt);
	vsnprintf(rest, sizeof(rest), fmt, args);
	va_end(args);
	make_path(path, rest);
	write_at(path, text, strlen(text), 0);
}

/* a FIFO that nobody writes to */
void host_hangs(const char *fmt, ...)
{
	char rest[256], path[512];
	va_list args;

	va_start(args, fmt);
	vsnprintf(rest, sizeof(rest), fmt, args);
	va_end(args);
	make_path(path, rest);
	if (mkfifo(path, 0600))
		give_up(path);
}

void host_status(u32 tid, u32 tgid, const char *comm, char state, u32 parent,
		 u32 threads)
{
	char text[512];

	snprintf(text, sizeof(text),
		 "Name:\t%s\nUmask:\t0022\nState:\t%c (some words)\nTgid:\t%u\nPid:\t%u\nPPid:\t%u\nTracerPid:\t0\nThreads:\t%u\nNSpid:\t%u\n",
		 comm, state, tgid, tid, parent, threads, tid);
	host_file(text, "proc/%u/status", tid);
	if (tid == tgid) {
		snprintf(text, sizeof(text),
			 "%u (%s) %c %u 1 1 0 -1 4194560 1 0 0 0 0 0 0 0 20 0 1 0 %u 0\n",
			 tid, comm, state, parent, 1000 + tid);
		host_file(text, "proc/%u/stat", tid);
	}
	/* in the top directory a thread is there by its name only */
	host_file("", "proc/%u/task/%u/status", tgid, tid);
}

void host_task(u32 tid, u32 tgid, const char *comm)
{
	host_status(tid, tgid, comm, 'S', 1, 1);
}

void host_link(const char *name, const char *to)
{
	char path[512];

	make_path(path, name);
	if (symlink(to, path))
		give_up(path);
}

void host_fd(u32 tgid, s32 fd, const char *to, u32 flags, const char *lock)
{
	char name[64], text[256];

	snprintf(name, sizeof(name), "proc/%u/fd/%d", tgid, fd);
	host_link(name, to);
	snprintf(text, sizeof(text), "pos:\t0\nflags:\t0%o\nmnt_id:\t15\n%s",
		 flags, lock);
	host_file(text, "proc/%u/fdinfo/%d", tgid, fd);
}

u64 host_inode(const char *name, char path[256])
{
	struct stat stat_buf;

	host_file("", "%s", name);
	snprintf(path, 256, "%s/%s", root, name);
	if (stat(path, &stat_buf))
		give_up(path);
	return stat_buf.st_ino;
}

struct hd_stuck_row *host_stuck(u32 tid, u32 tgid, u32 nr, u64 age_s, u64 arg)
{
	struct hd_task_row task = { .tid = tid, .tgid = tgid };
	struct hd_stuck_row stuck = {
		.age_ns = age_s * SECOND, .nr = nr, .state = 'S',
		.fd = hd_syscall_has_fd(HOSTDIAG_ABI_X86_64, nr) ? (s32)arg : -1,
		.args = { arg },
	};

	stuck.class = hd_syscall_class(HOSTDIAG_ABI_X86_64, nr);
	hd_why_add_task(&host, &task, &stuck);
	return &host.tasks[host.nr_tasks - 1].stuck;
}

void host_memory(u32 tgid, u64 address, const void *data, size_t size)
{
	char rest[64], path[512];

	snprintf(rest, sizeof(rest), "proc/%u/mem", tgid);
	make_path(path, rest);
	write_at(path, data, size, address);
}

/* whatever the temporary directory is called */
static const char *without_root(const char *story)
{
	static char text[8192];
	const char *at = story, *found;
	size_t used = 0;

	while ((found = strstr(at, root))) {
		used += snprintf(text + used, sizeof(text) - used, "%.*s",
				 (int)(found - at), at);
		at = found + strlen(root);
	}
	snprintf(text + used, sizeof(text) - used, "%s", at);
	return text;
}

void check_says(const char *story, const char *words, const char *name)
{
	bool ok = strstr(story, words);

	check(ok, "why: %s", name);
	if (!ok)
		printf("# want: %s\n# got:\n%s\n", words, story);
}

void check_story(const char *story, const char *want, const char *name)
{
	char full[100];

	snprintf(full, sizeof(full), "why: %s", name);
	check_string(without_root(story), want, full);
}
