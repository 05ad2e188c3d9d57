// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>
#include "print.h"

static void complain(const char *fmt, va_list args)
{
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

struct hd_out hd_stdout = { .print = print_stdout };

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

/**
 * hd_time() - a duration in three digits and a unit, as one word
 * @ns: duration
 * @buf: where it is made
 *
 * Return: @buf: "0", "1.23us", "45.6ms", "789s", "27.7h".
 */
const char *hd_time(u64 ns, char buf[HD_TIME_LEN])
{
	static const struct {
		u64 ns;
		const char *name;
	} unit[] = {
		{ 3600000000000ull, "h" }, { 1000000000, "s" },
		{ 1000000, "ms" }, { 1000, "us" }, { 1, "ns" },
	};
	unsigned int u = 0;
	u64 whole, hundredths;

	while (unit[u].ns > 1 && unit[u].ns > ns)
		u++;
	whole = ns / unit[u].ns;
	hundredths = unit[u].ns > 1 ? ns % unit[u].ns / (unit[u].ns / 100) : 0;

	if (!ns)
		snprintf(buf, HD_TIME_LEN, "0");
	else if (whole >= 100 || unit[u].ns == 1)
		snprintf(buf, HD_TIME_LEN, "%llu%s", whole, unit[u].name);
	else if (whole >= 10)
		snprintf(buf, HD_TIME_LEN, "%llu.%llu%s", whole,
			 hundredths / 10, unit[u].name);
	else
		snprintf(buf, HD_TIME_LEN, "%llu.%02llu%s", whole, hundredths,
			 unit[u].name);
	return buf;
}
