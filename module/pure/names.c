// SPDX-License-Identifier: GPL-2.0-only
/*
 * Names of syscalls, errors and signals.  The tables of syscalls are
 * names/<abi>.h, one call a line, with the names that strace prints; names/errno.h
 * is the table of errors.  A table is an array by number, so all look-ups cost the
 * same.  The first argument of an HD_SYSCALL_FD is the descriptor that the call
 * works on; the directory descriptor of openat() and the like does not count.
 */
#include "pure/names.h"

struct hd_call {
	const char *name;
	u8 len;
	u8 class;
	bool has_fd;
};

#define HD_SYSCALL(nr, name, class) \
	[(nr) - FIRST] = { #name, sizeof(#name) - 1, \
			   HOSTDIAG_CLASS_##class, false },
#define HD_SYSCALL_FD(nr, name, class) \
	[(nr) - FIRST] = { #name, sizeof(#name) - 1, \
			   HOSTDIAG_CLASS_##class, true },

#ifdef HD_TABLES_X86
#define FIRST	0
static const struct hd_call x86_64[] = {
#include "pure/names/x86_64.h"
};

static const struct hd_call i386[] = {
#include "pure/names/i386.h"
};

#undef FIRST
#define FIRST	512
static const struct hd_call x32[] = {
#include "pure/names/x32.h"
};

#undef FIRST
#endif /* HD_TABLES_X86 */

#ifdef HD_TABLES_ARM
#define FIRST	0
static const struct hd_call arm64[] = {
#include "pure/names/arm64.h"
};

static const struct hd_call arm[] = {
#include "pure/names/arm.h"
};

#undef FIRST
#define FIRST	0xf0000
static const struct hd_call arm_private[] = {
#include "pure/names/arm_private.h"
};

#undef FIRST
#endif /* HD_TABLES_ARM */

static const struct hd_table {
	u32 abi;
	u32 first;
	u32 len;
	const struct hd_call *call;
} tables[] = {
#ifdef HD_TABLES_X86
	{ HOSTDIAG_ABI_X86_64,	0,		ARRAY_SIZE(x86_64), x86_64 },
	{ HOSTDIAG_ABI_I386,	0,		ARRAY_SIZE(i386), i386 },
	{ HOSTDIAG_ABI_X32,	0,		ARRAY_SIZE(x86_64), x86_64 },
	{ HOSTDIAG_ABI_X32,	512,		ARRAY_SIZE(x32), x32 },
#endif
#ifdef HD_TABLES_ARM
	{ HOSTDIAG_ABI_ARM64,	0,		ARRAY_SIZE(arm64), arm64 },
	{ HOSTDIAG_ABI_ARM,	0,		ARRAY_SIZE(arm), arm },
	{ HOSTDIAG_ABI_ARM,	0xf0000,	ARRAY_SIZE(arm_private), arm_private },
#endif
};

/*
 * Return: @index, which the caller has found to be below @len; 0 when a processor
 * speculates past that check, since a task chooses the number of its call.
 */
static u32 bounded(u32 index, u32 len)
{
	s64 below = (s64)index - len;

	/* hide from the compiler that this is negative */
	__asm__("" : "+r" (below));
	return index & (u32)(below >> 63);
}

/* Return: NULL where no table has the call. */
static const struct hd_call *find_call(u32 abi, u32 nr)
{
	const struct hd_call *call;
	const struct hd_table *table;
	u32 i;

	for (i = 0; i < ARRAY_SIZE(tables); i++) {
		table = &tables[i];
		if (table->abi != abi || nr - table->first >= table->len)
			continue;
		call = &table->call[bounded(nr - table->first, table->len)];
		return call->name ? call : NULL;
	}
	return NULL;
}

/**
 * hd_syscall_name() - the name of a syscall
 * @abi: enum hostdiag_abi
 * @nr: number in that ABI's table, HOSTDIAG_NR_BAD or HOSTDIAG_NR_NONE
 * @buf: buffer for a name that is in no table: "syscall_463"
 *
 * Return: the name, "bad" for HOSTDIAG_NR_BAD, "-" for HOSTDIAG_NR_NONE: @buf,
 * or a constant.
 */
const char *hd_syscall_name(u32 abi, u32 nr, char buf[HD_NAME_LEN])
{
	const struct hd_call *call = find_call(abi, nr);

	if (call)
		return call->name;
	if (nr == HOSTDIAG_NR_BAD)
		return "bad";
	if (nr == HOSTDIAG_NR_NONE)
		return "-";
	snprintf(buf, HD_NAME_LEN, "syscall_%u", nr);
	return buf;
}

/**
 * hd_syscall_copy_name() - copy the name of a syscall
 * @abi: enum hostdiag_abi
 * @nr: number in that ABI's table, HOSTDIAG_NR_BAD or HOSTDIAG_NR_NONE
 * @to: filled, without a NUL
 *
 * Return: its length.
 */
u32 hd_syscall_copy_name(u32 abi, u32 nr, char to[HD_NAME_LEN])
{
	const struct hd_call *call = find_call(abi, nr);
	char buf[HD_NAME_LEN];
	const char *name;
	u32 len;

	if (call) {
		memcpy(to, call->name, call->len);
		return call->len;
	}
	name = hd_syscall_name(abi, nr, buf);
	len = strlen(name);
	memcpy(to, name, len);
	return len;
}

/**
 * hd_syscall_class() - the reason why a syscall takes long, where it does
 * @abi: enum hostdiag_abi
 * @nr: number in that ABI's table, or HOSTDIAG_NR_BAD
 *
 * Return: the class; HOSTDIAG_CLASS_OTHER for a number that is in no table.
 */
enum hostdiag_class hd_syscall_class(u32 abi, u32 nr)
{
	const struct hd_call *call = find_call(abi, nr);

	return call ? (enum hostdiag_class)call->class : HOSTDIAG_CLASS_OTHER;
}

static bool is_in(const char *name, const char *const *list, u32 len)
{
	u32 i;

	for (i = 0; i < len; i++)
		if (!strcmp(name, list[i]))
			return true;
	return false;
}

/**
 * hd_name_opens() - does the syscall of this name open a path?
 * @name: of any syscall
 *
 * Context: any; few instructions for most others.
 */
bool hd_name_opens(const char *name)
{
	static const char *const opens[] = {
		"open", "openat", "openat2", "creat", "open_by_handle_at",
	};

	return (name[0] == 'o' || name[0] == 'c') &&
	       is_in(name, opens, ARRAY_SIZE(opens));
}

/**
 * hd_syscall_opens() - does a syscall open a path?
 * @abi: enum hostdiag_abi
 * @nr: number in that ABI's table, or HOSTDIAG_NR_BAD
 *
 * Context: any; few instructions for most others.
 */
bool hd_syscall_opens(u32 abi, u32 nr)
{
	const struct hd_call *call = find_call(abi, nr);

	return call && hd_name_opens(call->name);
}

/**
 * hd_name_gives_address() - does the syscall of this name return where in memory
 *	something is?
 * @name: of any syscall
 */
bool hd_name_gives_address(const char *name)
{
	static const char *const gives[] = {
		"brk", "mmap", "mmap2", "mremap", "shmat",
	};

	return is_in(name, gives, ARRAY_SIZE(gives));
}

/**
 * hd_syscall_gives_address() - the same, of a syscall
 * @abi: enum hostdiag_abi
 * @nr: number in that ABI's table, or HOSTDIAG_NR_BAD
 */
bool hd_syscall_gives_address(u32 abi, u32 nr)
{
	const struct hd_call *call = find_call(abi, nr);

	return call && hd_name_gives_address(call->name);
}

/**
 * hd_syscall_forks() - does a syscall create a task?
 * @abi: enum hostdiag_abi
 * @nr: number in that ABI's table, or HOSTDIAG_NR_BAD
 */
bool hd_syscall_forks(u32 abi, u32 nr)
{
	static const char *const forks[] = { "fork", "vfork", "clone", "clone3" };
	const struct hd_call *call = find_call(abi, nr);

	return call && is_in(call->name, forks, ARRAY_SIZE(forks));
}

/**
 * hd_syscall_tries_lock() - does EAGAIN from a syscall mean that a file is locked?
 * @abi: enum hostdiag_abi
 * @nr: number in that ABI's table, or HOSTDIAG_NR_BAD
 */
bool hd_syscall_tries_lock(u32 abi, u32 nr)
{
	static const char *const locks[] = { "flock", "fcntl", "fcntl64" };
	const struct hd_call *call = find_call(abi, nr);

	return call && is_in(call->name, locks, ARRAY_SIZE(locks));
}

/**
 * hd_syscall_act() - may a syscall be an act of the ledger?
 * @abi: enum hostdiag_abi
 * @nr: number in that ABI's table, or HOSTDIAG_NR_BAD
 *
 * Context: any.
 */
enum hd_act_call hd_syscall_act(u32 abi, u32 nr)
{
	static const struct {
		const char *name;
		enum hd_act_call call;
	} acts[] = {
		{ "kill", HD_CALL_KILL },
		{ "rt_sigqueueinfo", HD_CALL_KILL },
		{ "tkill", HD_CALL_TKILL },
		{ "tgkill", HD_CALL_TGKILL },
		{ "rt_tgsigqueueinfo", HD_CALL_TGKILL },
		{ "pidfd_send_signal", HD_CALL_PIDFD_SIGNAL },
		{ "ptrace", HD_CALL_PTRACE },
		{ "mount", HD_CALL_MOUNT },
		{ "move_mount", HD_CALL_MOVE_MOUNT },
		{ "umount", HD_CALL_UMOUNT },
		{ "umount2", HD_CALL_UMOUNT },
		{ "sync", HD_CALL_SYNC },
		{ "swapon", HD_CALL_SWAPON },
		{ "swapoff", HD_CALL_SWAPOFF },
	};
	const struct hd_call *call = find_call(abi, nr);
	u32 i;

	for (i = 0; call && i < ARRAY_SIZE(acts); i++)
		if (!strcmp(call->name, acts[i].name))
			return acts[i].call;
	return HD_CALL_NO_ACT;
}

/**
 * hd_syscall_has_fd() - is a syscall's first argument a descriptor?
 * @abi: enum hostdiag_abi
 * @nr: number in that ABI's table, or HOSTDIAG_NR_BAD
 */
bool hd_syscall_has_fd(u32 abi, u32 nr)
{
	const struct hd_call *call = find_call(abi, nr);

	return call && call->has_fd;
}

/**
 * hd_fed_device() - the usual path of a device whose data come from elsewhere
 * @major: number of the character device
 * @minor: number of the character device
 * @to: "/dev/pts/3"; "" for any other device
 * @size: size of @to
 */
void hd_fed_device(u32 major, u32 minor, char *to, size_t size)
{
	/* from Documentation/admin-guide/devices.txt of Linux */
	static const struct {
		u32 major;
		u32 first;
		u32 last;
		const char *path;	/* followed by the number, counted from 0 */
	} devices[] = {
		{ 1, 11, 11, "/dev/kmsg" },
		{ 4, 0, 63, "/dev/tty" },
		{ 4, 64, 255, "/dev/ttyS" },
		{ 5, 0, 0, "/dev/tty" },
		{ 5, 1, 1, "/dev/console" },
		{ 5, 2, 2, "/dev/ptmx" },
		{ 10, 229, 229, "/dev/fuse" },
		{ 13, 64, 95, "/dev/input/event" },
		{ 136, 0, ~0u, "/dev/pts/" },
		{ 166, 0, 255, "/dev/ttyACM" },
		{ 188, 0, 255, "/dev/ttyUSB" },
		{ 204, 64, 79, "/dev/ttyAMA" },
	};
	u32 i;

	to[0] = '\0';
	for (i = 0; i < ARRAY_SIZE(devices); i++) {
		if (devices[i].major != major || devices[i].first > minor ||
		    devices[i].last < minor)
			continue;
		if (devices[i].first == devices[i].last)
			snprintf(to, size, "%s", devices[i].path);
		else
			snprintf(to, size, "%s%u", devices[i].path,
				 minor - devices[i].first);
	}
}

/* a read of such a file waits until another task, or a person, sends data */
static bool is_fed(const char *path)
{
	static const char *const fed[] = {
		"socket:[", "pipe:[", "/dev/pts/", "/dev/tty", "/dev/console",
		"/dev/ptmx", "/dev/input/", "/dev/fuse", "/dev/kmsg",
		"/proc/kmsg", "anon_inode:[eventfd]", "anon_inode:[timerfd]",
		"anon_inode:[signalfd]", "anon_inode:inotify",
		"anon_inode:[fanotify]", "anon_inode:[userfaultfd]",
	};
	u32 i;

	for (i = 0; i < ARRAY_SIZE(fed); i++)
		if (!strncmp(path, fed[i], strlen(fed[i])))
			return true;
	return false;
}

/**
 * hd_wait_class() - the reason why a call on a file takes long
 * @abi: enum hostdiag_abi
 * @nr: number in that ABI's table, or HOSTDIAG_NR_BAD
 * @path: the file of its descriptor: "/var/log/x", "socket:[812]"; "": not known
 *
 * Return: as hd_syscall_class(), with two exceptions: a read of data that come
 * from elsewhere is HOSTDIAG_CLASS_IDLE, and any other transfer on such a file is
 * HOSTDIAG_CLASS_OTHER, since no disk takes part.
 */
enum hostdiag_class hd_wait_class(u32 abi, u32 nr, const char *path)
{
	static const char *const reads[] = {
		"read", "readv", "pread64", "preadv", "preadv2",
	};
	const struct hd_call *call = find_call(abi, nr);

	if (!call)
		return HOSTDIAG_CLASS_OTHER;
	if (call->class != HOSTDIAG_CLASS_IO || !is_fed(path))
		return call->class;
	return is_in(call->name, reads, ARRAY_SIZE(reads)) ?
	       HOSTDIAG_CLASS_IDLE : HOSTDIAG_CLASS_OTHER;
}

/**
 * hd_class_name() - the name of a class
 * @class: enum hostdiag_class
 */
const char *hd_class_name(u32 class)
{
	static const char *const name[] = {
		[HOSTDIAG_CLASS_OTHER]	= "other",
		[HOSTDIAG_CLASS_IDLE]	= "idle",
		[HOSTDIAG_CLASS_IO]	= "io",
		[HOSTDIAG_CLASS_LOCK]	= "lock",
	};

	return class < ARRAY_SIZE(name) ? name[class] : "other";
}

/**
 * hd_errno_name() - the name of an error, as strace prints it
 * @error: 1 .. 4095
 * @buf: buffer for a name that is in no table: "errno_4000"
 *
 * Return: @buf, or a constant.
 */
const char *hd_errno_name(u32 error, char buf[HD_NAME_LEN])
{
#define HD_ERRNO(nr, name) \
	[nr] = #name,
	static const char *const names[] = {
#include "pure/names/errno.h"
	};

	if (error < ARRAY_SIZE(names) && names[error])
		return names[error];
	snprintf(buf, HD_NAME_LEN, "errno_%u", error);
	return buf;
}

/**
 * hd_signal_name() - the name of a signal
 * @number: as printed by kill -l
 * @buf: buffer for a name that is in no table: "signal_40"
 *
 * Return: @buf, or a constant.
 */
const char *hd_signal_name(u32 number, char buf[HD_NAME_LEN])
{
	/* these have the same number on x86 and Arm */
	static const char *const names[] = {
		[1] = "SIGHUP", [2] = "SIGINT", [3] = "SIGQUIT",
		[4] = "SIGILL", [5] = "SIGTRAP", [6] = "SIGABRT",
		[7] = "SIGBUS", [8] = "SIGFPE", [9] = "SIGKILL",
		[10] = "SIGUSR1", [11] = "SIGSEGV", [12] = "SIGUSR2",
		[13] = "SIGPIPE", [14] = "SIGALRM", [15] = "SIGTERM",
		[24] = "SIGXCPU", [25] = "SIGXFSZ", [31] = "SIGSYS",
	};

	if (number < ARRAY_SIZE(names) && names[number])
		return names[number];
	snprintf(buf, HD_NAME_LEN, "signal_%u", number);
	return buf;
}
