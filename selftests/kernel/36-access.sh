#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Access: containers, descriptors that are passed on, user namespaces, hidepid=, arguments of
# calls, and addresses of the kernel, which nobody may see.

. "$(dirname "$0")/lib.sh"

hd_load gid=4242
group=4242
nobody=65534
files=$(hd_list files | tr '\n' ' ')
# other users may not be allowed in the directory of the programs
chmod 755 "$tmp"
mkdir "$tmp/proc" "$tmp/hide" "$tmp/saved"
cp "$bin/as" "$bin/handover" "$bin/poke" "$tmp"
as=$tmp/as

# A secret, in every file: who ended, who waits, what is open, a slow event
set_param slow_open_ms 10
: >"$tmp/secret"
secret=secret$$
launch act "comm:$secret" "open:b:$tmp/secret" sleep:50 close getppid
wait "$pid"
start act "comm:$secret" "open:b:$tmp/secret" flock stop
launch act "comm:$secret" vfork:1 "refused:2:r:$tmp/secret/x" \
	"open:b:$tmp/secret" flock
secret_pid=$pid
in_flock() {
	[ "$(rows stuck syscall "tid=$secret_pid")" = flock ]
}
poll 10 in_flock || :
tells() {
	grep -aq secret "$1"
}
# not_told FILE: the file has contents, but not the secret
not_told() {
	[ -s "$1" ] && ! tells "$1"
}
for file in tasks syscalls errors hist stuck open slow exited deaths snapshot; do
	check "root sees it in $file" tells "$hd/$file"
done

# --- a container: with its own procfs, and, by the host's, without

cat >"$tmp/inner.sh" <<END
"$bin/act" comm:in$$ getppid:77 stop &
pid=\$!
until grep -q '^State:.T' "$tmp/proc/\$pid/status"; do sleep 0.05; done
for file in $files; do
	cat "$tmp/proc/hostdiag/\$file" >"$tmp/saved/own.\$file"
	cat "$hd/\$file" >"$tmp/saved/host.\$file"
done
printf reset | "$tmp/poke" "$tmp/proc/hostdiag/control" >"$tmp/reset.own"
printf reset | "$tmp/poke" "$hd/control" >"$tmp/reset.host"
"$tmp/handover" put "$tmp/out.own" "$tmp/proc/hostdiag/tasks"
"$tmp/handover" put "$tmp/out.host" "$hd/snapshot"
"$tmp/handover" put "$tmp/out.control" "$tmp/proc/hostdiag/control"
"$bin/follow" "$tmp/proc/hostdiag/slow" 200 >"$tmp/followed" &
follower=\$!
echo \$pid >"$tmp/in.pid"
until [ -e "$tmp/go" ]; do sleep 0.05; done
kill -KILL \$pid \$follower
END
# getter NAME [WORD]: somebody here waits for a file
getter() {
	"$tmp/handover" get "$tmp/out.$1" ${2:+"$2"} >"$tmp/got.$1" &
	hd_pids="$hd_pids $!"
	poll 10 test -S "$tmp/out.$1" || :
}
getter own
getter host
getter control reset
"$as" pidns "$tmp/proc" sh "$tmp/inner.sh" &
container=$!
hd_pids="$hd_pids $container"
if ! poll 20 test -s "$tmp/in.pid"; then
	wait "$container" && status=0 || status=$?
	[ "$status" != 4 ] || skip_all "no pid namespaces"
	not_ok "a container comes up"
	exit 1
fi
inner=$(cat "$tmp/in.pid")
for by in own host; do
	saved=$tmp/saved/$by
	check "by the $by procfs, a container sees its task by its own number" \
		[ "$(rows "$saved.tasks" "tid tgid" "comm=in$$")" = "$inner $inner" ]
	check "by the $by procfs, its calls" \
		[ "$(rows "$saved.syscalls" calls "tid=$inner" syscall=getppid)" = 77 ]
	for file in $files; do
		check "by the $by procfs, $file has nothing of others" \
			not_told "$saved.$file"
	done
	check "by the $by procfs, it resets nothing" \
		[ "$(cat "$tmp/reset.$by")" = EPERM ]
done
poll 10 test -s "$tmp/got.control" || :
check "a file that it hands out has nothing of others" not_told "$tmp/got.own"
check "but its task, by its own number" \
	[ "$(rows "$tmp/got.own" tid "comm=in$$")" = "$inner" ]
check "nor has one of the host's procfs" not_told "$tmp/got.host"
check "nobody resets with what it hands out" \
	[ "$(cat "$tmp/got.control")" = EPERM ]

# events that the opener may not see do not wake it
launch act "comm:$secret" "open:b:$tmp/secret" sleep:50 close
wait "$pid"
events() {
	[ -n "$(rows slow when_ns "tid=$pid" kind=open)" ]
}
poll 10 events || not_ok "there is an event"
turns=$(grep -c timeout "$tmp/followed" || :)
goes_on() {
	[ "$(grep -c timeout "$tmp/followed")" -gt $((turns + 1)) ]
}
check "poll() in a container waits on" poll 10 goes_on
check "poll() in a container tells of no event" \
	[ "$(grep -c event "$tmp/followed")" = 0 ]
: >"$tmp/go"
wait "$container" || :

# --- what root, and the group, hand to nobody, in a container

# handed NAME FILE OPENER...: what nobody gets of it
handed() {
	rm -f "$tmp/out.$1"
	"$as" pidns "$tmp/proc" "$as" user $nobody $nobody \
		"$tmp/handover" get "$tmp/out.$1" >"$tmp/got.$1" &
	taker=$!
	poll 10 test -S "$tmp/out.$1" || :
	name=$1
	file=$2
	shift 2
	"$@" "$tmp/handover" put "$tmp/out.$name" "$file"
	wait "$taker"
}
# lets nobody make a socket there
chmod 1777 "$tmp"
handed root "$hd/tasks"
check "what root hands to nobody in a container has what root sees" \
	[ "$(rows "$tmp/got.root" comm "tid=$secret_pid")" = "$secret" ]
handed group "$hd/tasks" "$as" user $nobody $group
check "what the group hands on has what it sees" \
	[ "$(rows "$tmp/got.group" comm "tid=$secret_pid")" = "$secret" ]

# arguments: of who may trace, as those of /proc/PID/syscall
# arguments SNAPSHOT: of flock(3, LOCK_EX)
arguments() {
	"$bin/snaprows" "$1" stuck >"$tmp/stuck"
	rows "$tmp/stuck" "fd arg0 arg1" "tid=$secret_pid"
}
fd=$(rows stuck fd "tid=$secret_pid")
handed arguments "$hd/snapshot" "$as" user $nobody $group
check "root sees the arguments of calls" \
	[ "$(arguments $hd/snapshot)" = "$fd $fd 2" ]
check "the group sees the descriptor, and no arguments" \
	[ "$(arguments "$tmp/got.arguments")" = "$fd 0 0" ]

# addresses(): what brk() returned to the task, by a file of calls
addresses() {
	rows "$1" result "tid=$secret_pid" syscall=brk | sort -u | xargs
}

handed calls "$hd/calls" "$as" user $nobody $group
check "root sees the addresses that calls return" \
	[ "$(addresses $hd/calls | tr -d -c '0-9')" != "" ]
check "the group does not" [ "$(addresses "$tmp/got.calls")" = - ]

# --- user namespaces: their root is not root

# in_userns COMMAND...: 4 where there are none
in_userns() {
	"$as" userns "$@" 2>/dev/null
}
if in_userns true; then
	for file in $files; do
		check "who was root outside does not read $file" \
			[ "$(in_userns "$tmp/poke" -r "$hd/$file")" = EACCES ]
		check "who was of the group does not read $file" \
			[ "$("$as" user $nobody $group "$as" userns \
				"$tmp/poke" -r "$hd/$file" 2>&1)" = EACCES ]
		check "who was nobody does not read $file" \
			[ "$("$as" user $nobody $nobody "$as" userns \
				"$tmp/poke" -r "$hd/$file" 2>&1)" = EACCES ]
	done
	in_userns "$as" pidns "$tmp/proc" cat "$tmp/proc/hostdiag/tasks" \
		>"$tmp/saved/userns"
	check "root of a container of its own sees that" \
		[ "$(rows "$tmp/saved/userns" tid tid=1)" = 1 ]
	check "and nothing of others" not_told "$tmp/saved/userns"
else
	skip "root of a user namespace" "no user namespaces"
fi

# --- hidepid=, of each mount, or, before 5.8, of all those of a namespace

hide() {
	mount -o "remount,$1" -t proc proc "$tmp/hide"
}
mount -t proc proc "$tmp/hide"
at_exit "umount '$tmp/hide'"
at_exit "hide hidepid=0"
# reads GID: what comes of it
reads() {
	"$as" user $nobody "$1" "$tmp/poke" -r "$tmp/hide/hostdiag/tasks"
}
hide hidepid=0
check "hidepid=0: the group reads" [ "$(reads $group)" = OK ]
"$as" user $nobody $group /bin/sh -c "
	exec 3<'$tmp/hide/hostdiag/tasks'
	: >'$tmp/opened'
	until [ -e '$tmp/hidden' ]; do sleep 0.05; done
	cat <&3" >"$tmp/saved/late" 2>&1 &
late=$!
hd_pids="$hd_pids $late"
poll 10 test -e "$tmp/opened" || :
for level in 1 2; do
	hide "hidepid=$level,gid=0"
	check "hidepid=$level: the group does not" [ "$(reads $group)" = EACCES ]
	check "hidepid=$level: root does" \
		[ "$("$tmp/poke" -r "$tmp/hide/hostdiag/tasks")" = OK ]
done
: >"$tmp/hidden"
wait "$late" || :
check "nor from what it opened before" not_told "$tmp/saved/late"
hide "hidepid=2,gid=$group"
check "hidepid=2,gid=: the mount's group does" [ "$(reads $group)" = OK ]
if hide "hidepid=4,gid=$group" 2>/dev/null; then
	check "hidepid=4,gid=: no group does" [ "$(reads $group)" = EACCES ]
	check "hidepid=4: root does" \
		[ "$("$tmp/poke" -r "$tmp/hide/hostdiag/tasks")" = OK ]
fi

# --- paths, addresses

echo off >$hd_params/paths
# in_none TEXT: fail, and name the file, if any has the text
in_none() {
	! grep -alF "$1" "$hd"/*
}
check "paths=off: nobody sees one in any file" in_none "$tmp/secret"
echo basename >$hd_params/paths
check "paths=basename: nor the directories of one" in_none "$tmp"
echo full >$hd_params/paths
check "paths=full: all of it" grep -aqF "$tmp/secret" $hd/stuck

echo "at ffffffff81000000" >"$tmp/saved/planted"
check "an address would be found" \
	sh -c "! '$bin/addresses' '$tmp/saved/planted' >/dev/null"
debugfs=/sys/kernel/debug/hostdiag
[ -d $debugfs ] || debugfs=
check "no file has an address of the kernel" \
	"$bin/addresses" $hd/* ${debugfs:+$debugfs/*}
finish
