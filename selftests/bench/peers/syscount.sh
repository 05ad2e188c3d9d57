# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC2034	# sourced
title="libbpf-tools: syscount -L -P"
programs=/usr/sbin/syscount

measure() {
	syscount -L -P >/dev/null &
	sleep 10	# it does not say when it is ready
	"$@"
	kill -INT $!
}
