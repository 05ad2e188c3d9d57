// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include "harness.h"
#include "harness_wrap.h"

#define BLOCKS_MAX	262144

const uint8_t *harness_file;
size_t harness_file_size;
bool harness_utf8;

static jmp_buf ended;
static bool running;

/*
 * What the reader's own code has allocated meanwhile, and not what the C
 * library has, which may keep it.
 */
static void *block[BLOCKS_MAX];
static size_t blocks;

static void *count(void *at)
{
	if (running && at && blocks < BLOCKS_MAX)
		block[blocks++] = at;
	return at;
}

/* what was allocated last is mostly freed first */
static void uncount(const void *at)
{
	size_t i;

	for (i = blocks; running && i-- > 0;) {
		if (block[i] != at)
			continue;
		block[i] = block[--blocks];
		return;
	}
}

void __wrap_exit(int status)
{
	if (!running)
		__real_exit(status);
	longjmp(ended, 1 + status);
}

int __wrap_atexit(void (*fn)(void))
{
	(void)fn;
	return 0;
}

FILE *__wrap_fopen(const char *name, const char *mode)
{
	/* a finding is written, to a file of its own */
	return harness_file && *mode == 'r' ?
	       fmemopen((void *)harness_file, harness_file_size, "r") :
	       __real_fopen(name, mode);
}

int __wrap_access(const char *name, int mode)
{
	return harness_file ? 0 : __real_access(name, mode);
}

void *__wrap_malloc(size_t size)
{
	return count(__real_malloc(size));
}

void *__wrap_calloc(size_t n, size_t size)
{
	return count(__real_calloc(n, size));
}

void *__wrap_realloc(void *at, size_t size)
{
	uncount(at);
	return count(__real_realloc(at, size));
}

char *__wrap_strdup(const char *text)
{
	return count(__real_strdup(text));
}

int __wrap_vasprintf(char **to, const char *fmt, va_list args)
{
	int len = __real_vasprintf(to, fmt, args);

	if (len >= 0)
		count(*to);
	return len;
}

int __wrap_asprintf(char **to, const char *fmt, ...)
{
	va_list args;
	int len;

	va_start(args, fmt);
	len = __wrap_vasprintf(to, fmt, args);
	va_end(args);
	return len;
}

void __wrap_free(void *at)
{
	uncount(at);
	__real_free(at);
}

/* bytes of a character that are to come; of U+0080 to U+009F, terminals obey */
static bool is_utf8(uint8_t byte)
{
	static uint8_t first, left;

	if (left) {
		left--;
		return (byte & 0xc0) == 0x80 && (first != 0xc2 || byte >= 0xa0);
	}
	first = byte;
	left = byte >= 0xf0 ? 3 : byte >= 0xe0 ? 2 : 1;
	return byte >= 0xc2 && byte <= 0xf4;
}

static ssize_t check_output(void *cookie, const char *text, size_t size)
{
	size_t i;

	(void)cookie;
	for (i = 0; i < size; i++) {
		if (text[i] == '\n' || (text[i] >= ' ' && text[i] <= '~') ||
		    (harness_utf8 && is_utf8(text[i])))
			continue;
		fprintf(stderr, "byte %#x is shown raw: %.*s\n", (uint8_t)text[i],
			(int)size, text);
		abort();
	}
	return size;
}

/**
 * harness_run() - run code of the reader
 * @fn: what to run
 * @priv: for it
 *
 * Return: its exit status.
 */
int harness_run(harness_fn *fn, void *priv)
{
	static const cookie_io_functions_t checked = { .write = check_output };
	static FILE *output;
	int status;

	if (!output) {
		output = fopencookie(NULL, "w", checked);
		stdout = output;
	}
	running = true;
	status = setjmp(ended);
	status = status ? status - 1 : fn(priv);
	running = false;
	fflush(output);
	while (blocks)
		__real_free(block[--blocks]);
	return status;
}

/**
 * harness_fork() - run code in a child, and know what it ran through
 * @fn: what to run
 * @priv: for it
 *
 * For what keeps something from run to run, as a program may that ends.
 */
void harness_fork(harness_fn *fn, void *priv)
{
	size_t size = __stop___sancov_cntrs - __start___sancov_cntrs;
	static void *shared;
	int status;
	pid_t pid;

	if (!shared)
		shared = mmap(NULL, size, PROT_READ | PROT_WRITE,
			      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	pid = fork();
	if (!pid) {
		fn(priv);
		memcpy(shared, __start___sancov_cntrs, size);
		_exit(0);
	}
	/* libFuzzer has an alarm; what was wrong, the child has said */
	while (waitpid(pid, &status, 0) != pid)
		if (errno != EINTR)
			abort();
	if (status)
		abort();
	memcpy(__start___sancov_cntrs, shared, size);
}

/**
 * harness_dir() - make a directory of this fuzzer's own, in $TMPDIR
 * @name: where its name goes; whoever set TMPDIR removes it
 */
void harness_dir(char name[HARNESS_PATH])
{
	const char *tmp = getenv("TMPDIR");

	snprintf(name, HARNESS_PATH, "%s/fuzz-%d", tmp ? tmp : "/tmp", getpid());
	if (mkdir(name, 0700))
		abort();
}
