// SPDX-License-Identifier: GPL-2.0-only
/*
 * Files whose reading may block, and on what:
 *
 *	mem			the mmap lock of the task, a page that is read
 *				from a hung file system, and exec_update_lock or
 *				cred_guard_mutex, which a task in exec holds
 *	maps, cmdline, environ	the mmap lock
 *	exe			opened: its file system; as a link: the mmap lock up to
 *				Linux 4.1
 *	syscall, stack		the lock of exec
 *	fd/N			stat() and open(): the file system; not readlink(), but
 *				for a dma-buf from Linux 5.3 to 5.7
 *	fdinfo/N		what the file's driver takes: the mutex of an epoll,
 *				which is held while it polls a file of FUSE
 *	cgroup			cgroup_mutex
 *	mountinfo		namespace_sem, and what a file system takes that
 *				shows its options
 *	/sys/block/X/queue	the queue's lock, which is held while it is frozen
 *
 * The files of never_block[] and the directories of proc take spin locks only.
 * All other files are read by the helper.
 */
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>
#include "host/helper.h"
#include "host/file.h"
#include "util.h"

#define TEXT_FIRST	4096
#define TEXT_MAX	(256u << 20)
#define CHUNK		65536

/* suffixes of paths */
static const char *const never_block[] = {
	"/status", "/stat", "/wchan", "/schedstat", "/limits",
	"/net/tcp", "/net/tcp6", "/net/udp", "/net/udp6", "/net/raw",
	"/net/raw6", "/net/unix", "/net/netlink", "/net/packet",
};

static bool ends_in(const char *path, const char *end)
{
	size_t len = strlen(path), end_len = strlen(end);

	return len >= end_len && !strcmp(path + len - end_len, end);
}

static bool may_block(const char *path)
{
	size_t i;

	if (!strstr(path, "/proc/"))
		return true;
	for (i = 0; i < ARRAY_SIZE(never_block); i++)
		if (ends_in(path, never_block[i]))
			return false;
	return true;
}

/**
 * struct wish - a request to the helper
 * @offset: first byte
 * @size: number of bytes; 0: all
 * @path: name of the file
 */
struct wish {
	u64 offset;
	u64 size;
	char path[HD_HELPER_ARG - 2 * sizeof(u64)];
};

static __printf(2, 0)
bool make_wish(struct wish *wish, const char *fmt, va_list args)
{
	int len = vsnprintf(wish->path, sizeof(wish->path), fmt, args);

	wish->offset = 0;
	wish->size = 0;
	if (len >= 0 && (size_t)len < sizeof(wish->path))
		return true;
	errno = ENAMETOOLONG;
	return false;
}

static int send_text(const void *arg)
{
	static char chunk[CHUNK];
	const struct wish *wish = arg;
	int fd = open(wish->path, O_RDONLY | O_CLOEXEC), error;
	size_t room = wish->size && wish->size < CHUNK ? wish->size : CHUNK;
	ssize_t got;

	if (fd < 0)
		return errno;
	do {
		got = wish->size ? pread(fd, chunk, room, wish->offset) :
				   read(fd, chunk, room);
		if (got > 0)
			hd_helper_put(chunk, got);
	} while (got > 0 && !wish->size);
	error = got < 0 ? errno : 0;
	close(fd);
	return error;
}

static int send_stat(const void *arg)
{
	const struct wish *wish = arg;
	struct stat stat_buf;

	if (stat(wish->path, &stat_buf))
		return errno;
	hd_helper_put(&stat_buf, sizeof(stat_buf));
	return 0;
}

static int send_link(const void *arg)
{
	const struct wish *wish = arg;
	char to[HD_FILE_LINK];
	ssize_t len = readlink(wish->path, to, sizeof(to) - 1);

	if (len < 0)
		return errno;
	hd_helper_put(to, len);
	return 0;
}

static bool ask_helper(int (*act)(const void *arg), const struct wish *wish,
		       struct hd_helper_result *result)
{
	return hd_helper(act, wish, sizeof(*wish), result);
}

/* Return: NULL on error; errno is set. */
static char *text_apart(const struct wish *wish)
{
	struct hd_helper_result result;

	if (!ask_helper(send_text, wish, &result)) {
		free(result.data);
		return NULL;
	}
	if (!result.data)
		return calloc(1, 1);
	result.data[result.size] = '\0';
	return result.data;
}

/* read a file up to TEXT_MAX bytes */
static char *read_all(int fd)
{
	size_t room = TEXT_FIRST, size = 0;
	char *text = malloc(room);
	ssize_t got;

	if (!text)
		hd_die("out of memory");
	for (;;) {
		got = read(fd, text + size, room - size - 1);
		if (got < 0) {
			free(text);
			return NULL;
		}
		size += got;
		if (!got || (room - size == 1 && room >= TEXT_MAX))
			break;
		if (room - size > 1)
			continue;
		room *= 2;
		text = realloc(text, room);
		if (!text)
			hd_die("out of memory");
	}
	text[size] = '\0';
	return text;
}

static char *text_here(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	char *text;

	if (fd < 0)
		return NULL;
	text = read_all(fd);
	close(fd);
	return text;
}

/**
 * hd_file_text() - read a whole file
 * @fmt: format of its name, as of printf()
 *
 * Return: the text, freed by the caller; NULL on error: errno is set, to ETIMEDOUT
 * if reading the file hangs.
 */
char *hd_file_text(const char *fmt, ...)
{
	struct wish wish;
	va_list args;
	bool fits;

	va_start(args, fmt);
	fits = make_wish(&wish, fmt, args);
	va_end(args);
	if (!fits)
		return NULL;
	return may_block(wish.path) ? text_apart(&wish) : text_here(wish.path);
}

static bool take_bytes(int (*act)(const void *arg), const struct wish *wish,
		       void *to, size_t size)
{
	struct hd_helper_result result;
	bool is_whole = ask_helper(act, wish, &result);

	if (is_whole && result.size != size) {
		is_whole = false;
		errno = 0;
	}
	if (is_whole)
		memcpy(to, result.data, size);
	free(result.data);
	return is_whole;
}

/**
 * hd_file_read() - read a part of a file
 * @to: receives the bytes
 * @size: number of bytes, 64 KiB at most
 * @offset: first byte
 * @fmt: format of its name, as of printf()
 *
 * Return: false if not all of them could be read; errno is set, to 0 if the file
 * is shorter.
 */
bool hd_file_read(void *to, size_t size, u64 offset, const char *fmt, ...)
{
	struct wish wish;
	va_list args;
	bool fits;

	va_start(args, fmt);
	fits = make_wish(&wish, fmt, args);
	va_end(args);
	wish.offset = offset;
	wish.size = size;
	return !size || (fits && take_bytes(send_text, &wish, to, size));
}

/**
 * hd_file_stat() - stat() of a file, for which the file system may be asked
 * @to: filled
 * @fmt: format of its name, as of printf()
 *
 * Return: false on error; errno is set.
 */
bool hd_file_stat(struct stat *to, const char *fmt, ...)
{
	struct wish wish;
	va_list args;
	bool fits;

	va_start(args, fmt);
	fits = make_wish(&wish, fmt, args);
	va_end(args);
	return fits && take_bytes(send_stat, &wish, to, sizeof(*to));
}

/**
 * hd_file_link() - read a symbolic link
 * @to: receives its target: "/tmp/x", "socket:[812]"
 * @fmt: format of its name, as of printf()
 *
 * Return: false on error; errno is set, and @to is "".
 */
bool hd_file_link(char to[HD_FILE_LINK], const char *fmt, ...)
{
	struct hd_helper_result result = { .size = 0 };
	struct wish wish;
	ssize_t len = -1;
	va_list args;
	bool fits;

	va_start(args, fmt);
	fits = make_wish(&wish, fmt, args);
	va_end(args);
	if (fits && !ends_in(wish.path, "/exe")) {
		len = readlink(wish.path, to, HD_FILE_LINK - 1);
	} else if (fits && ask_helper(send_link, &wish, &result)) {
		len = result.size;
		if (len)
			memcpy(to, result.data, len);
	}
	free(result.data);
	to[len < 0 ? 0 : len] = '\0';
	return len >= 0;
}

/**
 * hd_file_each() - call a function for each entry of a directory of /proc or /sys
 * @act: called with each name that does not begin with a dot
 * @priv: passed to @act
 * @fmt: format of the name of the directory, as of printf()
 *
 * Return: false if the directory cannot be read; errno is set.
 */
bool hd_file_each(void (*act)(const char *name, void *priv), void *priv,
		  const char *fmt, ...)
{
	struct dirent *entry;
	struct wish wish;
	va_list args;
	bool fits;
	DIR *dir;

	va_start(args, fmt);
	fits = make_wish(&wish, fmt, args);
	va_end(args);
	dir = fits ? opendir(wish.path) : NULL;
	if (!dir)
		return false;
	while ((entry = readdir(dir)))
		if (entry->d_name[0] != '.')
			act(entry->d_name, priv);
	closedir(dir);
	return true;
}

/**
 * hd_file_error() - describe the error of the last file, for a sentence
 */
const char *hd_file_error(void)
{
	if (errno == ETIMEDOUT)
		return "reading it hangs";
	return errno ? strerror(errno) : "it is gone";
}
