# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC2034	# sourced
title="LTTng: all syscalls, snapshot mode"
programs="/usr/bin/lttng /usr/bin/lttng-sessiond
/usr/lib/x86_64-linux-gnu/lttng/libexec/lttng-consumerd"
files=/usr/share/xml/lttng/session.xsd
modules=/usr/src/lttng-modules

# The events of timers do not build for every kernel that Debian ships with
# them; no other event needs them.
build() {
	make -j"$(nproc)" -C "/lib/modules/$1/build" M=$modules CONFIG_LTTNG=m modules && return
	sed -i /lttng-probe-timer/d $modules/src/probes/Kbuild
	make -j"$(nproc)" -C "/lib/modules/$1/build" M=$modules CONFIG_LTTNG=m modules
}

measure() {
	mkdir -p /var/run /dev/shm
	mount -t tmpfs tmpfs /dev/shm
	# by its path: the shell has one of its own, whose lists libkmod cannot read
	ln -s /bin/kmod /sbin/depmod
	/sbin/depmod
	lttng-sessiond --daemonize
	lttng -n create --snapshot bench
	lttng -n enable-event --kernel --syscall --all
	lttng -n start
	"$@"
	lttng -n stop
}
