// SPDX-License-Identifier: GPL-2.0-only
/* The command line: words with newlines between them, of a host without the module. */
#define main reader_main
#include "../../userspace/main.c"
#undef main

#include <stdlib.h>
#include <string.h>
#include "harness.h"

#define WORDS_MAX	16
#define TEXT_MAX	512

struct line {
	int argc;
	char *argv[WORDS_MAX + 2];
};

static int run_one(void *priv)
{
	struct line *line = priv;

	return reader_main(line->argc, line->argv);
}

static int run_line(void *priv)
{
	if (harness_run(run_one, priv) > 2)
		abort();
	return 0;
}

/* Not what makes the reader wait, or open what it is not to. */
static bool is_harmless(const char *word)
{
	static const char *const begins[] = { "--f", "--i", "--st", "--o" };
	static const char *const endless[] = { "top", "record" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(begins); i++)
		if (!strncmp(word, begins[i], strlen(begins[i])))
			return false;
	if (*word == '-' && strpbrk(word, "fFio"))
		return false;
	for (i = 0; i < ARRAY_SIZE(endless); i++)
		if (!strcmp(word, endless[i]))
			return false;
	return !strchr(word, '/') && strcmp(word, "-");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static char empty[] = "";
	struct line line = { .argc = 1, .argv = { "hostdiag" } };
	char text[TEXT_MAX + 1], *rest = text, *word;

	if (size > TEXT_MAX)
		return -1;
	memcpy(text, data, size);
	text[size] = '\0';
	while (line.argc <= WORDS_MAX && (word = strsep(&rest, "\n"))) {
		if (!is_harmless(word))
			return -1;
		line.argv[line.argc++] = word;
	}
	line.argv[line.argc] = NULL;
	harness_file = (const uint8_t *)empty;
	harness_file_size = 1;
	harness_fork(run_line, &line);
	harness_file = NULL;
	return 0;
}
