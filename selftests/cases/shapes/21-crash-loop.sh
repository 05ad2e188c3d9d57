#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A supervisor starts a service again and again that dies of a signal at once.
# (garrytan/gbrain#2443)
# timeout: 180

. "$(dirname "$0")/play.sh"

cat >"$tmp/supd" <<'EOF'
#!/bin/sh
while :; do
	sh -c 'echo paymentd >/proc/self/comm; sleep 0.2; kill -SEGV $$'
	sleep 0.3
done
EOF
chmod 755 "$tmp/supd"
run "$tmp/supd"
supervisor=$pid
sleep 12

culprit paymentd 'SIGSEGV|segfault' supd "$supervisor"
ask summary
finish
