// SPDX-License-Identifier: GPL-2.0-only
/*
 * Mutexes that are never released:
 *
 *	futexes fork		a child made by fork waits for one that a thread
 *				of its parent had, which the child lacks
 *	futexes dead		four threads wait for that of a thread that has
 *				ended
 *	futexes abba		two threads wait for each other
 *	futexes hold FILE	a mutex in FILE, which processes share, is held
 *	futexes want FILE	and waited for
 */
#define _GNU_SOURCE
#include <err.h>
#include <fcntl.h>
#include <pthread.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define WAITERS	4

static pthread_mutex_t one = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t other = PTHREAD_MUTEX_INITIALIZER;

static void name_self(const char *name)
{
	pthread_setname_np(pthread_self(), name);
}

static void begin(void *(*run)(void *))
{
	pthread_t thread;

	if (pthread_create(&thread, NULL, run, NULL))
		errx(1, "no thread");
}

static void *log_for_a_while(void *unused)
{
	name_self("logger");
	pthread_mutex_lock(&one);
	sleep(2);
	pthread_mutex_unlock(&one);
	pause();
	return unused;
}

static void by_fork(void)
{
	begin(log_for_a_while);
	usleep(500000);
	if (!fork()) {
		name_self("forkedd");
		pthread_mutex_lock(&one);
		_exit(0);
	}
	wait(NULL);
}

static void *lock_and_end(void *unused)
{
	name_self("reloader");
	pthread_mutex_lock(&one);
	usleep(300000);
	return unused;
}

static void *lock_one(void *unused)
{
	name_self("worker");
	pthread_mutex_lock(&one);
	return unused;
}

static void by_death(void)
{
	pthread_t thread;
	int i;

	if (pthread_create(&thread, NULL, lock_and_end, NULL))
		errx(1, "no thread");
	pthread_join(thread, NULL);
	for (i = 0; i < WAITERS; i++)
		begin(lock_one);
	pause();
}

static void *flush(void *unused)
{
	name_self("flusher");
	pthread_mutex_lock(&other);
	sleep(1);
	pthread_mutex_lock(&one);
	return unused;
}

static void by_order(void)
{
	pthread_mutex_lock(&one);
	begin(flush);
	sleep(1);
	pthread_mutex_lock(&other);
}

static void shared(const char *file, int is_holder)
{
	int fd = open(file, O_RDWR | O_CREAT, 0600);
	pthread_mutexattr_t kind;
	pthread_mutex_t *mutex;

	if (fd < 0 || ftruncate(fd, 4096))
		err(1, "%s", file);
	mutex = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (mutex == MAP_FAILED)
		err(1, "mmap");
	if (is_holder) {
		pthread_mutexattr_init(&kind);
		pthread_mutexattr_setpshared(&kind, PTHREAD_PROCESS_SHARED);
		pthread_mutex_init(mutex, &kind);
	}
	pthread_mutex_lock(mutex);
	for (;;)
		usleep(10000);
}

int main(int argc, char **argv)
{
	const char *mode = argc > 1 ? argv[1] : "";

	if (!strcmp(mode, "fork"))
		by_fork();
	else if (!strcmp(mode, "dead"))
		by_death();
	else if (!strcmp(mode, "abba"))
		by_order();
	else if (argc == 3)
		shared(argv[2], !strcmp(mode, "hold"));
	else
		errx(2, "usage: futexes fork|dead|abba|hold FILE|want FILE");
	return 0;
}
