#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# After all the other tests, and some work: does anything of theirs leak?

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/faults.sh"

hd_load slow_dsleep_ms=1
launch churn 3 2
wait "$pid" || :
cat $hd/* >/dev/null
hd_unload
leaks_nothing
finish
