#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# 32-bit callers on a 64-bit kernel, named by the 32-bit table.

. "$(dirname "$0")/lib.sh"

[ "$(uname -m)" = x86_64 ] || skip_all "int 0x80 is x86's"
[ -x "$bin/i386" ] || skip_all "no 32-bit workload was built"
hd_load
launch i386 2>"$tmp/err"
await_state T "$pid" || skip_all "the kernel runs no 32-bit programs"
note
resume

check "1000 getppid, number 64, are getppid" \
	[ "$(call getppid calls) $(call getppid errors)" = "1000 0" ]
# the shell's 64-bit closes before its exec are a row of their own
rows syscalls "calls errors" "tid=$pid" syscall=close >"$tmp/close"
check "9 close, number 6, of which 7 of -1, are close and 7 errors" grep -qx "9 7" "$tmp/close"
check "files opened by open, number 5, and openat, number 295, are counted" \
	[ "$(grew opens) $(grew closes) $(grew open_now)" = "2 2 0" ]
check "3 nice, number 34, are nice" [ "$(call nice calls)" = 3 ]
check "none is named by the 64-bit table" \
	[ "$(call semget calls) $(call lstat calls) $(call pause calls)" = "0 0 0" ]
let_end

# A 64-bit program may make 32-bit calls too
start act stop int80:64 int80:64 int80:64 stop
resume
check "int 0x80 of a 64-bit program is named by the 32-bit table" \
	[ "$(call getppid calls) $(call semget calls)" = "3 0" ]
let_end

# x32's numbers have bit 30, and some of their own from 512 on; whether the
# kernel serves them or says ENOSYS, they are x32's
x32=$((1 << 30))
start act stop nr:$((x32 + 522)) nr:$((x32 + 522)) nr:$((x32 + 110)) stop
resume
check "x32 calls are named by the x32 table" \
	[ "$(call rt_sigpending calls) $(call getppid calls)" = "2 1" ]
let_end

finish
