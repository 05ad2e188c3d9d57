#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A cron job: a process for every order, however small.
i=0
while [ $i -lt 200 ]; do
	/bin/md5sum /srv/shop/order
	i=$((i + 1))
done
