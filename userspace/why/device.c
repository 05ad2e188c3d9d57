// SPDX-License-Identifier: GPL-2.0-only
/*
 * Find the mount that the call of a task in D sleep is about, and report its
 * server, or its block device and the devices below that, with their states in
 * /sys.
 */
#include <stdlib.h>
#include <sys/sysmacros.h>
#include <unistd.h>
#include "why/parts.h"

#define BELOW_MAX	6	/* levels of stacked devices */
#define NAME_LEN	64
#define LONG_NS		1000000000ull
#define FILES_MAX	64	/* a look at one may take a moment */
#define ASYNC_MAX	16	/* tasks whose files are looked at */

/* read the first line of a file of a device; "": there is no such file */
static void read_of(const struct hd_why *why, const char *device,
		    const char *file, char to[NAME_LEN])
{
	char *text = hd_file_text("%s/sys/block/%s/%s", why->root, device, file);

	snprintf(to, NAME_LEN, "%.*s", text ? (int)strcspn(text, "\n") : 0,
		 text ? text : "");
	free(text);
}

static bool is_suspended(const struct hd_why *why, const char *device,
			 struct hd_why_wait *wait)
{
	char state[NAME_LEN], name[NAME_LEN], text[4 * NAME_LEN];

	read_of(why, device, "dm/suspended", state);
	if (strcmp(state, "1"))
		return false;
	read_of(why, device, "dm/name", name);
	hd_escape(name, strlen(name), text, sizeof(text));
	hd_why_what(wait, "the device %.60s (%.30s)", text, device);
	hd_why_end(wait, "the device %s (%s) is suspended: dmsetup resume %s lets it go on",
		   text, device, text);
	return true;
}

/* number of requests that the disk has not completed */
static u64 in_flight(const struct hd_why *why, const char *device)
{
	char text[NAME_LEN];
	u64 reads, writes;

	read_of(why, device, "inflight", text);
	return sscanf(text, "%llu %llu", &reads, &writes) == 2 ?
	       reads + writes : 0;
}

static bool is_silent_nbd(const struct hd_why *why, const char *device,
			  struct hd_why_wait *wait)
{
	char pid[NAME_LEN], name[HD_WHY_NAME];
	u64 flying;

	if (strncmp(device, "nbd", 3))
		return false;
	read_of(why, device, "pid", pid);
	flying = in_flight(why, device);
	if (!pid[0] || !flying)
		return false;
	hd_why_what(wait, "the server of the network disk %.30s", device);
	hd_why_end(wait, "the server of the network disk %s does not answer: its client is %s",
		   device, hd_why_name(why, strtoul(pid, NULL, 10), name));
	wait->is_served = true;
	return true;
}

static const struct {
	const char *file;
	const char *good;	/* states in which it serves requests */
} state_files[] = {
	{ "device/state", " running live " },
	{ "md/array_state", " clean active active-idle write-pending readonly read-auto " },
};

static bool is_offline(const struct hd_why *why, const char *device,
		       struct hd_why_wait *wait)
{
	char state[NAME_LEN], word[NAME_LEN + 2];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(state_files); i++) {
		read_of(why, device, state_files[i].file, state);
		snprintf(word, sizeof(word), " %s ", state);
		if (!state[0] || strstr(state_files[i].good, word))
			continue;
		hd_why_what(wait, "the disk %.30s", device);
		hd_why_end(wait, "the disk %s is in state %s", device, state);
		return true;
	}
	return false;
}

/**
 * struct below - the devices that a device is made of
 * @names: their names
 * @nr_names: length of @names
 */
struct below {
	char names[BELOW_MAX][NAME_LEN];
	u32 nr_names;
};

static void add_below(const char *name, void *priv)
{
	struct below *below = priv;

	if (below->nr_names < BELOW_MAX)
		snprintf(below->names[below->nr_names++], NAME_LEN, "%.*s",
			 NAME_LEN - 1, name);
}

/* report this device, or the first one below it, that makes no progress */
static bool know_device(struct hd_why *why, const char *device, u32 depth,
			struct hd_why_wait *wait)
{
	struct below below = { .nr_names = 0 };
	u32 i;

	if (is_suspended(why, device, wait) ||
	    is_silent_nbd(why, device, wait) || is_offline(why, device, wait))
		return true;
	if (depth == BELOW_MAX)
		return false;
	hd_file_each(add_below, &below, "%s/sys/block/%s/slaves", why->root,
		     device);
	for (i = 0; i < below.nr_names; i++)
		if (know_device(why, below.names[i], depth + 1, wait))
			return true;
	return false;
}

/* "../../devices/virtual/block/dm-0", "../../block/sda/sda1": the disk */
static bool name_device(const struct hd_why *why, u32 major, u32 minor,
			char name[NAME_LEN])
{
	char link[HD_FILE_LINK], *at;

	if (!hd_file_link(link, "%s/sys/dev/block/%u:%u", why->root, major,
			  minor))
		return false;
	at = strstr(link, "/block/");
	if (!at)
		return false;
	at += strlen("/block/");
	snprintf(name, NAME_LEN, "%.*s", (int)strcspn(at, "/"), at);
	return true;
}

/* the thread that commits the journal of a device: "jbd2/dm-0-8" */
static bool name_journal(const struct hd_why_task *task, char name[NAME_LEN])
{
	const char *end = strrchr(task->comm, '-');

	if (strncmp(task->comm, "jbd2/", 5) || !end)
		return false;
	snprintf(name, NAME_LEN, "%.*s", (int)(end - task->comm) - 5,
		 task->comm + 5);
	return true;
}

/* the submitter sleeps, or a worker of an io_uring does the work for it */
static bool is_worker(const struct hd_why_task *task)
{
	return task->stuck.nr == HOSTDIAG_NR_NONE &&
	       !strncmp(task->comm, "iou-wrk-", 8);
}

/**
 * hd_why_is_async() - does a task wait for what it has submitted before?
 * @task: the task
 *
 * Which of its files that is about, the kernel does not say.
 */
bool hd_why_is_async(const struct hd_why_task *task)
{
	char buf[HD_NAME_LEN];
	const char *name;

	if (task->stuck.nr == HOSTDIAG_NR_NONE)
		return is_worker(task);
	name = hd_syscall_name(task->stuck.abi, task->stuck.nr, buf);
	return !strcmp(name, "io_getevents") ||
	       !strncmp(name, "io_pgetevents", 13) ||
	       !strcmp(name, "io_uring_enter");
}

/**
 * struct files - what the process of a task has open
 * @task: the task
 * @device: the last device
 * @nr_devices: how often one was another than the one before
 * @nr_others: files that are on no block device, and may be waited for, too; and
 *	those beyond FILES_MAX
 * @nr_files: files looked at
 */
struct files {
	struct hd_why_task task;
	char device[NAME_LEN];
	u32 nr_devices;
	u32 nr_others;
	u32 nr_files;
};

static bool device_of_file(const struct hd_why *why, const struct hd_why_task *task,
			   const struct stat *status, char name[NAME_LEN])
{
	struct hd_why_mount mount;

	if (S_ISBLK(status->st_mode))
		return name_device(why, major(status->st_rdev),
				   minor(status->st_rdev), name);
	return S_ISREG(status->st_mode) && hd_why_mount(why, task, "", &mount) &&
	       name_device(why, mount.major, mount.minor, name);
}

static void add_file(struct hd_why *why, u32 fd, void *priv)
{
	struct files *files = priv;
	char link[HD_PROC_PATH], name[NAME_LEN];
	struct stat status;

	files->task.stuck.fd = fd;
	if (fd == STDOUT_FILENO || fd == STDERR_FILENO ||
	    !hd_proc_link(why, link, "%u/fd/%u", files->task.tid, fd) ||
	    !strncmp(link, "anon_inode:", 11))
		return;
	if (files->nr_files++ >= FILES_MAX ||
	    !hd_file_stat(&status, "%s/proc/%u/fd/%u", why->root,
			  files->task.tid, fd)) {
		files->nr_others++;
	} else if (device_of_file(why, &files->task, &status, name)) {
		files->nr_devices += strcmp(files->device, name) != 0;
		strcpy(files->device, name);
	} else if (!S_ISCHR(status.st_mode)) {
		files->nr_others++;
	}
}

/* it is proven only if all that it can wait for is on one device */
static void know_files(struct hd_why *why, const struct hd_why_task *task,
		       struct hd_why_wait *wait)
{
	struct files files = { .task = *task };

	if (why->nr_async++ < ASYNC_MAX)
		hd_proc_each(why, add_file, &files, "%u/fd", task->tid);
	if (files.nr_devices != 1 || files.nr_others ||
	    !know_device(why, files.device, 0, wait))
		hd_why_say(wait, "which of its files it waits for is not known");
}

static void know_server(const struct hd_why_mount *mount,
			struct hd_why_wait *wait)
{
	char source[1024], point[1024];

	hd_escape(mount->source, strlen(mount->source), source, sizeof(source));
	hd_escape(mount->point, strlen(mount->point), point, sizeof(point));
	hd_why_what(wait, "the NFS server of %.90s", point);
	hd_why_end(wait, "the NFS server of %.400s, %.400s, does not answer",
		   point, source);
	wait->is_served = true;
}

/**
 * hd_why_waits_for_thaw() - does a task wait where those do whose file system is
 * frozen?
 * @task: it is in D sleep
 *
 * Others wait there, too.
 */
bool hd_why_waits_for_thaw(const struct hd_why_task *task)
{
	const char *place = task->stuck.place;

	return (strstr(place, "percpu_rwsem_wait") ||
		strstr(place, "sb_start_write") ||
		strstr(place, "__percpu_down_read")) &&
	       !strstr(place, "cgroup_") && !strstr(place, "copy_process");
}

/* a page of a server's file is read or written by calls that are not seen here */
static bool is_page_wait(const char *place)
{
	return strstr(place, "folio_wait_bit") || strstr(place, "wait_on_page_bit") ||
	       strstr(place, "__lock_page");
}

static void know_frozen(const struct hd_why_mount *mount,
			struct hd_why_wait *wait)
{
	char point[1024];

	hd_escape(mount->point, strlen(mount->point), point, sizeof(point));
	hd_why_what(wait, "the file system of %.90s", point);
	hd_why_end(wait, "the file system of %s is frozen: fsfreeze -u %s lets it go on",
		   point, point);
}

/**
 * hd_why_device() - report the server, device or frozen file system that keeps a
 *	task waiting
 * @why: the host
 * @task: in D sleep, or hd_why_is_async(); no task is known that it waits for
 * @wait: the result is added to it
 */
void hd_why_device(struct hd_why *why, const struct hd_why_task *task,
		   struct hd_why_wait *wait)
{
	const char *place = task->stuck.place;
	struct hd_why_mount mount;
	char name[NAME_LEN];

	/* a shorter wait is ordinary I/O */
	if (task->stuck.d_age_ns && task->stuck.d_age_ns < LONG_NS)
		return;
	if (hd_why_is_async(task)) {
		if (!task->stuck.age_ns || task->stuck.age_ns >= LONG_NS)
			know_files(why, task, wait);
		return;
	}
	if (name_journal(task, name)) {
		know_device(why, name, 0, wait);
		return;
	}
	if (!hd_why_mount(why, task, wait->on, &mount))
		return;
	if (!strncmp(mount.type, "nfs", 3)) {
		if (strstr(place, "rpc_") || strstr(place, "nfs") ||
		    is_page_wait(place))
			know_server(&mount, wait);
	} else if (hd_why_waits_for_thaw(task)) {
		know_frozen(&mount, wait);
	} else if (name_device(why, mount.major, mount.minor, name)) {
		know_device(why, name, 0, wait);
	}
}
