#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Load and unload 50 times, under load and with readers.
# timeout: 600

. "$(dirname "$0")/lib.sh"

hd_unload
hd_load
at_exit hd_unload
# the readers pause, so that the loader gets some CPU time
nice sh -c "while :; do
	cat $hd/tasks $hd/hist $hd/snapshot $hd/exited $hd/stuck $hd/open \
		$hd/slow $hd/dsleep || :
	sleep 0.01
done" >/dev/null 2>&1 &
hd_pids="$hd_pids $!"
reload 50
check "the files are well-formed after it" "$bin/validate" $hd 0

finish
