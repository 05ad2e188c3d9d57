#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Four threads wait for a mutex that was locked by a thread that has ended.
# timeout: 180

. "$(dirname "$0")/play.sh"

role appd futexes dead
appd=$pid
four_wait() {
	waiting=$(cat "/proc/$appd"/task/*/stack | grep -c futex_wait)
	[ "$waiting" -ge 4 ]
}
there "four threads wait for the mutex" four_wait
for thread in "/proc/$appd"/task/*; do
	worker=${thread##*/}
done
sleep 2

culprit 'ended|nobody|never|dead'
ask_why worker "$worker"
culprit 'worker|appd' 'ended|nobody|never|dead'
ask_all
finish
