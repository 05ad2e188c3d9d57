// SPDX-License-Identifier: GPL-2.0-only
#include <ctype.h>
#include <stdlib.h>
#include "host/cgroup.h"
#include "host/file.h"

#define ID_DIGITS	64	/* length of a container id in cgroup paths */
#define ID_SHOWN	12	/* length of a container id in the output of container runtimes */

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

/* prefer the unified hierarchy, then that of systemd; the lowest rank is best */
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
 * hd_cgroup_label() - make a short label for the cgroup of a process
 * @text: its /proc/PID/cgroup, of version 1, 2 or both
 * @label: set to the short id of its container if there is one, else to the path;
 *	raw bytes
 *
 * Return: false if @text names no cgroup.
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
 * hd_cgroup_of() - make the label of the cgroup of a process on this host
 * @tgid: its number
 * @label: set as by hd_cgroup_label(); "" if it is not known
 */
void hd_cgroup_of(u32 tgid, char label[HD_CGROUP_LEN])
{
	char *text = hd_file_text("/proc/%u/cgroup", tgid);

	label[0] = '\0';
	if (text)
		hd_cgroup_label(text, label);
	free(text);
}

#define DIR_LEN	512

/* is the controller in a list such as "cpu,cpuacct"? */
static bool has_controller(const char *list, size_t len, const char *name)
{
	size_t name_len = strlen(name), part;
	const char *end = list + len;

	for (; list < end; list += part + 1) {
		part = strcspn(list, ",:");
		if (part == name_len && !strncmp(list, name, part))
			return true;
	}
	return false;
}

/* find the line of version 1 with the controller, else that of version 2 */
static const char *find_line(const char *text, const char *controller,
			     bool *is_v2)
{
	const char *line, *names, *unified = NULL;

	for (line = text; line && *line; line = names ? strchr(names, '\n') : NULL) {
		line += *line == '\n';
		names = strchr(line, ':');
		if (!names)
			break;
		names++;
		*is_v2 = false;
		if (has_controller(names, strcspn(names, ":"), controller))
			return names + strcspn(names, ":") + 1;
		if (!strncmp(line, "0::", 3))
			unified = line + 3;
	}
	*is_v2 = true;
	return unified;
}

/* the mount point that distributions use for the hierarchy */
static void find_mount(const char *root, const char *controller, bool is_v2,
		       char dir[DIR_LEN])
{
	char *is_hybrid;

	if (!is_v2) {
		snprintf(dir, DIR_LEN, "%s/sys/fs/cgroup/%s", root, controller);
		return;
	}
	is_hybrid = hd_file_text("%s/sys/fs/cgroup/unified/cgroup.controllers",
				 root);
	snprintf(dir, DIR_LEN, "%s/sys/fs/cgroup%s", root,
		 is_hybrid ? "/unified" : "");
	free(is_hybrid);
}

/**
 * hd_cgroup_up() - walk from the cgroup of a process up to the root cgroup
 * @root: directory that contains proc and sys; "" for this host
 * @tgid: the process
 * @controller: "freezer", "cpu", "pids": in version 1 if that has it; "": in
 *	version 2
 * @act: called with the directory of each cgroup; true ends the walk
 * @priv: passed to @act
 *
 * Return: whether @act has returned true.
 */
bool hd_cgroup_up(const char *root, u32 tgid, const char *controller,
		  bool (*act)(const char *dir, void *priv), void *priv)
{
	char *text = hd_file_text("%s/proc/%u/cgroup", root, tgid), *slash;
	char dir[DIR_LEN];
	bool is_v2 = false, found = false;
	const char *path = text ? find_line(text, controller, &is_v2) : NULL;
	size_t top;

	if (path) {
		find_mount(root, controller, is_v2, dir);
		top = strlen(dir);
		snprintf(dir + top, DIR_LEN - top, "%.*s",
			 (int)strcspn(path, "\n"), path);
		/* a path with "/.." is in another cgroup namespace, and not below this mount */
		while (!strstr(dir + top, "/..") && !found && dir[top + 1]) {
			found = act(dir, priv);
			slash = strrchr(dir + top, '/');
			*slash = '\0';
			if (slash == dir + top)
				break;
		}
	}
	free(text);
	return found;
}

/* the path of the cgroup, without the mount point */
static void name_cgroup(const char *dir, char path[HD_CGROUP_LEN])
{
	const char *at = strstr(dir, "/sys/fs/cgroup");

	snprintf(path, HD_CGROUP_LEN, "%s", at ? at : dir);
}

static bool says_1(const char *dir, const char *file)
{
	char *text = hd_file_text("%s/%s", dir, file);
	bool is_1 = text && text[0] == '1';

	free(text);
	return is_1;
}

static bool is_freezing(const char *dir, void *priv)
{
	if (!says_1(dir, "cgroup.freeze") &&
	    !says_1(dir, "freezer.self_freezing"))
		return false;
	name_cgroup(dir, priv);
	return true;
}

/**
 * hd_cgroup_frozen() - find the cgroup that has frozen a process
 * @root: as for hd_cgroup_up()
 * @tgid: the process
 * @path: set to the path of the cgroup
 *
 * Return: false if none was found.
 */
bool hd_cgroup_frozen(const char *root, u32 tgid, char path[HD_CGROUP_LEN])
{
	/* version 2 can freeze too, even if version 1 has a freezer controller */
	return hd_cgroup_up(root, tgid, "freezer", is_freezing, path) ||
	       hd_cgroup_up(root, tgid, "", is_freezing, path);
}

static u64 number_after(const char *dir, const char *file, const char *key)
{
	char *text = hd_file_text("%s/%s", dir, file);
	const char *at = text ? strstr(text, key) : NULL;
	u64 number = at && at[strlen(key)] != '-' ?
		     strtoull(at + strlen(key), NULL, 10) : 0;

	free(text);
	return number;
}

static bool is_throttled(const char *dir, void *priv)
{
	struct hd_cgroup_quota *quota = priv;
	char *text = hd_file_text("%s/cpu.max", dir);

	quota->quota_us = 0;
	if (text) {
		if (sscanf(text, "%llu %llu", &quota->quota_us,
			   &quota->period_us) != 2)
			quota->quota_us = 0;
		free(text);
	} else {
		quota->quota_us = number_after(dir, "cpu.cfs_quota_us", "");
		quota->period_us = number_after(dir, "cpu.cfs_period_us", "");
	}
	quota->throttled = number_after(dir, "cpu.stat", "nr_throttled ");
	if (!quota->quota_us || !quota->period_us || !quota->throttled)
		return false;
	name_cgroup(dir, quota->path);
	return true;
}

/**
 * hd_cgroup_throttled() - find the cgroup that throttles a process
 * @root: as for hd_cgroup_up()
 * @tgid: the process
 * @quota: set to the quota of the lowest cgroup that was throttled
 *
 * Return: false if none was.
 */
bool hd_cgroup_throttled(const char *root, u32 tgid,
			 struct hd_cgroup_quota *quota)
{
	return hd_cgroup_up(root, tgid, "cpu", is_throttled, quota);
}
