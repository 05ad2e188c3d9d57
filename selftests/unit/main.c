// SPDX-License-Identifier: GPL-2.0-only
/* Unit tests of what the module and the reader share, and of its parser. */
#include <stdlib.h>

#include "pure/render.h"
#include "tap.h"

static unsigned int tests, failed;

static void report(bool ok, const char *name)
{
	printf("%sok %u - %s\n", ok ? "" : "not ", ++tests, name);
	failed += !ok;
}

void check(bool ok, const char *fmt, ...)
{
	char name[200];
	va_list args;

	va_start(args, fmt);
	vsnprintf(name, sizeof(name), fmt, args);
	va_end(args);
	report(ok, name);
}

void skip(const char *name, const char *reason)
{
	printf("ok %u - %s # SKIP %s\n", ++tests, name, reason);
}

void check_string(const char *got, const char *want, const char *name)
{
	bool ok = !strcmp(got, want);

	report(ok, name);
	if (!ok)
		printf("#  got: %s\n# want: %s\n", got, want);
}

void check_number(u64 got, u64 want, const char *name)
{
	report(got == want, name);
	if (got != want)
		printf("#  got: %llu\n# want: %llu\n", got, want);
}

u64 test_random(void)
{
	static u64 state = 88172645463325252ull;

	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state;
}

static char text[65536];
static size_t text_len;

static void capture(struct hd_out *out, const char *fmt, va_list args)
{
	(void)out;
	text_len += vsnprintf(text + text_len, sizeof(text) - text_len, fmt,
			      args);
	if (text_len >= sizeof(text)) {
		fprintf(stderr, "more text than expected\n");
		abort();
	}
}

static void append(struct hd_out *out)
{
	hd_out_printf(out, "%.*s", (int)out->len, out->text);
}

struct hd_out *capture_out(void)
{
	static char line[HD_LINE_MIN];
	static struct hd_out out = {
		.print = capture, .write = append,
		.text = line, .size = sizeof(line),
	};

	text_len = 0;
	text[0] = '\0';
	return &out;
}

const char *captured(void)
{
	return text;
}

int main(void)
{
	test_hist();
	test_recent();
	test_blocked();
	test_calls();
	test_ledger();
	test_names();
	test_render();
	test_summary();
	test_summary_host();
	test_summary_limits();
	test_snapshot();
	test_delta();
	test_uapi();
	test_reasons();
	test_cgroup();
	test_why();
	test_why_tree();
	test_why_stop();
	test_guard();
	test_dump();
	printf("1..%u\n", tests);
	return failed != 0;
}
