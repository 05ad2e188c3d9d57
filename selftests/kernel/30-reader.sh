#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The reader's tables compared with the text files, its roll-ups with its rows, and the
# columns that it adds from /proc.

. "$(dirname "$0")/lib.sh"

hd_load
reader=$hd_dir/../../userspace/hostdiag
[ -x "$reader" ] || reader=$(command -v hostdiag) || skip_all "no reader"
saved=$tmp/saved
set_param slow_syscall_ms 100

# Two processes: one with threads, failed opens and a limit that is used up, one
# that waits for a lock; all stand still, or in one call.
echo 1 >"$tmp/file"
start act "open:b:$tmp/file" flock stop
holder=$pid
start act thread:2 "refused:4:r:/no/such/file" sleep:600000 end sleep:300 \
	"refused:30:r:/no/such/file" nofile:10 "many:7:r:$tmp/file" \
	"refused:9:r:$tmp/file" stop
failing=$pid
launch act sleep:600000
idle=$pid
launch act comm:hdwaits "open:b:$tmp/file" flock stop
poll 10 grep -q "^$pid .* flock " $hd/stuck || not_ok "the workload waits"
waiting=$pid
sleep 0.2
cat $hd/snapshot >"$saved"

# sum COLUMN: of the table on standard input; "-" counts as nothing, and a table
# without the column by its lines
sum() {
	sed '/^snapshot of /d' | awk -v name="$1" '
	NR == 1 {
		for (i = 1; i <= NF; i++)
			if ($i == name)
				n = i
		next
	}
	/ more wait for work by design: / { next }
	{ sum += n ? ($n == "-" ? 0 : $n) : 1 }
	END { print sum + 0 }'
}

# adds_up COLUMN COMMAND...: rolling up does not change the sum
adds_up() {
	column=$1
	shift
	"$reader" "$@" --file="$saved" >"$tmp/rows"
	want=$(sum "$column" <"$tmp/rows")
	for by in thread process comm; do
		"$reader" "$@" --by "$by" --file="$saved" >"$tmp/groups"
		got=$(sum "$column" <"$tmp/groups")
		[ "$got" = "$want" ] || {
			echo "# by $by: $got, and rows have $want"
			return 1
		}
	done
	[ "$want" -gt 0 ]
}
for column in calls errors opens open_now; do
	check "tasks: $column of all groups is that of all rows" \
		adds_up $column tasks
done
check "errors: count of all groups is that of all rows" adds_up count errors
check "stuck: tasks of all groups are all rows" adds_up tasks stuck -a
check "open: files of all groups are all rows" adds_up files open

# cell COLUMN PATTERN COMMAND...: of the line that matches
cell() {
	column=$1
	pattern=$2
	shift 2
	"$reader" "$@" | awk -v name="$column" -v pattern="$pattern" '
	NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) n = i; next }
	$0 ~ pattern { print $n }'
}
# by process, threads are in it
check "errors: of a process, its threads' too" \
	[ "$(cell count ENOENT errors --by process -p "$failing")" = 38 ]
check "errors: of a task, as in the file" \
	[ "$(cell count ENOENT errors -t "$failing")" = \
	"$(number errors count "tid=$failing" errno=ENOENT)" ]
check "open: of a process" \
	[ "$(cell files . open --by process -p "$failing")" = \
	"$(rows open fd "tgid=$failing" | wc -l)" ]
# prints PATTERN COMMAND...: a line of the output matches
prints() {
	pattern=$1
	shift
	"$reader" "$@" | grep -q -- "$pattern"
}
# lacks PATTERN COMMAND...: no line of the output matches
lacks() {
	! prints "$@"
}
check "errors: the limit that explains EMFILE" \
	prints " EMFILE .* open files 10 of 10$" errors -t "$failing"
check "stuck: the call, its file and what it waits for" \
	prints " flock  *lock  *3  *-  *a file lock  *$tmp/file$" stuck -t "$waiting"
check "stuck -a: idle waits" poll 10 prints "^ *$idle .* idle " stuck -a
check "stuck: they are left out" lacks " idle " stuck

# slow -F gets each event as it comes, and SIGINT ends it well
"$reader" slow -F >"$tmp/followed" &
follower=$!
hd_pids="$hd_pids $follower"
poll 10 grep -q '^tid ' "$tmp/followed" || :
check "slow -F: nothing before it has happened" \
	[ "$(grep -c " hdwaits " "$tmp/followed")" = 0 ]
kill -KILL "$holder"
check "slow -F: an event as it comes" \
	poll 10 grep -Eq "^ *$waiting +$waiting hdwaits .* flock +0 .* $(event_path "$tmp/file")$" \
	"$tmp/followed"
kill -INT "$follower"
status=0
wait "$follower" || status=$?
check "slow -F: SIGINT ends it with status 0" [ "$status" = 0 ]
check "slow: the same event" \
	[ "$(cell what hdwaits slow -t "$waiting")" = flock ]
finish
