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

"$here/make_snapshots.sh" "$dir" good version order scheme quiet dash crowd crowd_later
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

# without_origin FILE: what it says first of a saved snapshot goes to "origin"
without_origin() {
	: >origin
	sed -i -e '1{/^snapshot of /{w origin' -e 'd}}' "$1"
}

# run ARG...: the reader, into out, err and $status
run() {
	status=0
	./hostdiag "$@" >out 2>err || status=$?
	without_origin out
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

   from    below   : count     distribution
 1.02us -> 2.04us  : 1000     |****************************************|
 2.04us -> 4.09us  : 0        |                                        |
 4.09us -> 8.19us  : 0        |                                        |
 8.19us -> 16.3us  : 200      |********                                |

count 1200, p50 _, p99 _, max 10.0us
END
picture "hist: D sleep of a process" hist -k dsleep -p 812 -f good <<'END'
D sleep of process 812; live tasks: 1

   from    below   : count     distribution
 67.1ms -> 134ms   : 3        |****************************************|
  134ms -> 268ms   : 1        |*************                           |

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
has "hist: a syscall, of both ABIs" '^count 1504, ' hist -S read -f good
has "hist: a syscall of one task" '^count 200, ' hist -S openat -t 812 -f good
has "hist: the first row" '^   16ns -> 32ns    : 1        |\*\{40\}|$' \
	hist -k open -f good
has "hist: the last row is open" '^ 19h32m -> \.\.\.     : 1        |\*\{40\}|$' \
	hist -k open -f good
run hist -k open -f good
ok=0
[ "$(grep ' : [0-9]' out | sed 's/|.*//' | awk '{ print length }' | sort -u | wc -l)" = 1 ] ||
	ok=1
result "$ok" "hist: all bars begin in one column"
has "hist: --busy" '^syscall latency, without waits for work; live tasks: 2$' \
	hist --busy -f good

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
sorts "tasks: -t of several" 1 "812 7" tasks -t 7,812 -f good
sorts "tasks: -p of several" 1 "812 813 7" tasks -p 7,812 -f good
sorts "tasks: -c of a pattern" 1 "812 813" tasks -c 'ng*' -f good
sorts "tasks: -c of several" 1 "812 813 7" tasks -c 'apache,nginx,*red' -f good
sorts "deaths: -n tells the newest" 1 "901 902" deaths -n 2 -f good
sorts "deaths: -n -r, the newest first" 1 "902 901" deaths -n 2 -r -f good
sorts "slow: -n tells the newest" 5 "open syscall" slow -n 2 -f good
sorts "slow: -n of another order tells the first" 5 "dsleep open" \
	slow -n 2 -s kind -f good
sorts "dsleep: a task without a line is no mistake" 1 "" dsleep -t 7 -f good
sorts "tasks: what is absent is last" 1 "812 813 7" \
	tasks -s sys_p99_ns -f good
sorts "tasks: comm is escaped" 3 'nginx nginx \033[31m\040red' tasks -f good
# a name of UTF-8, on a terminal that knows it, and on others
./snapshot_make utf8 >name.utf8
LC_ALL=C.UTF-8
export LC_ALL
shows "UTF-8 is printed as it is, but for what a terminal does not print" \
	deaths -f name.utf8 <<'END'
tid tgid comm                               when ppid   life exit_code calls errors      d oom
  7    7 größe                    11-14T22:12:30  812 20.0ms 0            30      2 3.00ms   0
  8    8 名前                     11-14T22:12:31  812 20.0ms 0            30      2 3.00ms   0
  9    9 a-\342\200\256b          11-14T22:12:32  812 20.0ms 0            30      2 3.00ms   0
 10   10 \377\377\377\377\377\377 11-14T22:12:33  812 20.0ms 0            30      2 3.00ms   0
END
LC_ALL=C
has "UTF-8 is escaped elsewhere" ' gr\\303\\266\\303\\237e ' deaths -f name.utf8
unset LC_ALL
sorts "exited: by tasks" 1 "sh true" exited -f good
sorts "exited: by calls" 1 "true sh" exited -s calls -f good
run tasks -f good
ok=0
[ "$(awk '{ print length }' out | sort -u | wc -l)" -eq 1 ] || ok=1
result "$ok" "tasks: every line is as long as the header"

# times of day
export TZ=UTC
shows "errors" errors -f good <<'END'
tid tgid comm  syscall errno  count  last per_s peak_per_s limit
812  812 nginx openat  ENOENT   190 1.00s    19         38 -
812  812 nginx openat  EMFILE    10 5.00s     1          2 -
813  812 nginx openat  ENOENT     5 2.00s     0          0 -
813  812 nginx read    EIO        1 30.0s     0          0 -
END
shows "errors: by comm" errors --by comm -f good <<'END'
comm  syscall errno  count  last per_s peak_per_s
nginx openat  ENOENT   195 1.00s    19         38
nginx openat  EMFILE    10 5.00s     1          2
nginx read    EIO        1 30.0s     0          0
END
# Of 100 tasks, each of which is nothing when it is rounded: 300 in 10 s, and
# 100 in a slice of 2.5 s at the most
shows "errors: what is rounded is the sum" errors --by comm -f crowd <<'END'
comm  syscall errno  count  last per_s peak_per_s
crowd openat  ENOENT   300 1.00s    30         40
END
# in 600 s 1000 calls, 100 errors and 100 opens; 2 ms of D sleep are nothing
has "diff: what is rounded is the sum" \
	'^crowd *100 *0 *1\.67 *0\.17 .* 0\.17 *0$' \
	diff crowd crowd_later --by comm
shows "stuck: idle waits are counted only" stuck -f good <<'END'
tid tgid comm            state   age syscall class fd d_age waits_for     path
813  812 nginx           S     35.0s flock   lock  10     - a file lock   /tmp/sess\040abc
  7    7 \033[31m\040red D     4.00s -       other  - 4.00s an NFS server -
1 more wait for work by design: stuck -a
END
shows "stuck -a, of a process" stuck -a -p 812 -f good <<'END'
tid tgid comm  state   age syscall  class fd d_age waits_for             path
812  812 nginx S     50.0s recvfrom idle  11     - data from the network socket:[4242]
813  812 nginx S     35.0s flock    lock  10     - a file lock           /tmp/sess\040abc
END
shows "stuck: by process" stuck --by process -f good <<'END'
tgid comm            tasks   age syscall class d_age waits_for
   7 \033[31m\040red     1 4.00s -       other 4.00s an NFS server
 812 nginx               1 35.0s flock   lock      - a file lock
1 more wait for work by design: stuck -a
END
shows "dsleep" dsleep -f good <<'END'
tid tgid comm  count  total    max iowait device    waited_for place
812  812 nginx     4  500ms  200ms  300ms ext4:sda1 a disk     io_schedule<folio_wait_bit_common<filemap_read
813  812 nginx     2 60.0ms 50.0ms 60.0ms ext4:sda1 a disk     io_schedule<folio_wait_bit_common<filemap_read
813  812 nginx     1 40.0ms 40.0ms      0 -         -          strange_function<another
END
shows "dsleep: by process, times are added up" dsleep -b process -f good <<'END'
tgid comm  count  total    max iowait device    waited_for place
 812 nginx     6  560ms  200ms  360ms ext4:sda1 a disk     io_schedule<folio_wait_bit_common<filemap_read
 812 nginx     1 40.0ms 40.0ms      0 -         -          strange_function<another
END
shows "open" open -f good <<'END'
tid tgid comm    age fd holder path
812  812 nginx 50.0s  5    812 /var/log/access\040log
813  812 nginx 7.00s  -    812 /tmp/sess_abc
812  812 nginx 1.00s  6      - -
END
shows "open: by thread" open --by thread -f good <<'END'
tid tgid comm  files   age
812  812 nginx     2 50.0s
813  812 nginx     1 7.00s
END
shows "slow" slow --file=good <<'END'
tid tgid comm            when kind      dur what        result waited_for path
812  812 nginx 11-14T22:13:10 syscall 1.50s openat      ENOENT -          /mnt/a\040b
813  812 nginx 11-14T22:13:11 dsleep  600ms io_schedule -      a disk     -
812  812 nginx 11-14T22:13:12 open    2.00s -           -      -          /tmp/held
813  812 nginx 11-14T22:13:13 syscall 500ms openat      7      -          -
END
shows "slow: by comm" slow --by comm --file=good <<'END'
comm  events           when kind      dur what          max
nginx      1 11-14T22:13:12 open    2.00s -           2.00s
nginx      2 11-14T22:13:13 syscall 2.00s openat      1.50s
nginx      1 11-14T22:13:11 dsleep  600ms io_schedule 600ms
END
shows "deaths" deaths -f good <<'END'
tid tgid comm           when ppid   life exit_code calls errors      d oom
900  900 sh   11-14T22:13:18  812 20.0ms 0            30      2 3.00ms   0
901  901 sh   11-14T22:13:18  812 20.0ms SIGSEGV      30      2 3.00ms   0
902  902 true 11-14T22:13:19  812 20.0ms 1            30      2 3.00ms   0
END
shows "syscalls: by process, and where their time went" \
	syscalls --by process -f good <<'END'
tgid comm  syscall calls errors  total    max    cpu  runq d sleep
 812 nginx read     1504      1 3.01ms 4.00us 2.26ms 752us 0     0
 812 nginx openat    200    200 2.00ms 10.0us 1.90ms 100us 0     0
END

# sum COLUMN [NAME=VALUE]...: of the lines of the output that have the values
sum() {
	awk -v name="$1" '
	NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) n = i; next }
	n && $n ~ /^[0-9]+$/ { sum += $n }
	END { print n ? sum + 0 : "no column" }' out
}

# adds_up COLUMN ARG...: by whatever it is put together, the sum stays.
# Lines are counted where the column is one of roll-ups only.
adds_up() {
	column=$1
	shift
	run "$@" --file=good
	rows=$(sum "$column")
	[ "$rows" != "no column" ] ||
		rows=$(awk 'NR > 1 && !/ more wait for work /' out | wc -l)
	ok=0
	[ "$rows" -gt 0 ] || ok=1
	for by in thread process comm; do
		run "$@" --by "$by" --file=good
		[ "$(sum "$column")" = "$rows" ] || ok=1
	done
	result "$ok" "$1: $column adds up, by thread, process and comm"
}

adds_up calls tasks
adds_up errors tasks
adds_up dsleeps tasks
adds_up open_now tasks
adds_up tasks tasks
adds_up count errors
adds_up tasks stuck
adds_up tasks stuck -a
adds_up count dsleep
adds_up files open
adds_up events slow
adds_up tasks deaths
adds_up calls deaths
run syscalls -f good
rows=$(awk '$NF == "total" { sum += $4 } END { print sum }' out)
ok=0
for by in thread process comm; do
	run syscalls --by "$by" -f good
	[ "$(sum calls)" = "$rows" ] || ok=1
done
result "$ok" "syscalls: calls add up, by thread, process and comm"
has "tasks: percentiles of a roll-up" '^ *812 nginx .* 1.91us *9.10us *10.0us ' \
	tasks --by process -f good

for command in summary hist syscalls tasks exited errors stuck dsleep open \
	slow deaths metrics json; do
	run "$command" --file=good
	mv out direct
	run -f good "$command"
	ok=0
	cmp -s out direct || ok=1
	result "$ok" "$command: -f before the command"
	status=0
	./hostdiag "$command" --file=- <good >out 2>err || status=$?
	without_origin out
	[ "$status" -eq 0 ] && cmp -s out direct || ok=1
	result "$ok" "$command: --file=- is stdin"
	ok=0
	! LC_ALL=C grep -q '[^ -~]' direct || ok=1
	result "$ok" "$command: prints printable ASCII only"
	# metrics would fall
	if [ "$command" = metrics ]; then
		refuses 1 "^hostdiag: cut: cut short after 1000 bytes: save it again" \
			metrics --file=cut
		continue
	fi
	run "$command" --file=cut
	ok=0
	[ "$status" -eq 0 ] && [ -s out ] && [ "$(cat err)" = \
		"hostdiag: cut: cut short after 1000 bytes: what is there is shown" ] ||
		ok=1
	result "$ok" "$command: what is there of a file that is cut short"
done
sorts "cut short: its tasks" 1 "812" tasks -f cut
run json -f cut
ok=0
grep -q '^"cut_short":true' out || ok=1
result "$ok" "cut short: in JSON, too"
gzip -c good >good.gz
shows "gzip: read as it is" tasks -n 1 -f good.gz <<END
$(./hostdiag tasks -n 1 -f good | tail -n +2)
END
head -c 800 good.gz >cut.gz
run tasks -f cut.gz
ok=0
[ "$status" -eq 0 ] && [ "$(column 1)" = "812 813 7" ] &&
	grep -q '^hostdiag: cut.gz: cut short after [0-9]* bytes: what' err || ok=1
result "$ok" "gzip: cut short"
{
	head -c 400 good.gz
	printf xxxxxxxx
	tail -c +409 good.gz
} >bad.gz
refuses 1 'bad.gz: damaged' tasks -f bad.gz
has "json: a name that is no absent one" '"tid":7,"tgid":7,"comm":"-","calls":5' \
	json -f dash
has "tasks: nor is it in a table" '^ *7 *7 \\055 ' tasks -f dash
has "metrics: a task whose tid was another's is counted" \
	'^hostdiag_syscall_seconds_count{.*class="unknown"} 5$' metrics -f dash
sorts "slow: by a time of day, named as in /proc" 5 "syscall open dsleep syscall" \
	slow -s when_ns -r --file=good
has "summary: without a command" '^1m00s: 3 tasks' -f good
for command in summary tasks slow hist; do
	run $command -f good
	ok=0
	[ "$(cat origin)" = \
		"snapshot of 2023-11-14 22:13:20 +0000, host db-7, kernel 6.1.0-test" ] ||
		ok=1
	result "$ok" "$command: of a file, its date, host and kernel first"
done
# on_terminal ROWS ARG...: what it prints on one of 80 columns, without blanks
on_terminal() {
	rows=$1
	shift
	TERM=dumb script -qec "stty rows $rows cols 80; ./hostdiag $*" /dev/null \
		</dev/null | tr -d '\r'
}
run -f good
lines=$(awk '{ n += length ? int((length + 79) / 80) : 1 } END { print n }' out)
on_terminal 8 -f good >got
without_origin got
ok=0
[ "$(awk '{ n += length ? int((length + 79) / 80) : 1 } END { print n }' got)" -le 7 ] &&
	[ "$lines" -ge 8 ] && tail -n 1 got | grep -q '^[0-9]* more lines: hostdiag summary -a$' &&
	[ "$(head -n 3 got)" = "$(head -n 3 out)" ] || ok=1
result "$ok" "summary: a terminal keeps the worst, and tells of the rest"
on_terminal 8 summary -a -f good >got
without_origin got
ok=0
cmp -s got out || ok=1
result "$ok" "summary: -a, all of it"
run -f good
ok=0
awk 'length > 100 { exit 1 } END { exit NR > 40 }' out || ok=1
result "$ok" "summary: 40 lines of 100 columns at most"
has "version" "^hostdiag [0-9.]*\$" --version
for command in "" summary hist syscalls tasks exited errors stuck dsleep \
	open slow deaths why metrics json doctor top diff record heatmap; do
	# shellcheck disable=SC2086 # no command is no argument
	has "help: $command" "^Usage: hostdiag" $command --help
	ok=0
	awk 'length > 79 { exit 1 } END { exit NR > 24 }' out || ok=1
	mv out long
	result "$ok" "help fits a screen: $command"
	# shellcheck disable=SC2086
	run $command -h
	ok=0
	[ "$status" -eq 0 ] && cmp -s out long || ok=1
	# shellcheck disable=SC2086
	run help $command
	[ "$status" -eq 0 ] && cmp -s out long || ok=1
	result "$ok" "-h and help tell the same: $command"
	[ -z "$command" ] || {
		sed -nE 's/^  -(.), --([a-z-]*).*/\1 \2/p' out >>meanings
	}
done
ok=0
sort -u meanings | awk '{ if (++seen[$1] > 1) exit 1 } END { exit !NR }' || ok=1
result "$ok" "a letter means the same in every command"

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
refuses 1 'no syscall latency of frob to show$' hist -S frob -f good
refuses 1 "no D sleep of the tasks named 'x\\\\033' to show\$" \
	hist -k dsleep -c "$(printf 'x\033')" -f good
refuses 1 'no D sleep to show: counting it is switched off' \
	hist -k dsleep -f quiet
refuses 1 'no syscall latency to show$' hist -f quiet
refuses 1 'nothing of process 99 to show: there is no such task' syscalls -p 99 -f good
refuses 1 'nothing of task 99 to show: there is no such task' errors -t 99 -f good
refuses 1 "nothing of the tasks named 'x\*' to show" deaths -c 'x*' -f good

# What it is told to replace, and is not its own: a pipe is as a device is
mkfifo pipe
ln -s target link
ln -s nowhere link2
echo target >target
echo hdstat >notes
refuses 1 'cannot replace link: it is no regular file' metrics -o link -f good
refuses 1 'cannot replace pipe: it is no regular file' metrics -o pipe -f good
refuses 1 'cannot replace link2: it is no regular file' metrics --state link2 -f good
refuses 1 "notes: not a state of 'hostdiag metrics'" metrics --state notes -f good
ok=0
[ -L link ] && [ -p pipe ] && [ -L link2 ] && [ "$(cat target)" = target ] &&
	[ "$(cat notes)" = "hdstat" ] || ok=1
result "$ok" "metrics: what it does not replace is as it was"
run metrics --state state -f good
ok=0
[ "$status" -eq 0 ] && [ "$(head -c 7 state)" = hdstate ] &&
	./hostdiag metrics --state state -o text -f good 2>err &&
	./hostdiag metrics --state state -o text -f good 2>err && [ -s text ] || ok=1
result "$ok" "metrics: its own files are replaced"

refuses 2 "'frob' is no command" frob
refuses 2 "invalid option -- 'x'" -x
refuses 2 "unrecognized option '--frob'" hist --frob
refuses 2 "requires an argument -- 'k'" hist -k
refuses 2 "'frob' is no command: see 'hostdiag help'" help frob
refuses 2 "option '--reverse=1' has no argument" tasks --reverse=1
refuses 2 "invalid option -- 'n'" summary -n 3 -f good
refuses 2 "no kind 'frob': syscall dsleep open" hist -k frob
refuses 2 'go with -k syscall only' hist -k open -S read
refuses 2 'go with -k syscall only' hist -k dsleep --busy
refuses 2 "no column 'frob': tid tgid comm calls" tasks -s frob
refuses 2 "no column 'calls_ns'" tasks -s calls_ns
refuses 2 "no column 'tid': comm tasks calls" exited -s tid
refuses 2 "no roll-up by 'frob': thread process comm cgroup" open --by frob
refuses 2 "no column 'path': tgid comm files age" \
	open -s path --by process -f good
refuses 2 'a snapshot has no cgroups' errors --by cgroup -f good
refuses 2 'go with --by only' syscalls -n 3 -f good
refuses 2 '-F goes with' slow -F -n 3
refuses 2 '-F goes with' slow -F --file=good
refuses 2 '-a goes with -F only' slow -a -f good
refuses 2 'only one of -t, -p, -c and -u' syscalls -t 1 -c x
refuses 2 'a snapshot has no users' tasks -u root -f good
refuses 2 "no user 'no-such-user'" tasks -u no-such-user
for number in 0 -1 +1 ' 1' 1x '' 99999999999; do
	refuses 2 "is no task id" hist -t "$number" -f good
done
refuses 2 'is no number of lines' tasks -n 0 -f good
refuses 2 'one argument too many' tasks -f good more
refuses 2 'it has no -f' -f good doctor
refuses 2 'it has no -f' -f good why 1
refuses 2 'one argument too many' why 1 2
refuses 2 "'frob' is no process or task id" why frob

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
	cat >"$debugfs/cost" <<-'END'
		# hook events sampled mean_ns total_ns share_ppm
		syscalls:sys_enter 10 1 40 400 12
		all - - - 400 1234
	END
	cat >"$debugfs/memory" <<-'END'
		# table entries bytes high_water limit denied
		rows 3 4096 3 100 9
		total - 1048576 - 67108864 -
	END
}

# what of the tasks of the snapshot is to be seen in /proc
add_processes() {
	mkdir -p "$host/proc/812/fd" "$host/proc/812/net" "$host/proc/812/ns"
	touch "$host/proc/812/fd/0" "$host/proc/812/fd/1"
	ln -s 'net:[4026531840]' "$host/proc/812/ns/net"
	cat >"$host/proc/812/limits" <<-'END'
		Limit                     Soft Limit           Hard Limit           Units
		Max processes             unlimited            unlimited            processes
		Max open files            1024                 524288               files
	END
	printf '0::/system.slice/docker-%s.scope\n' \
		4c01db0b339c0b5a6b0a8b2f0f8f2e4b1c6f2a9d7e3c5b8a1f0e9d8c7b6a5f4e \
		>"$host/proc/812/cgroup"
	cat >"$host/proc/812/net/tcp" <<-'END'
		  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
		   0: 0100007F:0CEA 00000000:0000 0A 00000000:00000000 00:00000000 00000000   106        0 17 1 0 100 0 0 10 0
		   1: 0500000A:A102 0900000A:0CEA 01 00000000:00000007 00:00000000 00000000    33        0 4242 1 0 20 4 30 10 -1
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
	in_host "$host" /hostdiag why 99
	says 1 '^hostdiag: there is no task 99$' "why: no such task"
	in_host "$host" /hostdiag doctor
	says 0 '^ok    module    loaded$' "doctor: loaded"
	says 0 '^ok    version ' "doctor: same version"
	says 0 '^ok    snapshot  [0-9]* bytes, ' "doctor: snapshot"
	says 0 '^ok    dsleep    on$' "doctor: group on"
	says 0 '^warn  lost      3 events' "doctor: lost events"
	says 0 '^ok    probe     syscalls:sys_enter on, by tracepoint$' "doctor: hook on"
	says 0 '^warn  probe     files:__fput missed 4 hits' "doctor: missed hits"
	says 0 '^warn  probe     files:vfs_open off: the kernel has no' "doctor: hook off"
	says 0 '^ok    probe     lifecycle:sched_process_exec off: not needed' \
		"doctor: hook that is not needed"
	says 0 '^warn  memory    rows was full 9 times' "doctor: full table"
	says 0 '^ok    memory    1024 KiB of at most 65536 KiB' "doctor: memory"

	says 0 '^ok    cost      hostdiag costs 0.1234 % of this machine' \
		"doctor: cost"

	add_processes
	in_host "$host" /hostdiag errors
	says 0 'EMFILE .* open files 2 of 1024$' "errors: the limit"
	says 0 'ENOENT .* -$' "errors: no limit"
	in_host "$host" /hostdiag stuck -a
	says 0 ' socket:\[4242\] tcp 10.0.0.5:41218 -> 10.0.0.9:3306 ESTABLISHED rx_queue 7$' \
		"stuck: the ends of a socket"
	mv "$host/proc/812/net/tcp" "$dir/tcp"
	printf 'Num RefCount Protocol Flags Type St Inode Path\n0: 2 0 10000 1 1 4242 @a\033[31m b\n' \
		>"$host/proc/812/net/unix"
	in_host "$host" /hostdiag stuck -a
	says 0 ' socket:\[4242\] unix @a\\033\[31m\\040b LISTEN$' \
		"stuck: the name of a unix socket is escaped"
	rm "$host/proc/812/net/unix"
	mv "$dir/tcp" "$host/proc/812/net/tcp"
	in_host "$host" /hostdiag open --by cgroup
	says 0 '^4c01db0b339c *3 ' "open: by cgroup, a container"
	in_host "$host" /hostdiag tasks --by cgroup
	says 0 '^- *1 ' "tasks: by cgroup, of a process that is gone"

	# what poll() tells of is this file; what there is, the snapshot has
	: >"$host/proc/hostdiag/slow"
	chroot "$host" /hostdiag slow -F -a -t 812 >out 2>err &
	follower=$!
	sleep 1
	kill -INT "$follower"
	status=0
	wait "$follower" || status=$?
	./hostdiag slow -t 812 -f good | tail -n +2 >want
	ok=0
	[ "$status" -eq 0 ] && cmp -s out want || ok=1
	result "$ok" "slow -F -a: what slow prints, once, and 0 on SIGINT"
	chroot "$host" /hostdiag slow -F >out 2>err &
	follower=$!
	sleep 1
	kill -INT "$follower"
	wait "$follower" || :
	ok=0
	[ "$(wc -l <out)" -eq 1 ] && grep -q '^tid ' out || ok=1
	result "$ok" "slow -F: nothing of what was before"
	rm -f ended
	{
		ended=0
		timeout 20 chroot "$host" /hostdiag slow -F -a 2>err || ended=$?
		echo "$ended" >ended
	} | head -n 1 >out
	ok=0
	[ -s out ] && [ ! -s err ] && grep -qx '0\|141' ended || ok=1
	result "$ok" "slow -F: it ends once nobody reads"
	rm "$host/proc/hostdiag/slow"
	in_host "$host" /hostdiag slow -F
	says 1 '^hostdiag: /proc/hostdiag/slow: No such file' "slow -F: no file"
	mkdir -p "$host/etc"
	echo 'web:x:0:0::/:/bin/sh' >"$host/etc/passwd"
	in_host "$host" /hostdiag tasks -u web
	ok=0
	[ "$status" -eq 0 ] && [ "$(column 1)" = "812 813" ] || ok=1
	result "$ok" "tasks: -u, the tasks of a user"

	chmod 711 "$dir" "$host" # for the other user
	in_host --userspec=65534:65534 "$host" /hostdiag hist
	says 1 '^hostdiag: no permission to read /proc/hostdiag/snapshot: run as root' \
		"live: no permission"
	in_host --userspec=65534:65534 "$host" /hostdiag why 1
	says 1 '^hostdiag: no permission to read /proc/hostdiag/snapshot' \
		"why: no permission"
	in_host --userspec=65534:65534 "$host" /hostdiag doctor
	says 1 '^fail  snapshot  no permission' "doctor: no permission"

	echo 0 >"$parameters/dsleep"
	echo 9.9.9 >"$host/sys/module/hostdiag/version"
	rm -r "$debugfs"
	in_host "$host" /hostdiag doctor
	says 0 '^warn  version   the module is 9.9.9, this reader' \
		"doctor: other version"
	says 0 '^warn  dsleep    off, uninterruptible sleep is not counted: echo 1 >' \
		"doctor: group off"
	says 0 '^warn  probes    not checked: ' "doctor: no debugfs"
	cp cut "$host/proc/hostdiag/snapshot"
	in_host "$host" /hostdiag doctor
	says 1 '^fail  snapshot  .*cut short after 1000 bytes' \
		"doctor: snapshot cut short"
fi

echo "1..$tests"
exit "$failed"
