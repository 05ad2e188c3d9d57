#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Load and unload 50 times, under load and with readers.
# timeout: 300

. "$(dirname "$0")/lib.sh"

hd_unload
hd_load
at_exit hd_unload
ko=$(hd_ko)
# the load leaves the loader some time, which else would take minutes
launch churn 290 2 nice
churn=$pid
while :; do
	cat $hd/tasks $hd/hist $hd/snapshot $hd/exited $hd/stuck $hd/open \
		$hd/slow $hd/dsleep || :
	sleep 0.01
done >/dev/null 2>&1 &
hd_pids="$hd_pids $!"
bad=0
round=0
while [ $round -lt 50 ]; do
	round=$((round + 1))
	result=$("$bin/modload" -r hostdiag) || {
		bad=$((bad + 1))
		echo "# unload $round: $result"
	}
	result=$("$bin/modload" "$ko" budget_percent=0) || {
		bad=$((bad + 1))
		echo "# load $round: $result"
	}
done
check "50 unloads and loads under load" [ $bad = 0 ]
check "the load was there all along" [ "$(task_state "$churn")" != "" ]
check "the files are well-formed after it" "$bin/validate" $hd 0

finish
