#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# truth.sh ABI HEADER COMPILER [FLAG...]: the syscall numbers in a header, as C
set -eu

abi=$1
header=$2
shift 2

echo '#include "truth.h"'
if echo "#include <$header>" | "$@" -E - >/dev/null 2>&1; then
	echo "#include <$header>"
	echo "const struct truth truth_${abi}[] = {"
	# Left out: what is no call, and the other name of sync_file_range2.
	echo "#include <$header>" | "$@" -E -dM - | sort |
	sed -n 's/^#define \(__\(ARM_\)\{0,1\}NR_\([a-z_][a-z0-9_]*\)\) .*/\t{ "\3", \1 },/p' |
	grep -v -e '"syscalls"' -e '"arch_specific_syscall"' \
		-e '"arm_sync_file_range"'
else
	echo "const struct truth truth_${abi}[] = {"
fi
echo '	{ 0, 0 },'
echo '};'
