#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# serve.sh: in a root that has them, in /mnt and a network of its own: let
# node_exporter and Prometheus scrape 0.prom, 1.prom ... one after the other, as
# hostdiag's timer would have left them, and ask what queries/NAME says, over
# HTTP: the answers are answers/NAME.
set -eu

url=http://127.0.0.1:9090
mkdir -p textfile answers data
busybox ip link set lo up
prometheus-node-exporter --collector.disable-defaults --collector.textfile \
	--collector.textfile.directory=textfile \
	--web.listen-address=127.0.0.1:9100 >node_exporter.log 2>&1 &
exporter=$!
prometheus --config.file=prometheus.yml --storage.tsdb.path=data \
	--web.listen-address=127.0.0.1:9090 >prometheus.log 2>&1 &
prometheus=$!
trap 'kill $exporter $prometheus' EXIT

ask() {
	promtool query instant -o json "$url" "$1"
}

# await WHAT QUERY: till it has an answer
await() {
	tries=0
	until ask "$2" 2>said | grep -q '"value"'; do
		tries=$((tries + 1))
		[ $tries -lt 240 ] || {
			echo "$1: nothing came of it in a minute"
			cat said
			exit 1
		}
		sleep 0.25
	done
}

# a rate takes two scrapes at least, and so does what comes of the last
nth=0
while [ -e $nth.prom ]; do
	cp $nth.prom textfile/new
	touch -d "@$((1000000000 + nth))" textfile/new
	mv textfile/new textfile/hostdiag.prom
	await "scrape of $nth.prom" \
		"node_textfile_mtime_seconds == $((1000000000 + nth))"
	nth=$((nth + 1))
done
for query in queries/*; do
	ask "$(cat "$query")" >"answers/${query#*/}" 2>&1 || echo failed \
		>>"answers/${query#*/}"
done
