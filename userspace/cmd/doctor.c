// SPDX-License-Identifier: GPL-2.0-only
/* Check the module and its hooks, on which all counts rest; each check prints a line. */
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>
#include "cmd/cmd.h"
#include "host/file.h"
#include "pure/lists.h"
#include "host/debugfs.h"
#include "pure/human.h"
#include "snap/load.h"
#include "util.h"
#include "version.h"

#define LINE_LEN	HD_DEBUGFS_LINE

enum verdict {
	OK,
	WARN,
	FAIL,
};

static bool has_failed;

static __printf(3, 4)
void report(enum verdict verdict, const char *what, const char *fmt, ...)
{
	static const char * const word[] = { "ok", "warn", "fail" };
	va_list args;

	hd_print("%-4s  %-8s  ", word[verdict], what);
	va_start(args, fmt);
	hd_stdout.print(&hd_stdout, fmt, args);
	va_end(args);
	hd_print("\n");
	has_failed |= verdict == FAIL;
}

/* reads the first line of a file, without its newline; Return: the file could be read. */
static bool read_line(const char *file, char line[LINE_LEN])
{
	char *text = hd_file_text("%s", file);

	snprintf(line, LINE_LEN, "%s", text ? text : "");
	hd_debugfs_clean(line);
	free(text);
	return text;
}

static bool check_module(void)
{
	if (!access(HD_SYS_MODULE, F_OK)) {
		report(OK, "module", "loaded");
		return true;
	}
	report(FAIL, "module", "not loaded: run 'modprobe hostdiag' as root");
	return false;
}

static void check_version(void)
{
	char version[LINE_LEN];

	if (!read_line(HD_SYS_MODULE "/version", version))
		report(WARN, "version",
		       "the module does not say its version; this reader is " HD_VERSION);
	else if (strcmp(version, HD_VERSION))
		report(WARN, "version",
		       "the module is %s, this reader " HD_VERSION ": install the same of both",
		       version);
	else
		report(OK, "version", HD_VERSION ", module and reader");
}

static void check_lost(const struct hd_view *view)
{
	if (view->lost)
		report(WARN, "lost",
		       "%llu events were not counted: memory or table full? raise max_memory_mb or max_tasks",
		       view->lost);
	else
		report(OK, "lost", "nothing");
}

static void check_shed(const struct hd_view *view)
{
	char time[HD_HUMAN_LEN];

	if (view->shed_ns)
		report(WARN, "budget",
		       "for %s groups of hooks were off, which had taken more of the CPUs than budget_percent",
		       hd_human_time(view->shed_ns, time));
	else
		report(OK, "budget", "kept");
}

static void check_snapshot(void)
{
	char since[HD_HUMAN_LEN];
	struct hd_snapshot snap;
	struct hd_view view;
	char *error;

	error = hd_load(&snap, NULL);
	if (error) {
		report(FAIL, "snapshot", "%s", error);
		free(error);
		return;
	}
	view = hd_load_view(&snap);
	report(OK, "snapshot", "%zu bytes, %s of counting", snap.size,
	       hd_human_time(view.now_ns - view.since_ns, since));
	check_lost(&view);
	check_shed(&view);
}

static void check_switch(const char *name, const char *missing)
{
	char file[64], value[LINE_LEN];

	snprintf(file, sizeof(file), HD_SYS_MODULE "/parameters/%s", name);
	if (!read_line(file, value))
		report(WARN, name, "%s: %s", file, strerror(errno));
	else if (!strcmp(value, "0"))
		report(WARN, name, "off, %s: echo 1 > %s", missing, file);
	else
		report(OK, name, "on");
}

/* the reason why a hook is not attached is a setting, not a fault */
static bool is_by_setting(const char *reason)
{
	return !strcmp(reason, "not needed") || !strcmp(reason, "switched off") ||
	       !strcmp(reason, "shed by budget_percent");
}

/* <group> <hook> <state> <how> hits=<n> missed=<n> <reason> */
static void check_probe(const char *line, void *priv)
{
	char group[32], hook[64], state[16], how[32];
	unsigned long long missed;
	int reason = 0;

	(void)priv;
	if (sscanf(line, "%31s %63s %15s %31s hits=%*u missed=%llu %n", group,
		   hook, state, how, &missed, &reason) < 5 || !reason)
		report(WARN, "probe", "not understood: %s", line);
	else if (missed)
		report(WARN, "probe", "%s:%s missed %llu hits: the counts of %s are too low",
		       group, hook, missed, group);
	else if (!strcmp(state, "on"))
		report(OK, "probe", "%s:%s on, by %s", group, hook, how);
	else
		report(is_by_setting(line + reason) ? OK : WARN, "probe",
		       "%s:%s %s: %s", group, hook, state, line + reason);
}

/* <table> <entries> <bytes> <high water> <limit> <denied> */
static void check_memory(const char *line, void *priv)
{
	u64 bytes, limit, denied;
	char table[32];

	(void)priv;
	if (hd_debugfs_memory(line, &bytes, &limit))
		report(OK, "memory", "%llu KiB of at most %llu KiB", bytes >> 10,
		       limit >> 10);
	else if (sscanf(line, "%31s %*s %*s %*s %*s %llu", table, &denied) == 2 &&
		 denied)
		report(WARN, "memory", "%s was full %llu times: raise max_memory_mb",
		       table, denied);
}

/* <hook> <events> <sampled> <mean_ns> <total_ns> <share_ppm> */
static void check_cost(const char *line, void *priv)
{
	unsigned long long ppm;

	(void)priv;
	if (sscanf(line, "all %*s %*s %*s %*s %llu", &ppm) == 1)
		report(OK, "cost", "hostdiag costs %llu.%04llu %% of this machine",
		       ppm / 10000, ppm % 10000);
}

static void check_debugfs(const char *name,
			  void (*check)(const char *line, void *priv))
{
	if (!hd_debugfs_each(name, check, NULL))
		report(WARN, name, "not checked: " HD_DEBUGFS_DIR "/%s: %s", name,
		       strerror(errno));
}

#define CHECK_GROUP(name, NAME, help) \
	check_switch(#name, help " is not counted");

static int run_doctor(struct hd_args *args)
{
	(void)args;
	if (!check_module())
		return 1;
	check_version();
	check_snapshot();
	HD_GROUP_LIST(CHECK_GROUP)
	check_switch("recorder", "what a task did last is not kept");
	check_debugfs("probes", check_probe);
	check_debugfs("memory", check_memory);
	check_debugfs("cost", check_cost);
	return has_failed;
}

const struct hd_command hd_cmd_doctor = {
	.name = "doctor",
	.doc = "Check the module of this host and what it shows, and say what to do.",
	.run = run_doctor,
};
