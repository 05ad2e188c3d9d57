#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Does verdict.sh see what goes wrong in a guest?  Each case spoils, in one
# way, what a good guest leaves.  TAP.
set -euo pipefail
top=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck source=lib.sh
. "$top/selftests/qemu/lib.sh"

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

good() {
	echo off >"$dir/ended"
	printf '%s\n' "TAP version 13" "ok 1 - a" "ok 2 - b # SKIP no c" \
		"1..2" "# guest: the job ended with status 0" >"$dir/results.tap"
	cat >"$dir/console.log" <<-'EOF'
	[    0.000000] Linux version 6.1.0
	[    1.500000] hostdiag: loading out-of-tree module taints kernel.
	[    9.500000] reboot: Power down
	EOF
}

passes() {
	good
	"$qemu_dir/verdict.sh" "$dir"
}

# is_seen WORDS SED-SCRIPT FILE: the verdict is bad, and says so in these words
is_seen() {
	local said
	good
	sed -i "$2" "$dir/$3"
	if said=$("$qemu_dir/verdict.sh" "$dir"); then
		echo "passed: $said"
		return 1
	fi
	grep -q "$1" <<<"$said" || {
		echo "said: $said"
		return 1
	}
}

# says LINE: the kernel says it
says() {
	is_seen "kernel complains" "2a [    3.141592] $1" console.log
}

point "a good guest passes" passes
point "a test that failed" is_seen "1 tests failed" 's/^ok 2/not ok 2/' results.tap
point "a test without a result" is_seen "gave a result" '/^ok 1/d' results.tap
point "a missing plan" is_seen "no plan" '/^1\.\./d' results.tap
point "two plans" is_seen "more than one" 's/^1\.\..*/&\n&/' results.tap
point "no tests" is_seen "no test was run" '/^ok/d; s/^1\.\..*/1..0/' results.tap
point "a missing end" is_seen "break off" \$d results.tap
point "no results at all" is_seen "break off" d results.tap
point "a job that failed" is_seen "status 1" '/job ended/s/0/1/' results.tap
point "a job that hangs" is_seen "timed out" s/off/timeout/ ended
point "QEMU that does not start" is_seen "status 1: bad" \
	's/off/QEMU failed with status 1: bad/' ended
point "a kernel that says nothing" is_seen "said nothing" d console.log
point "an oops" says "BUG: kernel NULL pointer dereference, address: 0"
point "an oops's second line" says "Oops: 0002 [#1] PREEMPT SMP PTI"
point "a protection fault" says "general protection fault, probably for"
point "a panic" says "Kernel panic - not syncing: Fatal exception"
point "a warning" says "WARNING: CPU: 0 PID: 1 at kernel/x.c:1 f+0x1/0x2"
point "a stack trace" says "Call Trace:"
point "sleeping in atomic context" \
	says "BUG: sleeping function called from invalid context at mm/slab.h"
point "KASAN" says "BUG: KASAN: slab-out-of-bounds in f+0x1/0x2"
point "an RCU stall" says "rcu: INFO: rcu_preempt self-detected stall on CPU"
point "a soft lockup" says "watchdog: BUG: soft lockup - CPU#0 stuck"
point "a hung task" says "INFO: task cat:71 blocked for more than 30 seconds."
point "lockdep" says "WARNING: possible circular locking dependency detected"
finish
