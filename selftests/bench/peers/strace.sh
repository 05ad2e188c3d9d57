# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC2034	# sourced
title="strace -c -f"
programs=/usr/bin/strace

measure() {
	strace -c -f -o /dev/null "$@"
}
