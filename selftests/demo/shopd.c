// SPDX-License-Identifier: GPL-2.0-only
/*
 * A shop's daemon with two bugs.  It never closes the file of an order, until
 * accept4() fails for want of a free descriptor; and it then asks again and
 * again, since epoll goes on to say that a customer waits.
 */
#define _GNU_SOURCE
#include <err.h>
#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define MAX_FILES	128

static const struct sockaddr_un address = { AF_UNIX, "/run/shopd" };

static int new_socket(void)
{
	int sock = socket(AF_UNIX, SOCK_STREAM, 0);

	if (sock < 0)
		err(1, "socket");
	return sock;
}

/* Comes again and again, and waits each time to be served. */
static void be_customer(void)
{
	char answer[8];
	int sock;

	prctl(PR_SET_NAME, "customer");
	for (;;) {
		sock = new_socket();
		if (connect(sock, (const struct sockaddr *)&address,
			    sizeof(address)) ||
		    read(sock, answer, sizeof(answer)) < 0)
			err(1, "customer");
		close(sock);
	}
}

static void take_order(int customer)
{
	if (write(customer, "thanks\n", 7) < 0)
		warn("customer");
	close(customer);
	open("/srv/shop/order", O_RDONLY);
}

static void serve(int listener)
{
	struct epoll_event event = { .events = EPOLLIN };
	int epoll = epoll_create1(0);
	int customer;

	if (epoll < 0 || epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &event))
		err(1, "epoll");
	for (;;) {
		epoll_wait(epoll, &event, 1, -1);
		customer = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
		if (customer >= 0)
			take_order(customer);
		else
			usleep(5000);
	}
}

int main(void)
{
	const struct rlimit limit = { MAX_FILES, MAX_FILES };
	int listener = new_socket();

	if (setrlimit(RLIMIT_NOFILE, &limit) ||
	    bind(listener, (const struct sockaddr *)&address,
		 sizeof(address)) ||
	    listen(listener, 8))
		err(1, "shopd");
	if (!fork())
		be_customer();
	serve(listener);
}
