// SPDX-License-Identifier: GPL-2.0-only
/*
 * svc DIR: a service whose thread "indexer" maps, changes and unmaps DIR/data;
 * "logger" takes a mutex and needs memory; three of "worker" want that mutex;
 * "opener" looks for a file that is not in DIR.
 */
#define _GNU_SOURCE
#include <err.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#define LENGTH	65536

static const char *dir;
static pthread_mutex_t log_lock = PTHREAD_MUTEX_INITIALIZER;

/* Map, change and unmap a file, or memory for -1 */
static void touch(int fd)
{
	int flags = fd < 0 ? MAP_PRIVATE | MAP_ANONYMOUS : MAP_SHARED;
	char *at = mmap(NULL, LENGTH, PROT_READ | PROT_WRITE, flags, fd, 0);

	if (at == MAP_FAILED)
		return;
	__atomic_add_fetch(&at[0], 1, __ATOMIC_RELAXED);
	__atomic_add_fetch(&at[LENGTH / 2], 1, __ATOMIC_RELAXED);
	munmap(at, LENGTH);
}

static void *do_index(void *unused)
{
	char path[256];
	int fd;

	pthread_setname_np(pthread_self(), "indexer");
	snprintf(path, sizeof(path), "%s/data", dir);
	fd = open(path, O_RDWR);
	if (fd < 0)
		err(1, "%s", path);
	for (;;) {
		touch(fd);
		usleep(300000);
	}
	return unused;
}

static void *do_log(void *unused)
{
	pthread_setname_np(pthread_self(), "logger");
	for (;;) {
		pthread_mutex_lock(&log_lock);
		touch(-1);
		pthread_mutex_unlock(&log_lock);
		usleep(50000);
	}
	return unused;
}

static void *do_work(void *unused)
{
	pthread_setname_np(pthread_self(), "worker");
	for (;;) {
		usleep(200000);
		pthread_mutex_lock(&log_lock);
		pthread_mutex_unlock(&log_lock);
	}
	return unused;
}

static void *do_open(void *unused)
{
	char path[256];
	int fd;

	pthread_setname_np(pthread_self(), "opener");
	snprintf(path, sizeof(path), "%s/none", dir);
	for (;;) {
		fd = open(path, O_RDONLY);
		if (fd >= 0)
			close(fd);
		usleep(400000);
	}
	return unused;
}

int main(int argc, char **argv)
{
	void *(*threads[])(void *) = {
		do_index, do_log, do_open, do_work, do_work, do_work, NULL
	};
	pthread_t thread;
	unsigned int i;

	if (argc != 2)
		errx(2, "usage: svc DIR");
	dir = argv[1];
	for (i = 0; threads[i]; i++)
		if (pthread_create(&thread, NULL, threads[i], NULL))
			errx(1, "no thread");
	pause();
	return 0;
}
