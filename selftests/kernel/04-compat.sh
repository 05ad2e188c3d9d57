#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# 32-bit callers on a 64-bit kernel, named by the 32-bit table.

. "$(dirname "$0")/lib.sh"

machine=$(uname -m)
case $machine in
x86_64)
	openat=295
	others="semget pause fstat lstat"
	;;
aarch64)
	openat=322
	others="write mkdirat setxattr lsetxattr"
	;;
*) skip_all "no 32-bit calls of $machine are known" ;;
esac
[ -x "$bin/call32" ] || skip_all "no 32-bit workload was built"
hd_load
# arm64's write has the number of Arm's getppid: calls before the exec must not be
# counted as that
# shellcheck disable=SC2016	# the other shell's
launch /bin/sh -c 'echo >/dev/null; exec "$0"' "$bin/call32" 2>"$tmp/err"
await_state T "$pid" || skip_all "the kernel runs no 32-bit programs"
note
resume

# the shell's 64-bit calls before its exec are rows of their own
rows syscalls "calls errors" "tid=$pid" syscall=getppid >"$tmp/getppid"
check "1000 getppid, number 64, are getppid" grep -qx "1000 0" "$tmp/getppid"
rows syscalls "calls errors" "tid=$pid" syscall=close >"$tmp/close"
check "9 close, number 6, of which 7 of -1, are close and 7 errors" grep -qx "9 7" "$tmp/close"
check "files opened by open, number 5, and openat, number $openat, are counted" \
	[ "$(grew opens) $(grew closes) $(grew open_now)" = "2 2 0" ]
check "they are named open and openat" \
	[ "$(call_grew open calls) $(call_grew openat calls)" = "1 1" ]
check "3 nice, number 34, are nice" [ "$(call nice calls)" = 3 ]
check "numbers past the table are one row" \
	[ "$(rows syscalls "calls errors" "tid=$pid" syscall=bad)" = "2 2" ]
check "none is named by the 64-bit table" \
	[ "$(for other in $others; do call_grew "$other" calls; done | total)" = 0 ]
if [ "$machine" = aarch64 ]; then
	check "Arm's own calls, numbers 0xf0005 and 0xf0002, have their names" \
		[ "$(call set_tls calls) $(call cacheflush calls)" = "2 1" ]
	check "a number among them without a name is named by it" \
		[ "$(call syscall_983049 calls) $(call syscall_983049 errors)" = "1 1" ]
fi
let_end
[ "$machine" = x86_64 ] || finish

# A 64-bit program may make 32-bit calls too
start act stop int80:64 int80:64 int80:64 stop
resume
check "int 0x80 of a 64-bit program is named by the 32-bit table" \
	[ "$(call getppid calls) $(call semget calls)" = "3 0" ]
let_end

wild=$(awk 'BEGIN {
	srand(8)
	for (i = 0; i < 200; i++)
		print "int80:" int((rand() - 0.5) * 4e9)
}' | grep -v -E ':-?[0-9]{1,5}$')
# shellcheck disable=SC2086	# a word each
start act stop $wild stop
note
resume
count=$(echo "$wild" | wc -l)
# the getpid and the kill that stop the workload do not count here
check "wild numbers are as many bad calls, and errors" \
	[ "$(call_grew bad calls) $(call_grew bad errors) $(grew calls)" = \
	"$count $count $((count + 2))" ]
let_end

# Numbers of x32 have bit 30, and from 512 on x32 has calls of its own; they count as
# x32's even where the kernel returns ENOSYS
x32=$((1 << 30))
start act stop nr:$((x32 + 522)) nr:$((x32 + 522)) nr:$((x32 + 110)) stop
resume
check "x32 calls are named by the x32 table" \
	[ "$(call rt_sigpending calls) $(call getppid calls)" = "2 1" ]
let_end

finish
