#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The reader's commands, messages and exit statuses, over snapshots made by
# snapshot_make: reader_test.sh [READER].  Prints TAP.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
top=$here/../..
reader=${1:-$top/userspace/hostdiag}
[ $# -gt 0 ] || make -s -C "$top/userspace" >&2
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

"${CC:-cc}" -std=gnu99 -I"$top/module" -o "$dir/snapshot_make" \
	"$here/snapshot_make.c" "$here/snapshot_build.c" "$top/module/hist.c"
for kind in good version order scheme quiet; do
	"$dir/snapshot_make" "$kind" >"$dir/$kind"
done
head -c 1000 "$dir/good" >"$dir/cut"
: >"$dir/empty"
cp "$reader" "$dir/hostdiag"
cd "$dir"

tests=0
failed=0

result() { # OK NAME
	tests=$((tests + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $tests - $2"
	else
		echo "not ok $tests - $2"
		sed 's/^/# stdout: /' out
		sed 's/^/# stderr: /' err
		failed=1
	fi
}

skip() { # NAME REASON
	tests=$((tests + 1))
	echo "ok $tests - $1 # SKIP $2"
}

# run ARG...: the reader, into out, err and $status
run() {
	status=0
	./hostdiag "$@" >out 2>err || status=$?
}

# shows NAME ARG...: status 0, nothing on stderr, and stdin is the output
shows() {
	name=$1
	shift
	cat >want
	run "$@"
	ok=0
	[ "$status" -eq 0 ] && [ ! -s err ] && cmp -s want out || ok=1
	result "$ok" "$name"
}

# has NAME PATTERN ARG...: status 0, and a line of the output matches
has() {
	name=$1
	pattern=$2
	shift 2
	run "$@"
	ok=0
	[ "$status" -eq 0 ] && [ ! -s err ] && grep -q -e "$pattern" out || ok=1
	result "$ok" "$name"
}

# refuses STATUS PATTERN ARG...: no output, and one line on stderr matches
refuses() {
	want=$1
	pattern=$2
	shift 2
	run "$@"
	ok=0
	[ "$status" -eq "$want" ] && [ ! -s out ] &&
		[ "$(wc -l <err)" -eq 1 ] && grep -q -e "$pattern" err || ok=1
	result "$ok" "status $want: hostdiag $* ($pattern)"
}

# percentiles are told to 12.5 %, and how exactly is no concern of this test
picture() { # NAME ARG...
	name=$1
	shift
	cat >want
	run "$@"
	sed 's/p50 [^,]*, p99 [^,]*,/p50 _, p99 _,/' out >got
	ok=0
	[ "$status" -eq 0 ] && [ ! -s err ] && cmp -s want got || ok=1
	result "$ok" "$name"
}

picture "hist: octaves, of one task" hist -t 812 -f good <<'END'
syscall latency of task 812; live tasks: 1

     nsecs               : count     distribution
      1024 -> 2047       : 1000     |****************************************|
      2048 -> 4095       : 0        |                                        |
      4096 -> 8191       : 0        |                                        |
      8192 -> 16383      : 200      |********                                |

count 1200, p50 _, p99 _, max 10.0us
END
picture "hist: D sleep of a process" hist -k dsleep -p 812 -f good <<'END'
D sleep of process 812; live tasks: 1

     nsecs               : count     distribution
  67108864 -> 134217727  : 3        |****************************************|
 134217728 -> 268435455  : 1        |*************                           |

count 4, p50 _, p99 _, max 200ms
END
run hist -t 812 -f good
ok=0
awk '/^count/ { p50 = $4 + 0; p99 = $6 + 0 }
	END { exit !(p50 >= 1.75 && p50 <= 2.25 && p99 >= 8.75 && p99 <= 10) }' \
	out || ok=1
result "$ok" "hist: percentiles within 12.5 %"
has "hist: the living and the dead" '; live tasks: 3, ended: 57$' \
	hist -f good
has "hist: all together" '^count 2504, ' hist -f good
has "hist: events without a histogram are told" '^5 more are not shown' \
	hist -f good
has "hist: by comm, the dead too" '; live tasks: 0, ended: 50$' \
	hist -c sh -f good
has "hist: a syscall, of both ABIs" '^count 1504, ' hist -s read -f good
has "hist: a syscall of one task" '^count 200, ' hist -s openat -t 812 -f good
has "hist: beyond 10 digits" \
	'^                  16 -> 31                   : 1        |\*\{20\}|$' \
	hist -k open -f good
has "hist: the last row is open" \
	'^      70368744177664 -> \.\.\.                  : 1        |\*\{20\}|$' \
	hist -k open -f good

shows "syscalls: the table of strace -c, by ABI" syscalls -f good <<'END'
% time     seconds  usecs/call     calls    errors syscall
------ ----------- ----------- --------- --------- ----------------
 60.00    0.003000           2      1500           read
 40.00    0.002000          10       200       200 openat
------ ----------- ----------- --------- --------- ----------------
100.00    0.005000           2      1700       200 total
System call usage summary for 32 bit mode:
% time     seconds  usecs/call     calls    errors syscall
------ ----------- ----------- --------- --------- ----------------
100.00    0.000016           4         4         1 read
------ ----------- ----------- --------- --------- ----------------
100.00    0.000016           4         4         1 total
END
shows "syscalls: of one task" syscalls -t 812 -f good <<'END'
% time     seconds  usecs/call     calls    errors syscall
------ ----------- ----------- --------- --------- ----------------
 50.00    0.002000           2      1000           read
 50.00    0.002000          10       200       200 openat
------ ----------- ----------- --------- --------- ----------------
100.00    0.004000           3      1200       200 total
END
if strace -c -o strace.out true 2>err && grep -q '^% time' strace.out; then
	run syscalls -f good
	head -n 2 strace.out >want
	head -n 2 out >got
	ok=0
	cmp -s want got || ok=1
	result "$ok" "syscalls: the head of strace itself"
else
	skip "syscalls: the head of strace itself" "strace does not run here"
fi

# column N of the output, in one line
column() {
	awk -v n="$1" 'NR > 1 { printf "%s%s", sep, $n; sep = " " }' out
}

# sorts NAME COLUMN WANT ARG...
sorts() {
	name=$1
	number=$2
	want=$3
	shift 3
	run "$@"
	ok=0
	[ "$status" -eq 0 ] && [ "$(column "$number")" = "$want" ] || ok=1
	result "$ok" "$name"
}

sorts "tasks: by calls" 1 "812 813 7" tasks -f good
sorts "tasks: -r" 1 "7 813 812" tasks -r -f good
sorts "tasks: by a time, named as in /proc" 1 "812 7 813" tasks -s d_ns -f good
sorts "tasks: by a time, named as in the header" 1 "7 813 812" \
	tasks -s sys_max -r -f good
sorts "tasks: numbers rise" 1 "7 812 813" tasks -s tid -f good
sorts "tasks: names rise" 1 "7 812 813" tasks -s comm -f good
sorts "tasks: -n" 1 "812 813" tasks -n 2 -f good
sorts "tasks: what is absent is last" 1 "812 813 7" \
	tasks -s sys_p99_ns -f good
sorts "tasks: comm is escaped" 3 'nginx nginx \033[31m\040red' tasks -f good
sorts "exited: by tasks" 1 "sh true" exited -f good
sorts "exited: by calls" 1 "true sh" exited -s calls -f good
run tasks -f good
ok=0
[ "$(awk '{ print length }' out | sort -u | wc -l)" -eq 1 ] || ok=1
result "$ok" "tasks: every line is as long as the header"

for command in summary hist syscalls tasks exited; do
	run "$command" -f good
	mv out direct
	run -f good "$command"
	ok=0
	cmp -s out direct || ok=1
	result "$ok" "$command: -f before the command"
	status=0
	./hostdiag "$command" -f - <good >out 2>err || status=$?
	[ "$status" -eq 0 ] && cmp -s out direct || ok=1
	result "$ok" "$command: -f - is stdin"
	ok=0
	! LC_ALL=C grep -q '[^ -~]' direct || ok=1
	result "$ok" "$command: prints printable ASCII only"
	refuses 1 "^hostdiag: cut: cut short after 1000 bytes: " "$command" -f cut
done
has "summary: without a command" '^1.00min: 3 tasks' -f good
run -f good
ok=0
awk 'length > 100 { exit 1 } END { exit NR > 40 }' out || ok=1
result "$ok" "summary: 40 lines of 100 columns at most"
has "version" "^hostdiag [0-9.]*\$" --version
for command in "" summary hist syscalls tasks exited doctor; do
	# shellcheck disable=SC2086 # no command is no argument
	has "help: $command" "^Usage: hostdiag" $command --help
	ok=0
	awk 'length > 79 { exit 1 } END { exit NR > 24 }' out || ok=1
	result "$ok" "help fits a screen: $command"
done

refuses 1 'version: a snapshot of version 2, and this reader reads version 1' \
	hist -f version
refuses 1 'order: from a host of the other byte order' tasks -f order
refuses 1 'scheme: has other histogram buckets (64,' hist -f scheme
refuses 1 'empty: not a snapshot' -f empty
refuses 1 'snapshot_make: not a snapshot' syscalls -f snapshot_make
refuses 1 '/dev/zero: not a snapshot' -f /dev/zero
refuses 1 'none: No such file or directory' -f none
refuses 1 '\.: Is a directory' -f .
refuses 1 'no syscall latency of task 99 to show$' hist -t 99 -f good
refuses 1 'no memory was left for histograms' hist -t 7 -f good
refuses 1 'no syscall latency of frob to show$' hist -s frob -f good
refuses 1 "no D sleep of the tasks named 'x\\\\033' to show\$" \
	hist -k dsleep -c "$(printf 'x\033')" -f good
refuses 1 'no D sleep to show: counting it is switched off' \
	hist -k dsleep -f quiet
refuses 1 'no syscall latency to show$' hist -f quiet
refuses 1 'no syscalls of process 99 to show' syscalls -p 99 -f good

refuses 2 "'frob' is no command" frob
refuses 2 "invalid option -- 'x'" -x
refuses 2 "unrecognized option '--frob'" hist --frob
refuses 2 "requires an argument -- 'k'" hist -k
refuses 2 "no kind 'frob': syscall dsleep open" hist -k frob
refuses 2 'goes with -k syscall only' hist -k open -s read
refuses 2 "no column 'frob': tid tgid comm calls" tasks -s frob
refuses 2 "no column 'calls_ns'" tasks -s calls_ns
refuses 2 "no column 'tid': comm tasks calls" exited -s tid
refuses 2 'only one of -t, -p and -c' syscalls -t 1 -c x
for number in 0 -1 +1 ' 1' 1x '' 99999999999; do
	refuses 2 "is no task id" hist -t "$number" -f good
done
refuses 2 'is no number of lines' tasks -n 0 -f good
refuses 2 'one argument too many' tasks -f good more
refuses 2 'it reads no file' -f good doctor

# full ARG...: onto a full device
full() {
	status=0
	: >out
	./hostdiag "$@" >/dev/full 2>err || status=$?
	ok=0
	[ "$status" -eq 1 ] && [ "$(wc -l <err)" -eq 1 ] &&
		grep -q 'cannot write the output: No space left' err || ok=1
	result "$ok" "full device: hostdiag $*"
}
full -f good
full hist -f good
full syscalls -f good
full tasks -f good
full --help
full --version

# the reader of the pipe is gone before the writer begins
(
	trap '' PIPE
	sleep 1
	echo 0 >status
	./hostdiag tasks -f good 2>err || echo $? >status
) | :
: >out
ok=0
[ "$(cat status)" -eq 1 ] && grep -q 'cannot write the output: Broken pipe' err ||
	ok=1
result "$ok" "closed pipe"

# A host of its own: a directory with what doctor looks at.
host=$dir/host
parameters=$host/sys/module/hostdiag/parameters
debugfs=$host/sys/kernel/debug/hostdiag
mkdir -p "$host/proc"
cp hostdiag "$host"

load_module() {
	mkdir -p "$host/proc/hostdiag" "$parameters" "$debugfs"
	cp good "$host/proc/hostdiag/snapshot"
	chmod 400 "$host/proc/hostdiag/snapshot"
	./hostdiag --version | sed 's/.* //' >"$host/sys/module/hostdiag/version"
	for group in syscalls dsleep files; do
		echo 1 >"$parameters/$group"
	done
	cat >"$debugfs/probes" <<-'END'
		# clock=tsc lost_calls=0 lost_dsleeps=0 lost_opens=0
		# group hook state how hits missed reason
		syscalls sys_enter on tracepoint hits=12 missed=0 -
		files __fput on kprobe hits=10 missed=4 -
		files vfs_open off - hits=0 missed=0 the kernel has no such event or function
		lifecycle sched_process_exec off - hits=0 missed=0 not needed
	END
	cat >"$debugfs/memory" <<-'END'
		# table entries bytes high_water limit denied
		rows 3 4096 3 100 9
		total - 1048576 - 67108864 -
	END
}

in_host() { # [USER] ARG...
	status=0
	chroot "$@" >out 2>err || status=$?
}

# says STATUS PATTERN NAME
says() {
	ok=0
	[ "$status" -eq "$1" ] && cat out err | grep -q -e "$2" || ok=1
	result "$ok" "$3"
}

if ! chroot "$host" /hostdiag --version >out 2>err; then
	skip "doctor, and the live snapshot" "chroot needs root"
else
	in_host "$host" /hostdiag doctor
	says 1 "^fail  module .*not loaded: run 'modprobe hostdiag' as root" \
		"doctor: not loaded"
	in_host "$host" /hostdiag
	says 1 "^hostdiag: the module is not loaded: run 'modprobe hostdiag' as root\$" \
		"live: not loaded"

	load_module
	in_host "$host" /hostdiag tasks
	says 0 '^812 ' "live: read"
	in_host "$host" /hostdiag doctor
	says 0 '^ok    module    loaded$' "doctor: loaded"
	says 0 '^ok    version ' "doctor: same version"
	says 0 '^ok    snapshot  1.* bytes, ' "doctor: snapshot"
	says 0 '^ok    dsleep    on$' "doctor: group on"
	says 0 '^warn  lost      3 events' "doctor: lost events"
	says 0 '^ok    probe     sys_enter on, by tracepoint$' "doctor: hook on"
	says 0 '^warn  probe     __fput missed 4 hits' "doctor: missed hits"
	says 0 '^warn  probe     vfs_open off: the kernel has no' "doctor: hook off"
	says 0 '^ok    probe     sched_process_exec off: not needed' \
		"doctor: hook that is not needed"
	says 0 '^warn  memory    rows was full 9 times' "doctor: full table"
	says 0 '^ok    memory    1024 KiB of at most 65536 KiB' "doctor: memory"

	chmod 711 "$dir" "$host" # for the other user
	in_host --userspec=65534:65534 "$host" /hostdiag hist
	says 1 '^hostdiag: no permission to read /proc/hostdiag/snapshot: run as root' \
		"live: no permission"
	in_host --userspec=65534:65534 "$host" /hostdiag doctor
	says 1 '^fail  snapshot  no permission' "doctor: no permission"

	echo 0 >"$parameters/dsleep"
	echo 9.9.9 >"$host/sys/module/hostdiag/version"
	rm -r "$debugfs"
	in_host "$host" /hostdiag doctor
	says 0 '^warn  version   the module is 9.9.9, this reader' \
		"doctor: other version"
	says 0 '^warn  dsleep    off, so no D sleep is counted: echo 1 >' \
		"doctor: group off"
	says 0 '^warn  probes    not checked: ' "doctor: no debugfs"
	cp cut "$host/proc/hostdiag/snapshot"
	in_host "$host" /hostdiag doctor
	says 1 '^fail  snapshot  .*cut short after 1000 bytes' \
		"doctor: snapshot cut short"
fi

echo "1..$tests"
exit "$failed"
