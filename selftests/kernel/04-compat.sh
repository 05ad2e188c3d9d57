#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# 32-bit callers on a 64-bit kernel, named by the 32-bit table.

. "$(dirname "$0")/lib.sh"

[ "$(uname -m)" = x86_64 ] || skip_all "int 0x80 is x86's"
[ -x "$bin/i386" ] || skip_all "no 32-bit workload was built"
hd_load
# "x" only so that it fails where such a program cannot be run
"$bin/i386" </dev/null >/dev/null 2>&1 &
pid=$!
hd_pids="$hd_pids $pid"
await_state T "$pid" || skip_all "the kernel runs no 32-bit programs"

check "1000 getppid, number 64, are getppid" \
	[ "$(call getppid calls) $(call getppid errors)" = "1000 0" ]
# the shell's 64-bit closes before its exec are a row of their own
rows syscalls "calls errors" "tid=$pid" syscall=close >"$tmp/close"
check "7 close(-1), number 6, are close and errors" grep -qx "7 7" "$tmp/close"
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

finish
