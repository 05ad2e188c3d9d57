// SPDX-License-Identifier: GPL-2.0-only
#include <ctype.h>
#include <stdlib.h>
#include "host/cgroup.h"
#include "host/file.h"

#define ID_DIGITS	64	/* of a container's id, as the runtimes make it */
#define ID_SHOWN	12	/* as they show it */

/* Return: the last run of exactly 64 hexadecimal digits; NULL: there is none. */
static const char *find_container(const char *path, size_t len)
{
	const char *found = NULL;
	size_t i, run = 0;

	for (i = 0; i <= len; i++) {
		if (i < len && isxdigit((unsigned char)path[i])) {
			run++;
			continue;
		}
		if (run == ID_DIGITS)
			found = path + i - run;
		run = 0;
	}
	return found;
}

/* the unified hierarchy says most, then systemd's, then any: a low number */
static int rank_of(const char *line, const char *path, size_t len)
{
	if (find_container(path, len))
		return 0;
	if (len == 1)
		return 4;
	if (!strncmp(line, "0::", 3))
		return 1;
	return strncmp(strchr(line, ':'), ":name=systemd:", 14) ? 3 : 2;
}

/**
 * hd_cgroup_label() - what to call a process's cgroup
 * @text: its /proc/PID/cgroup, of version 1, 2 or both
 * @label: where it is made: the short id of a container where there is one,
 *	else the path; raw bytes
 *
 * Return: false where @text names no cgroup.
 */
bool hd_cgroup_label(const char *text, char label[HD_CGROUP_LEN])
{
	const char *line, *next, *path, *container, *best = NULL;
	size_t len, best_len = 0;
	int rank, best_rank = 5;

	/* <number>:<controllers>:<path> */
	for (line = text; line; line = next) {
		next = strchr(line, '\n');
		if (next)
			next++;
		path = strchr(line, ':');
		path = path ? strchr(path + 1, ':') : NULL;
		if (!path)
			break;
		len = strcspn(++path, "\n");
		rank = rank_of(line, path, len);
		if (len && rank < best_rank) {
			best = path;
			best_len = len;
			best_rank = rank;
		}
	}
	if (!best)
		return false;
	container = find_container(best, best_len);
	if (container)
		snprintf(label, HD_CGROUP_LEN, "%.*s", ID_SHOWN, container);
	else
		snprintf(label, HD_CGROUP_LEN, "%.*s", (int)best_len, best);
	return true;
}

/**
 * hd_cgroup_of() - the cgroup of a process of this host
 * @tgid: its number
 * @label: as of hd_cgroup_label(); "" where that is not known
 */
void hd_cgroup_of(u32 tgid, char label[HD_CGROUP_LEN])
{
	char *text = hd_file_text("/proc/%u/cgroup", tgid);

	label[0] = '\0';
	if (text)
		hd_cgroup_label(text, label);
	free(text);
}
