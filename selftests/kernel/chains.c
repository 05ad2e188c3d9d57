// SPDX-License-Identifier: GPL-2.0-only
/*
 * Tasks that keep each other waiting, for "hostdiag why":
 *
 *	chains session FILE	a victim waits for a lock on FILE, whose holder
 *				waits for a server that does not answer
 *	chains ring FILE	three that have a lock each on FILE.N, and want
 *				the next one's
 *	chains mutex		two threads
 *	chains abba		two threads, each of which has what the other wants
 *	chains pipe		one that reads, and one that could write
 *	chains unix		the same on a unix socket
 *	chains semaphore	one that took it, and one that wants it
 *	chains vfork		a parent, and its child that calls no exec
 *
 * It prints the role of each with its number, and waits to be killed.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/sem.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#define RING	3

static void die(const char *what)
{
	fprintf(stderr, "chains: %s: %s\n", what, strerror(errno));
	exit(3);
}

static void say(const char *role)
{
	printf("%s %ld\n", role, (long)syscall(SYS_gettid));
	fflush(stdout);
}

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

static int open_file(const char *name)
{
	int fd = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

	if (fd < 0)
		die(name);
	return fd;
}

/* until somebody else has the lock of an open file */
static void await_lock(int fd)
{
	while (!flock(fd, LOCK_EX | LOCK_NB)) {
		flock(fd, LOCK_UN);
		usleep(1000);
	}
	if (errno != EWOULDBLOCK)
		die("flock");
}

static int listen_at(struct sockaddr_in *addr)
{
	socklen_t len = sizeof(*addr);
	int sock = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	memset(addr, 0, sizeof(*addr));
	addr->sin_family = AF_INET;
	addr->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (sock < 0 || bind(sock, (void *)addr, sizeof(*addr)) ||
	    listen(sock, 1) || getsockname(sock, (void *)addr, &len))
		die("listen");
	return sock;
}

static void hold_and_ask(const char *file, const struct sockaddr_in *addr)
{
	int fd = open_file(file), sock = socket(AF_INET, SOCK_STREAM, 0);
	char answer;

	if (sock < 0 || connect(sock, (const void *)addr, sizeof(*addr)))
		die("connect");
	flock(fd, LOCK_EX);
	recv(sock, &answer, 1, 0);
}

static void session(const char *file)
{
	struct sockaddr_in addr;
	int sock = listen_at(&addr), fd;

	printf("port %u\n", ntohs(addr.sin_port));
	fflush(stdout);
	if (child("server")) {
		if (accept(sock, NULL, NULL) < 0)
			die("accept");
		pause();
	}
	close(sock);
	if (child("holder"))
		hold_and_ask(file, &addr);
	fd = open_file(file);
	await_lock(fd);
	close(fd);
	if (child("victim"))
		flock(open_file(file), LOCK_EX);
}

static void ring(const char *file)
{
	char own[256], next[256];
	int i, fd;

	for (i = 0; i < RING; i++) {
		snprintf(own, sizeof(own), "%s.%d", file, i);
		snprintf(next, sizeof(next), "%s.%d", file, (i + 1) % RING);
		if (!child("member"))
			continue;
		flock(open_file(own), LOCK_EX);
		fd = open_file(next);
		await_lock(fd);
		flock(fd, LOCK_EX);
	}
}

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static void *wait_for_mutex(void *arg)
{
	say("waiter");
	pthread_mutex_lock(&mutex);
	return arg;
}

static void *own_mutex(void *arg)
{
	pthread_t waiter;

	pthread_mutex_lock(&mutex);
	say("owner");
	if (pthread_create(&waiter, NULL, wait_for_mutex, NULL))
		die("thread");
	pause();
	return arg;
}

static void threads(void)
{
	pthread_t owner;

	if (pthread_create(&owner, NULL, own_mutex, NULL))
		die("thread");
}

static pthread_mutex_t first = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t second = PTHREAD_MUTEX_INITIALIZER;
static pthread_barrier_t both;

static void *want_first(void *arg)
{
	pthread_mutex_lock(&second);
	say("other");
	pthread_barrier_wait(&both);
	pthread_mutex_lock(&first);
	return arg;
}

static void abba(void)
{
	pthread_t other;

	pthread_barrier_init(&both, NULL, 2);
	pthread_mutex_lock(&first);
	say("one");
	if (pthread_create(&other, NULL, want_first, NULL))
		die("thread");
	pthread_barrier_wait(&both);
	pthread_mutex_lock(&second);
}

static void between(int ends[2])
{
	char byte;

	if (child("writer")) {
		close(ends[0]);
		pause();
	}
	close(ends[1]);
	if (child("reader"))
		read(ends[0], &byte, 1);
	close(ends[0]);
}

static void pipes(void)
{
	int ends[2];

	if (pipe(ends))
		die("pipe");
	between(ends);
}

static void sockets(void)
{
	int ends[2];

	if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends))
		die("socketpair");
	between(ends);
}

static int semaphores = -1;

static void remove_semaphores(void)
{
	semctl(semaphores, 0, IPC_RMID);
}

static void end(int sig)
{
	remove_semaphores();
	_exit(sig);
}

static void semaphore(void)
{
	struct sembuf up = { .sem_op = 1 }, down = { .sem_op = -1 };
	int ready[2];
	char byte;

	semaphores = semget(IPC_PRIVATE, 1, 0600);
	if (semaphores < 0 || pipe(ready) || semop(semaphores, &up, 1))
		die("semaphore");
	signal(SIGTERM, end);
	if (child("taker")) {
		semop(semaphores, &down, 1);
		write(ready[1], "", 1);
		for (;;)
			pause();
	}
	read(ready[0], &byte, 1);
	if (child("waiter"))
		semop(semaphores, &down, 1);
}

static void lend(void)
{
	pid_t pid;

	say("parent");
	pid = vfork();
	if (!pid) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		say("child");
		pause();
		_exit(0);
	}
}

int main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "";

	if (!strcmp(what, "session") && argc == 3)
		session(argv[2]);
	else if (!strcmp(what, "ring") && argc == 3)
		ring(argv[2]);
	else if (!strcmp(what, "mutex"))
		threads();
	else if (!strcmp(what, "abba"))
		abba();
	else if (!strcmp(what, "pipe"))
		pipes();
	else if (!strcmp(what, "unix"))
		sockets();
	else if (!strcmp(what, "semaphore"))
		semaphore();
	else if (!strcmp(what, "vfork"))
		lend();
	else
		return 2;
	pause();
	return 0;
}
