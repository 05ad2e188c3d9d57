// SPDX-License-Identifier: GPL-2.0-only
/*
 * pollgone DIR NAME: poll() DIR/slow for the first time while the module NAME, which
 * made that file, is being unloaded.  The program prints the results of the poll and
 * of the unloading.
 *
 * The unloading removes one file after the other, and waits for readers inside each of
 * them.  A read of DIR/hist holds it up: it copies to a page that userfaultfd does not
 * supply until the poll is done.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "errname.h"

#define PAGE	4096

static int fault_fd, hist_fd;
static char *page;

static int open_in(const char *dir, const char *name)
{
	char path[256];
	int fd;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	fd = open(path, O_RDONLY);
	if (fd < 0) {
		perror(path);
		exit(1);
	}
	return fd;
}

/* false: the kernel has none of it */
static int keep_page_back(void)
{
	struct uffdio_api api = { .api = UFFD_API };
	struct uffdio_register range = { .mode = UFFDIO_REGISTER_MODE_MISSING };

	fault_fd = syscall(SYS_userfaultfd, (long)O_CLOEXEC);
	if (fault_fd < 0)
		return 0;
	page = mmap(NULL, PAGE, PROT_READ | PROT_WRITE,
		    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	range.range.start = (unsigned long)page;
	range.range.len = PAGE;
	return page != MAP_FAILED && !ioctl(fault_fd, UFFDIO_API, &api) &&
	       !ioctl(fault_fd, UFFDIO_REGISTER, &range);
}

static void *read_hist(void *unused)
{
	if (read(hist_fd, page, PAGE) < 0)
		perror("hist");
	return NULL;
}

static int is_going(const char *name)
{
	char path[256], state[16] = "";
	int fd;

	snprintf(path, sizeof(path), "/sys/module/%s/initstate", name);
	fd = open(path, O_RDONLY);
	if (fd < 0)
		return 0;
	if (read(fd, state, sizeof(state) - 1) < 0)
		state[0] = '\0';
	close(fd);
	return !strcmp(state, "going\n");
}

static pid_t take_away(const char *name)
{
	pid_t pid = fork();

	if (pid == 0) {
		if (syscall(SYS_delete_module, name, (long)O_NONBLOCK))
			dprintf(1, "unload %s\n", errname(errno));
		else
			dprintf(1, "unload OK\n");
		_exit(0);
	}
	return pid;
}

static pid_t poll_slow(int fd)
{
	pid_t pid = fork();

	if (pid == 0) {
		struct pollfd at = { .fd = fd, .events = POLLIN };
		char buf[PAGE];

		/* what there is may be read at once */
		while (read(fd, buf, sizeof(buf)) > 0)
			;
		dprintf(1, "poll %s\n", poll(&at, 1, 4000) > 0 ?
			"readable" : "timeout");
		_exit(0);
	}
	return pid;
}

int main(int argc, char **argv)
{
	struct pollfd fault = { .events = POLLIN };
	struct uffdio_zeropage zero = { 0 };
	pthread_t reader;
	pid_t unloader, poller;
	int slow_fd, tries;

	if (argc != 3) {
		fprintf(stderr, "usage: pollgone DIR NAME\n");
		return 2;
	}
	if (!keep_page_back()) {
		puts("no userfaultfd");
		return 0;
	}
	hist_fd = open_in(argv[1], "hist");
	slow_fd = open_in(argv[1], "slow");
	pthread_create(&reader, NULL, read_hist, NULL);
	fault.fd = fault_fd;
	poll(&fault, 1, -1);
	unloader = take_away(argv[2]);
	for (tries = 0; tries < 1000 && !is_going(argv[2]); tries++)
		usleep(10000);
	printf("going %d\n", is_going(argv[2]));
	fflush(stdout);
	/* into what the unloading waits in */
	usleep(300000);
	poller = poll_slow(slow_fd);
	usleep(1000000);
	zero.range.start = (unsigned long)page;
	zero.range.len = PAGE;
	ioctl(fault_fd, UFFDIO_ZEROPAGE, &zero);
	pthread_join(reader, NULL);
	waitpid(unloader, NULL, 0);
	waitpid(poller, NULL, 0);
	return 0;
}
