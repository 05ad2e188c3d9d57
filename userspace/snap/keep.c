// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>
#include "snap/keep.h"
#include "snap/recorded.h"
#include "util.h"

#define TEMPORARY	".new.snap"

/**
 * hd_keep_open() - open and lock the directory; a failure ends the program
 * @keep: its @dir is set; a missing directory is created
 */
void hd_keep_open(struct hd_keep *keep)
{
	if (mkdir(keep->dir, 0700) && errno != EEXIST)
		hd_die("%s: %s", keep->dir, strerror(errno));
	keep->fd = open(keep->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (keep->fd < 0)
		hd_die("%s: %s", keep->dir, strerror(errno));
	if (flock(keep->fd, LOCK_EX | LOCK_NB))
		hd_die("%s: %s", keep->dir, errno == EWOULDBLOCK ?
		       "another 'hostdiag record' is at work there" :
		       strerror(errno));
}

static bool write_all(int fd, const u8 *data, size_t size)
{
	size_t done = 0;
	ssize_t got;

	while (done < size) {
		got = write(fd, data + done, size - done);
		if (got < 0 && errno != EINTR)
			return false;
		done += got > 0 ? got : 0;
	}
	return true;
}

/* write a temporary file and rename it, so that the named file is always complete */
static bool save_snapshot(const struct hd_keep *keep, u64 wall_ns, const u8 *data,
			  size_t size)
{
	char name[HD_RECORDED_LEN];
	int error, fd;
	bool done;

	hd_recorded_name(wall_ns, name);
	fd = openat(keep->fd, TEMPORARY,
		    O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0)
		return false;
	/* fsync() before the rename: after a crash the file is complete or missing */
	done = write_all(fd, data, size) && !fsync(fd);
	error = errno;
	/* some file systems report a full disk only at close() */
	if (close(fd) && done) {
		error = errno;
		done = false;
	}
	if (done && renameat(keep->fd, TEMPORARY, keep->fd, name)) {
		error = errno;
		done = false;
	}
	if (!done)
		unlinkat(keep->fd, TEMPORARY, 0);
	else
		fsync(keep->fd);
	errno = error;
	return done;
}

/**
 * struct kept - the existing files, the oldest first
 * @names: their names
 * @first: index of the oldest in @names
 * @nr: number of files from there on
 * @bytes: total size of these files
 */
struct kept {
	struct hd_lines names;
	size_t first;
	size_t nr;
	u64 bytes;
};

static const char *oldest_name(const struct kept *kept)
{
	return kept->names.text[kept->first % kept->names.used];
}

static u64 size_of(const struct hd_keep *keep, const char *name)
{
	struct stat stat_of;

	if (fstatat(keep->fd, name, &stat_of, AT_SYMLINK_NOFOLLOW))
		return 0;
	return stat_of.st_blocks * 512ull;
}

/*
 * The clock may have been set back: then files whose names are later than that of
 * the newest file are the oldest.
 */
static bool list_kept(const struct hd_keep *keep, u64 newest_wall_ns,
		      struct kept *kept)
{
	char newest[HD_RECORDED_LEN];
	size_t i;

	*kept = (struct kept){ .first = 0 };
	if (!hd_recorded_list(keep->dir, &kept->names))
		return false;
	hd_recorded_name(newest_wall_ns, newest);
	while (kept->first < kept->names.used &&
	       strcmp(kept->names.text[kept->first], newest) <= 0)
		kept->first++;
	kept->nr = kept->names.used;
	for (i = 0; i < kept->nr; i++)
		kept->bytes += size_of(keep, kept->names.text[i]);
	return true;
}

/* Return: false if it cannot be removed; errno is set. */
static bool remove_oldest(const struct hd_keep *keep, struct kept *kept)
{
	u64 size = size_of(keep, oldest_name(kept));

	if (unlinkat(keep->fd, oldest_name(kept), 0) && errno != ENOENT)
		return false;
	kept->bytes -= size < kept->bytes ? size : kept->bytes;
	kept->first++;
	kept->nr--;
	return true;
}

/* Return: whether the free space is less than the reserve and @size together. */
static bool is_scarce(const struct hd_keep *keep, u64 size)
{
	u64 reserve;
	struct statvfs fs;

	if (fstatvfs(keep->fd, &fs))
		return false;
	reserve = (u64)fs.f_blocks * fs.f_frsize / keep->reserve_part;
	if (reserve > keep->reserve_bytes)
		reserve = keep->reserve_bytes;
	return (u64)fs.f_bavail * fs.f_frsize < reserve + size;
}

/* remove the oldest files until there is room for the new one */
static bool make_room(struct hd_keep *keep, struct kept *kept, u64 size)
{
	bool scarce;

	while (kept->nr) {
		scarce = is_scarce(keep, size);
		if (kept->nr < keep->most && !scarce &&
		    kept->bytes + size <= keep->most_bytes)
			break;
		if (kept->nr < keep->most && !keep->is_short) {
			fprintf(stderr, "hostdiag: %s: room for %zu files, %s: the oldest go\n",
				keep->dir, kept->nr, scarce ?
				"so that --reserve stays free" :
				"of --max-size together");
			keep->is_short = true;
		}
		if (!remove_oldest(keep, kept))
			return false;
	}
	return true;
}

/**
 * hd_keep_save() - save a snapshot, and remove the oldest ones beyond the limits
 * @keep: opened
 * @wall_ns: time of the snapshot
 * @data: contents of the file
 * @size: size of @data
 *
 * If the disk is full nevertheless, the oldest files are removed one by one.
 *
 * Return: false if it was not saved; errno is set.
 */
bool hd_keep_save(struct hd_keep *keep, u64 wall_ns, const u8 *data, size_t size)
{
	struct kept kept;
	bool done = list_kept(keep, keep->newest_ns ? keep->newest_ns : wall_ns,
			      &kept) && make_room(keep, &kept, size);
	int error;

	if (done)
		done = save_snapshot(keep, wall_ns, data, size);
	while (!done && (errno == ENOSPC || errno == EDQUOT) && kept.nr) {
		if (!remove_oldest(keep, &kept))
			break;
		done = save_snapshot(keep, wall_ns, data, size);
	}
	error = errno;
	if (done)
		keep->newest_ns = wall_ns;
	hd_lines_free(&kept.names);
	errno = error;
	return done;
}
