// SPDX-License-Identifier: GPL-2.0-only
/*
 * What "hostdiag metrics --state" left for its next run, damaged: the input is
 * how much of it is cut off, and then which bytes of it are others, three
 * bytes each.
 */
#define main reader_main
#include "../../userspace/main.c"
#undef main

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "harness.h"

#define STATE_MAX	65536

static char snapshot[HARNESS_PATH] = "corpus/snapshot/good";
static char state[2 * HARNESS_PATH];
static uint8_t saved[STATE_MAX];
static size_t saved_size;

static int run_metrics(void *priv)
{
	struct hd_args args = { .file = snapshot, .state = state };

	(void)priv;
	return hd_cmd_metrics.run(&args);
}

static int run(void *priv)
{
	harness_utf8 = true;
	return harness_run(run_metrics, priv) > 1;
}

/* one that is as it should be */
static void prepare(void)
{
	FILE *from;

	harness_dir(state);
	strcat(state, "/state");
	harness_fork(run, NULL);
	from = fopen(state, "r");
	if (!from)
		abort();
	saved_size = fread(saved, 1, sizeof(saved), from);
	fclose(from);
	if (!saved_size)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static uint8_t copy[STATE_MAX];
	size_t i, left;
	FILE *to;

	if (!saved_size)
		prepare();
	memcpy(copy, saved, saved_size);
	left = size ? saved_size - saved_size * (data[0] & 0x7f) / 128 : saved_size;
	for (i = 1; i + 2 < size; i += 3)
		copy[(data[i] << 8 | data[i + 1]) % saved_size] = data[i + 2];
	to = fopen(state, "w");
	if (!to || fwrite(copy, 1, left, to) != left || fclose(to))
		abort();
	harness_fork(run, NULL);
	return 0;
}
