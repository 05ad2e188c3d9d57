#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A real-time thread takes a CPU: what may run there alone is ready to, and
# never does.
# timeout: 180

. "$(dirname "$0")/play.sh"

was=$(cat /proc/sys/kernel/sched_rt_runtime_us)
echo -1 >/proc/sys/kernel/sched_rt_runtime_us
undo "echo $was >/proc/sys/kernel/sched_rt_runtime_us"
server ingest peers serve 7000
ingest=$pid
taskset -p 2 "$ingest" >/dev/null
taskset -p 1 $$ >/dev/null
server feeder peers ask 7000
feeder=$pid
role reportgen act pin:1 hog:40000
hog=$pid
undo "kill -KILL $hog"
there "it takes the CPU" in_state R "$hog"
sleep 4

culprit reportgen "$hog"
ask_why ingest "$ingest"
ask_why feeder "$feeder"
ask_all
finish
