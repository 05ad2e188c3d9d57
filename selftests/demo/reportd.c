// SPDX-License-Identifier: GPL-2.0-only
/* Writes reports, a line at a time as its numbers come in. */
#include <err.h>
#include <fcntl.h>
#include <unistd.h>

#define LINES	12
#define LINE_US	100000

static void write_report(const char *name)
{
	int report = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	int i;

	if (report < 0)
		err(1, "%s", name);
	for (i = 0; i < LINES; i++) {
		if (write(report, "sold 1\n", 7) < 0)
			err(1, "%s", name);
		usleep(LINE_US);
	}
	close(report);
}

int main(void)
{
	for (;;)
		write_report("/srv/shop/report");
}
