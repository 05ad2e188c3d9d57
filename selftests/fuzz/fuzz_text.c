// SPDX-License-Identifier: GPL-2.0-only
/*
 * Text that the kernel gives: each file that is read has these bytes.  And
 * the escapes, which must tell all bytes apart.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "host/cgroup.h"
#include "cmd/cmd.h"
#include "host/limits.h"
#include "util.h"
#include "host/reasons.h"
#include "host/sockets.h"
#include "harness.h"

#define TEXT_MAX	4096

static int run_doctor(void *priv)
{
	struct hd_args args = { .file = NULL };

	(void)priv;
	return hd_cmd_doctor.run(&args);
}

static int limits(void *priv)
{
	static const struct {
		u32 error;
		const char *call;
	} of[] = {
		{ EMFILE, "openat" }, { EAGAIN, "clone" }, { EAGAIN, "mlock" },
		{ EAGAIN, "timer_create" }, { ENOMEM, "mlock" }, { ENOMEM, "mmap" },
	};
	char said[128];
	size_t i;

	(void)priv;
	/* one that is nobody's: it has no descriptors to be counted */
	for (i = 0; i < ARRAY_SIZE(of); i++)
		if (hd_limit_explains(0, of[i].error, of[i].call, said,
				      sizeof(said)))
			hd_print("%s\n", said);
	return 0;
}

static int cgroup(void *priv)
{
	char label[HD_CGROUP_LEN], text[4 * HD_CGROUP_LEN];

	if (hd_cgroup_label(priv, label))
		hd_print("%s\n", hd_escape(label, strlen(label), text,
					   sizeof(text)));
	return 0;
}

static int sockets(void *priv)
{
	const struct hd_socket *sock;
	char said[512];
	size_t count, i;

	(void)priv;
	sock = hd_socket_all(1, &count);
	for (i = 0; i < count; i++) {
		if (!hd_socket_find(sock[i].inode, 1))
			abort();
		hd_socket_describe(sock[i].inode, 1, said, sizeof(said));
		hd_print("%s\n", said);
	}
	hd_socket_forget();
	return 0;
}

static int places(void *priv)
{
	const char *reason = hd_reason(priv);

	hd_print("%s\n", reason ? reason : "-");
	return hd_socket_inode(priv) && strncmp(priv, "socket:[", 8);
}

static size_t unescape(const char *text, char *raw)
{
	size_t len = 0;

	while (*text) {
		if (*text != '\\') {
			raw[len++] = *text++;
			continue;
		}
		raw[len++] = (text[1] - '0') << 6 | (text[2] - '0') << 3 |
			     (text[3] - '0');
		text += 4;
	}
	return len;
}

static int escapes(void *priv)
{
	static char text[4 * TEXT_MAX + 2], raw[TEXT_MAX + 2];
	const char *from = priv;
	size_t len = strlen(from);

	hd_escape(from, len, text, sizeof(text));
	hd_print("%s\n", text);
	/* no bytes are "-" */
	if (!len)
		return strcmp(text, "-");
	if (unescape(text, raw) != len || memcmp(raw, from, len))
		abort();
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static harness_fn *const of_files[] = { run_doctor, limits, sockets };
	static harness_fn *const of_texts[] = { cgroup, places, escapes };
	char text[TEXT_MAX + 1];
	size_t i;

	if (size > TEXT_MAX)
		return -1;
	memcpy(text, data, size);
	text[size] = '\0';
	harness_file = data;
	harness_file_size = size;
	for (i = 0; i < ARRAY_SIZE(of_files); i++)
		harness_run(of_files[i], NULL);
	harness_file = NULL;
	for (i = 0; i < ARRAY_SIZE(of_texts); i++)
		harness_run(of_texts[i], text);
	return 0;
}
