#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Make each allocation of loading fail in turn, and with them each registration: the module
# loads with a group less, which it logs, or does not load and leaves nothing behind.  Then
# the same for each allocation of unloading.
# timeout: 900

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/faults.sh"

needs_faults
debug=/sys/kernel/debug/hostdiag
hd_unload
at_exit hd_unload
ko=$(hd_ko)
[ -n "$ko" ] || skip_all "no hostdiag.ko"

groups_on() {
	cat $hd_params/syscalls $hd_params/dsleep $hd_params/files | tr -d '\n'
}

# said GROUP: print how often the log reports the group as off
said() {
	dmesg | grep -c "hostdiag: $1 is off: " || :
}

whole=0
degraded=0
refused=0
bad=0

wrong() {
	bad=$((bad + 1))
	echo "# allocation $nth of loading: $1"
}

# each group that is off has said so once more
is_honest() {
	for group in $(hd_list groups); do
		[ "$(cat "$hd_params/$group")" = 1 ] ||
			echo "$group" >>"$tmp/off"
		[ "$(said "$group")" = "$(grep -c "$group" "$tmp/off")" ] ||
			wrong "$group is off, or on, in silence"
	done
}

loaded() {
	if [ "$(groups_on)" = 111 ] && [ -e "$debug/probes" ] &&
		[ -e "$debug/memory" ] && [ -e "$debug/cost" ]; then
		whole=$((whole + 1))
	else
		degraded=$((degraded + 1))
		is_honest
	fi
	for file in "$hd"/*; do
		[ "${file##*/}" = control ] || cat "$file" >/dev/null ||
			wrong "$file cannot be read"
	done
	[ "$("$bin/modload" -r hostdiag)" = OK ] || wrong "it cannot be unloaded"
}

not_loaded() {
	refused=$((refused + 1))
	[ "$1" = ENOMEM ] || wrong "$1"
	[ ! -e "$hd" ] || wrong "$hd stays"
	[ ! -e $debug ] || wrong "$debug stays"
	[ ! -e /sys/module/hostdiag ] || wrong "/sys/module/hostdiag stays"
}

# What the kernel allocates before it comes to the module's own is its affair, and
# it complains of some: at least as much as for a module whose parameter is
# refused, give and take the pages of which slabs are made.
read -r result left <<-END
	$("$bin/nth" 1000000 load "$ko" gid=none)
END
check "a bad parameter is refused" [ "$result" = EINVAL ]
first=$((1000000 - left + 10))

nth=$first
for group in $(hd_list groups); do
	yes "$group" | head -n "$(said "$group")"
done >"$tmp/off"
while :; do
	read -r result left <<-END
		$("$bin/nth" $nth load "$ko" budget_percent=0)
	END
	if [ -e $hd ] && [ "$result" = OK ]; then
		loaded
	else
		not_loaded "$result"
	fi
	[ "$left" = 0 ] || break
	nth=$((nth + 1))
done
echo "# of $((nth - first)) allocations without which: $((whole - 1)) loaded whole, $degraded degraded, $refused not"
check "each allocation of loading may fail" [ $bad = 0 ]
check "without some it is loaded, with less" [ $degraded -gt 0 ]
check "without some it is not loaded" [ $refused -gt 0 ]

# what is freed needs memory, too, and cannot be refused
bad=0
nth=1
while :; do
	"$bin/modload" "$ko" budget_percent=0 >/dev/null
	start act stop getppid:100 open:r:/dev/null stop
	read -r result left <<-END
		$("$bin/nth" $nth unload hostdiag)
	END
	if [ "$result" != OK ] || [ -e $hd ]; then
		bad=$((bad + 1))
		echo "# allocation $nth of unloading: $result"
	fi
	resume
	let_end
	[ "$left" = 0 ] || break
	nth=$((nth + 1))
done
echo "# of $((nth - 1)) allocations"
check "each allocation of unloading may fail" [ $bad = 0 ]

# and after all that
hd_load
check "it is loaded again" [ "$(groups_on)" = 111 ]
start act stop getppid:100 stop
resume
check "it counts" [ "$(call getppid calls)" = 100 ]
let_end
check "the files are well-formed" "$bin/validate" $hd 0
hd_unload
leaks_nothing
finish
