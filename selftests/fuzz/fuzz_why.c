// SPDX-License-Identifier: GPL-2.0-only
/*
 * "hostdiag why", of a host whose /proc is made of the input.  A line of it
 * that begins with @ begins something:
 *
 *	@proc/100/status		a file; the lines after it are its text
 *	@proc/100/fd/3 = /tmp/x		a link, and what it says
 *	@stuck 100 100 73 S 3 0 0	who is inside of what: tid, tgid, number
 *					of the call, state, and its first arguments;
 *					the line after it is the path
 */
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "util.h"
#include "host/sockets.h"
#include "why/why.h"
#include "harness.h"

#define TEXT_MAX	8192
#define PARTS_MAX	48
#define PATH_LEN	(2 * HARNESS_PATH)

static char root[HARNESS_PATH];
static u32 asked;

/* below the root, and nowhere else */
static bool is_name(const char *name)
{
	static const char good[] = "abcdefghijklmnopqrstuvwxyz0123456789/";
	const char *bad = name + strspn(name, good);

	return !strncmp(name, "proc/", 5) && !*bad && !strstr(name, "//") &&
	       strlen(name) < 64 && name[strlen(name) - 1] != '/';
}

static void path_of(char path[PATH_LEN], const char *name)
{
	char *at;

	snprintf(path, PATH_LEN, "%s/%s", root, name);
	for (at = path + strlen(root) + 1; (at = strchr(at, '/')); at++) {
		*at = '\0';
		mkdir(path, 0700);
		*at = '/';
	}
}

static void put_file(const char *name, const char *text, size_t size)
{
	char path[PATH_LEN];
	int fd;

	path_of(path, name);
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
	if (fd < 0)
		return;
	if (write(fd, text, size) < 0)
		abort();
	close(fd);
}

static void put_link(const char *name, const char *to)
{
	char path[PATH_LEN];

	path_of(path, name);
	if (*to && symlink(to, path))
		return;
}

static void put_stuck(struct hd_why *why, const char *line, const char *path)
{
	struct hd_stuck_row stuck = { .age_ns = 1000000000, .fd = -1 };
	struct hd_task_row task = { .tid = 0 };
	char state;

	if (sscanf(line, "%u %u %u %c %llu %llu %llu", &task.tid, &task.tgid,
		   &stuck.nr, &state, &stuck.args[0], &stuck.args[1],
		   &stuck.args[2]) < 4)
		return;
	stuck.state = state == 'D' || state == 'R' ? state : 'S';
	if (hd_syscall_has_fd(HOSTDIAG_ABI_X86_64, stuck.nr))
		stuck.fd = stuck.args[0];
	stuck.class = hd_wait_class(HOSTDIAG_ABI_X86_64, stuck.nr, path);
	snprintf(stuck.path, sizeof(stuck.path), "%s", path);
	asked = task.tgid;
	hd_why_add_task(why, &task, &stuck);
}

/* a part: its first line, without the @, and what follows */
static void put(struct hd_why *why, char *part, size_t size)
{
	size_t head = strcspn(part, "\n");
	const char *rest = part + head + (head < size);
	char *equals;

	part[head] = '\0';
	equals = strstr(part, " = ");
	if (!strncmp(part, "stuck ", 6)) {
		put_stuck(why, part + 6, rest);
		return;
	}
	if (equals)
		*equals = '\0';
	if (!is_name(part))
		return;
	if (equals)
		put_link(part, equals + 3);
	else
		put_file(part, rest, part + size - rest);
}

static u64 no_peer(u64 inode)
{
	return inode + 1;
}

static int tell(void *priv)
{
	struct hd_why why = { .root = root, .unix_peer = no_peer };
	char *at = priv, *next;
	u32 parts = 0;

	asked = 0;
	for (; at && parts++ < PARTS_MAX; at = next) {
		next = strstr(at, "\n@");
		if (next) {
			*next = '\0';
			next += 2;
		}
		if (*at)
			put(&why, at, strlen(at));
	}
	hd_why_ready(&why);
	hd_why_tell(&why, asked, &hd_stdout);
	hd_why_free(&why);
	return 0;
}

static int remove_one(const char *path, const struct stat *stat_buf, int type,
		      struct FTW *at)
{
	(void)stat_buf;
	(void)type;
	return at->level ? remove(path) : 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char text[TEXT_MAX + 2] = "\n";

	if (size > TEXT_MAX)
		return -1;
	if (!*hd_socket_root) {
		harness_dir(root);
		hd_socket_root = root;
	}
	memcpy(text + 1, data, size);
	text[size + 1] = '\0';
	harness_run(tell, text[1] == '@' ? text + 2 : text + 1);
	/* a call that ended the program has left them */
	hd_socket_forget();
	nftw(root, remove_one, 8, FTW_DEPTH | FTW_PHYS);
	return 0;
}
