# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2154	# test.sh's variables
# What a guest's scrapes are, and what Prometheus makes of them.

install -m 755 "$here/guest.sh" "$dir/guest/hostdiag/job"
install -m 755 "$reader" "$dir/guest/usr/bin/"
install -m 755 "$top/selftests/kernel/bin/act" "$dir/guest/hostdiag/"
module_for "$dir/guest/hostdiag/hostdiag.ko"
"$qemu_dir/boot.sh" "$kernel" "$dir" 300

# what the guest hands out, file by file; the rest is TAP
sed -n 's/^#@\([^ ]*\) .*/\1/p' "$dir/results.tap" | sort -u |
	while read -r name; do
		sed -n "s/^#@$name //p" "$dir/results.tap" >"$work/$name"
	done
sed -i '/^#@/d' "$dir/results.tap"
guest_points "$dir"
mapfile -t scrapes < <(find "$work" -name '*.prom' | sort)

sound() {
	local scrape
	for scrape in "${scrapes[@]}"; do
		# shellcheck disable=SC2016	# the inner shell's
		tool sh -c 'promtool check metrics <"$0"' "${scrape##*/}"
		iconv -f utf-8 -t utf-8 "$scrape" >"$dir/converted"
		cmp "$scrape" "$dir/converted"
	done
}

labels() {
	cat "${scrapes[@]}" | sed -n '/^[^#]/s/[^{]*{\(.*\)}.*/\1/p' |
		sed 's/"\([^"\\]\|\\.\)*"//g' | tr -d = | tr , '\n' | sort -u |
		xargs
}

known_labels() {
	diff <(labels) <(echo class comm errno group le state syscall version)
}

# value SERIES FILE
value() {
	awk -v series="$1" 'index($0, series " ") == 1 { print $NF }' \
		"$work/$2"
}

named='comm="metered",syscall="vfork",class="other"'
# seven calls between two scrapes, of the times that the workload told
seven() {
	local nth before after
	for nth in 2 3 4; do
		before=$(value "$1" $((nth - 1)).prom)
		after=$(value "$1" $nth.prom)
		[ "$after" = $((before + 7)) ] || {
			echo "from $before to $after in $nth.prom"
			return 1
		}
	done
}

# each of them, in seconds
times() {
	awk 'NR % 8 != 1 { printf "%.9f\n", ($1 - was) / 1e9 } { was = $1 }' \
		"$work/clocks"
}

# mean FILE: of its numbers
mean() {
	awk '{ sum += $1 } END { print sum / NR }' "$1"
}

point "the guest's scrapes are sound" sound
point "no label tells pids" known_labels
point "no counter fell" awk -f "$here/counters.awk" "${scrapes[@]}"
point "there were no more than 1200 series" few_series "${scrapes[@]}"
point "a name of any bytes is a label" \
	grep -qF '{comm="a�é\"\\\nb"' "${scrapes[-1]}"
point "seven calls a time" seven "hostdiag_syscall_seconds_count{$named}"
point "seven D sleeps a time" seven 'hostdiag_dsleep_seconds_count{comm="metered"}'
# three of its own, and the one that the shell gave it to read from
point "four files are open" grep -qF \
	'hostdiag_open_files{comm="a�é\"\\\nb"} 4' "${scrapes[-1]}"
point "one is stuck" grep -q \
	'^hostdiag_stuck_tasks{class="other",syscall="vfork",state="D"} 1$' \
	"${scrapes[-1]}"
point "the module's memory is told" grep -q \
	'^hostdiag_memory_bytes [1-9]' "${scrapes[-1]}"

# --- Prometheus

cat >"$work/prometheus.yml" <<'END'
global: {scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s}
rule_files: [alerts.yml]
scrape_configs:
  - job_name: node
    static_configs: [{targets: ["127.0.0.1:9100"]}]
END

# query NAME EXPRESSION
query() {
	echo "$2" >"$work/queries/$1"
}

for metric in syscall dsleep; do
	series="hostdiag_${metric}_seconds"
	of='{comm="metered"}'
	[ $metric = dsleep ] || of="{$named}"
	query "${metric}_median" \
		"histogram_quantile(0.5, sum by (le) (rate(${series}_bucket${of}[5m])))"
	query "${metric}_mean" \
		"sum(rate(${series}_sum${of}[5m])) / sum(rate(${series}_count${of}[5m]))"
done
query metrics 'group by (__name__) ({__name__=~".+"})'

dashboard=$top/userspace/metrics/dashboard.json
nth=0
while IFS= read -r expr; do
	expr=${expr//\$instance/.*}
	query "panel$nth" "${expr//\$__rate_interval/5m}"
	nth=$((nth + 1))
done < <(jq -r '.panels[].targets[].expr' "$dashboard")
panels=$nth

# what the README shows
nth=0
while IFS= read -r expr; do
	query "readme$nth" "$expr"
	nth=$((nth + 1))
done < <(sed -n '/^## Many hosts/,/^## /s/^    \([^#]\)/\1/p' "$top/README.md")
shown=$nth

point "node_exporter and Prometheus scrape it" \
	tool unshare --net sh -s <"$here/serve.sh"

# answer NAME: its one number
answer() {
	jq -r '.[0].value[1]' "$work/answers/$1"
}

# The median is somewhere between the two bounds that the true one is between.
# That is no less than what the workload's children slept, and no more than what
# its clock says, who may have waited for a CPU.
same_bucket() {
	local is
	is=$(answer "$1_median")
	times | sort -n | awk -v is="$is" '
	function bucket(seconds,	bound) {
		for (bound = 1024e-9; bound < seconds; bound *= 4)
			;
		return bound
	}
	{ time[NR] = $1 }
	END {
		median = time[int((NR + 1) / 2)]
		print "it is " is ", and by the clock " median
		exit !(NR == 21 && bucket(is) >= bucket(0.03) &&
			bucket(is) <= bucket(median))
	}'
}

same_mean() {
	local is
	is=$(answer "$1_mean")
	times >"$dir/times"
	awk -v is="$is" -v clock="$(mean "$dir/times")" 'BEGIN {
		print "it is " is ", and by the clock " clock
		exit !(is >= 0.03 && is <= clock)
	}'
}

for metric in syscall dsleep; do
	point "$metric: histogram_quantile is the latency that is known" \
		same_bucket $metric
	point "$metric: its mean is the mean that is known" same_mean $metric
done

# --- the dashboard

# answered NAME COUNT: NAME0 and so on
answered() {
	local nth answered=0
	for ((nth = 0; nth < $2; nth++)); do
		jq -e 'type == "array"' "$work/answers/$1$nth" >/dev/null || {
			cat "$work"/{queries,answers}/"$1$nth"
			return 1
		}
		if jq -e 'length > 0' "$work/answers/$1$nth" >/dev/null; then
			answered=$((answered + 1))
		else
			echo "nothing: $(cat "$work/queries/$1$nth")"
		fi
	done
	echo "$answered of $2 show something"
	[ "$answered" = "$2" ] && [ "$2" -ge 3 ]
}

# All that panels and alerts name is there
names_exist() {
	jq -r '.[].metric.__name__' "$work/answers/metrics" | sort \
		>"$dir/metrics"
	{
		cat "$work"/queries/{panel,readme}*
		jq -r '.templating.list[].query.query? // empty' "$dashboard"
		sed '/^ *\(summary\|description\): /d' "$work/alerts.yml"
	} | grep -oE '(hostdiag|node)_[a-z_]+' | sort -u |
		comm -23 - "$dir/metrics" >"$dir/unknown"
	cat "$dir/unknown"
	[ ! -s "$dir/unknown" ]
}

point "each of the dashboard's $panels queries has an answer" answered panel "$panels"
point "and so has each of the README's $shown" answered readme "$shown"
point "all of them, and alerts, name metrics that exist" names_exist
