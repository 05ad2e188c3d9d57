// SPDX-License-Identifier: GPL-2.0-only
#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "util.h"
#include "why/proc.h"

#define TEXT_FIRST	4096
#define TEXT_MAX	(256u << 20)

/* Return: the name of a file under proc, to be freed. */
static __printf(2, 0) char *name(const struct hd_why *why, const char *fmt,
				 va_list args)
{
	char *path, *rest;

	if (vasprintf(&rest, fmt, args) < 0 ||
	    asprintf(&path, "%s/proc/%s", why->root, rest) < 0)
		hd_die("out of memory");
	free(rest);
	return path;
}

static char *read_all(int fd)
{
	size_t room = TEXT_FIRST, size = 0;
	char *text = malloc(room);
	ssize_t got;

	while (text && room < TEXT_MAX) {
		got = read(fd, text + size, room - size - 1);
		if (got < 0) {
			free(text);
			return NULL;
		}
		size += got;
		if (!got) {
			text[size] = '\0';
			return text;
		}
		if (room - size > 1)
			continue;
		room *= 2;
		text = realloc(text, room);
	}
	hd_die("out of memory");
}

/**
 * hd_proc_text() - read a file whole
 * @why: the host
 * @fmt: its name under proc, as printf
 *
 * Return: its text, to be freed; NULL: errno says why.
 */
char *hd_proc_text(const struct hd_why *why, const char *fmt, ...)
{
	char *path, *text;
	va_list args;
	int fd;

	va_start(args, fmt);
	path = name(why, fmt, args);
	va_end(args);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	free(path);
	if (fd < 0)
		return NULL;
	text = read_all(fd);
	close(fd);
	return text;
}

/**
 * hd_proc_link() - what a link says
 * @why: the host
 * @to: where it goes: "/tmp/x", "socket:[812]"
 * @fmt: its name under proc, as printf
 */
bool hd_proc_link(const struct hd_why *why, char to[HD_PROC_PATH],
		  const char *fmt, ...)
{
	va_list args;
	ssize_t len;
	char *path;

	va_start(args, fmt);
	path = name(why, fmt, args);
	va_end(args);
	len = readlink(path, to, HD_PROC_PATH - 1);
	free(path);
	to[len < 0 ? 0 : len] = '\0';
	return len >= 0;
}

/**
 * hd_proc_inode() - the inode of an open file
 * @why: the host
 * @tid: whose
 * @fd: its descriptor
 *
 * Return: 0 where it is not known.
 */
u64 hd_proc_inode(const struct hd_why *why, u32 tid, s32 fd)
{
	struct stat stat_buf;
	char path[256];

	snprintf(path, sizeof(path), "%s/proc/%u/fd/%d", why->root, tid, fd);
	return stat(path, &stat_buf) ? 0 : stat_buf.st_ino;
}

/* the last number of a line: of the innermost namespace */
static u32 last_number(const char *at)
{
	char *end;
	u32 number = 0;

	while (*at && *at != '\n') {
		if (!isdigit((unsigned char)*at)) {
			at++;
			continue;
		}
		number = strtoul(at, &end, 10);
		at = end;
	}
	return number;
}

static u32 number_of(const char *text, const char *key)
{
	const char *at = strstr(text, key);

	return at ? last_number(at + strlen(key)) : 0;
}

/* "Name:\t" comes first; its newlines and backslashes are escaped */
static void read_name(const char *text, char comm[HOSTDIAG_COMM_LEN])
{
	size_t len = 0;

	if (!strncmp(text, "Name:\t", 6))
		text += 6;
	while (*text && *text != '\n' && len < HOSTDIAG_COMM_LEN - 1)
		comm[len++] = *text++;
	comm[len] = '\0';
}

/* a letter, or '?' */
static char read_state(const char *text)
{
	const char *at = strstr(text, "\nState:\t");

	return at && isalpha((unsigned char)at[8]) ? at[8] : '?';
}

/**
 * hd_proc_status() - what /proc/TID/status says
 * @why: the host
 * @tid: of whom
 * @status: to be filled
 *
 * Return: false where there is no such task.
 */
bool hd_proc_status(const struct hd_why *why, u32 tid,
		    struct hd_proc_status *status)
{
	char *text = hd_proc_text(why, "%u/status", tid);

	memset(status, 0, sizeof(*status));
	if (!text)
		return false;
	read_name(text, status->comm);
	status->state = read_state(text);
	status->tgid = number_of(text, "\nTgid:");
	status->threads = number_of(text, "\nThreads:");
	status->tracer = number_of(text, "\nTracerPid:");
	status->inner = number_of(text, "\nNSpid:");
	if (!status->inner)
		status->inner = tid;
	free(text);
	return true;
}

/**
 * hd_proc_memory() - read from the memory of a task
 * @why: the host
 * @tid: whose
 * @address: from where
 * @to: to where
 * @size: how much
 *
 * Return: false where that cannot be: errno says why.
 */
bool hd_proc_memory(const struct hd_why *why, u32 tid, u64 address, void *to,
		    size_t size)
{
	char path[256];
	ssize_t got;
	int fd;

	snprintf(path, sizeof(path), "%s/proc/%u/mem", why->root, tid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	got = pread(fd, to, size, address);
	close(fd);
	return got == (ssize_t)size;
}

/**
 * hd_proc_each() - do something for each entry of a directory that is a number
 * @why: the host
 * @act: what to do
 * @priv: its own
 * @fmt: the directory's name under proc, as printf
 *
 * Return: false where the directory cannot be read: errno says why.
 */
bool hd_proc_each(struct hd_why *why,
		  void (*act)(struct hd_why *why, u32 number, void *priv),
		  void *priv, const char *fmt, ...)
{
	struct dirent *entry;
	va_list args;
	char *path;
	DIR *dir;

	va_start(args, fmt);
	path = name(why, fmt, args);
	va_end(args);
	dir = opendir(path);
	free(path);
	if (!dir)
		return false;
	while ((entry = readdir(dir)))
		if (isdigit((unsigned char)entry->d_name[0]))
			act(why, strtoul(entry->d_name, NULL, 10), priv);
	closedir(dir);
	return true;
}
