#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# test.sh: what hostdiag makes of one snapshot after the other: diff, top in a
# pipe, record, heatmap; against the rates of feed.c.  TAP.
set -euo pipefail
top=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck source=lib.sh
. "$top/selftests/live/lib.sh"

# --- diff

# The truth is in the comments of feed.c, divided by 2 s
rates() {
	cat <<-'EOF'
		tid tgid comm calls/s err/s  busy%     d% now        age  cpu% runq% iowait%    p50    p99    max opens/s open
		250  250 nfsd    0.00  0.00 100.00 100.00 D        14.0s  0.00  0.00    0.00      -      -      -    0.00    0
		200  200 dbd     0.00  0.00  50.00  50.00 flock    700ms  0.00  0.00   25.00      -      -      -    0.00    0
		100  100 webd 1050.00 50.00  20.05   0.00 -            - 15.05  5.00    0.00  200us  200us  200us    4.00    3
		101  100 webd  200.00  0.00   1.00   0.00 -            -  1.00  0.00    0.00 50.0us 50.0us 50.0us    0.00    0
		  -    - true  100.00  0.00   0.20   0.00 40 ended     -  0.20  0.00    0.00 18.2us 18.2us 20.0us    0.00    0
		402  402 sh     30.00  0.00   0.06   0.00 -            -  0.06  0.00    0.00 18.2us 18.2us 20.0us    0.00    0
		  -    - ls     20.00  0.00   0.04   0.00 1 ended      -  0.04  0.00    0.00 18.2us 18.2us 20.0us    0.00    0
		300  300 sh     15.00  0.00   0.03   0.00 -            -  0.03  0.00    0.00 18.2us 18.2us 20.0us    0.00    0
		  -    - sh     10.00  0.00   0.02   0.00 1 ended      -  0.02  0.00    0.00 18.2us 18.2us 20.0us    0.00    0
	EOF
}
all="2.00s: 7 tasks, 42 ended, 1 in D (mean 1.50); calls/s 1425.00, err/s 50.00, opens/s 4.00; 1 lost"
of_diff() {
	{
		echo "$all"
		rates
	} | prints "$reader" diff at.1 at.2
}
point "diff: the rates of each" of_diff

# line PATTERN WANT COMMAND...: of the line that matches, these columns
line() {
	local pattern=$1 want=$2
	shift 2
	diff <(echo "$want") \
		<("$@" | awk -v p="$pattern" '$0 ~ p { print $1, $2, $3, $4, $5 }')
}
point "diff: by process" line " webd " "100 webd 2 0 1250.00" \
	"$reader" diff at.1 at.2 --by process
point "diff: by process, those that ended" line "^ *- " "- - 0 42 130.00" \
	"$reader" diff at.1 at.2 -b process
point "diff: by comm, those that ended too" line "^sh " "sh 2 1 55.00 0.00" \
	"$reader" diff at.1 at.2 -b comm
point "diff: who waits, the longest first" \
	line "^(250|200) " "250 250 nfsd 0.00 0.00
200 200 dbd 0.00 0.00" "$reader" diff at.1 at.2 -s age
point "diff: over a longer time" line "^webd " "webd 2 0 1250.00 50.00" \
	"$reader" diff at.0 at.4 -b comm
point "diff: a tid that is used again is another task" \
	line "^300 " "300 300 sh 3.75 0.00" "$reader" diff at.0 at.4
point "diff: of one task" line "^500 " "500 500 idled 0.00 0.00" \
	"$reader" diff at.1 at.2 -t 500
point "diff: the other order is refused" refuses 1 \
	"cannot compare at.2 with at.1: the second one is older" "$reader" diff at.2 at.1
point "diff: a reset in between is refused" refuses 1 \
	"cannot compare at.2 with at.3r: they count from different starts" \
	"$reader" diff at.2 at.3r
point "diff: the same twice is refused" refuses 1 "of the same moment" \
	"$reader" diff at.2 at.2
point "diff: one is too few" refuses 2 "two snapshots" "$reader" diff at.2
point "diff: three are too many" refuses 2 "too many" "$reader" diff at.1 at.2 at.3
point "diff: it has no -f" refuses 2 "has no -f" "$reader" -f at.0 diff at.1 at.2

# --- top, where the output is no terminal

# follow FILE...: of one after the other, each once the last was shown
follow() {
	local tables=0 pid step
	put "$1"
	shift
	"$reader" -f live top -i 0.1 >out 2>err &
	pid=$!
	for step; do
		# once it has read the last one: it may begin late
		sleep 0.5
		put "$step"
		tables=$((tables + 1))
		poll has_tables "$tables" || return 1
	done
	kill "$pid"
	wait "$pid" || [ $? = 143 ]
}
has_tables() {
	[ "$(grep -c '^tid ' out)" = "$1" ]
}
# what the kernel and the scheduler of this host do may make it late, not wrong
unchanged="hostdiag: live has not changed since"
plain_top() {
	follow 0 1 2
	cat err
	[ "$(sort -u err)" = "$unchanged" ] && diff <(echo "22:13:24 $all" && rates && echo) \
		<(sed '1,/^$/d' out)
}
point "top: a table an interval" plain_top
after_reset() {
	put 2
	"$reader" -f live top -i 0.1 >out 2>err &
	local pid=$!
	sleep 0.5
	put 3r
	poll grep -q "counts were reset" err
	sleep 0.5
	put 4r
	poll has_tables 1
	kill "$pid"
	wait "$pid" || :
	cat err
	[ "$(grep -c "^22:13:28 $all" out)" = 1 ] && has_tables 1 &&
		[ "$(grep -c "the counts were reset" err)" = 1 ]
}
point "top: after a reset it begins anew, and says so" after_reset
# an interval in which there is nothing new is one, too
nothing_new() {
	timeout 30 "$reader" -f at.2 top 0.1 5 >out 2>err || return
	cat out err
	[ ! -s out ] && [ "$(cat err)" = "hostdiag: at.2 has not changed since" ]
}
point "top: a file that nobody replaces is said once, and -n ends" nothing_new
point "top: bad intervals are refused" \
	refuses 2 "'0' is no interval" "$reader" -f at.0 top -i 0
point "top: stdin is no file that changes" \
	refuses 1 "stdin can be read once" "$reader" -f - top

# status_of SIGNAL COMMAND...: its exit status, sent that after its first output
status_of() {
	local signal=$1 status=0
	shift
	setsid "$@" >out 2>err &
	local pid=$!
	sleep 0.5
	kill "-$signal" $pid
	wait "$pid" || status=$?
	echo $status
}
point "top: SIGTERM ends it as it does any program" \
	[ "$(status_of TERM "$reader" -f live top)" = 143 ]
# the writer of a pipe that nobody reads
silent_pipe() {
	local status=0
	("$reader" diff at.1 at.2 2>err || echo $? >status) | :
	cat err
	[ ! -s err ] && { [ ! -e status ] || [ "$(cat status)" = 141 ]; }
}
point "a pipe that is closed ends it silently" silent_pipe

# --- record

# start DIR N STEP
start() {
	put "$3"
	"$reader" -f live record -i 0.1 --keep "$2" "$1" >/dev/null 2>said &
	recorder=$!
	poll test -e "$1/$(name_of "$3")"
}
# steps DIR STEP...: they come, and are recorded
steps() {
	local step
	for step in "${@:2}"; do
		put "$step"
		poll test -e "$1/$(name_of "$step")" || return 1
	done
}
# stop SIGNAL: sets $status
stop() {
	kill "-$1" $recorder
	status=0
	wait $recorder || status=$?
}
recorded() {
	diff <(printf '%s\n' "${@:2}") <(ls -A "$1")
}
name_of() {
	date -u -d "@$((1700000000 + 2 * $1))" +%Y%m%dT%H%M%S.000Z.snap
}
mkdir kept
: >kept/20231114T221300.000Z.snap
: >kept/20231114T221300.000Z.snap.gz
: >kept/notes
start kept 3 0
point "record: a file each interval" steps kept 1 2 3 4
point "record: the last ones alone, and nothing else is touched" \
	recorded kept 20231114T221300.000Z.snap.gz \
	"$(name_of 2)" "$(name_of 3)" "$(name_of 4)" notes
point "record: a second one there is refused" \
	refuses 1 "another 'hostdiag record' is at work" \
	"$reader" -f live record kept
stop TERM
point "record: SIGTERM ends it, as it does any program" [ $status = 143 ]
point "record: without a word" [ ! -s said ]
point "record: what it has saved is what it has read" \
	prints "$reader" diff at.3 at.4 < <("$reader" diff "kept/$(name_of 3)" \
		"kept/$(name_of 4)")
start kept 2 5
point "record: goes on where the last one ended" steps kept 6
# it removes the old ones after that
removed() {
	[ "$(find kept -mindepth 1 | wc -l)" = 4 ]
}
poll removed || :
stop TERM
point "record: with fewer files" recorded kept \
	20231114T221300.000Z.snap.gz "$(name_of 5)" "$(name_of 6)" notes
# the clock was set back: what it is told is later is the oldest
mkdir back
for late in 1 2 3; do
	: >"back/2099010${late}T000000.000Z.snap"
done
start back 3 0 || :
back_to() {
	recorded back "$@" 20990103T000000.000Z.snap >/dev/null
}
steps back 1 || :
point "record: after the clock was set back, the new ones are kept" \
	poll back_to "$(name_of 0)" "$(name_of 1)"
steps back 2 || :
stop TERM
point "record: and those of before it go" \
	recorded back "$(name_of 0)" "$(name_of 1)" "$(name_of 2)"
# each has two more than the one before, which that has
events() {
	"$reader" -f "kept/$(name_of 6)" slow >out
	cat out
	[ "$(wc -l <out)" = 4 ]
}
point "record: a slow event is in one file" events
point "record: which says since when it has them" \
	grep -q '^snapshot of 2023-11-14 22:13:32 +0000, host db-7, kernel .*; slow events of its last 2.00s$' out
point "record: what others read, too" gzip -t <"kept/$(name_of 6)"
# nobody but their owner is to see what is in them
point "record: files of its own" \
	[ "$(stat -c %a "kept/$(name_of 6)")" = 600 ]

# what is in the way of the newest goes: a bound, and space that is to stay free
bounded() {
	rm -rf bound
	mkdir bound
	local old
	for old in 1 2 3; do
		head -c 600k /dev/zero >"bound/20200101T00000$old.000Z.snap"
	done
	put 0
	"$reader" -f live record -i 0.1 --max-size 1 bound >out 2>err &
	recorder=$!
	poll test -e "bound/$(name_of 0)"
	stop TERM
	cat out err
	recorded bound 20200101T000003.000Z.snap "$(name_of 0)" &&
		grep -q "^bound: a snapshot takes [0-9]* KiB" out &&
		[ "$(grep -c "of --max-size together: the oldest go" err)" = 1 ]
}
point "record: --max-size bounds the bytes, and says so once" bounded
reserved() {
	rm -rf bound
	mkdir bound
	put 0
	"$reader" -f live record -i 0.1 --reserve 99999999 bound >out 2>err &
	recorder=$!
	poll test -e "bound/$(name_of 0)"
	steps bound 1 2
	poll recorded bound "$(name_of 2)"
	stop TERM
	cat err
	recorded bound "$(name_of 2)" &&
		[ "$(grep -c "so that --reserve stays free: the oldest go" err)" = 1 ]
}
point "record: where space is scarce, the newest is kept" reserved

# A disk that does not answer: opening the file blocks till somebody reads it.
# Three snapshots are taken meanwhile.
record_hung() {
	rm -rf hung
	mkdir hung
	mkfifo hung/.new.snap
	put 0
	"$reader" -f live record -i 0.1 hung >out 2>err &
	recorder=$!
	local step
	for step in 1 2 3; do
		sleep 0.4
		put "$step"
	done
}
hung() {
	record_hung
	poll grep -q "the disk does not answer" err
	stop TERM
	cat err
	[ "$status" = 143 ] && recorded hung .new.snap &&
		[ "$(wc -l <err)" = 1 ] || return 1
	# what was begun goes on without it
	timeout 10 cat hung/.new.snap >/dev/null
	poll unlocked hung
	rm -f hung/*
}
unlocked() {
	flock -n "$1" true
}
point "record: a disk that hangs is said once, and it ends" hung
back_again() {
	record_hung
	sleep 0.4
	timeout 10 cat hung/.new.snap >/dev/null
	poll recorded hung "$(name_of 0)" "$(name_of 1)" "$(name_of 2)" \
		"$(name_of 3)"
	stop TERM
	cat err
	recorded hung "$(name_of 0)" "$(name_of 1)" "$(name_of 2)" \
		"$(name_of 3)"
}
point "record: what was taken meanwhile comes once it answers" back_again

# In a file system of its own, in which there is room for few
# shellcheck disable=SC2016	# the variables are the inner shell's
full_disk() {
	unshare --map-root-user --mount bash -euc '
		mkdir -p small
		mount -t tmpfs -o size=16k none small
		head -c 16k /dev/zero >small/ballast
		cp at.0 live
		"$1" -f live record -i 0.1 --keep 9 small/dir >/dev/null 2>err &
		pid=$!
		await() {
			for i in $(seq 100); do
				! grep -q "$1" err || return 0
				sleep 0.1
			done
			return 1
		}
		await "No space left"
		sleep 0.5
		ls -A small/dir >names
		head -c 8k /dev/zero >small/ballast
		await "recorded again"
		for step in 1 2; do
			./feed $step >next
			mv next live
			sleep 1
		done
		await "the oldest go"
		sleep 0.5
		kill -TERM $pid
		wait "$pid" || :
		ls -A small/dir >names2
	' bash "$reader" &&
		cat err &&
		[ "$(grep -c "No space left on device: not recorded" err)" = 1 ] &&
		[ ! -s names ] && grep -q "^$(name_of 2)$" names2 &&
		! grep -q "^$(name_of 0)$" names2
}
if unshare --map-root-user --mount true 2>/dev/null; then
	point "record: a full disk is said once, leaves no half, and ends" full_disk
else
	skip "record: a full disk" "no user namespaces here"
fi
point "record: a directory, please" \
	refuses 2 "a directory to record to" "$reader" record
point "record: nothing to read is said at once" \
	refuses 1 "no-such-file" "$reader" -f no-such-file record kept

# --- heatmap

mkdir map
for step in 0 1 2 3 4; do
	cp "at.$step" "map/$(name_of "$step")"
done
map() {
	prints env COLUMNS=40 "$reader" heatmap "$@"
}
point "heatmap: events a second, by octave" map map <<-'EOF'
	syscall latency, 11400 events
	2023-11-14 22:13:20 to 2023-11-14 22:13:28 +0000, 2.00s a column

	   131us |@@@@
	  65.5us |    
	  32.7us |++++
	  16.3us |====
	  8.19us |....
	         ++---
	          22:13:20

	events/s: . 50 : 70 - 97 = 136 + 189 * 264 # 368 % 514 @ 717 to 1.0k
EOF
point "heatmap: of one name, those that ended too" map map -c sh <<-'EOF'
	syscall latency of the tasks named 'sh', 440 events
	2023-11-14 22:13:20 to 2023-11-14 22:13:28 +0000, 2.00s a column

	  16.3us |@@@@
	         ++---
	          22:13:20

	events/s: @ 55 to 55
EOF
point "heatmap: of one call" map map -S openat <<-'EOF'
	syscall latency of openat, 400 events
	2023-11-14 22:13:20 to 2023-11-14 22:13:28 +0000, 2.00s a column

	  8.19us |@@@@
	         ++---
	          22:13:20

	events/s: @ 50 to 50
EOF
# from 22:13:24 to 26 it was reset
mkdir gap
for step in 0 1 2 3r 4r; do
	cp "at.$step" "gap/$(name_of ${step%r})"
done
point "heatmap: a gap" map gap -k open <<-'EOF'
	open-to-close time, 24 events
	2023-11-14 22:13:20 to 2023-11-14 22:13:28 +0000, 2.00s a column

	  4.19ms |@@ @
	         ++- -
	          22:13:20

	events/s: @ 4.0 to 4.0
	gaps: 1
EOF
cp gap/* map
head -c 1000 at.3 >"map/$(name_of 3)"
damaged() {
	"$reader" heatmap map >out 2>err
	cat out err
	grep -q "left out: map/$(name_of 3): cut short" err &&
		grep -q '^gaps: 2$' out
}
point "heatmap: a damaged one is left out" damaged

# colours COMMAND: its escapes, on a terminal
colours() {
	TERM=${term-xterm-256color} script -qec "$1" /dev/null </dev/null |
		grep -c "$(printf '\033')" || :
}
point "heatmap: coloured on a terminal" \
	[ "$(colours "$reader heatmap gap")" -gt 0 ]
point "heatmap: NO_COLOR" \
	[ "$(NO_COLOR=1 colours "$reader heatmap gap")" = 0 ]
point "heatmap: a terminal without colours" \
	[ "$(term=dumb colours "$reader heatmap gap")" = 0 ]

# boxes CLASS: how many of that colour there are, the one of the legend too
boxes() {
	grep -o "<rect class=\"$1\"" map.svg | wc -l
}
svg() {
	for step in 3 4; do
		cp "at.$step" "map/$(name_of "$step")"
	done
	"$reader" heatmap --svg map >map.svg
	xmllint --noout map.svg
}
point "heatmap: SVG is well-formed" svg
point "heatmap: a box for each cell, in the colour of its rate" \
	[ "$(for level in 1 2 4 5 9; do boxes l$level; done | xargs)" = "5 1 5 5 5" ]
point "heatmap: a box says what it is" grep -q \
	"<title>22:13:26, 131us to 262us: 1.0k/s</title>" map.svg
# url(#...) is within the document
nothing_else() {
	grep -nE '<script|<image|<use|href|@import|url\([^#]|<foreignObject' map.svg
	grep -n '://' map.svg | grep -v 'xmlns="http://www.w3.org/2000/svg"'
}
point "heatmap: SVG needs nothing else, and runs nothing" \
	[ -z "$(nothing_else || :)" ]
evil_names() {
	"$reader" heatmap --svg gap -c '<b>&"' 2>err || :
	grep -q "no syscall latency of the tasks named '<b>&\"' to show" err
}
point "heatmap: nothing of that name" evil_names
point "heatmap: one snapshot is too few" refuses 1 "no recorded snapshots" \
	"$reader" heatmap .
point "heatmap: a directory, please" refuses 2 "a directory" "$reader" heatmap
finish
