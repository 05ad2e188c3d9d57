# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# What analysers find, against what selftests/static/answers says to it.
# shellcheck disable=SC2154	# $top is the user's

# unanswered TOOL: of the findings on standard input, "FILE:LINE... WORDS",
# those without an answer; and answers without a finding.  Fails if there are any.
unanswered() {
	awk -v tool="$1" '
	FNR == NR {
		if ($1 == tool) {
			file[++n] = "^" $2 ":"
			what[n] = $3
		}
		next
	}
	{
		answered = 0
		for (i = 1; i <= n; i++)
			if ($0 ~ file[i] && $0 ~ what[i])
				answered = used[i] = 1
		if (!answered) {
			print
			bad = 1
		}
	}
	END {
		for (i = 1; i <= n; i++)
			if (!used[i]) {
				print "no such finding any more: " file[i], what[i]
				bad = 1
			}
		exit bad
	}' "$top/selftests/static/answers" -
}
