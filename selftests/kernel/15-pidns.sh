#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A reader in another pid namespace sees its own tasks, with its own numbers.

. "$(dirname "$0")/lib.sh"

hd_load
reader=$hd_dir/../../userspace/hostdiag
[ -x "$reader" ] || reader=$(command -v hostdiag) || reader=false
mkdir "$tmp/proc"
start act stop "comm:out$$" getppid:33 stop
resume
outer=$pid

cat >"$tmp/inner.sh" <<EOF
"$bin/act" comm:in$$ getppid:77 stop &
pid=\$!
until grep -q '^State:.T' "$tmp/proc/\$pid/status"; do sleep 0.05; done
for file in tasks syscalls hist; do
	cat "$tmp/proc/hostdiag/\$file" >"$tmp/in.\$file"
done
cat "$hd/tasks" >"$tmp/in.outer"
"$reader" why \$pid >"$tmp/in.why" 2>&1
echo \$pid >"$tmp/in.pid"
(cd "$tmp/proc" && echo [0-9]* | tr ' ' '\n' | sort) >"$tmp/in.pids"
until [ -e "$tmp/go" ]; do sleep 0.05; done
kill -KILL \$pid
EOF
"$bin/as" pidns "$tmp/proc" sh "$tmp/inner.sh" &
pid=$!
hd_pids="$hd_pids $pid"
came() {
	[ -s "$tmp/in.pids" ] || [ -z "$(task_state "$pid")" ] ||
		[ "$(task_state "$pid")" = Z ]
}
poll 10 came || :
if [ ! -s "$tmp/in.pids" ]; then
	wait "$pid" && status=0 || status=$?
	[ "$status" != 4 ] || skip_all "no pid namespaces"
	not_ok "a pid namespace comes up"
	exit 1
fi

inner=$(cat "$tmp/in.pid")
check "a task has its inner number" \
	[ "$(rows "$tmp/in.tasks" "tid tgid" "comm=in$$")" = "$inner $inner" ]
check "its syscalls have it too" \
	[ "$(rows "$tmp/in.syscalls" calls "tid=$inner" syscall=getppid)" = 77 ]
check "its histograms have it too" \
	[ "$(rows "$tmp/in.hist" count "tid=$inner" key=getppid)" = 77 ]
check "a task outside is not seen" \
	[ -z "$(rows "$tmp/in.tasks" tid "comm=out$$")" ]
rows "$tmp/in.tasks" tid | sort >"$tmp/seen"
# the reader itself has ended when /proc is listed
check "all that is seen is inside" \
	[ "$(sort -n "$tmp/seen" | tail -n 1)" -lt $((inner + 50)) ]
check "nothing is without a number" [ "$(grep -cx 0 "$tmp/seen")" = 0 ]
check "the outer procfs shows no more: a task outside is not seen" \
	[ -z "$(rows "$tmp/in.outer" tid "comm=out$$")" ]
check "and has the inner number" \
	[ "$(rows "$tmp/in.outer" tid "comm=in$$")" = "$inner" ]
check "why says that the outer procfs has other tasks' numbers" \
	grep -q "^hostdiag: /proc is that of another pid namespace" "$tmp/in.why"
tid=$(rows tasks tid "comm=in$$")
check "outside, the inner task has its outer number" \
	[ -n "$tid" ] && check "which is that of outside's /proc" \
	grep -qx "in$$" "/proc/$tid/comm"
: >"$tmp/go"
wait "$pid" || :
pid=$outer
let_end

finish
