// SPDX-License-Identifier: GPL-2.0-only
/*
 * nicmon FILE: asks for the link of lo once it gets SIGUSR1, with the request
 * across a page of FILE that is not in memory: so the kernel waits for that
 * page while it holds the lock of all network interfaces.
 */
#include <err.h>
#include <fcntl.h>
#include <linux/ethtool.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#define PAGE	4096L
#define LENGTH	(16 * PAGE)

int main(int argc, char **argv)
{
	struct ifreq request = { .ifr_name = "lo" };
	int fd, network = socket(AF_INET, SOCK_DGRAM, 0);
	sigset_t set;
	char *at;

	if (argc != 2)
		errx(2, "usage: nicmon FILE");
	fd = open(argv[1], O_RDWR);
	if (fd < 0 || network < 0)
		err(1, "%s", argv[1]);
	at = mmap(NULL, LENGTH, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
	if (at == MAP_FAILED)
		err(1, "mmap");
	madvise(at, LENGTH, MADV_RANDOM);
	posix_fadvise(fd, 0, 0, POSIX_FADV_RANDOM);
	/* the command ends one page, and the rest is on the next */
	*(unsigned int *)(at + PAGE - sizeof(unsigned int)) = ETHTOOL_GLINK;
	madvise(at + PAGE, PAGE, MADV_DONTNEED);
	posix_fadvise(fd, PAGE, LENGTH - PAGE, POSIX_FADV_DONTNEED);
	request.ifr_data = at + PAGE - sizeof(unsigned int);

	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	sigprocmask(SIG_BLOCK, &set, NULL);
	if (write(1, "ready\n", 6) != 6 || sigwaitinfo(&set, NULL) < 0)
		return 1;
	ioctl(network, SIOCETHTOOL, &request);
	return 0;
}
