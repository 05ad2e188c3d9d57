// SPDX-License-Identifier: GPL-2.0-only
#include <ctype.h>
#include <stdlib.h>
#include "host/file.h"
#include "host/debugfs.h"

/**
 * hd_debugfs_clean() - have a line end before its newline, and leave nothing in it
 *	that a terminal would obey
 * @line: as it was read
 */
void hd_debugfs_clean(char *line)
{
	line[strcspn(line, "\n")] = '\0';
	for (; *line; line++)
		if (!isprint((unsigned char)*line))
			*line = '?';
}

/**
 * hd_debugfs_each() - go through the lines of a file, but for comments
 * @name: of the file: "probes", "memory", "cost"
 * @act: called for each, without its newline
 * @priv: for it
 *
 * Return: false where it can't be read; errno says why.
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
 * hd_debugfs_memory() - what the module uses of its memory, and may use
 * @line: of the file "memory"
 * @bytes: set
 * @limit: set
 *
 * Return: false where this line does not say it.
 */
bool hd_debugfs_memory(const char *line, u64 *bytes, u64 *limit)
{
	return sscanf(line, "total - %llu - %llu", bytes, limit) == 2;
}
