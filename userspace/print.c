// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>
#include "print.h"

void (*hd_print_before_end)(void);

static void complain(const char *fmt, va_list args)
{
	if (hd_print_before_end)
		hd_print_before_end();
	fputs("hostdiag: ", stderr);
	vfprintf(stderr, fmt, args);
	fputc('\n', stderr);
}

/* _exit(): what is still in the buffer would only fail again */
static void __attribute__((noreturn)) die_of_output(void)
{
	fprintf(stderr, "hostdiag: cannot write the output: %s\n",
		strerror(errno));
	_exit(1);
}

static void check_output(void)
{
	if (fclose(stdout))
		die_of_output();
}

static void print_stdout(struct hd_out *out, const char *fmt, va_list args)
{
	(void)out;
	if (vprintf(fmt, args) < 0)
		die_of_output();
}

static void write_stdout(struct hd_out *out)
{
	if (fwrite(out->text, 1, out->len, stdout) != out->len)
		die_of_output();
}

static char line[HD_LINE_MIN];

struct hd_out hd_stdout = {
	.print = print_stdout,
	.write = write_stdout,
	.text = line,
	.size = sizeof(line),
};

/**
 * hd_print_init() - have the output checked at exit, whoever wrote it
 */
void hd_print_init(void)
{
	atexit(check_output);
}

/**
 * hd_print() - print to stdout; a failure ends the program
 * @fmt: as printf
 */
void hd_print(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	print_stdout(&hd_stdout, fmt, args);
	va_end(args);
}

/**
 * hd_flush() - have what was printed seen now; a failure ends the program
 */
void hd_flush(void)
{
	if (fflush(stdout))
		die_of_output();
}

/**
 * hd_die() - say why in one line, and fail
 * @fmt: as printf; without the newline
 */
void hd_die(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	complain(fmt, args);
	va_end(args);
	exit(1);
}
