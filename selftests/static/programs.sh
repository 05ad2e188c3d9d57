#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# programs.sh: build the programs that run in userspace, and see that the
# compiler says nothing.  TAP.
set -euo pipefail
top=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck source=../qemu/lib.sh
. "$top/selftests/qemu/lib.sh"

# builds DIR TARGET
builds() {
	local said
	said=$(make -s --no-print-directory -C "$top/$1" clean "$2" 2>&1) &&
		[ -z "$said" ] && return
	echo "$said"
	return 1
}

point "the reader builds without a warning" builds userspace hostdiag
point "the kernel tests' programs build without a warning" builds selftests all
finish
