// SPDX-License-Identifier: GPL-2.0-only
/*
 * Read a whole snapshot, live or from a file, before it is parsed, so that the live
 * one is read in as short a time as possible.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>
#include "pure/human.h"
#include "snap/gzip.h"
#include "snap/load.h"
#include "util.h"

#define SIZE_FIRST	(64u * 1024)
#define NEED_GROUP \
	": run as root, or as the group of the module's parameter 'gid'"
#define SIZE_MAX_READ	(1024u * 1024 * 1024)

/* Return: a message, freed by the caller; a lack of memory ends the program. */
static __printf(1, 2) char *new_message(const char *fmt, ...)
{
	va_list args;
	char *text;

	va_start(args, fmt);
	if (vasprintf(&text, fmt, args) < 0)
		hd_die("out of memory");
	va_end(args);
	return text;
}

/**
 * hd_load_refused() - explain why a file of the module was not opened
 * @file: its name
 *
 * Return: one line on the cause, from errno, and on what to do.
 */
char *hd_load_refused(const char *file)
{
	int error = errno;

	if (error == EACCES || error == EPERM)
		return new_message("no permission to read %s" NEED_GROUP, file);
	if (error == ENOENT && access(HD_SYS_MODULE, F_OK))
		return new_message("the module is not loaded: run 'modprobe hostdiag' as root");
	return new_message("%s: %s", file, strerror(error));
}

/*
 * Read a file.  It stops when the data cannot be a snapshot, so that it ends on
 * /dev/zero too.  Return: NULL, or a message.
 */
static char *read_all(int fd, const char *name, u8 **data, size_t *size)
{
	size_t room = 0;
	ssize_t got;

	do {
		if (*size == room) {
			room = room ? 2 * room : SIZE_FIRST;
			if (room > SIZE_MAX_READ)
				return new_message("%s: larger than any snapshot", name);
			*data = realloc(*data, room);
			if (!*data)
				return new_message("%s: out of memory", name);
		}
		got = read(fd, *data + *size, room - *size);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return new_message("%s: %s", name, strerror(errno));
		*size += got;
	} while (got && (hd_snapshot_begins(*data, *size) ||
			 hd_gzip_begins(*data, *size)));
	return NULL;
}

/* Return: NULL, or a message; *data is replaced by the uncompressed data. */
static char *unpack_data(const char *name, u8 **data, size_t *size)
{
	size_t packed_size = *size;
	u8 *packed = *data;
	const char *why;

	*data = NULL;
	*size = 0;
	why = hd_gunzip(packed, packed_size, SIZE_MAX_READ, data, size);
	free(packed);
	return why ? new_message("%s: %s", name, why) : NULL;
}

/**
 * hd_load() - read and check a snapshot
 * @snap: opened
 * @file: its name, "-" for stdin, or NULL for the live one; it may be
 *	compressed by gzip
 *
 * The data are valid until hd_load_free().
 *
 * Return: NULL, or one line on the error and on what to do.
 */
char *hd_load(struct hd_snapshot *snap, const char *file)
{
	bool is_stdin = file && !strcmp(file, "-");
	const char *name = is_stdin ? "stdin" : file ? file : HD_LIVE;
	int fd = is_stdin ? STDIN_FILENO : open(name, O_RDONLY | O_CLOEXEC);
	size_t size = 0;
	u8 *data = NULL;
	char *error;

	*snap = (struct hd_snapshot){ .size = 0 };
	if (fd < 0)
		return file ? new_message("%s: %s", file, strerror(errno)) :
		       hd_load_refused(HD_LIVE);
	error = read_all(fd, name, &data, &size);
	if (fd != STDIN_FILENO)
		close(fd);
	if (!error && size && hd_gzip_begins(data, size))
		error = unpack_data(name, &data, &size);
	if (error)
		free(data);
	else if (hd_snapshot_open(snap, data, size))
		error = new_message("%s: %s", name, snap->error);
	return error;
}

/**
 * hd_load_free() - free the data of a snapshot
 * @snap: opened by hd_load(); all zeroes: it has no data
 */
void hd_load_free(struct hd_snapshot *snap)
{
	free((void *)snap->data);
	snap->data = NULL;
}

/**
 * hd_load_or_die() - read and check a snapshot; a failure ends the program
 * @snap: opened
 * @file: as for hd_load()
 */
void hd_load_or_die(struct hd_snapshot *snap, const char *file)
{
	char *error = hd_load(snap, file);

	if (error)
		hd_die("%s", error);
}

/**
 * hd_load_part_or_die() - read a snapshot that may be truncated
 * @snap: opened
 * @file: as for hd_load()
 *
 * The part of a truncated file is used, with a message on stderr.
 */
void hd_load_part_or_die(struct hd_snapshot *snap, const char *file)
{
	char *error = hd_load(snap, file);
	size_t size = snap->size;

	if (!error)
		return;
	if (!hd_snapshot_take_cut(snap))
		hd_die("%s", error);
	fprintf(stderr, "hostdiag: %s: cut short after %zu bytes: what is there is shown\n",
		file ? file : HD_LIVE, size);
	free(error);
}

/**
 * hd_load_view() - get the time of a snapshot, and what is missing in it
 * @snap: opened
 */
struct hd_view hd_load_view(const struct hd_snapshot *snap)
{
	return (struct hd_view){
		.now_ns = snap->head.now_ns,
		.since_ns = snap->head.since_ns,
		.lost = snap->lost,
		.flags = snap->head.flags,
		.stuck_ns = snap->head.stuck_ns,
		.shed_ns = snap->head.shed_ns,
		.slow_from_ns = snap->head.slow_from_ns,
	};
}

/**
 * hd_load_say() - print the time, host and kernel of a saved snapshot
 * @snap: opened
 * @file: its name; NULL: it is the live one, and nothing is printed
 * @events: whether to print which slow events it has
 */
void hd_load_say(const struct hd_snapshot *snap, const char *file, bool events)
{
	const struct hostdiag_header *head = &snap->head;
	char release[4 * sizeof(head->release)], host[4 * sizeof(head->host)];
	char when[64] = "?", time[HD_HUMAN_LEN];
	time_t seconds = head->wall_ns / 1000000000;
	struct tm tm;

	if (!file)
		return;
	if (localtime_r(&seconds, &tm))
		strftime(when, sizeof(when), "%Y-%m-%d %H:%M:%S %z", &tm);
	hd_escape(head->release, sizeof(head->release), release, sizeof(release));
	hd_escape(head->host, sizeof(head->host), host, sizeof(host));
	hd_print("snapshot of %s, %s%s%skernel %s", when,
		 *head->host ? "host " : "", *head->host ? host : "",
		 *head->host ? ", " : "", release);
	if (!events || !(head->flags & HOSTDIAG_F_TRIMMED))
		hd_print("\n");
	else if (head->slow_from_ns && head->slow_from_ns < head->now_ns)
		hd_print("; slow events of its last %s\n",
			 hd_human_time(head->now_ns - head->slow_from_ns, time));
	else
		hd_print("; slow events since the snapshot before\n");
}
