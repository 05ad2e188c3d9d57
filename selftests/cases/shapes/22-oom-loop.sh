#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A service outgrows the memory of its cgroup, is killed and started again.
# timeout: 180

. "$(dirname "$0")/play.sh"

with_cgroup web memory
echo 8M >"$cgroup/memory.max"
ln -sf "$bin/trouble" "$tmp/webapp"
cat >"$tmp/supd" <<EOF
#!/bin/sh
while :; do
	sh -c 'echo \$\$ >$cgroup/cgroup.procs; exec $tmp/webapp memory'
	sleep 0.5
done
EOF
chmod 755 "$tmp/supd"
run "$tmp/supd"
killed() {
	[ "$(sed -n 's/^oom_kill //p' "$cgroup/memory.events")" -ge 3 ]
}
there "it was killed three times" killed
sleep 1

culprit webapp 'OOM|out of memory'
ask summary
finish
