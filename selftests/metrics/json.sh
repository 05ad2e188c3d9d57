# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2154	# test.sh's variables
# The document that the guest's hostdiag json printed.

# What the second line of each file says
same_columns() {
	local table columns is
	[ "$(wc -l <"$work/columns")" -ge 10 ]
	while read -r table columns; do
		is=$(jq -r ".${table}[0] // {} | keys_unsorted | join(\" \")" \
			"$work/json")
		# nobody need be blocked at that moment, nor have done what stalls a host
		case $table$is in
		blocked | ledger) continue ;;
		esac
		[ "$is" = "$columns" ] || {
			echo "$table has $is, and should $columns"
			return 1
		}
	done <"$work/columns"
}

# The commands of the man page that read it
examples() {
	sed -n '/^# hostdiag json/,/^\.Ed/ {
		/^\.Ed/s/.*/#/
		s/^# //
		s/\\e/\\/g
		p
	}' "$top/userspace/man/hostdiag.8"
}

# each of them, to its "#"
run_examples() {
	local line command='' count=0
	while IFS= read -r line; do
		if [ "$line" != "#" ]; then
			command+=$line$'\n'
			continue
		fi
		command=${command/hostdiag json/cat json}
		echo "$command"
		tool sh -c "$command" >"$dir/said"
		cat "$dir/said"
		[ -s "$dir/said" ]
		command=
		count=$((count + 1))
	done < <(examples)
	[ "$count" -ge 3 ]
}

any_bytes() {
	jq -e '[.tasks[].comm] | any(. == "a�é\"\\\nb")' "$work/json"
}

one_document() {
	[ "$(jq -s length "$work/json")" = 1 ]
}

# buckets are those of the text, and add up
buckets_add_up() {
	jq -e '.hist | length > 10 and
		all(.count == ([.buckets[][1]] | add))' "$work/json"
}

point "json is one document" one_document
point "its tables have the columns of the files" same_columns
point "its histograms add up" buckets_add_up
point "a name of any bytes is a string" any_bytes
point "the examples of hostdiag(8) work" run_examples
