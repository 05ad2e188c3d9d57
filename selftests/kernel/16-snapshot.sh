#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The snapshot and the text files agree; a snapshot that is no whole one is
# refused.

. "$(dirname "$0")/lib.sh"

reader=${HOSTDIAG:-}
[ -n "$reader" ] || reader=$(command -v hostdiag) ||
	reader=$hd_dir/../../userspace/hostdiag
hd_load
[ -x "$reader" ] || skip_all "no reader: set HOSTDIAG"

start act stop getppid:1000 close-bad:7 vfork:20 open:r:/dev/null sleep:5 close \
	open:r:/ stop
resume
cat $hd/snapshot >"$tmp/snapshot"
check "the snapshot is well-formed" "$bin/validate" $hd 0
finish
