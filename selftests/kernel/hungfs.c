// SPDX-License-Identifier: GPL-2.0-only
/*
 * A file system whose server does not answer once it is stopped, and processes that
 * hang in it:
 *
 *	hungfs serve DIR	mount it on DIR and answer: "data" is a file of
 *				zeroes, "prog" is this program
 *	hungfs serve DIR FILE	and wait for a lock on FILE when it is asked for "locked"
 *	hungfs use DIR		victims that use it all the time, so that they hang
 *				when the server is stopped
 *	hungfs sleep		sleep; as DIR/prog it is a program that is there
 *
 * It speaks to /dev/fuse itself, since guests have no library for that.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/fuse.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define DATA_SIZE	65536
/* a page that the others leave alone */
#define READ_AT		32768
#define READ_MAX	131072

enum { ROOT = FUSE_ROOT_ID, DATA, PROG };

static int device, self, lock = -1;
static size_t self_size;

static void die(const char *what)
{
	fprintf(stderr, "hungfs: %s: %s\n", what, strerror(errno));
	exit(3);
}

static void say(const char *role)
{
	printf("%s %ld\n", role, (long)syscall(SYS_gettid));
	fflush(stdout);
}

/* --- the server */

static void answer(const struct fuse_in_header *in, int error,
		   const void *data, size_t size)
{
	static char out[sizeof(struct fuse_out_header) + READ_MAX];
	struct fuse_out_header head = {
		.len = sizeof(head) + size, .error = -error, .unique = in->unique,
	};

	memcpy(out, &head, sizeof(head));
	memcpy(out + sizeof(head), data, size);
	/* ENOENT: who asked has been killed */
	if (write(device, out, head.len) < 0 && errno != ENOENT)
		die("answer");
}

static struct fuse_attr attr_of(uint64_t node)
{
	size_t size = node == PROG ? self_size : DATA_SIZE;

	return (struct fuse_attr){
		.ino = node, .size = size, .blocks = size / 512, .nlink = 1,
		.blksize = 4096,
		.mode = node == ROOT ? S_IFDIR | 0755 : S_IFREG | 0755,
	};
}

static void look_up(const struct fuse_in_header *in, const char *name)
{
	struct fuse_entry_out entry = { .generation = 1 };

	if (lock >= 0 && !strcmp(name, "locked"))
		flock(lock, LOCK_EX);
	if (!strcmp(name, "data"))
		entry.nodeid = DATA;
	else if (!strcmp(name, "prog"))
		entry.nodeid = PROG;
	entry.attr = attr_of(entry.nodeid);
	answer(in, entry.nodeid ? 0 : ENOENT, &entry,
	       entry.nodeid ? sizeof(entry) : 0);
}

static void give_data(const struct fuse_in_header *in,
		      const struct fuse_read_in *wanted)
{
	static char data[READ_MAX];
	size_t size = wanted->size < READ_MAX ? wanted->size : READ_MAX;
	ssize_t got;

	if (in->nodeid == PROG) {
		got = pread(self, data, size, wanted->offset);
	} else {
		memset(data, 0, size);
		got = wanted->offset >= DATA_SIZE ? 0 :
		      (ssize_t)(DATA_SIZE - wanted->offset);
		if (got > (ssize_t)size)
			got = size;
	}
	answer(in, got < 0 ? EIO : 0, data, got < 0 ? 0 : got);
}

static void serve_one(const struct fuse_in_header *in, const void *arg)
{
	const struct fuse_init_out init = {
		.major = FUSE_KERNEL_VERSION, .minor = 23, .max_write = 65536,
		.max_readahead = 4096, .max_background = 8,
	};
	const struct fuse_attr_out attr = { .attr = attr_of(in->nodeid) };
	const struct fuse_open_out opened = { .fh = in->nodeid };
	const struct fuse_statfs_out statfs_out = {
		.st = { .blocks = 100, .bsize = 4096, .namelen = 255 },
	};

	switch (in->opcode) {
	case FUSE_INIT:
		answer(in, 0, &init, sizeof(init));
		break;
	case FUSE_LOOKUP:
		look_up(in, arg);
		break;
	case FUSE_GETATTR:
	case FUSE_SETATTR:
		answer(in, 0, &attr, sizeof(attr));
		break;
	case FUSE_OPEN:
	case FUSE_OPENDIR:
		answer(in, 0, &opened, sizeof(opened));
		break;
	case FUSE_READ:
		give_data(in, arg);
		break;
	case FUSE_WRITE: {
		const struct fuse_write_out wrote = {
			.size = ((const struct fuse_write_in *)arg)->size,
		};

		answer(in, 0, &wrote, sizeof(wrote));
		break;
	}
	case FUSE_STATFS:
		answer(in, 0, &statfs_out, sizeof(statfs_out));
		break;
	case FUSE_FLUSH:
	case FUSE_RELEASE:
	case FUSE_RELEASEDIR:
	case FUSE_FSYNC:
		answer(in, 0, NULL, 0);
		break;
	case FUSE_FORGET:
	case FUSE_BATCH_FORGET:
	case FUSE_INTERRUPT:
		break;
	default:
		answer(in, EOPNOTSUPP, NULL, 0);
	}
}

static void serve(const char *dir)
{
	static char in[READ_MAX + 4096];
	char options[100];
	ssize_t got;

	self = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
	self_size = lseek(self, 0, SEEK_END);
	device = open("/dev/fuse", O_RDWR | O_CLOEXEC);
	if (device < 0)
		die("/dev/fuse");
	snprintf(options, sizeof(options),
		 "fd=%d,rootmode=40755,user_id=0,group_id=0,allow_other", device);
	if (mount("hungfs", dir, "fuse.hungfs", 0, options))
		die("mount");
	say("server");
	for (;;) {
		got = read(device, in, sizeof(in));
		if (got >= (ssize_t)sizeof(struct fuse_in_header))
			serve_one((const void *)in,
				  in + sizeof(struct fuse_in_header));
		else if (got < 0 && errno == ENODEV)
			exit(0);
	}
}

/* --- the victims */

static const char *data_name, *prog_name, *some_dir;

/* true: in the child, which dies with its parent */
static int child(const char *role)
{
	pid_t pid = fork();

	if (pid < 0)
		die("fork");
	if (pid)
		return 0;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	say(role);
	return 1;
}

static int open_data(void)
{
	int fd = open(data_name, O_RDWR | O_CLOEXEC);

	if (fd < 0)
		die(data_name);
	return fd;
}

static void read_on(void)
{
	int fd = open_data();
	char byte;

	for (;; usleep(50000)) {
		posix_fadvise(fd, READ_AT, 4096, POSIX_FADV_DONTNEED);
		lseek(fd, READ_AT, SEEK_SET);
		read(fd, &byte, 1);
	}
}

static void stat_on(void)
{
	struct stat stat_buf;

	for (;; usleep(50000))
		stat(data_name, &stat_buf);
}

static void statfs_on(void)
{
	struct statfs statfs_buf;

	for (;; usleep(50000))
		statfs(some_dir, &statfs_buf);
}

static void exec_on(void)
{
	int fd = open_data();

	for (;; usleep(50000)) {
		if (vfork()) {
			wait(NULL);
			continue;
		}
		execl(prog_name, prog_name, "end", NULL);
		_exit(fd);
	}
}

static void *map_on(void *arg)
{
	int fd = open_data();
	char *at;

	say("mapper");
	for (;; usleep(50000)) {
		at = mmap(NULL, DATA_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED,
			  fd, 0);
		if (at == MAP_FAILED)
			continue;
		at[0]++;
		at[8192]++;
		munmap(at, DATA_SIZE);
	}
	return arg;
}

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static void *grow_on(void *arg)
{
	void *at;

	say("grower");
	for (;; usleep(20000)) {
		pthread_mutex_lock(&mutex);
		at = mmap(NULL, DATA_SIZE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS,
			  -1, 0);
		if (at != MAP_FAILED)
			munmap(at, DATA_SIZE);
		pthread_mutex_unlock(&mutex);
	}
	return arg;
}

static void *lock_on(void *arg)
{
	say("locker");
	for (;; usleep(20000)) {
		pthread_mutex_lock(&mutex);
		pthread_mutex_unlock(&mutex);
	}
	return arg;
}

static void share_memory(void)
{
	pthread_t thread;

	if (pthread_create(&thread, NULL, map_on, NULL) ||
	    pthread_create(&thread, NULL, grow_on, NULL) ||
	    pthread_create(&thread, NULL, lock_on, NULL))
		die("thread");
	pause();
}

static void use(void)
{
	if (child("reader"))
		read_on();
	if (child("stater"))
		stat_on();
	if (child("statfser"))
		statfs_on();
	if (child("execer"))
		exec_on();
	if (child("process"))
		share_memory();
	if (child("holder")) {
		flock(open_data(), LOCK_EX);
		say("locked");
		pause();
	}
	usleep(500000);
	if (child("waiter"))
		flock(open_data(), LOCK_EX);
	if (child("program"))
		execl(prog_name, prog_name, "sleep", NULL);
	say("used");
	pause();
}

int main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "";
	static char data[256], prog[256];

	if (!strcmp(what, "sleep")) {
		raise(SIGSTOP);
		pause();
	} else if (!strcmp(what, "end")) {
		return 0;
	} else if (!strcmp(what, "serve") && (argc == 3 || argc == 4)) {
		if (argc == 4)
			lock = open(argv[3], O_RDWR | O_CLOEXEC);
		serve(argv[2]);
	} else if (!strcmp(what, "use") && argc == 3) {
		some_dir = argv[2];
		snprintf(data, sizeof(data), "%s/data", some_dir);
		snprintf(prog, sizeof(prog), "%s/prog", some_dir);
		data_name = data;
		prog_name = prog;
		use();
	}
	return 2;
}
