#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# In the guest: the workloads with nothing, with empty probes, with hostdiag
# by group and whole.  Each line: what is loaded, the workload, ns.
dir=/hostdiag/bench

run() {
	"$dir/workloads" | sed "s/^/$1 /"
}

# with NAME MODULE [PARAMETER...]: the workloads with that module
with() {
	name=$1 module=$2
	shift 2
	insmod "$module" "$@" || exit 1
	run "$name"
	rmmod "$(basename "$module" .ko)"
}

run base
with floor "$dir/hostdiag_floor.ko"
with syscalls /hostdiag/hostdiag.ko dsleep=0 files=0
with dsleep /hostdiag/hostdiag.ko syscalls=0 files=0
with files /hostdiag/hostdiag.ko syscalls=0 dsleep=0
with all /hostdiag/hostdiag.ko
