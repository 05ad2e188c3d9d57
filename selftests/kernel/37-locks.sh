#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Holders of kernel locks: a test module has locks, and threads that hold them or wait for
# them, with names that tell the truth; other threads contend for locks meanwhile.
# timeout: 240

. "$(dirname "$0")/lib.sh"

hd_load
ko=
for at in "${HOSTDIAG_LOCKS_KO:-}" "$hd_dir/../../hostdiag_locks.ko" \
	/hostdiag/hostdiag_locks.ko; do
	[ -z "$at" ] || [ ! -e "$at" ] || ko=$at
done
[ -n "$ko" ] || skip_all "no hostdiag_locks.ko"
at_exit "$bin/modload -r hostdiag_locks >/dev/null"

# with_locks PARAMETERS: that module, loaded anew
with_locks() {
	[ ! -e /sys/module/hostdiag_locks ] ||
		"$bin/modload" -r hostdiag_locks >/dev/null
	hd_result=$("$bin/modload" "$ko" "$1")
	[ "$hd_result" = OK ] || {
		not_ok "the module with locks loads: $hd_result"
		exit 1
	}
}

# holders COMM: "wait hold holder" of the threads of that name, each once
holders() {
	cat "$hd/blocked" >"$tmp/blocked"
	rows "$tmp/blocked" "wait hold holder_comm" "comm=$1" | sort -u
}

# says COMM WAIT HOLD HOLDER
says() {
	[ "$(holders "$1")" = "$2 $3 $4" ]
}

# is_named VARIABLE OBJECT: it is, or has a number where the kernel keeps no names of
# variables
is_named() {
	if grep -q " $1" /proc/kallsyms; then
		[ "$2" = "$1" ]
	else
		expr "$2" : '@[0-9a-f]\{6\}$' >/dev/null
	fi
}

with_locks ""
# on PREEMPT_RT they are rt_mutexes
mutex=mutex
! is_rt || mutex=rt_mutex
check "a static mutex" poll 5 says w-static $mutex held h-static
check "a static mutex, by name" \
	is_named hdt_static_mutex "$(rows "$tmp/blocked" object comm=w-static | sort -u)"
check "all that wait for it are there" \
	[ "$(rows "$tmp/blocked" tid comm=w-static | wc -l)" = 2 ]
check "a mutex in the slab" poll 5 says w-slab $mutex held h-slab
check "... waited for in S" poll 5 says w-slab-s $mutex held h-slab
check "... its state" [ "$(rows "$tmp/blocked" state comm=w-slab-s)" = S ]
check "... waited for until a kill" poll 5 says w-slab-k $mutex held h-slab
check "a mutex in vmalloc's memory" poll 5 says w-pages $mutex held h-pages
check "an rwsem that is written" poll 5 says w-write rwsem held h-write
check "a static rwsem" poll 5 says w-rwstat rwsem held h-rwstat
object=$(rows "$tmp/blocked" object comm=w-rwstat)
check "a static rwsem, by name: $object" \
	is_named hdt_static_rwsem "${object%%+*}"
cat "$hd/blocked" >"$tmp/blocked"
read=$(rows "$tmp/blocked" "hold holder_comm" comm=w-read)
case $read in
"reader h-read" | "- -") ok "an rwsem that is read: $read" ;;
*) not_ok "an rwsem that is read: $read" ;;
esac
check "a semaphore has no holder" poll 5 says w-sem semaphore - -
check "... but a name" is_named hdt_static_semaphore \
	"$(rows "$tmp/blocked" object comm=w-sem | sort -u)"
check "a task behind a semaphore is not its holder" \
	poll 5 says w-trap semaphore - -
check "a completion has no holder" \
	[ "$(rows "$tmp/blocked" "hold holder_comm" comm=w-completion)" = "- -" ]
# percpu_says COMM VARIABLE: it waits for that percpu_rwsem, and no holder is told; up to
# Linux 5.6 for the rwsem in it
percpu_says() {
	cat "$hd/blocked" >"$tmp/blocked"
	case $(rows "$tmp/blocked" "wait hold holder_comm" "comm=$1" | sort -u) in
	"percpu_rwsem - -" | "rwsem - -") ;;
	*) return 1 ;;
	esac
	hd_object=$(rows "$tmp/blocked" object "comm=$1" | sort -u)
	is_named "$2" "${hd_object%%+*}"
}
check "a percpu_rwsem, by name, has no holder" \
	poll 5 percpu_says w-percpu hdt_static_percpu
check "... nor where a writer waits for it" \
	poll 5 percpu_says w-percpu-w hdt_static_percpu
check "another one is told apart" \
	poll 5 percpu_says w-percpu-o hdt_other_percpu
check "who waits is seen at the end of its chain" \
	[ "$(rows "$tmp/blocked" "holder_comm links root_comm circle" comm=w-chain)" = \
	"h-chain 2 h-slab 0" ]
if is_rt; then
	skip "two that wait for each other are a circle" "an rt_mutex refuses it"
else
	circle=$(rows "$tmp/blocked" tid comm=circle | sort -n | head -n 1)
	check "two that wait for each other are a circle" \
		[ "$(rows "$tmp/blocked" "circle root" comm=circle | sort -u)" = "1 $circle" ]
fi
check "nobody is named that holds nothing" \
	[ -z "$(rows "$tmp/blocked" tid holder_comm=innocent)" ]
# any other holder that is named does hold a lock
others=$(rows "$tmp/blocked" "comm holder_comm" hold=held |
	grep -v -e ' h-' -e '^circle circle$' || :)
check "nobody is named that holds no lock: $others" [ -z "$others" ]
sed 's/^/#   /' "$tmp/blocked"

with_locks crowd=1000
crowd() {
	cat "$hd/blocked" >"$tmp/blocked"
	[ "$(rows "$tmp/blocked" "holder_comm root_comm" comm=w-crowd \
		hold=held | grep -cx "h-static h-static")" = 1000 ]
}
check "a thousand wait for one lock" poll 20 crowd
begin=$(now_cs)
cat "$hd/blocked" >/dev/null
echo "# blocked, of a thousand that wait: $((($(now_cs) - begin) * 10)) ms"

# --- locks that change hands

seconds=${HOSTDIAG_STRESS:-10}
with_locks "stress=$seconds"
result=/sys/module/hostdiag_locks/parameters/result
over() {
	grep -q over=1 "$result"
}
poll $((seconds * 3 + 60)) over || :
cat "$result" >"$tmp/result"
sed 's/^/# /' "$tmp/result"
of() {
	tr ' ' '\n' <"$tmp/result" | sed -n "s/^$1=//p"
}
check "locks changed hands" [ "$(of operations)" -gt 1000 ]
check "they were looked at" [ "$(of samples)" -gt 1000 ]
check "holders were named" [ "$(of right)" -gt 100 ]
check "no holder was wrong" [ "$(of wrong)" = 0 ]
check "no lock was another one" [ "$(of other_lock)" = 0 ]
finish
