#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Commands on two or more snapshots: diff, top, record, heatmap; compared with workloads
# that make a known number of calls in between.

. "$(dirname "$0")/lib.sh"

hd_load
reader=$hd_dir/../../userspace/hostdiag
[ -x "$reader" ] || reader=$(command -v hostdiag) || skip_all "no reader"

snap() {
	cat $hd/snapshot >"$tmp/$1"
}
# ns FILE: when it was taken; a field of the header
ns() {
	od -A n -t u8 -j 24 -N 8 "$tmp/$1" | tr -d ' '
}
# per_second COLUMN: of the task $pid, or of the line of the dead named $1, from
# a to b; "-" without such a line
per_second() {
	"$reader" diff "$tmp/a" "$tmp/b" | awk -v name="$1" -v tid="$pid" '
	$1 == "tid" { for (i = 1; i <= NF; i++) if ($i == name) n = i; next }
	n && $1 == tid { print $n; found = 1 }
	END { if (!found) print "-" }'
}
# how_often COLUMN: that, times the time in between: how often it was
how_often() {
	awk -v rate="$(per_second "$1")" -v ns="$(($(ns b) - $(ns a)))" \
		'BEGIN { printf "%.0f\n", rate * ns / 1e9 }'
}

# a stop of the workload makes a call or two
start act stop getppid:20000 "refused:300:r:/no/such/file" \
	"many:40:r:$hd_dir/lib.sh" stop
# the shell that became it has opened what it is redirected to
opened=$(rows open fd "tid=$pid" | wc -l)
snap a
resume
snap b
check "diff: calls" within 20340 "$(how_often calls/s)" 20380
check "diff: errors" [ "$(how_often err/s)" = 300 ]
check "diff: opens" [ "$(how_often opens/s)" = 40 ]
check "diff: open files" [ "$(per_second open)" = $((opened + 40)) ]
let_end

# a stopped task has no line
start act stop getppid:1000 stop
resume
snap a
snap b
check "diff: a task that does nothing is left out" [ "$(per_second calls/s)" = - ]

# one that has ended: what it did before is not new
start act comm:hdended getppid:30000 stop getppid:500 stop
snap a
kill -CONT "$pid"
await_stop
snap b
check "diff: a task that goes on" within 500 "$(how_often calls/s)" 540
let_end
has_ended() {
	[ -n "$(rows exited comm comm=hdended)" ]
}
poll 10 has_ended || :
snap b
pid=
per_dead() {
	"$reader" diff --by comm "$tmp/a" "$tmp/b" | awk -v name="$1" '
	$1 == "comm" { for (i = 1; i <= NF; i++) if ($i == name) n = i; next }
	$1 == "hdended" { print $n }'
}
check "diff: a task that ended is one of the ended" \
	[ "$(per_dead ended)" = 1 ]
check "diff: with what it did in between alone" \
	within 500 "$(awk -v rate="$(per_dead calls/s)" \
	-v ns="$(($(ns b) - $(ns a)))" \
	'BEGIN { printf "%.0f\n", rate * ns / 1e9 }')" 600

# a D sleep that lasts: vfork's parent waits for its child
launch act mlock vfork:8000 stop
asleep() {
	[ "$(task_state "$pid")" = D ]
}
poll 20 asleep || :
snap a
sleep 2
snap b
if asleep; then
	share=$(per_second d% | sed 's/\..*//')
	# the sleep is looked at after the clock, by as long as reading takes
	check "diff: a D sleep that lasts is all of the time" \
		within 90 "${share:-0}" 100
	check "diff: and what it is in now" [ "$(per_second now)" = D ]
else
	not_ok "a workload sleeps in D for 8 s"
fi
kill -KILL "$pid"

# top prints intervals: together they have all that was done
start act stop getppid:6000 stop
"$reader" top 1 4 -t "$pid" >"$tmp/top" 2>"$tmp/said" &
follower=$!
hd_pids="$hd_pids $follower"
sleep 1.5
resume
wait "$follower" || not_ok "top ends with 0"
# its times have three digits
counted=$(awk -v tid="$pid" '
	/ tasks, / { s = $2; unit = s; gsub(/[0-9.:]/, "", unit); ns = s + 0
		if (unit == "ms") ns /= 1000 }
	$1 == tid { sum += $4 * ns }
	END { printf "%.0f\n", sum }' "$tmp/top")
check "top: calls of all intervals" within 5900 "$counted" 6200
check "top: as many tables as asked for" [ "$(grep -cE '^ *tid ' "$tmp/top")" = 4 ]
check "top: nothing else to say" [ ! -s "$tmp/said" ]
let_end

# record while a workload makes known calls
start act comm:hdrecorded mlock stop getppid:3000 \
	vfork:20 vfork:20 vfork:20 stop
mkdir "$tmp/night"
"$reader" record -i 0.3 --keep 100 "$tmp/night" 2>"$tmp/said" &
follower=$!
hd_pids="$hd_pids $follower"
files() {
	find "$tmp/night" -name '*Z.snap' | wc -l
}
has_files() {
	[ "$(files)" -ge "$1" ]
}
poll 20 has_files 2 || :
resume
poll 20 has_files $(($(files) + 3)) || :
kill -TERM "$follower"
status=0
wait "$follower" || status=$?
check "record: SIGTERM ends it" [ $status = 143 ]
check "record: without a word" [ ! -s "$tmp/said" ]
check "record: nothing half done is left" \
	[ "$(find "$tmp/night" -type f | wc -l)" = "$(files)" ]
newest=$(find "$tmp/night" -name '*Z.snap' | sort | tail -n 1)
check "record: snapshots for all other commands" \
	[ "$("$reader" -f "$newest" syscalls -t "$pid" |
		awk '$NF == "getppid" { print $4 }')" = 3000 ]
events() {
	"$reader" heatmap "$@" "$tmp/night" | sed -n '1s/.*, \([0-9]*\) events$/\1/p'
}
check "heatmap: calls" [ "$(events -t "$pid" -S getppid)" = 3000 ]
check "heatmap: D sleeps" [ "$(events -c hdrecorded -k dsleep)" = 3 ]
"$reader" heatmap --svg -c hdrecorded -k dsleep "$tmp/night" >"$tmp/svg"
check "heatmap: SVG, whole" [ "$(tail -n 1 "$tmp/svg")" = "</svg>" ]
let_end

# only the last files are kept
"$reader" record -i 0.2 --keep 2 "$tmp/night" 2>"$tmp/said" &
follower=$!
hd_pids="$hd_pids $follower"
has_two() {
	[ "$(files)" = 2 ]
}
check "record: keeps the last ones alone" poll 20 has_two
kill -TERM "$follower"
wait "$follower" || :

# a reset in between
snap a
echo reset >$hd/control
snap b
status=0
"$reader" diff "$tmp/a" "$tmp/b" >"$tmp/out" 2>"$tmp/said" || status=$?
check "diff: a reset in between is refused" [ "$status $(wc -l <"$tmp/said")" = "1 1" ]
finish
