// SPDX-License-Identifier: GPL-2.0-only
/*
 * fuzzfiles SEED SECONDS THREADS FILE...: threads that open, read, pread,
 * lseek, write, poll, map, ioctl and close files at random, on descriptors
 * that they share.  No write says what control understands, so that counts
 * stay what they are.  Ends at the first error that the files have no right
 * to, with status 1; else says how many calls it made, and what was read.
 *
 * It writes to what it is given, hence takes none but the module's own files.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/statfs.h>
#include <time.h>
#include <unistd.h>

#include "errname.h"

#define FDS		24
#define THREADS_MAX	64
#define SIZE_MAX_READ	300000
#define PROC_MAGIC	0x9fa0
#define DEBUGFS_MAGIC	0x64626720

struct worker {
	pthread_t thread;
	uint64_t random;
	unsigned long calls;
	unsigned long bytes;
	char *buf;
};

static char **files;
static unsigned int files_len;
static int fds[FDS];
static time_t end;

static uint64_t next(struct worker *w)
{
	w->random ^= w->random << 13;
	w->random ^= w->random >> 7;
	w->random ^= w->random << 17;
	return w->random;
}

static uint64_t below(struct worker *w, uint64_t bound)
{
	return next(w) % bound;
}

/* small ones mostly */
static size_t any_size(struct worker *w)
{
	return below(w, 1 + below(w, SIZE_MAX_READ >> below(w, 19)));
}

static off_t any_offset(struct worker *w)
{
	switch (below(w, 4)) {
	case 0:
		return below(w, 200);
	case 1:
		return below(w, 1000000);
	case 2:
		return (below(w, 9) << 40) + below(w, 5000);
	default:
		return next(w);
	}
}

/* a descriptor may be another file by now, or none: it is shared */
static int is_expected(int error)
{
	switch (error) {
	case EACCES: case EAGAIN: case EBADF: case EFAULT: case EINTR:
	case EINVAL: case EIO: case ENODEV: case ENOTTY: case EOVERFLOW:
	case EPERM: case ESPIPE:
		return 1;
	default:
		return 0;
	}
}

static int open_any(struct worker *w)
{
	static const int flags[] = { O_RDONLY, O_RDONLY, O_RDWR, O_WRONLY };
	unsigned int slot = below(w, FDS);
	int fd = open(files[below(w, files_len)], flags[below(w, 4)] |
		      (below(w, 4) ? 0 : O_NONBLOCK));

	if (fd < 0)
		return -1;
	fd = __atomic_exchange_n(&fds[slot], fd, __ATOMIC_SEQ_CST);
	return fd < 0 ? 0 : close(fd);
}

static int close_any(struct worker *w)
{
	int fd = __atomic_exchange_n(&fds[below(w, FDS)], -1, __ATOMIC_SEQ_CST);

	return fd < 0 ? 0 : close(fd);
}

static int write_any(struct worker *w, int fd)
{
	static const char * const words[] = {
		"Reset", "rese", "resetx", "reset\nreset\n", "reset ", "\n", "",
		" reset", "reset\r\n", "%n%n%s",
	};
	const char *word = words[below(w, sizeof(words) / sizeof(*words))];
	size_t i, size = below(w, 300);

	if (below(w, 2))
		return write(fd, word, strlen(word));
	for (i = 0; i < size; i++)
		w->buf[i] = next(w);
	w->buf[0] |= 0x80;
	return write(fd, w->buf, size);
}

static int read_any(struct worker *w, int fd, int at)
{
	size_t size = any_size(w);
	ssize_t got = at ? pread(fd, w->buf, size, any_offset(w)) :
			   read(fd, w->buf, size);

	w->bytes += got > 0 ? got : 0;
	return got < 0 ? -1 : 0;
}

static int poll_any(int fd)
{
	struct pollfd at = { .fd = fd, .events = POLLIN | POLLOUT | POLLPRI };

	return poll(&at, 1, 0);
}

static int map_any(int fd)
{
	void *at = mmap(NULL, 4096, PROT_READ, MAP_SHARED, fd, 0);

	return at == MAP_FAILED ? -1 : munmap(at, 4096);
}

static int do_any(struct worker *w)
{
	int fd = __atomic_load_n(&fds[below(w, FDS)], __ATOMIC_SEQ_CST);

	switch (below(w, 16)) {
	case 0:
	case 1:
		return open_any(w);
	case 2:
		return close_any(w);
	case 3:
	case 4:
		return write_any(w, fd);
	case 5:
		return poll_any(fd);
	case 6:
	case 7:
		return lseek(fd, any_offset(w), below(w, 3)) < 0 ? -1 : 0;
	case 8:
	case 9:
		return read_any(w, fd, 1);
	case 10:
		/* to where nothing can be, of user space or the kernel's own */
		return read(fd, (void *)(next(w) | 1ull << 63), any_size(w));
	case 11:
		return map_any(fd);
	case 12:
		return ioctl(fd, below(w, 1 << 16), w->buf);
	case 13:
		return ftruncate(fd, below(w, 100));
	default:
		return read_any(w, fd, 0);
	}
}

static void *work(void *priv)
{
	struct worker *w = priv;

	while (time(NULL) < end) {
		w->calls++;
		if (do_any(w) < 0 && !is_expected(errno)) {
			printf("# %s\n", errname(errno));
			exit(1);
		}
	}
	return NULL;
}

/* who may not look there may not open it, either */
static int is_own(const char *file)
{
	struct statfs fs;

	if (!strstr(file, "/hostdiag/"))
		return 0;
	if (statfs(file, &fs))
		return errno == EACCES;
	return fs.f_type == PROC_MAGIC || fs.f_type == DEBUGFS_MAGIC;
}

int main(int argc, char **argv)
{
	static struct worker workers[THREADS_MAX];
	unsigned long calls = 0, bytes = 0;
	int i, threads;

	if (argc < 5)
		return 2;
	threads = atoi(argv[3]);
	if (threads < 1 || threads > THREADS_MAX)
		return 2;
	files = argv + 4;
	files_len = argc - 4;
	for (i = 4; i < argc; i++) {
		if (!is_own(argv[i])) {
			fprintf(stderr, "fuzzfiles: %s is none of hostdiag's files\n",
				argv[i]);
			return 2;
		}
	}
	end = time(NULL) + atoi(argv[2]);
	for (i = 0; i < FDS; i++)
		fds[i] = -1;
	for (i = 0; i < threads; i++) {
		workers[i].random = (strtoull(argv[1], NULL, 10) + i) *
				    0x9e3779b97f4a7c15ull | 1;
		workers[i].buf = malloc(SIZE_MAX_READ);
		if (pthread_create(&workers[i].thread, NULL, work, &workers[i]))
			return 3;
	}
	for (i = 0; i < threads; i++) {
		pthread_join(workers[i].thread, NULL);
		calls += workers[i].calls;
		bytes += workers[i].bytes;
	}
	printf("%lu calls, %lu bytes\n", calls, bytes);
	return 0;
}
