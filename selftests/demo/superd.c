// SPDX-License-Identifier: GPL-2.0-only
/* Starts a worker again as soon as it has ended; and it ends at once. */
#include <err.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define RESTART_US	2000

int main(void)
{
	pid_t worker;

	for (;;) {
		worker = fork();
		if (worker < 0)
			err(1, "fork");
		if (!worker) {
			prctl(PR_SET_NAME, "worker");
			_exit(3);
		}
		waitpid(worker, NULL, 0);
		usleep(RESTART_US);
	}
}
