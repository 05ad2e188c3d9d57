#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# In the guest: what an installation left is what modprobe finds, and it works.
# Where /hostdiag/next has the modules and the reader of an upgrade, that
# happens while the module is in use.  TAP.

points=0
failures=0
next=/hostdiag/next
PATH=/usr/local/sbin:$PATH

check() {
	what=$1
	shift
	points=$((points + 1))
	if said=$("$@" 2>&1); then
		echo "ok $points - $what"
	else
		failures=$((failures + 1))
		echo "not ok $points - $what"
		echo "$said" | sed 's/^/# /'
	fi
}

loaded_from() {
	modinfo -n hostdiag | grep "/updates/dkms/hostdiag.ko"
}

# calls TID: of that task, so far
calls() {
	awk -v tid="$1" '$1 == tid { print $4 }' /proc/hostdiag/tasks
}

# The calls of this shell, which is not $$ where its output is kept
counts() {
	read -r self _ </proc/self/stat
	before=$(calls "$self")
	sleep 1
	[ "$(calls "$self")" -gt "$before" ]
}

in_use() {
	! rmmod hostdiag 2>/dev/null && [ "$(cat /sys/module/hostdiag/refcnt)" -gt 0 ]
}

version_is() {
	[ "$(cat /sys/module/hostdiag/version)" = "$1" ]
}

next_load_is() {
	[ "$(modinfo -F version hostdiag)" = "$1" ]
}

# As a package manager does it: the old files go, the new ones come
upgrade() {
	modules=/lib/modules/$(uname -r)
	rm -r "$modules"
	mv $next/modules "$modules"
	mv $next/hostdiag "$(command -v hostdiag)"
}

upgrade_in_use() {
	old=$(cat /sys/module/hostdiag/version)
	new=$(cat $next/version)
	hostdiag slow -F >/dev/null &
	follower=$!
	sleep 1
	check "the old version is in use" in_use
	upgrade
	check "after the upgrade the old version still runs" version_is "$old"
	check "and counts" counts
	check "the new reader reads it" hostdiag tasks
	check "the doctor says so" sh -c \
		"hostdiag doctor | grep 'warn *version .*module is $old, this reader $new'"
	check "modprobe changes nothing" modprobe hostdiag
	check "the follower still follows" kill "$follower"
	check "the new one is there for the next load" next_load_is "$new"
	check "modprobe -r, of the old one" modprobe -r hostdiag
	check "modprobe, of the new one" modprobe hostdiag
	check "the new version runs" version_is "$new"
	check "the module is DKMS's, still" loaded_from
}

check "the module is DKMS's" loaded_from
check "modprobe" modprobe hostdiag
check "/proc/hostdiag counts" counts
check "the reader reads it" hostdiag summary
if [ -e $next ]; then
	upgrade_in_use
	check "/proc/hostdiag counts" counts
fi
check "modprobe -r" modprobe -r hostdiag
check "/proc/hostdiag is gone" [ ! -e /proc/hostdiag ]
echo "1..$points"
[ $failures = 0 ]
