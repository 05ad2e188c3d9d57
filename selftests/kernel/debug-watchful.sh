#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# After all the other tests: are the kernel's checkers still awake?

. "$(dirname "$0")/lib.sh"

[ "$(id -u)" = 0 ] || skip_all "needs root"
debug=/sys/kernel/debug
lockdep=/proc/lockdep_stats

# stat_of FILE NAME
stat_of() {
	sed -n "s/^ *$2 *: *//p" "$1"
}

if [ -e $lockdep ]; then
	check "lockdep is on" [ "$(stat_of $lockdep debug_locks)" = 1 ]
fi
if [ -e $debug/debug_objects/stats ]; then
	check "no object was misused" \
		[ "$(stat_of $debug/debug_objects/stats warnings)" = 0 ]
fi
if [ -e $debug/kcsan ]; then
	check "KCSAN is on" [ "$(stat_of $debug/kcsan enabled)" = 1 ]
	check "KCSAN has watched" \
		[ "$(stat_of $debug/kcsan setup_watchpoints)" -gt 10000 ]
fi
[ $hd_tests -gt 0 ] || skip_all "this kernel has no checkers"
finish
