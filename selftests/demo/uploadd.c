// SPDX-License-Identifier: GPL-2.0-only
/* Takes uploads, and forgets to close every one of them. */
#include <err.h>
#include <fcntl.h>
#include <unistd.h>

#define UPLOAD_US	30000

int main(void)
{
	while (open("/srv/shop/upload", O_RDWR | O_CREAT, 0600) >= 0)
		usleep(UPLOAD_US);
	err(1, "upload");
}
