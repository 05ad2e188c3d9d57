// SPDX-License-Identifier: GPL-2.0-only
/* The one screen: /proc/hostdiag/summary, and what the reader knows besides. */
#include <stdlib.h>
#include "cmd/cmd.h"
#include "host/file.h"
#include "host/limits.h"
#include "pure/summary.h"
#include "snap/load.h"
#include "util.h"
#include "why/why.h"

#define STORMS_FILE	"/proc/hostdiag/storms"

static void feed(struct hd_summary *sum, int type,
		 const struct hd_snapshot_row *row)
{
	switch (type) {
	case HOSTDIAG_TASK:
		hd_summary_task(sum, &row->task);
		break;
	case HOSTDIAG_STUCK:
		hd_summary_stuck(sum, &row->stuck);
		break;
	case HOSTDIAG_SYSCALL:
		hd_summary_syscall(sum, &row->syscall);
		break;
	case HOSTDIAG_ERROR:
		hd_summary_error(sum, &row->error);
		break;
	case HOSTDIAG_PLACE:
		hd_summary_place(sum, &row->place);
		break;
	case HOSTDIAG_EXITED:
		hd_summary_exited(sum, &row->task);
		break;
	case HOSTDIAG_OPEN:
		hd_summary_open(sum, &row->open);
		break;
	case HOSTDIAG_SLOW:
		hd_summary_slow(sum, &row->slow);
		break;
	case HOSTDIAG_DEATH:
		hd_summary_death(sum, &row->death);
		break;
	}
}

/* all of it, before it is known how much fits */
struct text {
	struct hd_out out;
	char *bytes;
	size_t len;
	size_t room;
	char line[HD_LINE_MIN];
};

static void add_bytes(struct text *text, const char *bytes, size_t len)
{
	while (text->room < text->len + len + 1)
		text->bytes = hd_grow(text->bytes, text->room, &text->room, 1);
	memcpy(text->bytes + text->len, bytes, len);
	text->len += len;
	text->bytes[text->len] = '\0';
}

static void print_text(struct hd_out *out, const char *fmt, va_list args)
{
	char *said;
	int len = vasprintf(&said, fmt, args);

	if (len < 0)
		hd_die("out of memory");
	add_bytes(out->priv, said, len);
	free(said);
}

static void write_text(struct hd_out *out)
{
	add_bytes(out->priv, out->text, out->len);
}

static void text_init(struct text *text)
{
	memset(text, 0, sizeof(*text));
	text->out.print = print_text;
	text->out.write = write_text;
	text->out.text = text->line;
	text->out.size = sizeof(text->line);
	text->out.priv = text;
}

/* lines of the terminal that a line takes, whose end is set */
static u32 rows_of(const char *line, u32 width, const char **end)
{
	size_t len = strcspn(line, "\n");

	*end = line + len + (line[len] == '\n');
	return len ? (len + width - 1) / width : 1;
}

/*
 * What is worst comes first.  On a terminal it stays there: what does not fit
 * is counted, and the last line is left to the prompt.
 */
static void show(const char *text, u32 rows)
{
	u32 width = hd_width(), used = 0, all = 0, more = 0;
	const char *at, *end;

	for (at = text; *at; at = end)
		all += rows_of(at, width, &end);
	for (at = text; *at; at = end) {
		used += rows_of(at, width, &end);
		if (rows && all >= rows && used + 2 > rows)
			more++;
		else
			hd_print("%.*s", (int)(end - at), at);
	}
	if (more)
		hd_print("%u more lines: hostdiag summary -a\n", more);
}

static bool name_process(u32 pid, u64 when_ns, char *buf, size_t size)
{
	static const struct hd_why here = { .root = "" };
	char *text = hd_why_was_there(&here, pid, when_ns) ?
		     hd_file_text("/proc/%u/comm", pid) : NULL;

	if (!text)
		return false;
	hd_escape(text, strcspn(text, "\n"), buf, size);
	free(text);
	return true;
}

static const struct hd_summary_host host = {
	.limit = hd_limit_explains, .name = name_process,
};

/* who or what keeps others waiting, on the host as it is now */
static void know_worst(struct hd_why *why, struct hd_summary *sum,
		       struct text *text)
{
	struct hd_why_tree tree;

	hd_why_add_blocked(why);
	hd_why_ready(why);
	hd_why_tree(why, &tree);
	if (hd_why_tree_worst(why, &tree, sum->view.stuck_ns, &text->out))
		sum->told = text->bytes;
	hd_why_tree_stalls(why, &tree, sum->view.now_ns - sum->view.stuck_ns,
			   &sum->stalls);
	hd_why_tree_free(&tree);
}

/* each begins a line of the module's file; what belongs to it follows, indented */
static void add_storms(struct text *text)
{
	FILE *from = fopen(STORMS_FILE, "re");
	char line[1024];

	while (from && fgets(line, sizeof(line), from)) {
		if (line[0] == '#' || line[0] == ' ')
			continue;
		add_bytes(text, "storm: ", strlen("storm: "));
		add_bytes(text, line, strlen(line));
	}
	if (from)
		fclose(from);
}

static int run_summary(struct hd_args *args)
{
	struct hd_snapshot_row row;
	struct hd_snapshot snap;
	struct hd_summary sum;
	struct hd_view view;
	struct text text, told;
	struct hd_why why;
	u32 rows = args->all ? 0 : hd_rows();
	int type;

	hd_load_part_or_die(&snap, args->file);
	text_init(&text);
	text_init(&told);
	view = hd_load_view(&snap);
	hd_summary_init(&sum, &view);
	hd_why_begin(&why, &snap);
	while ((type = hd_snapshot_next(&snap, &row)) != HOSTDIAG_END) {
		feed(&sum, type, &row);
		if (!args->file)
			hd_why_add_row(&why, type, &row);
	}
	if (!args->file) {
		know_worst(&why, &sum, &told);
		sum.host = &host;
	}
	hd_summary_print(&sum, &text.out);
	hd_why_free(&why);
	if (!args->file)
		add_storms(&text);
	if (args->file) {
		hd_load_say(&snap, args->file, true);
		rows -= rows > 1;
	}
	show(text.bytes, rows);
	free(text.bytes);
	free(told.bytes);
	return 0;
}

const struct hd_command hd_cmd_summary = {
	.name = "summary",
	.doc = "Show what is wrong now, and what was wrong before, the worst first; and who or\n"
	       "what keeps most others waiting now, as 'hostdiag blocked' has it.  On a\n"
	       "terminal, with -a more than fits on its screen.",
	.options = HD_OPT(FILE) | HD_OPT(ALL),
	.run = run_summary,
};
