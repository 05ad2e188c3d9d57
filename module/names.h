/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Names of syscalls by ABI, and the class of a syscall: why a
 * call that takes long does so.
 */
#ifndef HD_NAMES_H
#define HD_NAMES_H

#include "pure.h"
#include "../uapi/hostdiag.h"

#define HD_NAME_LEN	32

enum hd_class {
	HD_CLASS_OTHER,
	HD_CLASS_IDLE,		/* waiting for work, by design */
	HD_CLASS_IO,		/* files, sync */
	HD_CLASS_LOCK,		/* flock, fcntl locks */
};

const char *hd_syscall_name(u32 abi, u32 nr, char buf[HD_NAME_LEN]);
enum hd_class hd_syscall_class(u32 abi, u32 nr);
bool hd_syscall_opens(u32 abi, u32 nr);

#endif /* HD_NAMES_H */
