#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# As 38-hang.sh of the kernel tests, with an NFS server that does not answer: every
# command comes back, whatever the victim does there.
# (prometheus/node_exporter#868)
# timeout: 300

. "$(dirname "$0")/play.sh"
# shellcheck source=../../kernel/hang.sh
. "$(dirname "$0")/hang.sh"

reader=$(command -v hostdiag)
with_nfs
truncate -s 64K /srv/exp/data
cp "$bin/hungfs" /srv/exp/prog
sleep 11
victims /mnt/nfs
sleep 2
nfs_gone
all_come_back
finish
