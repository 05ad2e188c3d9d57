/* SPDX-License-Identifier: GPL-2.0-only WITH Linux-syscall-note */
/*
 * hostdiag: the binary contract of /proc/hostdiag/snapshot.
 *
 * A snapshot is one hostdiag_header, then records, then one record of type
 * HOSTDIAG_END; a file without it was cut short.  That record has a checksum of
 * all that is before it.
 *
 *   header | (TASK STUCK? (SYSCALL | CALLS)* ERROR* PLACE*)* | EXITED* | OPEN* |
 *   DEATH* | SLOW* | END
 *
 * STUCK, SYSCALL, CALLS, ERROR and PLACE records belong to the TASK record before
 * them; the other types are independent.  Every record has its own length and the
 * length of its fixed part, so that a reader can skip types and fields that it does
 * not know.  Fields are only ever appended to a fixed part.  Parts of variable
 * length follow it: the buckets of its histograms, in the order of the stats in
 * the fixed part; or its strings, in the order of their lengths there, without
 * NUL, the last one padded with zeroes to a multiple of 8; or its rows.  Strings
 * are raw bytes, so a program that prints them has to escape them.
 *
 * All numbers are in the byte order of the host that wrote the snapshot; all times
 * except wall_ns are nanoseconds of its monotonic clock.  Process numbers are those
 * of the pid namespace of the procfs that was read, or of the opener's namespace if
 * that is inside of it; tasks outside of that namespace are left out.  The namespace
 * of EXITED, SLOW and DEATH records is not known, so these records are written in the
 * initial pid namespace only.
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
/* set by the reader: slow events that an earlier file of "record" has are left out */
#define HOSTDIAG_F_TRIMMED	(1u << 3)
/* the groups that are off because they cost too much, see budget_percent */
#define HOSTDIAG_F_SHED(groups)		((groups) << 8)
/* the groups that were off for that reason at some time after since_ns */
#define HOSTDIAG_F_MISSED(groups)	((groups) << 16)

enum hostdiag_record_type {
	HOSTDIAG_TASK		= 1,	/* struct hostdiag_task, a live task */
	HOSTDIAG_SYSCALL	= 2,	/* struct hostdiag_syscall */
	HOSTDIAG_EXITED		= 3,	/* struct hostdiag_task, exited tasks of one comm */
	HOSTDIAG_ERROR		= 4,	/* struct hostdiag_error, a task x syscall x errno */
	HOSTDIAG_STUCK		= 5,	/* struct hostdiag_stuck, inside a call or in D */
	HOSTDIAG_PLACE		= 6,	/* struct hostdiag_place, where the task slept in D */
	HOSTDIAG_OPEN		= 7,	/* struct hostdiag_open, a file that is open */
	HOSTDIAG_SLOW		= 8,	/* struct hostdiag_slow, oldest first */
	HOSTDIAG_DEATH		= 9,	/* struct hostdiag_death, oldest first */
	HOSTDIAG_CALLS		= 10,	/* struct hostdiag_calls, several task x syscall */
	HOSTDIAG_END		= 0x7fff, /* struct hostdiag_end */
};

/* The syscall table that a number belongs to */
enum hostdiag_abi {
	HOSTDIAG_ABI_X86_64	= 0,
	HOSTDIAG_ABI_I386	= 1,
	HOSTDIAG_ABI_X32	= 2,	/* numbers without the x32 bit */
	HOSTDIAG_ABI_ARM64	= 3,
	HOSTDIAG_ABI_ARM	= 4,
};

/* A number that is in no table; all of them share one row for each ABI */
#define HOSTDIAG_NR_BAD		0xffffffffu
/* No syscall: a D sleep outside of any, or an event of another kind */
#define HOSTDIAG_NR_NONE	0xfffffffeu

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
	__u64	stuck_ns;	/* setting: what has lasted as long is stuck; ~0: nothing is */
	__u64	shed_ns;	/* for how long groups were shed, since since_ns */
	char	host[72];	/* its name, NUL-terminated; "": not known */
	/* with HOSTDIAG_F_TRIMMED: slow events that ended before this are left out */
	__u64	slow_from_ns;
};

#define HOSTDIAG_RECORD_MOST	65528	/* bytes; no record is larger */

struct hostdiag_record {
	__u32	size;		/* whole record; a multiple of 8 */
	__u16	type;		/* enum hostdiag_record_type */
	__u16	fixed;		/* bytes of the fixed part, this head among them */
};

/* One histogram; its buckets follow the fixed part of the record */
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

/*
 * The time of calls off the CPU; on-CPU time is their sum less these.  Calls of less
 * than a few microseconds count as on-CPU as a whole.
 */
struct hostdiag_wait {
	__u64	runq_ns;	/* ready to run, waiting for a CPU */
	__u64	d_ns;		/* in D sleep */
	__u64	sleep_ns;	/* in any other sleep */
	__u32	kept;		/* 0: not known */
	__u32	reserved;
};

/*
 * In the record of a live task, stat and errors of syscalls leave out the calls of its
 * SYSCALL and CALLS records, which a reader has to add.  Its wait is the sum of all.
 */
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
	struct hostdiag_wait	wait;	/* of all its syscalls */
	__u64	life;		/* of this task alone, whatever its tid; 0: not known */
};

struct hostdiag_syscall {
	struct hostdiag_record	rec;
	__u32	abi;		/* enum hostdiag_abi */
	__u32	nr;		/* or HOSTDIAG_NR_BAD */
	__u64	errors;
	struct hostdiag_stat	stat;
	struct hostdiag_wait	wait;
};

/*
 * Rows task x syscall of few calls, in a fraction of the size of SYSCALL records.  The
 * fixed part is followed by one or more struct hostdiag_few, up to the end of the
 * record.
 */
struct hostdiag_calls {
	struct hostdiag_record	rec;
};

#define HOSTDIAG_FEW	16

/* hostdiag_few.call: enum hostdiag_abi, and the number in its table */
#define HOSTDIAG_CALL_ABI(call)	((call) >> 28)
#define HOSTDIAG_CALL_NR(call)	((call) & 0x0fffffffu)
#define HOSTDIAG_CALL_NR_BAD	0x0fffffffu	/* HOSTDIAG_NR_BAD */

/*
 * It is followed by a __u8 for each call, the index of its bucket, padded with
 * undefined bytes to a multiple of 8, and then by a struct hostdiag_wait, if it has one.
 */
struct hostdiag_few {
	__u32	call;
	__u8	calls;		/* 1 .. HOSTDIAG_FEW */
	__u8	errors;
	__u16	waits;		/* 0: none left the CPU; 1: it has a hostdiag_wait */
	__u64	sum_ns;
	__u64	max_ns;
};

/* Errors are counted in slices of time of some seconds each */
#define HOSTDIAG_SLICES	4

struct hostdiag_error {
	struct hostdiag_record	rec;
	__u32	abi;
	__u32	nr;
	__u32	error;		/* 1 .. 4095 */
	__u32	reserved;
	__u64	count;
	__u64	last_ns;	/* when it happened last */
	__u64	slice_ns;	/* length of a slice */
	__u64	recent_ns;	/* all of them, or since counting began; the newest is not over */
	__u32	recent[HOSTDIAG_SLICES]; /* how many in each, the newest first */
	__u32	peak;		/* the most that each of three slices out of four had */
	__u32	reserved2;
	__u64	peak_ns;	/* when that was, to a slice; 0: never */
};

/* enum hostdiag_class: the reason why a call takes long */
enum hostdiag_class {
	HOSTDIAG_CLASS_OTHER	= 0,
	HOSTDIAG_CLASS_IDLE	= 1,	/* waiting for work, by design */
	HOSTDIAG_CLASS_IO	= 2,	/* files, sync */
	HOSTDIAG_CLASS_LOCK	= 3,	/* flock, fcntl locks */
};

struct hostdiag_stuck {
	struct hostdiag_record	rec;
	__u64	age_ns;		/* of the call; of the D sleep where there is no call */
	__u64	d_age_ns;	/* of the D sleep; 0: not in D */
	__u32	abi;
	__u32	nr;		/* or HOSTDIAG_NR_BAD, HOSTDIAG_NR_NONE */
	__u32	class;		/* enum hostdiag_class */
	__u32	state;		/* letter, as in /proc/PID/stat */
	__s32	fd;		/* -1: the call has none, or it is not known */
	__u16	place_len;	/* where it sleeps, as in struct hostdiag_place */
	__u16	path_len;	/* what fd refers to */
	__u64	args[6];	/* of the call; all 0 while it runs, or without one */
	__u32	flags;		/* HOSTDIAG_STUCK_BEFORE */
	__u32	reserved;
};

/*
 * The call, or the D sleep, began before the module was loaded, or before the group was
 * on: age_ns is the time since the task last ran, or since the module was loaded,
 * whichever is longer.
 */
#define HOSTDIAG_STUCK_BEFORE	1u

/*
 * A place: at most 6 kernel functions, innermost first, joined by '<', without the
 * functions of the scheduler and of the entry into the kernel.  "?" is not known.
 */
struct hostdiag_place {
	struct hostdiag_record	rec;
	__u64	count;
	__u64	total_ns;
	__u64	max_ns;
	__u64	iowait_ns;
	__u16	place_len;
	__u16	device_len;	/* "ext4:sda1", "nfs:0:45", "block:8:0"; 0: not known */
	__u32	reserved;
};

struct hostdiag_open {
	struct hostdiag_record	rec;
	__u64	age_ns;
	__u32	tid;		/* who opened it */
	__u32	tgid;
	char	comm[HOSTDIAG_COMM_LEN];
	__s32	fd;		/* as it was opened */
	__u16	path_len;	/* 0: not known */
	__u16	reserved;
	__u32	holder;		/* a process that has it open; 0: not known */
	__u32	reserved2;
};

enum hostdiag_slow_kind {
	HOSTDIAG_SLOW_SYSCALL	= 0,
	HOSTDIAG_SLOW_DSLEEP	= 1,
	HOSTDIAG_SLOW_OPEN	= 2,	/* a file held open, when it is released */
};

struct hostdiag_slow {
	struct hostdiag_record	rec;
	__u64	seq;		/* rises by 1; a gap: overwritten, or just being written */
	__u64	when_ns;	/* its end */
	__u64	dur_ns;
	__s64	result;		/* of a syscall; else 0 */
	__u32	kind;		/* enum hostdiag_slow_kind */
	__u32	tid;
	__u32	tgid;
	char	comm[HOSTDIAG_COMM_LEN];
	__u32	abi;		/* of a syscall */
	__u32	nr;		/* of a syscall; else HOSTDIAG_NR_NONE */
	__u16	place_len;	/* of a D sleep */
	__u16	path_len;	/* 0: not known */
};

struct hostdiag_death {
	struct hostdiag_record	rec;
	__u64	when_ns;
	__u64	life_ns;	/* from its fork */
	__u64	calls;
	__u64	errors;
	__u64	d_ns;
	__u32	tid;
	__u32	tgid;
	__u32	ppid;
	__u32	exit_code;	/* as wait() gives it */
	char	comm[HOSTDIAG_COMM_LEN];
	__u32	oom;		/* 1: it was killed for want of memory; 0: not, or not known */
	__u32	reserved;
};

/*
 * The checksum takes the bytes before it as 64-bit numbers, and for each of them in turn:
 * sum = rotate_left(sum ^ number, 29) * HOSTDIAG_SUM_FACTOR.
 */
#define HOSTDIAG_SUM_START	0xcbf29ce484222325ull
#define HOSTDIAG_SUM_FACTOR	0x100000001b3ull

struct hostdiag_end {
	struct hostdiag_record	rec;
	__u64	records;	/* before this one */
	__u64	lost;		/* events not counted, when it was written */
	__u64	sum;		/* checksum; 0: none was made */
};

#endif /* _UAPI_HOSTDIAG_H */
