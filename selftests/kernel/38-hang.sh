#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The reader must not hang: run every command while tasks hang in a file system whose server
# does not answer, holding their mmap lock and locks on its files, with their program on it.
# timeout: 300

. "$(dirname "$0")/lib.sh"
# shellcheck source=hang.sh
. "$(dirname "$0")/hang.sh"

hd_load
reader=$hd_dir/../../userspace/hostdiag
[ -x "$reader" ] || reader=$(command -v hostdiag) || skip_all "no reader"
modprobe fuse 2>/dev/null || :
[ -e /dev/fuse ] || skip_all "no FUSE"
dir=$tmp/remote
mkdir "$dir"

launch hungfs serve "$dir"
server=$pid
at_exit "umount -l $dir"
poll 10 grep -q '^server ' "$tmp/out" || skip_all "no FUSE mount"
mv "$tmp/out" "$tmp/server"
victims "$dir"
kill -STOP "$server"
all_come_back

"$reader" why "$(victim reader)" >"$tmp/said" 2>&1
check "the mount is told" \
	grep -q "waits for the daemon of $dir (fuse.hungfs)" "$tmp/said"
check "and its daemon" \
	grep -q "the daemon is $server (hungfs) as fd " "$tmp/said"
check "and who could end it" \
	grep -q "^$server (hungfs) is stopped by a signal" "$tmp/said"
check "why of the stopped server comes back" in_time why "$server"

kill -KILL "$server" "$users"
umount -l "$dir" 2>/dev/null || :
check "no helper stays when the hang is over" poll 20 no_helpers

finish
