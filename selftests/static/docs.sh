#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# docs.sh: the man pages are sound, and name what there is: every command and
# option of the reader, every parameter and file of the module with its columns,
# and nothing else; examples are as the reader prints them; no column has changed;
# each --help fits a screen; what threats.md says is tested has a test; the
# README's layout has every folder.  TAP.
set -euo pipefail
top=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck source=../qemu/lib.sh
. "$top/selftests/qemu/lib.sh"

here=$top/selftests/static
pages=("$top"/userspace/man/hostdiag.[48])
reader_page=$top/userspace/man/hostdiag.8
module_page=$top/userspace/man/hostdiag.4
reader=$top/userspace/hostdiag
snapshot=$top/selftests/fuzz/corpus/snapshot/good
lists=$top/selftests/kernel/bin/lists
make -s -C "$top/userspace" >&2
make -s -C "$top/selftests" kernel/bin/lists >&2

silent() {
	local said status=0
	said=$("$@" 2>&1) || status=$?
	echo "$said"
	[ "$status" = 0 ] && [ -z "$said" ]
}

lint() {
	silent mandoc -Tlint -W warning "$1" &&
		silent groff -ww -mandoc -Tutf8 -z "$1"
}

# same WHAT: the lists that "is_WHAT" and "said_WHAT" print; "<" is not in the
# page, ">" is not in the sources
same() {
	local is
	is=$("is_$1") && [ -n "$is" ] && diff <(sort -u <<<"$is") \
		<("said_$1" | sort -u)
}

# items PAGE SECTION MACRO: the first words of a section's list items
items() {
	awk -v section=".S[hs] $2\$" -v macro="$3" '
	/^\.S[hs] / { inside = $0 ~ section }
	inside && $1 == ".It" && $2 == macro { print $3 }' "$1"
}

is_commands() {
	sed -n 's/^\t\.name = "\([a-z]*\)",$/\1/p' "$top"/userspace/cmd/*.c
}

said_commands() {
	items "$reader_page" COMMANDS Cm
}

# options [COMMAND]: each by its long name, with the short one, if any
options() {
	"$reader" "$@" --help |
		sed -nE 's/^  (-.),? --([a-z-]+).*/\2 \1/p; s/^      --([a-z-]+).*/\1/p'
}

# Those of a command that OPTIONS has need not be named again
is_options() {
	local command
	options | sed 's/^/hostdiag /'
	for command in $(is_commands); do
		options "$command" | sed "s/^/$command /"
	done
}

# In OPTIONS an option is of all commands that have the same, and of hostdiag
said_options() {
	awk '
	function option(	i, long, short) {
		for (i = 2; i <= NF; i++) {
			if ($i != "Fl")
				continue
			if ($(i + 1) ~ /^-/)
				long = substr($(i + 1), 2)
			else
				short = " -" $(i + 1)
		}
		sub(/\\&/, "", short)
		return long short
	}
	/^\.Sh / { section = $2 }
	section == "OPTIONS" && /^\.It Fl/ { print "*", option() }
	section == "COMMANDS" && /^\.It Cm/ { command = $3 }
	section == "COMMANDS" && /^\.It Fl/ { print command, option() }' \
		"$reader_page"
}

same_options() {
	awk '
	FNR == NR {
		is[$0] = 1
		name = $0
		sub(/^[^ ]* /, "", name)
		of_any[name] = 1
		next
	}
	{
		said[$0] = 1
		name = $0
		sub(/^[^ ]* /, "", name)
		if (!($1 == "*" ? name in of_any : $0 in is)) {
			print "no such option:", $0
			bad = 1
		}
	}
	END {
		for (option in is) {
			name = option
			sub(/^[^ ]* /, "", name)
			if (!(option in said) && !(("* " name) in said)) {
				print "not in the page:", option
				bad = 1
			}
		}
		exit bad || !FNR
	}' <(is_options) <(said_options)
}

is_parameters() {
	sed -nE '/^module_param_cb\(name,/d
		s/^module_param[a-z_]*\(([a-z_]+),.*/\1/p' "$top"/module/*/*.c
	"$lists" groups
}

said_parameters() {
	items "$module_page" PARAMETERS Va
}

is_proc() {
	"$lists" files
}

said_proc() {
	items "$module_page" /proc/hostdiag/ Pa
}

is_debugfs() {
	sed -nE 's/^\tdebugfs_create_file\("([a-z]+)",.*/\1/p' "$top"/module/*/*.c
}

said_debugfs() {
	items "$module_page" /sys/kernel/debug/hostdiag/ Pa
}

is_metrics() {
	grep -ohE '"hostdiag_[a-z_]+' "$top"/userspace/metrics/*.[ch] | tr -d '"'
}

said_metrics() {
	awk '/^\.S[hs] / { inside = /^\.Sh METRICS/ } inside' "$reader_page" |
		grep -oE 'hostdiag_[a-z_]+'
}

# Each file's name and its columns: tables have those of module/pure/columns.h
is_columns() {
	"$lists" columns
	awk '
	/^static (int|void) show_[a-z]*\(/ {
		name = $3
		gsub(/^show_|\(.*/, "", name)
	}
	/^static const struct hd_file_type type_control/ { name = "control" }
	/(seq_puts\(seq, |^\t\.columns = )"# / {
		gsub(/.*"# |\\n".*/, "")
		print name, $0
	}' "$top/module/show/debugfs.c" "$top/module/show/show.c"
}

said_columns() {
	awk '
	/^\.It Pa/ { print_columns(); name = $3 }
	/^\.D1 Va/ { sub(/^\.D1 Va/, ""); columns = columns $0 }
	/^\.Sh/ { print_columns() }
	function print_columns() {
		if (columns != "")
			print name columns
		columns = ""
	}' "$module_page"
}

# What scripts count on: the columns are exactly those that somebody has agreed
# to, so that none is renamed, moved or dropped unnoticed, nor gets in unnoticed
columns_stay() {
	local was
	was=$(grep -v '^#' "$here/columns" | sort) && [ -n "$was" ] &&
		diff <(is_columns | sort) - <<<"$was"
}

# The commands among the examples that print a table, each with its first line
table_examples() {
	awk '
	/^\.S[hs] / { inside = /^\.Sh EXAMPLES/ }
	command != "" && /^(tid|comm) / { print command "\t" $0 }
	{ command = "" }
	inside && /^# hostdiag / {
		command = substr($0, 12)
		# the snapshot has other tasks
		sub(/ -c [^ ]*/, "", command)
	}' "$reader_page"
}

# Whatever is in the snapshot: tables have their heads without a line, too
true_heads() {
	local command said is count=0
	while IFS=$'\t' read -r command said; do
		# shellcheck disable=SC2086	# words
		is=$("$reader" $command -f "$snapshot" |
			sed -n "/^snapshot of /!{p;q}" | xargs)
		[ "$is" = "$(xargs <<<"$said")" ] || {
			echo "$command prints $is"
			return 1
		}
		count=$((count + 1))
	done < <(table_examples)
	[ "$count" -ge 1 ]
}

# What it is that the group, and who else may read, is given
privacy() {
	local text word
	text=$(awk '/^\.Sh / { inside = /^\.Sh PRIVACY AND SIDE CHANNELS$/ }
		inside' "$module_page")
	for word in gid paths CAP_SYS_PTRACE hidepid container; do
		grep -qw "$word" <<<"$text" || {
			echo "nothing of $word"
			return 1
		}
	done
}

# Each row names one in its last cell, by its number and name in kernel/, or by
# its file
tests_exist() {
	local cell name named count=0
	while IFS= read -r cell; do
		# shellcheck disable=SC2016	# Markdown's
		named=$(grep -oE '`[^`]+`|\<([0-9]{2}|debug)-[a-z-]+' <<<"$cell") || {
			echo "no test: $cell"
			return 1
		}
		for name in ${named//\`/}; do
			[ -e "$top/selftests/$name" ] ||
				[ -e "$top/selftests/kernel/$name.sh" ] || {
				echo "there is no $name"
				return 1
			}
		done
		count=$((count + 1))
	done < <(awk -F ' *[|] *' '/^\| / && $2 !~ /^(who|---)$/ {
		print $(NF - 1) }' "$top/module/threats.md")
	[ "$count" -gt 0 ]
}

# help_fits ROWS COLUMNS: each --help
help_fits() {
	local command bad=0
	for command in '' $(is_commands); do
		# shellcheck disable=SC2086	# none of the first
		"$reader" $command --help | awk -v rows="$1" -v columns="$2" '
		length > columns { print "too wide:", $0; bad = 1 }
		END { if (NR > rows) print NR, "lines"; exit bad || NR > rows }' || {
			echo "hostdiag $command --help"
			bad=1
		}
	done
	[ "$bad" = 0 ]
}

# Each folder with files in it is in the README's layout, by its last name
layout_is_whole() {
	local dir layout bad=0
	layout=$(awk '/^## / { inside = /^## Layout$/ } inside' "$top/README.md")
	while IFS= read -r dir; do
		# shellcheck disable=SC2016	# Markdown's
		grep -qE '`([^`]*/)?'"${dir##*/}"'/`' <<<"$layout" || {
			echo "not in the README: $dir"
			bad=1
		}
	done < <(cd "$top" && find .ci dkms module selftests uapi userspace -type f \
		! -path '*/corpus/*' ! -path '*/bin/*' ! -path 'dkms/*/*/*' \
		-printf '%h\n' | sort -u)
	[ "$bad" = 0 ]
}

for page in "${pages[@]}"; do
	point "${page##*/} is sound" lint "$page"
done
point "hostdiag(8) has the commands" same commands
point "hostdiag(8) has the options" same_options
point "hostdiag(8) has the metrics" same metrics
point "hostdiag(4) has the parameters" same parameters
point "hostdiag(4) has the files of /proc/hostdiag" same proc
point "hostdiag(4) has the files of debugfs" same debugfs
point "hostdiag(4) has the columns" same columns
point "hostdiag(4) tells of privacy" privacy
point "hostdiag(4) says what each column is" "$here/columns.sh"
point "the columns are those of the list" columns_stay
point "the tables in hostdiag(8) have the columns of today" true_heads
point "each threat has a test" tests_exist
point "the README has each folder" layout_is_whole
point "each --help fits 24 x 80" help_fits 24 80
finish
