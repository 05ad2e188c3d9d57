#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The process that holds the lock of a database is stopped: others retry, or
# wait.  (AgentWorkforce/relayhistory#50)
# timeout: 180

. "$(dirname "$0")/play.sh"

db=$tmp/history.db
sqlite3 "$db" "create table t(x)"
ln -sf "$(command -v sqlite3)" "$tmp/broker"
mkfifo "$tmp/sql"
"$tmp/broker" "$db" <"$tmp/sql" >/dev/null 2>&1 3>&- &
broker=$!
hd_pids="$hd_pids $broker"
exec 4>"$tmp/sql"
echo "begin immediate; insert into t values(1);" >&4
there "the lock is held" grep -q "POSIX.*WRITE $broker " /proc/locks
stop "$broker"
ln -sf "$(command -v sqlite3)" "$tmp/histsync"
run "$tmp/histsync" -cmd ".timeout 100000" "$db" "insert into t values(2)"
histsync=$pid
# the byte that SQLite calls reserved
role migrator trouble want "$db" 0x40000001
migrator=$pid
sleep 4

culprit broker "$broker" stopped
ask_why migrator "$migrator"
ask_why histsync "$histsync"
ask_all
finish
