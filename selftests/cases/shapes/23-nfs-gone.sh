#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# An NFS server does not answer any more: who reads a file there hangs.
# (prometheus/node_exporter#868)
# timeout: 180

. "$(dirname "$0")/play.sh"

with_nfs
truncate -s 64K /srv/exp/data
# the time in which clients of before may come back
sleep 11
role trainer trouble reread /mnt/nfs/data
trainer=$pid
sleep 2
nfs_gone
there "one waits for the server" at "$trainer" 'rpc_wait\|folio_wait'
run ls -l /mnt/nfs
ls=$pid
sleep 2

# that server may be any process: all that are stopped are told of
no_blame="$no_blame| was stopped "
culprit '10[.]9[.]0[.]2'
ask_why trainer "$trainer"
ask_why ls "$ls"
ask_all
finish
