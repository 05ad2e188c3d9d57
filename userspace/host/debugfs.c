// SPDX-License-Identifier: GPL-2.0-only
#include <ctype.h>
#include <stdlib.h>
#include "host/file.h"
#include "host/debugfs.h"

/**
 * hd_debugfs_clean() - cut a line at its newline, and replace control characters
 * @line: the line
 */
void hd_debugfs_clean(char *line)
{
	line[strcspn(line, "\n")] = '\0';
	for (; *line; line++)
		if (!isprint((unsigned char)*line))
			*line = '?';
}

/**
 * hd_debugfs_each() - call a function for each line that is no comment
 * @name: name of the file: "probes", "memory", "cost"
 * @act: called with each line, without its newline
 * @priv: passed to @act
 *
 * Return: false if the file cannot be read; errno is set.
 */
bool hd_debugfs_each(const char *name,
		     void (*act)(const char *line, void *priv), void *priv)
{
	char *text = hd_file_text(HD_DEBUGFS_DIR "/%s", name), *line, *next;

	for (line = text; line && *line; line = next) {
		next = line + strcspn(line, "\n");
		next += !!*next;
		hd_debugfs_clean(line);
		if (line[0] != '#')
			act(line, priv);
	}
	free(text);
	return text;
}

/**
 * hd_debugfs_memory() - read the memory use and the memory limit of the module
 * @line: a line of the file "memory"
 * @bytes: set to the bytes in use
 * @limit: set to the limit in bytes
 *
 * Return: false if it is not the line with the total.
 */
bool hd_debugfs_memory(const char *line, u64 *bytes, u64 *limit)
{
	return sscanf(line, "total - %llu - %llu", bytes, limit) == 2;
}
