// SPDX-License-Identifier: GPL-2.0-only
/*
 * fused DIR PORT: a filesystem with one file, "data" of 64 kB, mounted on DIR,
 * whose daemon asks a server on that TCP port of this host before it answers a
 * request, as one does whose files are elsewhere.  It says "ready".
 */
#include <arpa/inet.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/fuse.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_BYTES	65536
#define ROOT_INODE	1
#define FILE_INODE	2

static int device;

static void reply(const struct fuse_in_header *in, int error, const void *what,
		  size_t len)
{
	static char space[FILE_BYTES + 4096];
	struct fuse_out_header out = {
		.len = sizeof(out) + len, .error = error, .unique = in->unique,
	};

	memcpy(space, &out, sizeof(out));
	if (len)
		memcpy(space + sizeof(out), what, len);
	/* ENOENT: who asked was killed meanwhile */
	if (write(device, space, out.len) < 0 && errno != ENOENT)
		warn("reply");
}

static struct fuse_attr attributes(unsigned long long inode)
{
	int is_root = inode == ROOT_INODE;

	return (struct fuse_attr){
		.ino = inode,
		.mode = is_root ? S_IFDIR | 0755 : S_IFREG | 0644,
		.size = is_root ? 4096 : FILE_BYTES,
		.blocks = FILE_BYTES / 512,
		.nlink = 1,
		.blksize = 4096,
	};
}

static void do_init(const struct fuse_in_header *in)
{
	struct fuse_init_out out = {
		.major = 7, .minor = 31, .max_readahead = FILE_BYTES,
		.max_write = FILE_BYTES, .max_background = 8,
		.congestion_threshold = 6,
	};

	reply(in, 0, &out, sizeof(out));
}

static void do_lookup(const struct fuse_in_header *in, const char *name)
{
	struct fuse_entry_out out = {
		.nodeid = FILE_INODE, .generation = 1,
		.attr = attributes(FILE_INODE),
	};

	if (strcmp(name, "data"))
		reply(in, -ENOENT, NULL, 0);
	else
		reply(in, 0, &out, sizeof(out));
}

static void do_getattr(const struct fuse_in_header *in)
{
	struct fuse_attr_out out = { .attr = attributes(in->nodeid) };

	reply(in, 0, &out, sizeof(out));
}

static void do_open(const struct fuse_in_header *in)
{
	struct fuse_open_out out = { .fh = 1 };

	reply(in, 0, &out, sizeof(out));
}

static void do_readdir(const struct fuse_in_header *in,
		       const struct fuse_read_in *asked)
{
	char space[64] = "";
	struct fuse_dirent *entry = (void *)space;

	entry->ino = FILE_INODE;
	entry->off = 1;
	entry->namelen = 4;
	entry->type = S_IFREG >> 12;
	memcpy(entry->name, "data", 4);
	reply(in, 0, space, asked->offset ? 0 : FUSE_DIRENT_SIZE(entry));
}

static void do_read(const struct fuse_in_header *in,
		    const struct fuse_read_in *asked)
{
	static const char zeros[FILE_BYTES];
	size_t len = asked->size < FILE_BYTES ? asked->size : FILE_BYTES;

	reply(in, 0, zeros, asked->offset >= FILE_BYTES ? 0 : len);
}

static void do_write(const struct fuse_in_header *in,
		     const struct fuse_write_in *asked)
{
	struct fuse_write_out out = { .size = asked->size };

	reply(in, 0, &out, sizeof(out));
}

static void do_statfs(const struct fuse_in_header *in)
{
	struct fuse_statfs_out out = { .st = {
		.blocks = 1000, .bfree = 500, .bavail = 500, .bsize = 4096,
		.frsize = 4096, .namelen = 255,
	} };

	reply(in, 0, &out, sizeof(out));
}

static void serve(const struct fuse_in_header *in, const void *arg)
{
	switch (in->opcode) {
	case FUSE_INIT:
		do_init(in);
		break;
	case FUSE_LOOKUP:
		do_lookup(in, arg);
		break;
	case FUSE_GETATTR:
	case FUSE_SETATTR:
		do_getattr(in);
		break;
	case FUSE_OPEN:
	case FUSE_OPENDIR:
		do_open(in);
		break;
	case FUSE_READDIR:
		do_readdir(in, arg);
		break;
	case FUSE_READ:
		do_read(in, arg);
		break;
	case FUSE_WRITE:
		do_write(in, arg);
		break;
	case FUSE_STATFS:
		do_statfs(in);
		break;
	case FUSE_ACCESS:
	case FUSE_FLUSH:
	case FUSE_FSYNC:
	case FUSE_RELEASE:
	case FUSE_RELEASEDIR:
		reply(in, 0, NULL, 0);
		break;
	case FUSE_FORGET:
	case FUSE_BATCH_FORGET:
	case FUSE_INTERRUPT:
		break;
	default:
		reply(in, -EOPNOTSUPP, NULL, 0);
	}
}

/* What the kernel does not wait for, the server is not asked for */
static int has_answer(unsigned int opcode)
{
	return opcode != FUSE_INIT && opcode != FUSE_FORGET &&
	       opcode != FUSE_BATCH_FORGET && opcode != FUSE_INTERRUPT;
}

static int connect_to(const char *port)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET,
		.sin_port = htons(atoi(port)),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	if (fd < 0 || connect(fd, (void *)&address, sizeof(address)))
		err(1, "port %s", port);
	return fd;
}

static void mount_on(const char *dir)
{
	char options[80];

	device = open("/dev/fuse", O_RDWR);
	if (device < 0)
		err(1, "/dev/fuse");
	snprintf(options, sizeof(options),
		 "fd=%d,rootmode=40000,user_id=0,group_id=0,allow_other", device);
	if (mount("sftp", dir, "fuse.sftp", MS_NOSUID | MS_NODEV, options))
		err(1, "%s", dir);
	if (write(1, "ready\n", 6) != 6)
		exit(1);
}

int main(int argc, char **argv)
{
	static char request[FILE_BYTES + 65536];
	const struct fuse_in_header *in = (void *)request;
	char c = 'x';
	int server;

	if (argc != 3)
		errx(2, "usage: fused DIR PORT");
	server = connect_to(argv[2]);
	mount_on(argv[1]);
	for (;;) {
		if (read(device, request, sizeof(request)) < 0) {
			if (errno == ENODEV)
				return 0;
			continue;
		}
		if (has_answer(in->opcode) &&
		    (write(server, &c, 1) != 1 || read(server, &c, 1) != 1))
			err(1, "the server");
		serve(in, in + 1);
	}
}
