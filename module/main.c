// SPDX-License-Identifier: GPL-2.0-only
/* hostdiag: the order of initialisation and exit. */
#include <linux/module.h>
#include <linux/rcupdate.h>
#include "collect/collect.h"
#include "show/before.h"
#include "show/debugfs.h"
#include "store/calls.h"
#include "store/rows.h"
#include "store/exited.h"
#include "store/open_files.h"
#include "core/hooks.h"
#include "store/ledger.h"
#include "store/slow.h"
#include "show/panic_dump.h"
#include "core/params.h"
#include "store/path.h"
#include "store/places.h"
#include "store/pool.h"
#include "show/proc.h"
#include "show/reader.h"
#include "store/storms.h"
#include "store/task.h"
#include "show/watch.h"
#include "version.h"

/* all collectors; lifecycle comes first, since the others need records */
#define GROUP_COLLECTOR(name, NAME, help)	&hd_collector_##name,
static const struct hd_collector *const collectors[] = {
	&hd_collector_lifecycle,
	HD_GROUP_LIST(GROUP_COLLECTOR)
	&hd_collector_recorder,
	&hd_collector_panic_dump,
	&hd_collector_ledger,
};

static int init_tables(void)
{
	int err;

	hd_pools_init((u64)hd_params.max_memory_mb << 20);
	err = hd_rings_init();
	if (!err)
		err = hd_exited_init();
	if (!err)
		err = hd_tasks_init(hd_params.max_tasks);
	if (!err)
		err = hd_rows_pools_init();
	if (!err)
		err = hd_open_files_init(hd_params.max_tasks);
	if (!err)
		err = hd_places_init();
	if (!err)
		err = hd_path_init();
	if (!err)
		err = hd_slow_init();
	if (!err)
		err = hd_ledger_init();
	if (!err)
		err = hd_storms_init();
	return err;
}

/* safe after init_tables() failed half-way */
static void exit_tables(void)
{
	hd_pools_stop();
	hd_storms_exit();
	hd_ledger_exit();
	hd_slow_exit();
	hd_path_exit();
	hd_open_files_exit();
	hd_tasks_exit();
	hd_exited_exit();
	hd_rings_exit();
	hd_pools_exit();
}

static int __init hostdiag_init(void)
{
	int err;

	err = init_tables();
	if (err) {
		pr_err("no memory for the tables (error %d)\n", err);
		goto err_tables;
	}
	hd_before_init();
	hd_reset();
	BUILD_BUG_ON(ARRAY_SIZE(collectors) > HD_COLLECTORS_MOST);
	err = hd_hooks_init(collectors, ARRAY_SIZE(collectors));
	if (err) {
		pr_err("tasks cannot be followed (error %d)\n", err);
		goto err_hooks;
	}
	err = hd_tasks_adopt();
	if (err) {
		pr_err("no memory for the tasks (error %d)\n", err);
		goto err_hooks;
	}
	err = hd_proc_init();
	if (err) {
		pr_err("/proc/hostdiag cannot be made (error %d)\n", err);
		goto err_hooks;
	}
	hd_debugfs_init();
	hd_params_start();
	hd_panic_dump_init();
	hd_ledger_watch();
	hd_watch_init();
	return 0;

err_hooks:
	hd_hooks_exit();
err_tables:
	exit_tables();
	return err;
}

static void __exit hostdiag_exit(void)
{
	hd_watch_exit();
	hd_ledger_unwatch();
	hd_panic_dump_exit();
	hd_params_stop();
	hd_debugfs_exit();
	hd_proc_exit();
	hd_hooks_exit();
	exit_tables();
}

module_init(hostdiag_init);
module_exit(hostdiag_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Per-task histograms of syscalls, D sleep and open files");
MODULE_VERSION(HD_VERSION);
