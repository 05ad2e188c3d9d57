#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A disk does not answer a database that reads it without waiting: nobody is
# in D. (MySQL, ScyllaDB)
# timeout: 180

. "$(dirname "$0")/play.sh"

with_dm data /dev/loop0
role innodb rings aio /dev/mapper/data
innodb=$pid
sleep 1
dmsetup suspend --nolockfs --noflush data
undo "dmsetup resume data"
role rocksd rings direct /dev/mapper/data
rocksd=$pid
there "one waits in io_getevents" at "$innodb" read_events
there "one waits in io_uring_enter" at "$rocksd" io_uring_enter
sleep 2

culprit 'data|dm-0' suspended
ask_why innodb "$innodb"
ask_why rocksd "$rocksd"
ask_all
finish
