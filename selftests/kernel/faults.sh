# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
# For the tests in which allocations fail: a kernel with CONFIG_FAULT_INJECTION,
# CONFIG_FAILSLAB and CONFIG_FAIL_PAGE_ALLOC.
#
# shellcheck disable=SC2154	# of lib.sh

fault_dirs="/sys/kernel/debug/failslab /sys/kernel/debug/fail_page_alloc"

# set_fault NAME VALUE: in both, where it has it, until the script ends
set_fault() {
	for fault_dir in $fault_dirs; do
		[ -e "$fault_dir/$1" ] || continue
		at_exit "echo $(cat "$fault_dir/$1") >$fault_dir/$1"
		echo "$2" >"$fault_dir/$1"
	done
}

# needs_faults: all allocations may be made to fail, without a word in the log
needs_faults() {
	[ "$(id -u)" = 0 ] || skip_all "needs root"
	[ -e /proc/thread-self/fail-nth ] ||
		skip_all "the kernel has no CONFIG_FAULT_INJECTION"
	for fault_dir in $fault_dirs; do
		[ -e "$fault_dir" ] || skip_all "no $fault_dir"
	done
	set_fault verbose 0
	set_fault ignore-gfp-wait 0
	set_fault ignore-gfp-highmem 0
	set_fault min-order 0
}

kmemleak=/sys/kernel/debug/kmemleak

# suspects: those of kmemleak's that the module made, whose code has no name
# once it is unloaded
suspects() {
	awk '
	/^unreferenced object/ {
		if (is_ours)
			printf "%s", object
		object = ""
		is_ours = 0
	}
	/\[hostdiag\]| 0xffffffff[0-9a-f]+$/ { is_ours = 1 }
	{ object = object $0 "\n" }
	END {
		if (is_ours)
			printf "%s", object
	}' $kmemleak
}

# leaks_nothing: a point, where the kernel can tell.  An object is a suspect
# once it is some seconds old, and may be found alive in a second scan.
leaks_nothing() {
	if ! [ -e $kmemleak ]; then
		skip "nothing has leaked" "the kernel has no CONFIG_DEBUG_KMEMLEAK"
		return
	fi
	sleep 6
	check "kmemleak can still look" sh -c "echo scan >$kmemleak"
	echo scan >$kmemleak
	suspects >"$tmp/leaks"
	check "nothing has leaked" [ ! -s "$tmp/leaks" ]
	sed 's/^/#   /' "$tmp/leaks" | head -n 60
}

# each_fails WHAT RESULTS COMMAND...: with each allocation of nth's COMMAND
# failing in turn, after "prepare" the result is one of RESULTS, and then
# "is_right"
each_fails() {
	fault_what=$1
	fault_results=$2
	shift 2
	nth=0
	bad=0
	left=0
	while [ "$left" = 0 ]; do
		nth=$((nth + 1))
		prepare
		read -r result left <<-END
			$("$bin/nth" $nth "$@")
		END
		case " $fault_results " in
		*" $result "*) is_right && continue ;;
		esac
		bad=$((bad + 1))
		echo "# $fault_what, allocation $nth: $result"
	done
	check "$fault_what: each of $((nth - 1)) allocations may fail" [ $bad = 0 ]
}
