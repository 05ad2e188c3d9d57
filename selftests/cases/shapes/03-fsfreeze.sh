#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A backup freezes a filesystem, and nobody thaws it.  (home-
# assistant/operating-system#3251)
# timeout: 180

. "$(dirname "$0")/play.sh"

with_ext4 /mnt/srv "$tmp/disk" /dev/loop1
sync
fsfreeze --freeze /mnt/srv
undo "fsfreeze --unfreeze /mnt/srv"
run touch /mnt/srv/new
touch=$pid
there "one waits in D" at "$touch" percpu
sleep 2

culprit /mnt/srv frozen
ask_why touch "$touch"
ask_all
# by whom, who has ended
culprit fsfreeze frozen
ask_why touch-by-whom "$touch"
finish
