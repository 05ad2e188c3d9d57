#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# record.sh FILE COMMAND...: run it; leave its exit status in FILE.status and
# how long it took in FILE.seconds.  Its output passes through, and ends when
# these are there.
set -euo pipefail

file=$1
shift
status=0
"$@" || status=$?
echo "$status" >"$file.status"
echo "$SECONDS" >"$file.seconds"
