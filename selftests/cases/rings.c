// SPDX-License-Identifier: GPL-2.0-only
/*
 * Waits for what the kernel does meanwhile:
 *
 *	rings aio FILE		direct reads of FILE by Linux AIO, one by one
 *	rings direct FILE	a direct read by io_uring
 *	rings read FILE		a read by io_uring
 *	rings fsync FILE	a byte is written, and an fsync by io_uring
 */
#define _GNU_SOURCE
#include <err.h>
#include <fcntl.h>
#include <linux/aio_abi.h>
#include <linux/io_uring.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#define BLOCK	4096

static char space[BLOCK] __attribute__((aligned(BLOCK)));

static int open_file(const char *file, int flags)
{
	int fd = open(file, flags);

	if (fd < 0)
		err(1, "%s", file);
	return fd;
}

static void by_aio(const char *file)
{
	struct iocb block = {
		.aio_fildes = open_file(file, O_RDONLY | O_DIRECT),
		.aio_lio_opcode = IOCB_CMD_PREAD,
		.aio_buf = (unsigned long)space,
		.aio_nbytes = BLOCK,
	};
	struct iocb *blocks[] = { &block };
	aio_context_t context = 0;
	struct io_event event;

	if (syscall(SYS_io_setup, 8L, &context))
		err(1, "io_setup");
	while (syscall(SYS_io_submit, context, 1L, blocks) == 1 &&
	       syscall(SYS_io_getevents, context, 1L, 1L, &event, NULL) == 1)
		usleep(50000);
}

static void *map_ring(int ring, size_t len, long long offset)
{
	void *at = mmap(NULL, len, PROT_READ | PROT_WRITE,
			MAP_SHARED | MAP_POPULATE, ring, offset);

	if (at == MAP_FAILED)
		err(1, "mmap");
	return at;
}

/* Submit what *@what says, and wait until it is done */
static void by_ring(const struct io_uring_sqe *what)
{
	struct io_uring_params params = { 0 };
	int ring = syscall(SYS_io_uring_setup, 4L, &params);
	struct io_uring_sqe *entry;
	char *queue;

	if (ring < 0)
		err(1, "io_uring_setup");
	queue = map_ring(ring, params.sq_off.array +
			 params.sq_entries * sizeof(unsigned int),
			 IORING_OFF_SQ_RING);
	entry = map_ring(ring, params.sq_entries * sizeof(*entry),
			 IORING_OFF_SQES);
	*entry = *what;
	*(unsigned int *)(queue + params.sq_off.array) = 0;
	__atomic_store_n((unsigned int *)(queue + params.sq_off.tail), 1,
			 __ATOMIC_RELEASE);
	syscall(SYS_io_uring_enter, (long)ring, 1L, 1L, IORING_ENTER_GETEVENTS,
		NULL, 0L);
}

int main(int argc, char **argv)
{
	struct io_uring_sqe what = {
		.opcode = IORING_OP_READ,
		.addr = (unsigned long)space,
		.len = BLOCK,
	};

	if (argc != 3)
		errx(2, "usage: rings aio|direct|read|fsync FILE");
	if (!strcmp(argv[1], "aio")) {
		by_aio(argv[2]);
		return 0;
	}
	if (!strcmp(argv[1], "direct")) {
		what.fd = open_file(argv[2], O_RDONLY | O_DIRECT);
	} else if (!strcmp(argv[1], "read")) {
		what.fd = open_file(argv[2], O_RDWR);
	} else {
		what = (struct io_uring_sqe){ .opcode = IORING_OP_FSYNC };
		what.fd = open_file(argv[2], O_RDWR);
		if (write(what.fd, "x", 1) != 1)
			err(1, "write");
	}
	by_ring(&what);
	return 0;
}
