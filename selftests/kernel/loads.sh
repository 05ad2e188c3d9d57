# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
# For the tests beside a host's work: loads that run until they are ended.
#
# shellcheck disable=SC2154	# of lib.sh

postgres=/usr/lib/postgresql/15/bin
loads=
device=/dev/nullb0

# as_user USER COMMAND: in a shell, in place of a subshell
as_user() {
	exec su "$1" -s /bin/sh -c "$2"
}

# prepare_loads: which loads there are, in $loads; what they need is made
prepare_loads() {
	# others than root are to get into theirs
	chmod 755 "$tmp"
	for load in stress fio nginx postgres; do
		if "prepare_$load" >"$tmp/$load.log" 2>&1; then
			loads="$loads $load"
			eval "load_$load="
		else
			skip "$load" "it cannot run here: $(tail -n 3 "$tmp/$load.log" | tr '\n' ' ')"
		fi
	done
}

# start_loads SECONDS: which they last at the most
start_loads() {
	for load in $loads; do
		rm -f "$tmp/$load.pid"
		"run_$load" "$1" >"$tmp/$load.log" 2>&1 &
		eval "load_$load=$!"
	done
}

# check_loads: they have ended by themselves, and did something
check_loads() {
	for load in $loads; do
		check "$load ends well" eval "wait \$load_$load"
		check "$load: $("did_$load")" [ "$("did_$load")" -gt 0 ]
		tail -n 3 "$tmp/$load.log" | sed 's/^/#   /'
	done
}

# end_loads: whatever still runs, at once
end_loads() {
	for load in $loads; do
		while eval "[ \$load_$load ] && kill -0 \$load_$load" \
			2>/dev/null; do
			[ ! -e "$tmp/$load.pid" ] ||
				kill "$(cat "$tmp/$load.pid")" 2>/dev/null || :
			sleep 0.5
		done
		eval "wait \$load_$load" || :
	done
}

# until_ended COMMAND...: what end_loads ends
until_ended() {
	"$@" &
	echo $! >"$tmp/$load.pid"
	wait $!
}

# --- stress-ng

prepare_stress() {
	stress-ng --version
}

run_stress() {
	mkdir -p "$tmp/stress"
	until_ended stress-ng --temp-path "$tmp/stress" --timeout "$1" --metrics-brief \
		--fork 1 --vfork 1 --clone 1 --clone-max 64 --exec 1 --open 1 \
		--dup 1 --pipe 1 --futex 1 --io 1 --procfs 1 --sysfs 1
}

# operations of all
did_stress() {
	awk '$1 == "stress-ng:" && $5 ~ /^[0-9]+$/ { sum += $5 }
	END { print sum + 0 }' "$tmp/stress.log"
}

# --- fio, on a device that answers after 20 ms

prepare_fio() {
	fio --version || return
	modprobe null_blk nr_devices=1 gb=1 queue_mode=2 irqmode=2 \
		completion_nsec=20000000
	at_exit "rmmod null_blk"
	poll 5 [ -b $device ]
}

run_fio() {
	until_ended fio --name=slow --filename=$device --rw=randrw --direct=1 --bs=4k \
		--size=64m --numjobs=2 --time_based --runtime="$1" \
		--minimal --group_reporting
}

# kB that were read
did_fio() {
	tail -n 1 "$tmp/fio.log" | cut -d ';' -f 6
}

# --- nginx

prepare_nginx() {
	command -v nginx && command -v wrk || return
	ifconfig lo up
	mkdir -p "$tmp/www" "$tmp/nginx"
	head -c 20000 /dev/zero >"$tmp/www/index.html"
	chmod 755 "$tmp/www"
	cat >"$tmp/nginx.conf" <<-END
		user root;
		worker_processes 2;
		pid $tmp/nginx/pid;
		error_log $tmp/nginx/error.log;
		events { worker_connections 64; }
		http {
			access_log $tmp/nginx/access.log;
			client_body_temp_path $tmp/nginx/body;
			proxy_temp_path $tmp/nginx/proxy;
			fastcgi_temp_path $tmp/nginx/fastcgi;
			uwsgi_temp_path $tmp/nginx/uwsgi;
			scgi_temp_path $tmp/nginx/scgi;
			server { listen 127.0.0.1:8080; root $tmp/www; }
		}
	END
	nginx -t -c "$tmp/nginx.conf"
}

run_nginx() {
	nginx -c "$tmp/nginx.conf" -g 'daemon off;' &
	nginx=$!
	poll 60 [ -s "$tmp/nginx/pid" ]
	until_ended wrk -t 1 -c 8 -d "$1" http://127.0.0.1:8080/ || :
	kill "$nginx"
	wait "$nginx"
}

# requests
did_nginx() {
	sed -n 's/^ *\([0-9]*\) requests in .*/\1/p' "$tmp/nginx.log"
}

# --- PostgreSQL

prepare_postgres() {
	mkdir -p "$tmp/postgres"
	chown postgres "$tmp/postgres"
	ifconfig lo up
	(as_user postgres "$postgres/initdb -D $tmp/postgres/data -N --locale=C")
}

run_postgres() {
	as_user postgres "exec $postgres/postgres -D $tmp/postgres/data \
		-k $tmp/postgres -c shared_buffers=16MB \
		-c listen_addresses=''" &
	poll 60 [ -S "$tmp/postgres/.s.PGSQL.5432" ]
	server=$!
	sleep 3
	(as_user postgres "$postgres/pgbench -h $tmp/postgres -i -s 1 postgres")
	until_ended as_user postgres "exec $postgres/pgbench -h $tmp/postgres \
		-c 4 -T $1 postgres" || :
	kill -INT "$(head -n 1 "$tmp/postgres/data/postmaster.pid")"
	wait "$server"
}

# transactions
did_postgres() {
	sed -n 's/^number of transactions actually processed: //p' \
		"$tmp/postgres.log"
}

# --- what else goes on

# plug_cpus: the second one comes and goes
plug_cpus() {
	while :; do
		echo 0 >"$cpu"
		sleep 1
		echo 1 >"$cpu"
		sleep 1
	done
}

# read_all: every file, over and over, while the module comes and goes
read_all() {
	while :; do
		cat "$hd"/* >/dev/null 2>&1 || :
		sleep 0.05
	done
}

# memory: in kB, what is in use, without what can be had back at any time; of
# it, the slab allocator's and the processors' own
memory() {
	for pause in 1 2 3; do
		sync
		echo 3 >/proc/sys/vm/drop_caches
		sleep $pause
	done
	awk '
	{ kb[$1] = $2 }
	END {
		print "used " kb["MemTotal:"] - kb["MemFree:"] - \
			kb["Buffers:"] - kb["Cached:"] - kb["SReclaimable:"]
		print "slab " kb["SUnreclaim:"]
		print "percpu " kb["Percpu:"]
	}' /proc/meminfo
}
