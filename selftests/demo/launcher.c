// SPDX-License-Identifier: GPL-2.0-only
/*
 * Starts workers with vfork(), and each dawdles before its exec.  Until then
 * the parent waits in D, and no disk has to do with it.
 */
#include <unistd.h>

#define DAWDLE_US	400000

int main(void)
{
	for (;;) {
		if (!vfork()) {
			usleep(DAWDLE_US);
			_exit(0);
		}
		usleep(1000);
	}
}
