// SPDX-License-Identifier: GPL-2.0-only
/*
 * A web server, and the database that it asks.  A request holds the lock of
 * its session while it waits for the database, which has died in such a way
 * that its connections live on; the customer reloads the page, and each time
 * another worker waits for the lock.
 */
#include <arpa/inet.h>
#include <err.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#define WORKERS		12
#define RELOAD_US	100000
#define SESSION		"/tmp/sess_abc"

static struct sockaddr_in address = { .sin_family = AF_INET };

static int new_socket(void)
{
	int sock = socket(AF_INET, SOCK_STREAM, 0);

	if (sock < 0)
		err(1, "socket");
	return sock;
}

/* Takes a question, and never answers. */
static void be_database(int listener)
{
	prctl(PR_SET_NAME, "mysqld");
	if (accept(listener, NULL, NULL) < 0)
		err(1, "accept");
	for (;;)
		pause();
}

static void serve(void)
{
	int session = open(SESSION, O_RDWR | O_CREAT, 0600);
	int database = new_socket();
	char answer[64];

	if (session < 0 || flock(session, LOCK_EX))
		err(1, SESSION);
	if (connect(database, (struct sockaddr *)&address, sizeof(address)) ||
	    send(database, "SELECT 1", 8, 0) < 0 ||
	    recv(database, answer, sizeof(answer), 0) < 0)
		err(1, "database");
	close(session);
}

int main(void)
{
	int listener = new_socket();
	int i;

	address.sin_port = htons(3306);
	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (bind(listener, (struct sockaddr *)&address, sizeof(address)) ||
	    listen(listener, 8))
		err(1, "listen");
	if (!fork())
		be_database(listener);
	close(listener);
	for (i = 0; i < WORKERS; i++) {
		if (!fork()) {
			serve();
			return 0;
		}
		usleep(RELOAD_US);
	}
	for (;;)
		pause();
}
