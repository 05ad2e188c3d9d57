#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Does verdict.sh see faults of a guest, and steps.sh faults of a step?  Each case takes good
# results, and adds one fault.  TAP.
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

# is_seen WORDS SED-SCRIPT FILE: the verdict is bad, and contains these words
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

# says LINE: a kernel log with this line is bad
says() {
	is_seen "kernel complains" "2a [    3.141592] $1" console.log
}

# passes_with LINE: a kernel log with this line is good
passes_with() {
	good
	sed -i "2a [    3.141592] $1" "$dir/console.log"
	"$qemu_dir/verdict.sh" "$dir"
}

# sums_up LAST-LINE STEP: it ends with this line, and in status 0 if none failed
sums_up() {
	local said status=0 expected=0
	[[ $1 = *" 0 failed" ]] || expected=1
	# the variables are the inner shell's
	# shellcheck disable=SC2016
	said=$(bash -euc '. "$1/selftests/steps.sh"
		step it bash -c "$2" && summary' sh "$top" "$2" 2>&1) ||
		status=$?
	if [ "$(tail -n 1 <<<"$said")" != "$1" ] ||
		[ "$status" != "$expected" ]; then
		echo "status $status: $said"
		return 1
	fi
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
# is_down LINE WORDS: a guest without a result, whose kernel said this last, is
# told of in these words
is_down() {
	local said
	good
	: >"$dir/results.tap"
	sed -i "\$s|.*|$1|" "$dir/console.log"
	! said=$("$qemu_dir/verdict.sh" "$dir") && grep -q "did not come up: .*$2" <<<"$said"
}

point "a kernel that cannot run init" \
	is_down "Failed to execute /init (error -14)" "error -14.*SMAP"
point "a kernel that takes no initramfs" \
	is_down "Kernel panic - not syncing: VFS: Unable to mount root fs on x" BLK_DEV_INITRD
point "a kernel that panics before" \
	is_down "Kernel panic - not syncing: No x" "not syncing: No x"
point "a kernel that stops at boot" is_down "Waiting for y" "said last: Waiting for y"
point "an oops" says "BUG: kernel NULL pointer dereference, address: 0"
point "an oops's second line" says "Oops: 0002 [#1] PREEMPT SMP PTI"
point "a protection fault" says "general protection fault, probably for"
point "a panic" says "Kernel panic - not syncing: Fatal exception"
point "a warning" says "WARNING: CPU: 0 PID: 1 at kernel/x.c:1 f+0x1/0x2"
point "a stack trace" says "Call Trace:"
point "an arm64 stack trace" says "Call trace:"
point "an arm64 oops" \
	says "Unable to handle kernel NULL pointer dereference at virtual address 0"
point "a BUG_ON" says "kernel BUG at lib\\/list_debug.c:65!"
point "sleeping in atomic context" \
	says "BUG: sleeping function called from invalid context at mm/slab.h"
point "KASAN" says "BUG: KASAN: slab-out-of-bounds in f+0x1/0x2"
# kcsan FUNCTION: as it reports a race in it, which the module has called
kcsan() {
	local line="\\[    3.141592\\] ======================================="
	line+="==========================="
	good
	sed -i "2a $line\\n[    3.141592] BUG: KCSAN: data-race in a / $1\\n\
[    3.141592]  hd_y+0x1/0x2 \\[hostdiag\\]\\n$line" "$dir/console.log"
	"$qemu_dir/verdict.sh" "$dir"
}

kcsan_in_module() {
	! kcsan "hd_x \\[hostdiag\\]" >/dev/null
}

point "a data race of the module's" kcsan_in_module
point "no data race of the kernel's own" kcsan vfs_x
# a vmalloc that COMMAND is not given, when FUNCTION asks for it
vmalloc() {
	good
	sed -i "2a [    3.141592] $1: vmalloc error: size 4096, failed\\n\
[    3.141592] Call Trace:\\n[    3.141592]  ${2:-f}+0x1/0x2\\n\
[    3.141592] 66198 pages reserved" "$dir/console.log"
	"$qemu_dir/verdict.sh" "$dir"
}

vmalloc_of_another() {
	! vmalloc insmod >/dev/null
}

vmalloc_of_ours() {
	! vmalloc kworker/1:3 "hd_x \\[hostdiag\\]" >/dev/null
}

# COMMAND is killed for want of memory, and the kernel says LINE meanwhile
oom() {
	good
	sed -i "2a [    3.141592] $1 invoked oom-killer: gfp_mask=0xcc0\\n\
[    3.141592] Call Trace:\\n[    3.141592]  ${2:-f}+0x1/0x2\\n\
[    3.141592] Memory cgroup out of memory: Killed process 7 ($1)" \
		"$dir/console.log"
	"$qemu_dir/verdict.sh" "$dir"
}

oom_of_another() {
	! oom insmod >/dev/null
}

oom_and_a_fault() {
	! oom tail "BUG: f" >/dev/null
}

point "a program that is made to die for want of memory" oom tail
point "another that does" oom_of_another
point "a fault while one does" oom_and_a_fault
point "a vmalloc that is made to fail" vmalloc nth
point "a vmalloc of a kworker that is made to fail" vmalloc kworker/1:3
point "a vmalloc of a kworker for the module" vmalloc_of_ours
point "a vmalloc that fails by itself" vmalloc_of_another
point "an RCU stall" says "rcu: INFO: rcu_preempt self-detected stall on CPU"
point "a soft lockup" says "watchdog: BUG: soft lockup - CPU#0 stuck"
point "a hung task" says "INFO: task cat:71 blocked for more than 30 seconds."
# lockdep, DEBUG_PREEMPT, DEBUG_OBJECTS and their like
point "a possible deadlock" \
	says "WARNING: possible circular locking dependency detected"
point "the same of a kernel before 4.15" \
	says "[ INFO: possible circular locking dependency detected ]"
point "a recursive lock" says "[ INFO: possible recursive locking detected ]"
point "a lock of interrupts" says "[ INFO: inconsistent lock state ]"
point "an order of interrupts" \
	says "[ INFO: HARDIRQ-safe -> HARDIRQ-unsafe lock order detected ]"
point "a sleeping lock in a spinning one" says "[ BUG: Invalid wait context ]"
point "an unlock too many" says "WARNING: bad unlock balance detected!"
point "a lock kept" says "WARNING: lock held when returning to user space!"
point "a lock freed" says "WARNING: held lock freed!"
point "a lock without a class" says "INFO: trying to register non-static key."
point "a lockdep that gave up" says "turning off the locking correctness validator."
point "RCU used without its lock" says "[ INFO: suspicious RCU usage. ]"
point "a processor's own, while preemptible" \
	says "BUG: using smp_processor_id() in preemptible [00000000] code: a\\/1"
point "scheduling in atomic context" says "BUG: scheduling while atomic: a\\/1"
point "an object freed in use" \
	says "ODEBUG: free active (active state 0) object type: timer_list"
point "a slab that was written to" \
	says "BUG kmalloc-64 (Tainted: G O): Poison overwritten"
point "a leak" says "kmemleak: 2 new suspected memory leaks"

# skips EXPECTED: the guest's one skip, where these are
skips() {
	good
	echo "$1" >"$dir/expected"
	no_more_skips "$dir" "$dir/expected"
}

skips_unexpected() {
	! skips "$1" && [ "$(cat "$dir/skips")" = "b # SKIP no c" ]
}

skips_where_none_is() {
	good
	! no_more_skips "$dir"
}

point "a skip that is expected" skips "b # SKIP no c"
point "a skip for another reason" skips_unexpected "b # SKIP no d"
point "a skip where none is expected" skips_where_none_is

point "what is no fault" passes_with "DEBUG info, and BUGs: none"

point "a good step" sums_up "2 passed, 0 failed" \
	'echo ok 1 - a; echo ok 2 - b; echo 1..2'
point "a step that skips" sums_up "1 passed, 0 failed" \
	'echo ok 1 - a; echo "ok 2 - b # SKIP why"; echo 1..2'
point "a step that skips all" sums_up "0 passed, 1 failed" \
	'echo "1..0 # SKIP why"; exit 4'
point "a step that fails" sums_up "1 passed, 1 failed" \
	'echo ok 1 - a; echo not ok 2 - b; echo 1..2; exit 1'
point "a step that crashes" sums_up "1 passed, 1 failed" \
	'echo ok 1 - a; kill -SEGV $$'
point "a step that ends too early" sums_up "1 passed, 1 failed" \
	'echo 1..2; echo ok 1 - a'
point "a step that does nothing" sums_up "0 passed, 1 failed" :
point "a step without tests" sums_up "0 passed, 1 failed" 'echo 1..0'
point "a step whose status says that it failed" sums_up "1 passed, 1 failed" \
	'echo ok 1 - a; echo 1..1; exit 3'
point "a step that is not there" sums_up "0 passed, 1 failed" \
	'exec /no/such/program'

# A kernel of a suite that nobody has, and one that was built and tested.  What
# is fetched goes to a cache of its own.
tree=$dir/tree
steps=$dir/steps
mkdir -p "$tree/selftests" "$steps"
cp -r "$top"/selftests/{job.sh,record.sh,steps.sh,jobs,qemu} "$tree/selftests/"
printf 'lost\tno-such-suite\tamd64\tlinux-image\tlinux-headers\n' \
	>"$tree/selftests/qemu/kernels"
HOSTDIAG_CACHE=$dir/cache "$tree/selftests/job.sh" "$steps" lost \
	>/dev/null 2>"$dir/said" || :
printf '%s\n' "ok 1 - it builds" "1..1" >"$steps/found build.tap"
printf '%s\n' "# kernel: 6.1.0" "ok 1 - a" "ok 2 - b # SKIP no c" "1..2" \
	>"$steps/found.tap"
for step in "found build" found; do
	echo 0 >"$steps/$step.status"
	echo 7 >"$steps/$step.seconds"
done
# shellcheck disable=SC2016	# the variables are the inner shell's
bash -euc '. "$1/selftests/steps.sh"
	rm -rf "$steps_work"
	steps_work=$2
	show lost
	show found
	summary' sh "$tree" "$steps" >"$dir/shown" && shown=0 || shown=$?

named() {
	grep -xF "not ok 1 - lost build: kernel lost and a Debian no-such-suite to build for it are here" \
		"$dir/shown"
}

# but for the seconds that it took
ends_with_kernels() {
	diff - <(sed -E '1,/^1\.\./d; s/[0-9]+ s\b/N s/g' "$dir/shown") <<-EOF
		# lost, not booted: 0 passed, 1 failed, 0 skipped; built in N s
		# found, 6.1.0: 2 passed, 0 failed, 1 skipped; built in N s, tested in N s
		# 1 skipped, N s
		2 passed, 1 failed
	EOF
}

point "a kernel that cannot be fetched is a failure, by its name" named
point "and why is said" grep "no root for kernel lost: see $dir/cache" \
	"$dir/said"
point "in the end there is a line for each kernel" ends_with_kernels
point "and it fails" test "$shown" = 1
finish
