#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A process waits for an io_uring read of a fifo that nobody writes to.
# (axboe/liburing#1289)
# timeout: 180

. "$(dirname "$0")/play.sh"

mkfifo "$tmp/queue"
ln -sf "$bin/act" "$tmp/feeder"
# shellcheck disable=SC2016	# for the shell within
run sh -c 'exec "$1" sleep:10000000 >"$2"' sh "$tmp/feeder" "$tmp/queue"
feeder=$pid
role dbengine rings read "$tmp/queue"
engine=$pid
there "one waits in io_uring_enter" at "$engine" io_uring_enter
sleep 2

culprit feeder "$feeder"
ask_why dbengine "$engine"
finish
