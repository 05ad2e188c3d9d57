# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2154	# test.sh's variables
# Counters of made-up snapshots, of which all is known; see steps.c.

steps=$dir/steps

make_steps() {
	mkdir -p "$steps"
	gcc -std=gnu99 -I"$top/module" -I"$top" -o "$dir/make_steps" "$here/steps.c" \
		"$top"/selftests/unit/{snapshot_build,rows}.c \
		"$top/module/pure/hist.c"
	"$dir/make_steps" "$steps"
}

# metrics OUTPUT SNAPSHOT ARGUMENT...
metrics() {
	"$reader" metrics --output "$1" --file "$2" "${@:3}"
}

scrape_steps() {
	local i
	for ((i = 0; i < $1; i++)); do
		metrics "$steps/$i.prom" "$steps/$i.snap" --state "$steps/state"
	done
}

few_series() {
	local file count
	for file in "$@"; do
		count=$(grep -vc '^#' "$file")
		[ "$count" -le 1200 ] || {
			echo "$file has $count"
			return 1
		}
	done
}

# begins_anew STATE STEP: it is none of that snapshot's, and counting begins at
# 0 once more
begins_anew() {
	metrics "$steps/again" "$steps/$2.snap" --state "$1"
	cmp "$steps/0.counts" <(sed -n '/_count/s/.* //p' "$steps/again" |
		sort -u)
}

point "snapshots of a made-up host" make_steps
last=$(tail -n 1 "$steps/truth" | cut -d ' ' -f 1)
mapfile -t scrapes < <(seq -f "$steps/%g.prom" 0 "$last")
point "$last scrapes of it" scrape_steps $((last + 1))
point "no counter falls, and all series together are the truth" \
	awk -f "$here/counters.awk" "$steps/truth" "${scrapes[@]}"
point "there are no more than 1200 series" few_series "${scrapes[@]}"

echo 0 >"$steps/0.counts"
head -c 5000 "$steps/state" >"$steps/cut"
point "a state that is cut short is none" begins_anew "$steps/cut" "$last"
sed '1s/^hdstate\x00./hdstate\x00x/' "$steps/state" >"$steps/other"
point "a state of another reader is none" begins_anew "$steps/other" "$last"
: >"$steps/empty"
point "an empty file is none" begins_anew "$steps/empty" "$last"
metrics "$steps/later.prom" "$steps/12.snap" --state "$steps/later"
point "a state of a later moment is none" begins_anew "$steps/later" 9
