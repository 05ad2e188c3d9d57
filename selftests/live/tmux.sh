#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# tmux.sh: "hostdiag top" on a terminal, which tmux is: what it shows, its keys,
# resizing, and that the terminal is given back at any end.  TAP.
set -euo pipefail
top=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck source=lib.sh
. "$top/selftests/live/lib.sh"

export TMUX_TMPDIR=$work
unset TMUX NO_COLOR
at_exit+=("in_tmux kill-server")
in_tmux() {
	tmux -f /dev/null "$@"
}
keys() {
	in_tmux send-keys "$@"
}
screen() {
	in_tmux capture-pane -p
}
# sees PATTERN: before long
sees() {
	poll shows "$1" && return
	screen
	return 1
}
shows() {
	screen | grep -q -e "$1"
}
in_tmux new-session -d -x 100 -y 24 "env PS1='$ ' bash --norc -i"
sees '^\$' >&2
# what of the terminal a program can leave changed, but its size, which is ours;
# and the shell goes on after what ^C has ended
keys "PS1='$ '; cd '$work'; trap : INT; modes() { stty -a | sed '1s/;.*//'; }" Enter
keys "clear; modes >before; echo ready" Enter
sees '^ready' >&2
flags() {
	in_tmux display -p '#{cursor_flag} #{alternate_on} #{wrap_flag}'
}

# begin [ARG...]: the program, and its number
begin() {
	put 0
	rm -f pid
	keys "clear; sh -c 'echo \$\$ >pid; exec $reader -f live top -i 0.2 $*'; e=\$?; modes >after; echo ended \$e" Enter
	sees "^tid .*calls/s"
	pid=$(cat pid)
}
# ended STATUS: and the terminal is what it was, and shows what it did
ended() {
	sees "^ended $1\$" || return 1
	! shows 'calls/s' && diff before after && [ "$(flags)" = "1 0 1" ]
}

# --- what it shows

begin
point "at first, all since counting began" \
	sees "^22:13:20 since counting began, 1m10s: 7 tasks"
put 1
sleep 1
put 2
point "then each interval" sees "^22:13:24 2.00s: 7 tasks, 42 ended, 1 in D"
point "the busiest first" sees "^250 *250 nfsd .* D  *14.0s"
point "the rates of a task" sees "^100 *100 webd *1050.00 50.00 *20.05 "
point "a snapshot that has not changed is said" sees "; live has not changed since"

# what is sent: nothing while nothing changes, and then what has
in_tmux pipe-pane -O "cat >'$work/sent'"
sleep 1
point "nothing is sent while nothing changes" [ ! -s "$work/sent" ]
put 3
sees "^22:13:26 " >&2
sent=$(wc -c <"$work/sent")
all=$(screen | wc -c)
echo "# sent $sent bytes of a screen of $all"
point "what has changed is sent, and not all else" [ "$sent" -lt $((all / 3)) ]
in_tmux pipe-pane

# --- keys

key() {
	keys "$1"
	sees "$2"
}
point "c: by comm" key c "^comms by busy%"
point "c: the living and the dead of a name" sees "^sh *2 *1 *55.00 "
point "p: by process" key p "^processes by busy%"
point "p: its threads together" sees "^ *100 webd *2 *0 *1250.00 "
point "t: by thread" key t "^threads by busy%"
point "g: cgroups are of the live host alone" key g "^threads by busy%; a snapshot has no cgroups"
put 4
sees "^22:13:28 " >&2
point "<: the column to the left" key "<" "^threads by err/s;"
point "<: and sorted by it" sees "^100 *100 webd"
order() {
	screen | awk '/^(100|250) / { print $1 }' | xargs
}
point "<: the first is the one with most" [ "$(order)" = "100 250" ]
point ">: back" key ">" "^threads by busy%;"
point ">: the first is the one with most" [ "$(order)" = "250 100" ]
point "r: the other way round" key r "^threads by busy%, reversed"
point "r: the last is the one with most" [ "$(order)" = "100 250" ]
keys r
sees "^threads by busy%;" >&2
point "h: help" key h "  t p c g  *put together by thread, process, comm or cgroup"
point "escape: back" key Escape "^threads by busy%;"
keys Down Down Down
point "enter: what is behind the third line" \
	key Enter "^webd, task 100;"
point "enter: its histogram, and what is new in it" \
	sees "  131us -> 262us *: 10000 *+2000 *|\*\*\*\*\*\*"
point "enter: its syscalls" \
	sees "^ *1000.00 *0.00 *20.00 *200us *200us *200us *10000  read$"
point "enter: those that fail" \
	sees "^ *50.00 *50.00 *0.05 .*  openat$"
point "tab: D sleep" key Tab "^D sleep: 0 in all"
point "tab: open files" key Tab "^open-to-close time: 37 in all; 8 in the last"
point "tab: syscalls again" key Tab "^syscall latency: 10500 in all"
put 5
point "it goes on, of the same task" sees "^syscall latency: 12600 in all"
point "enter: back" key Enter "^threads by busy%;"

# --- another size

rows_shown() {
	screen | grep -cE '^ *([0-9]+|-) +([0-9]+|-) [a-z]+ '
}
has_rows() {
	[ "$(rows_shown)" = "$1" ]
}
in_tmux resize-window -x 60 -y 8
point "smaller: as many lines as there is room for" poll has_rows 5
widest() {
	screen | awk '{ if (length > most) most = length } END { print most + 0 }'
}
point "smaller: no wider than that" [ "$(widest)" -le 60 ]
keys End
point "smaller: it scrolls to the last" sees "^ *- *- sh "
keys Home
point "smaller: and to the first" sees "^250 "
in_tmux resize-window -x 160 -y 30
point "larger: all of it" poll has_rows 9
point "larger: the last column" sees " open$"
in_tmux resize-window -x 100 -y 24
poll has_rows 9 || :

# --- any end

keys q
point "q: ends it with 0, and the terminal is as before" ended 0
begin
keys C-c
point "^C: ends it as it does any program" ended 130
for end in TERM:143 HUP:129 QUIT:131 SEGV:139 ABRT:134; do
	begin
	kill "-${end%:*}" "$pid"
	point "SIG${end%:*}: and the terminal is as before" ended "${end#*:}"
done
begin
rm live
point "a snapshot that is gone ends it" ended 1
point "and it says why, where that can be read" \
	sees "^hostdiag: live: No such file or directory"
begin --count 1
put 1
point "--count: it ends after so many intervals" sees "^ended 0\$"
point "--count: and leaves the last one on the screen of before" \
	sees "^250 *250 nfsd .* 12.0s"
begin
keys Escape q
point "escape and then q: neither is lost" ended 0

# --- stopped and continued

keys "clear" Enter
put 0
keys "$reader -f live top -i 0.2" Enter
sees "^tid .*calls/s" >&2
keys C-z
point "^Z: the shell has the terminal" sees "Stopped"
shell_has_it() {
	[ "$(in_tmux display -p '#{alternate_on} #{cursor_flag}')" = "0 1" ] &&
		! shows "calls/s"
}
point "^Z: and another screen, with a cursor" poll shell_has_it
keys "echo one\$((1 + 1))three" Enter
point "^Z: it shows what is typed, and takes it" sees "^one2three"
keys "fg" Enter
point "fg: the picture is back" sees "^tid .*calls/s"
put 1
point "fg: and goes on" sees "^22:13:22 "
keys q
sees '^\$ *$' >&2
# --- a terminal that can do little

dumb() {
	put 0
	keys "clear; TERM=dumb $reader -f live top -i 0.2 -n 3; echo ended \$?" Enter
	sleep 1
	put 1
	sees "^22:13:22 2.00s: " || return 1
	keys C-c
	sees "^ended 130\$"
}
point "TERM=dumb: tables" dumb
# with one table at least: it has half a minute for it
plain() {
	TERM=dumb script -qec "(sleep 1; cp at.2 next; mv next live) &
		timeout -s INT 30 $reader -f live top -i 0.2" \
		/dev/null </dev/null | sed '/^ *101 /q' >typescript
	cat typescript
	grep -q '^ *101 ' typescript &&
		! grep -q "$(printf '\033')" typescript
}
point "TERM=dumb: without codes" plain
# red, but where NO_COLOR says no; what is in D says so in letters, too
colours() {
	put 0
	keys "clear; $1 $reader -f live top -i 0.2; echo ended" Enter
	sees "^250 .* D  *10.0s" || return 1
	in_tmux capture-pane -pe | grep "nfsd" >line
	keys q
	sees "^ended"
	grep -q "$(printf '\033')\[31m" line
}
point "D sleep is red" colours "env"
no_colours() {
	! colours "NO_COLOR=1"
}
point "NO_COLOR: it is not" no_colours
finish
