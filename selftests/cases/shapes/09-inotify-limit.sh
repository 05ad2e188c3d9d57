#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A daemon wants to watch more folders than the host allows.
# (PikoCI/pikoci#681)
# timeout: 180

. "$(dirname "$0")/play.sh"

was=$(cat /proc/sys/fs/inotify/max_user_watches)
echo 50 >/proc/sys/fs/inotify/max_user_watches
undo "echo $was >/proc/sys/fs/inotify/max_user_watches"
mkdir "$tmp/watched"
role watchd trouble watches "$tmp/watched" 100
watchd=$pid
sleep 4

culprit max_user_watches 50
ask_why watchd "$watchd"
# the line above that one names watchd
culprit max_user_watches
ask summary
finish
