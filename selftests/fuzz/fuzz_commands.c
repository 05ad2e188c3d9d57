// SPDX-License-Identifier: GPL-2.0-only
/* Every command that reads snapshots, over one. */
#define main reader_main
#include "../../userspace/main.c"
#undef main

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include "uapi/hostdiag.h"
#include "harness.h"

#define MOST	65536

/* those of this host, and those that go on and on */
static const char *const not_of_files[] = {
	"why", "strace", "doctor", "top", "record",
};

/* their formats want UTF-8 */
static const char *const of_utf8[] = { "json", "metrics" };

static enum hd_by rolled_up[] = {
	HD_BY_NOTHING, HD_BY_COMM, HD_BY_PROCESS,
};

/* the input, the same a second later, and a directory that has recorded both */
static char file[64], later[64];
static char recorded[HARNESS_PATH];

struct run {
	const struct hd_command *command;
	enum hd_by by;
};

static int run_one(void *priv)
{
	struct run *run = priv;
	struct hd_args args = {
		.reserve_bytes = HD_NOT_GIVEN,
		.by = run->command->options & HD_OPT(BY) ? run->by :
		      HD_BY_NOTHING,
		.file = file,
	};

	if (!strcmp(run->command->name, "diff")) {
		args.word[0] = file;
		args.word[1] = later;
	} else if (!strcmp(run->command->name, "heatmap")) {
		args.word[0] = recorded;
	}
	return run->command->run(&args);
}

static bool is_in(const char *const *list, size_t len, const char *name)
{
	while (len--)
		if (!strcmp(list[len], name))
			return true;
	return false;
}

/* the end says how many records there are: else few changes would get far */
static void mend(uint8_t *data, size_t size)
{
	struct hostdiag_header head;
	struct hostdiag_end end;
	u64 records = 0;
	size_t at;

	if (size < sizeof(head))
		return;
	memcpy(&head, data, sizeof(head));
	for (at = head.header_size; at + sizeof(end) <= size;
	     at += end.rec.size, records++) {
		memcpy(&end, data + at, sizeof(end));
		if (end.rec.type == HOSTDIAG_END) {
			end.records = records;
			memcpy(data + at, &end, sizeof(end));
			return;
		}
		if (!end.rec.size || end.rec.size > size - at)
			return;
	}
}

static int make_file(const char *title, char name[64])
{
	int fd = memfd_create(title, 0);

	snprintf(name, 64, "/proc/self/fd/%d", fd);
	return fd;
}

/* links, which say what the files have by then */
static void record(const char *as, const char *what)
{
	char name[2 * HARNESS_PATH];

	snprintf(name, sizeof(name), "%s/%s", recorded, as);
	if (symlink(what, name))
		abort();
}

static void put(int fd, const uint8_t *data, size_t size, u64 later_ns)
{
	struct hostdiag_header head;

	if (ftruncate(fd, 0) || pwrite(fd, data, size, 0) != (ssize_t)size)
		abort();
	if (!later_ns || size < sizeof(head))
		return;
	memcpy(&head, data, sizeof(head));
	head.now_ns += later_ns;
	head.wall_ns += later_ns;
	if (pwrite(fd, &head, sizeof(head), 0) != sizeof(head))
		abort();
}

static int run_all(void *priv)
{
	struct run run;
	size_t i;

	run.by = *(enum hd_by *)priv;
	for (i = 0; i < ARRAY_SIZE(commands); i++) {
		run.command = commands[i];
		harness_utf8 = is_in(of_utf8, ARRAY_SIZE(of_utf8),
				     run.command->name);
		if (!is_in(not_of_files, ARRAY_SIZE(not_of_files),
			   run.command->name))
			harness_run(run_one, &run);
	}
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static uint8_t copy[MOST];
	static int fd, later_fd;

	if (size > MOST)
		return -1;
	if (!fd) {
		fd = make_file("snapshot", file);
		later_fd = make_file("later", later);
		harness_dir(recorded);
		record("20261121T000000.000Z.snap", file);
		record("20261121T000001.000Z.snap", later);
	}
	memcpy(copy, data, size);
	mend(copy, size);
	put(fd, copy, size, 0);
	put(later_fd, copy, size, 1000000000);
	/* one after the other, and of an input always the same */
	harness_fork(run_all, &rolled_up[size / 8 % ARRAY_SIZE(rolled_up)]);
	return 0;
}
