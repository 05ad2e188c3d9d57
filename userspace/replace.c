// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "print.h"
#include "replace.h"

static void __attribute__((noreturn)) fail(const struct hd_replace *replace)
{
	int error = errno;

	unlink(replace->part);
	hd_die("cannot write %s: %s", replace->name, strerror(error));
}

/**
 * hd_replace_begin() - begin to replace a file
 * @replace: to be filled
 * @name: of the file, which need not be there
 * @mode: its permissions
 *
 * What is there and is no regular file, such as /dev/null or a link, is left
 * alone, and that is an error.
 */
void hd_replace_begin(struct hd_replace *replace, const char *name, u32 mode)
{
	struct stat old;
	int fd;

	if (!lstat(name, &old) && !S_ISREG(old.st_mode))
		hd_die("cannot replace %s: it is no regular file", name);
	replace->name = name;
	if (asprintf(&replace->part, "%s.new", name) < 0)
		hd_die("out of memory");
	/* of a run that was killed */
	unlink(replace->part);
	fd = open(replace->part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	replace->to = fd < 0 || fchmod(fd, mode) ? NULL : fdopen(fd, "w");
	if (!replace->to)
		fail(replace);
}

/**
 * hd_replace_end() - put it in the place of the file
 * @replace: all of it is written
 */
void hd_replace_end(struct hd_replace *replace)
{
	bool is_bad = ferror(replace->to);

	/* the error of a write that failed before is not known any more */
	if (fclose(replace->to) || is_bad ||
	    rename(replace->part, replace->name))
		fail(replace);
	free(replace->part);
}
