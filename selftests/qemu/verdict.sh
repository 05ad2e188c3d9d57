#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# verdict.sh DIR: judge the results of boot.sh in DIR, and print everything that is wrong.
# Exit status 0: the job ran to its end and passed, and the kernel is well.
set -euo pipefail

dir=$1
bad=0

wrong() {
	echo "$*"
	bad=1
}

# why_down: why init, or the job, was never run
why_down() {
	local said
	if [ ! -s "$console" ]; then
		echo "no word of its kernel; has it SERIAL_8250_CONSOLE built in?"
	elif said=$(grep -aoEm 1 'Failed to execute /init.*' "$console"); then
		echo "$said: its kernel cannot run a static x86-64 program, or the processor has what it does not know, as SMAP"
	elif grep -aq 'Unable to mount root fs' "$console"; then
		echo "its kernel took no initramfs; has it BLK_DEV_INITRD and RD_GZIP built in?"
	elif said=$(grep -aoEm 1 'Kernel panic - not syncing: .*' "$console"); then
		echo "$said"
	else
		echo "its kernel said last: $(tail -n 1 "$console")"
	fi
}

# Old kernels head what lockdep and RCU say with "[ INFO: ", and no WARNING.
# Nobody else says "BUG " than the slab allocator; "DEBUG " is said by many.
faults='(^|[^E])BUG[: ]|WARNING:|Oops|KASAN|KCSAN|UBSAN|ODEBUG|rcu.*stall'
faults+='|Call [Tt]race|INFO: task .* blocked|INFO: trying to register'
faults+='|possible (recursive|circular|irq) lock|lock order detected'
faults+='|inconsistent lock state|suspicious RCU|lockdep is turned off'
faults+='|locking correctness validator|invalid opcode'
faults+='|general protection fault|unable to handle|Unable to handle'
faults+='|Kernel panic|unregister_netdevice|soft lockup|hard LOCKUP|suspected memory leak'

ended=$(cat "$dir/ended" 2>/dev/null) || ended="the guest was never run"
case $ended in
off) ;;
timeout) wrong "timed out" ;;
*) wrong "$ended" ;;
esac

tap=$dir/results.tap
console=$dir/console.log
touch "$tap" "$console"

plan=$(sed -n 's/^1\.\.\([0-9][0-9]*\).*/\1/p' "$tap")
points=$(grep -cE '^(not )?ok ' "$tap") || :
if ! [[ $plan =~ ^[0-9]+$ ]]; then
	wrong "the results have no plan, or more than one"
elif [ "$plan" != "$points" ]; then
	wrong "$plan tests were planned, and $points gave a result"
elif [ "$plan" = 0 ]; then
	wrong "no test was run"
fi
failed=$(grep -c '^not ok ' "$tap") || :
[ "$failed" = 0 ] || wrong "$failed tests failed"

last=$(tail -n 1 "$tap")
case $last in
"# guest: the job ended with status 0") ;;
"# guest: the job ended with status "*) wrong "the job ended with status ${last##* }" ;;
*) wrong "the results break off before the end" ;;
esac

# without the data races that KCSAN finds in the kernel's own code, of which
# there are many: each report is between two lines of "=", and its first line
# names the functions.  And without what the kernel has to say of a vmalloc that
# the tests make to fail: of their program nth, and of kworkers, unless it is
# hostdiag that asked.  And without the OOM kills of two tests, by name.
said=$(awk '
	/nth: vmalloc error: / { is_injected = 1 }
	is_injected {
		is_injected = !/pages reserved/
		next
	}
	/ (tail|webapp) invoked oom-killer: / { is_killed = 1 }
	is_killed && !/BUG|WARNING|Oops/ {
		is_killed = !/out of memory: Kill(ed)? process/
		next
	}
	/kworker[^ ]*: vmalloc error: / { asked = "\n" }
	asked {
		asked = asked $0 "\n"
		if (!/pages reserved/)
			next
		if (asked ~ /\[hostdiag\]/)
			print asked
		asked = ""
		next
	}
	/(^|[ ;])=====+\r?$/ && report != "" {
		if (report !~ /BUG: KCSAN/ || report ~ /BUG: KCSAN: [^\n]*\[hostdiag\]/)
			print report
		report = ""
		next
	}
	/(^|[ ;])=====+\r?$/ || report != "" { report = report $0 "\n"; next }
	{ print }
	END { printf "%s%s", report, asked }' "$console")
if [ ! -s "$console" ]; then
	wrong "the kernel said nothing"
elif grep -aEq "$faults" <<<"$said"; then
	wrong "the kernel complains:"
	grep -aE -m 3 -A 20 "$faults" <<<"$said" | head -n 40
fi
# not even the first line of the results
[ -s "$tap" ] || wrong "the guest did not come up: $(why_down)"
exit $bad
