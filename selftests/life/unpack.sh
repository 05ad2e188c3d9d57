#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# unpack.sh: in the root of root.sh: lay out on /mnt/base the programs that load
# a guest, with the libraries that they name.
set -eu

postgres=/usr/lib/postgresql/15
programs="/usr/bin/stress-ng /usr/bin/fio /usr/sbin/nginx /usr/bin/wrk"
programs="$programs $postgres/bin/initdb $postgres/bin/postgres"
programs="$programs $postgres/bin/pgbench $postgres/bin/psql"
# loaded by name: the rest is the compiler for queries, which is large
modules="$postgres/lib/plpgsql.so $postgres/lib/dict_snowball.so"

ldconfig
# shellcheck disable=SC2086	# lists
for file in $programs $modules $(ldd $programs $modules |
	mawk '$NF ~ /^\(0x/ && $(NF - 1) ~ "^/" { print $(NF - 1) }' | sort -u); do
	mkdir -p "/mnt/base${file%/*}"
	cp -L "$file" "/mnt/base$file"
done
mkdir -p /mnt/base/usr/share/postgresql /mnt/base/etc /mnt/base/usr/lib/postgresql/15/lib
cp -rL /usr/share/postgresql/15 /mnt/base/usr/share/postgresql/
cat >/mnt/base/etc/passwd <<-END
	root:x:0:0:root:/root:/bin/sh
	www-data:x:33:33:www-data:/:/bin/sh
	postgres:x:100:100:postgres:/var/lib/postgresql:/bin/sh
END
cat >/mnt/base/etc/group <<-END
	root:x:0:
	www-data:x:33:
	postgres:x:100:
END
