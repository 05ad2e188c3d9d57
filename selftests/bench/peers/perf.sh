# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC2034	# sourced
title="perf trace -s"
programs=/usr/bin/perf

measure() {
	perf trace -s -o /dev/null "$@"
}
