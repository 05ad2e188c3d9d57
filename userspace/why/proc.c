// SPDX-License-Identifier: GPL-2.0-only
#include <ctype.h>
#include <stdlib.h>
#include <unistd.h>
#include "why/parts.h"

#define NAME_LEN	256

/* format the name of a file below /proc */
static __printf(2, 0) void format_name(char rest[NAME_LEN], const char *fmt,
				       va_list args)
{
	vsnprintf(rest, NAME_LEN, fmt, args);
}

/**
 * hd_proc_text() - read a whole file of /proc
 * @why: the host
 * @fmt: its name under proc, as printf
 *
 * Return: the text, freed by the caller; NULL: hd_file_error() describes the error.
 */
char *hd_proc_text(const struct hd_why *why, const char *fmt, ...)
{
	char rest[NAME_LEN];
	va_list args;

	va_start(args, fmt);
	format_name(rest, fmt, args);
	va_end(args);
	return hd_file_text("%s/proc/%s", why->root, rest);
}

/**
 * hd_proc_link() - read a symbolic link of /proc
 * @why: the host
 * @to: receives its target: "/tmp/x", "socket:[812]"
 * @fmt: its name under proc, as printf
 */
bool hd_proc_link(const struct hd_why *why, char to[HD_PROC_PATH],
		  const char *fmt, ...)
{
	char rest[NAME_LEN];
	va_list args;

	va_start(args, fmt);
	format_name(rest, fmt, args);
	va_end(args);
	return hd_file_link(to, "%s/proc/%s", why->root, rest);
}

/**
 * hd_proc_inode() - read the inode number of an open file
 * @why: the host
 * @tid: the task
 * @fd: its descriptor
 *
 * Return: 0 if it is not known.
 */
u64 hd_proc_inode(const struct hd_why *why, u32 tid, s32 fd)
{
	char *text = hd_proc_text(why, "%u/fdinfo/%d", tid, fd);
	/* since Linux 5.14; it needs no stat(), which a dead server could block */
	const char *at = text ? strstr(text, "\nino:") : NULL;
	u64 inode = at ? strtoull(at + 5, NULL, 10) : 0;
	struct stat stat_buf;

	free(text);
	if (inode)
		return inode;
	return hd_file_stat(&stat_buf, "%s/proc/%u/fd/%d", why->root, tid, fd) ?
	       stat_buf.st_ino : 0;
}

/**
 * hd_proc_is_fifo() - is an open file a pipe, or a FIFO with a name?
 * @why: the host
 * @tid: the task
 * @fd: its descriptor
 */
bool hd_proc_is_fifo(const struct hd_why *why, u32 tid, s32 fd)
{
	struct stat stat_buf;

	return hd_file_stat(&stat_buf, "%s/proc/%u/fd/%d", why->root, tid,
			    fd) && S_ISFIFO(stat_buf.st_mode);
}

/* the last number of a line, which belongs to the innermost namespace */
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

/* the name is the first line; newlines and backslashes in it are escaped */
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
 * hd_proc_status() - read /proc/TID/status
 * @why: the host
 * @tid: the task
 * @status: filled
 *
 * Return: false if there is no such task.
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
	status->nr_threads = number_of(text, "\nThreads:");
	status->tracer = number_of(text, "\nTracerPid:");
	status->inner = number_of(text, "\nNSpid:");
	if (!status->inner)
		status->inner = tid;
	free(text);
	return true;
}

/**
 * hd_proc_start() - read when a task was created
 * @why: the host
 * @tid: the task
 *
 * Return: ns since boot; 0: not known.
 */
u64 hd_proc_start(const struct hd_why *why, u32 tid)
{
	char *text = hd_proc_text(why, "%u/stat", tid);
	const char *at = text ? strrchr(text, ')') : NULL;
	u64 ticks = 0;
	u32 word;

	/* starttime is word 22; @at points to the end of word 2 */
	for (word = 2; at && word < 22; word++)
		at = strchr(at + 1, ' ');
	if (at)
		ticks = strtoull(at, NULL, 10);
	free(text);
	return ticks * (1000000000 / sysconf(_SC_CLK_TCK));
}

/**
 * hd_proc_memory() - read from the address space of a task
 * @why: the host
 * @tid: the task
 * @address: address in the task
 * @to: receives the bytes
 * @size: number of bytes
 *
 * Return: false on error; errno is set.
 */
bool hd_proc_memory(const struct hd_why *why, u32 tid, u64 address, void *to,
		    size_t size)
{
	return hd_file_read(to, size, address, "%s/proc/%u/mem", why->root,
			    tid);
}

/**
 * struct visit - a walk through a directory
 * @why: the host
 * @act: called for each entry that is a number
 * @priv: passed to @act
 */
struct visit {
	struct hd_why *why;
	void (*act)(struct hd_why *why, u32 number, void *priv);
	void *priv;
};

static void visit_number(const char *entry, void *priv)
{
	const struct visit *visit = priv;

	if (isdigit((unsigned char)entry[0]))
		visit->act(visit->why, strtoul(entry, NULL, 10), visit->priv);
}

/**
 * hd_proc_each() - call a function for each entry of a directory that is a number
 * @why: the host
 * @act: the function
 * @priv: passed to @act
 * @fmt: the directory's name under proc, as printf
 *
 * Return: false if the directory cannot be read; errno is set.
 */
bool hd_proc_each(struct hd_why *why,
		  void (*act)(struct hd_why *why, u32 number, void *priv),
		  void *priv, const char *fmt, ...)
{
	struct visit visit = { why, act, priv };
	char rest[NAME_LEN];
	va_list args;

	va_start(args, fmt);
	format_name(rest, fmt, args);
	va_end(args);
	return hd_file_each(visit_number, &visit, "%s/proc/%s", why->root, rest);
}
