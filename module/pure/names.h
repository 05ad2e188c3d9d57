/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Names of syscalls by ABI, of errors and of signals; the class of a syscall,
 * which is the reason why a call takes long.
 */
#ifndef HD_NAMES_H
#define HD_NAMES_H

#include "pure/pure.h"
#include "uapi/hostdiag.h"

#define HD_NAME_LEN	32

const char *hd_syscall_name(u32 abi, u32 nr, char buf[HD_NAME_LEN]);
u32 hd_syscall_copy_name(u32 abi, u32 nr, char to[HD_NAME_LEN]);
enum hostdiag_class hd_syscall_class(u32 abi, u32 nr);
enum hostdiag_class hd_wait_class(u32 abi, u32 nr, const char *path);
void hd_fed_device(u32 major, u32 minor, char *to, size_t size);
const char *hd_class_name(u32 class);
bool hd_syscall_has_fd(u32 abi, u32 nr);
const char *hd_errno_name(u32 error, char buf[HD_NAME_LEN]);
const char *hd_signal_name(u32 number, char buf[HD_NAME_LEN]);
bool hd_syscall_opens(u32 abi, u32 nr);
bool hd_syscall_forks(u32 abi, u32 nr);
bool hd_syscall_tries_lock(u32 abi, u32 nr);
bool hd_name_opens(const char *name);
bool hd_syscall_gives_address(u32 abi, u32 nr);
bool hd_name_gives_address(const char *name);

/* the calls that may be acts of the ledger */
enum hd_act_call {
	HD_CALL_NO_ACT,
	HD_CALL_KILL,		/* pid, signal */
	HD_CALL_TKILL,		/* tid, signal */
	HD_CALL_TGKILL,		/* pid, tid, signal */
	HD_CALL_PIDFD_SIGNAL,	/* descriptor, signal */
	HD_CALL_PTRACE,
	HD_CALL_MOUNT,
	HD_CALL_MOVE_MOUNT,
	HD_CALL_UMOUNT,
	HD_CALL_SYNC,
	HD_CALL_SWAPON,
	HD_CALL_SWAPOFF,
};

enum hd_act_call hd_syscall_act(u32 abi, u32 nr);

#endif /* HD_NAMES_H */
