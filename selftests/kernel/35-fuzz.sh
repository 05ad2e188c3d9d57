#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Files that are read, written, sought and closed at random, by root and by
# others, stay what they are: HOSTDIAG_FUZZ_SEED, HOSTDIAG_FUZZ_SECONDS.

. "$(dirname "$0")/lib.sh"

seed=${HOSTDIAG_FUZZ_SEED:-7}
seconds=${HOSTDIAG_FUZZ_SECONDS:-10}
echo "# seed $seed, $seconds s"

hd_load gid=4242
nobody=65534
set_param slow_open_ms 10
chmod 755 "$tmp"
cp "$bin/fuzzfiles" "$tmp"
mark="hostdiag 35-fuzz $$"
echo "$mark" >/dev/kmsg
debugfs=/sys/kernel/debug/hostdiag
[ -d $debugfs ] || debugfs=
: >"$tmp/file"

# fuzz NAME COMMAND...: in the background, on all files
fuzz() {
	name=$1
	shift
	"$@" "$seed" "$seconds" 6 $hd/* ${debugfs:+$debugfs/*} \
		>"$tmp/fuzz.$name" 2>&1 &
	fuzzers="${fuzzers:-} $!"
	hd_pids="$hd_pids $!"
}

since=$(header since_ns)
start act "open:r:$tmp/file" getppid:500 stop getppid:500 close \
	"refused:40:r:/no/such/file" stop
work=$pid
note
fuzz root "$tmp/fuzzfiles"
fuzz group "$bin/as" user $nobody 4242 "$tmp/fuzzfiles"
fuzz nobody "$bin/as" user $nobody $nobody "$tmp/fuzzfiles"
resume
status=0
for fuzzer in $fuzzers; do
	wait "$fuzzer" || status=$?
done
for name in root group nobody; do
	echo "# $name: $(cat "$tmp/fuzz.$name")"
	check "as $name, no call fails as it must not" \
		grep -q "calls, " "$tmp/fuzz.$name"
done
check "all ended well" [ "$status" = 0 ]
# bytes NAME: that it has read
bytes() {
	sed -n 's/.* \([0-9]*\) bytes.*/\1/p' "$tmp/fuzz.$1"
}
for name in root group; do
	check "as $name, something is read" [ "$(bytes $name)" -gt 0 ]
done
check "as nobody, nothing is" [ "$(bytes nobody)" = 0 ]

pid=$work
check "nothing was reset" [ "$(header since_ns)" = "$since" ]
check "the calls of meanwhile are counted, and no more" \
	[ "$(call getppid calls)" = 1000 ]
check "so are the errors" [ "$(grew errors)" = 40 ]
check "so are the files" \
	[ "$(grew opens) $(grew closes) $(grew open_now)" = "0 1 -1" ]
check "all files are well-formed" "$bin/validate" $hd 0
let_end
hd_at_exit=
hd_unload
check "nothing holds the module" [ ! -e /sys/module/hostdiag ]
# complaints: what the kernel has said since, without its own data races
complaints() {
	dmesg | sed -e "1,/$mark/d" -e '/BUG: KCSAN/{/\[hostdiag\]/!d}' |
		grep -E 'BUG|WARNING|Oops|KASAN|KCSAN|UBSAN|INFO: |general protection|lockdep|RCU.*stall|unable to handle'
}
check "the kernel has nothing to complain of" [ -z "$(complaints)" ]
finish
