#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# In the guest: what make install left is what modprobe finds.  TAP.

points=0
failures=0

check() {
	what=$1
	shift
	points=$((points + 1))
	if "$@"; then
		echo "ok $points - $what"
	else
		failures=$((failures + 1))
		echo "not ok $points - $what"
	fi
}

loaded_from() {
	modinfo -n hostdiag | grep "/updates/dkms/hostdiag.ko"
}

counts() {
	grep -q "^[0-9]" /proc/hostdiag/tasks
}

check "the module is DKMS's" loaded_from
check "modprobe" modprobe hostdiag
check "/proc/hostdiag counts" counts
check "the reader reads it" /usr/local/sbin/hostdiag summary
check "modprobe -r" modprobe -r hostdiag
check "/proc/hostdiag is gone" [ ! -e /proc/hostdiag ]
echo "1..$points"
[ $failures = 0 ]
