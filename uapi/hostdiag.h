/* SPDX-License-Identifier: GPL-2.0-only WITH Linux-syscall-note */
/*
 * hostdiag: the binary contract of /proc/hostdiag/snapshot.
 *
 * A snapshot is one hostdiag_header, then records, then one record of type
 * HOSTDIAG_END; a file without it was cut short.
 *
 *   header | TASK SYSCALL* | TASK SYSCALL* | ... | EXITED* | END
 *
 * A SYSCALL record belongs to the TASK record before it.  Every record says
 * its own length and the length of its fixed part, so that a reader steps
 * over types and fields that it does not know.  Fields are only ever
 * appended to a fixed part; the buckets of its histograms follow it, in the
 * order of the stats in the fixed part.
 *
 * All numbers are in the byte order of the host that wrote the snapshot;
 * all times are nanoseconds of its monotonic clock, but for wall_ns.
 */
#ifndef _UAPI_HOSTDIAG_H
#define _UAPI_HOSTDIAG_H

#include <linux/types.h>

#define HOSTDIAG_MAGIC		"hostdiag"	/* 8 bytes, no NUL */
#define HOSTDIAG_BYTE_ORDER	0x01020304u
#define HOSTDIAG_VERSION	1
#define HOSTDIAG_COMM_LEN	16

/* hostdiag_header.flags: the groups of hooks that were attached */
#define HOSTDIAG_F_SYSCALLS	(1u << 0)
#define HOSTDIAG_F_DSLEEP	(1u << 1)
#define HOSTDIAG_F_FILES	(1u << 2)

enum hostdiag_record_type {
	HOSTDIAG_TASK		= 1,	/* struct hostdiag_task, a live task */
	HOSTDIAG_SYSCALL	= 2,	/* struct hostdiag_syscall */
	HOSTDIAG_EXITED		= 3,	/* struct hostdiag_task, the dead of one comm */
	HOSTDIAG_END		= 0x7fff, /* struct hostdiag_end */
};

/* The syscall table that a number is to be looked up in. */
enum hostdiag_abi {
	HOSTDIAG_ABI_X86_64	= 0,
	HOSTDIAG_ABI_I386	= 1,
	HOSTDIAG_ABI_X32	= 2,	/* the x32 bit is taken off the number */
	HOSTDIAG_ABI_ARM64	= 3,
	HOSTDIAG_ABI_ARM	= 4,
};

/* A number beyond all tables, whatever it was: one row an ABI holds them. */
#define HOSTDIAG_NR_BAD		0xffffffffu

/* The histograms of a task, in the order of hostdiag_task.stat */
enum hostdiag_kind {
	HOSTDIAG_KIND_SYSCALL	= 0,
	HOSTDIAG_KIND_DSLEEP	= 1,
	HOSTDIAG_KIND_OPEN	= 2,
	HOSTDIAG_KINDS		= 3,
};

struct hostdiag_header {
	__u8	magic[8];
	__u32	byte_order;
	__u16	version;
	__u16	header_size;	/* where the first record begins */
	__u32	hist_buckets;	/* buckets of a histogram: their scheme */
	__u32	flags;
	__u64	now_ns;
	__u64	since_ns;	/* start of counting */
	__u64	wall_ns;	/* now_ns as time since 1970 */
	__u64	lost;		/* events not counted */
	char	release[64];	/* the kernel's, NUL-terminated */
	char	module_version[16];
};

struct hostdiag_record {
	__u32	size;		/* whole record; a multiple of 8 */
	__u16	type;		/* enum hostdiag_record_type */
	__u16	fixed;		/* bytes before the first bucket */
};

/* One histogram; as many buckets as it says follow the record's fixed part */
struct hostdiag_stat {
	__u64	count;
	__u64	sum_ns;
	__u64	max_ns;
	__u32	buckets;	/* 0 with a count: no histogram was kept */
	__u32	reserved;
};

struct hostdiag_bucket {
	__u32	index;		/* 0 .. hist_buckets - 1, rising */
	__u32	reserved;
	__u64	count;		/* never 0 */
};

struct hostdiag_task {
	struct hostdiag_record	rec;
	__u32	tid;		/* 0 in EXITED */
	__u32	tgid;		/* 0 in EXITED */
	char	comm[HOSTDIAG_COMM_LEN];	/* raw bytes, NUL-terminated */
	__u64	tasks;		/* 1, or how many have ended */
	__u64	errors;		/* syscalls that returned -1 .. -4095 */
	__u64	iowait_ns;	/* of the D sleep */
	__u64	opens;
	__u64	open_now;
	struct hostdiag_stat	stat[HOSTDIAG_KINDS];
};

struct hostdiag_syscall {
	struct hostdiag_record	rec;
	__u32	abi;		/* enum hostdiag_abi */
	__u32	nr;		/* or HOSTDIAG_NR_BAD */
	__u64	errors;
	struct hostdiag_stat	stat;
};

struct hostdiag_end {
	struct hostdiag_record	rec;
	__u64	records;	/* before this one */
	__u64	lost;		/* events not counted, when it was written */
};

#endif /* _UAPI_HOSTDIAG_H */
