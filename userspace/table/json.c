// SPDX-License-Identifier: GPL-2.0-only
/* From lines of text to JSON; see json.h. */
#include <stdlib.h>
#include "table/json.h"
#include "util.h"

#define COLUMNS_MOST	32

/**
 * struct table - the table that is being printed
 * @columns: the line with their names, cut into words
 * @column: the names
 * @len: how many
 * @line: what came of a line so far
 * @used: bytes of it
 * @room: bytes that fit
 * @begun: there is a line before
 */
struct table {
	char columns[512];
	const char *column[COLUMNS_MOST];
	u32 len;
	char *line;
	size_t used;
	size_t room;
	bool begun;
};

static struct table table;

/**
 * hd_json_string() - print a string
 * @raw: any bytes, up to a NUL or @len
 * @len: how many there are at most
 */
void hd_json_string(const char *raw, size_t len)
{
	char *text = malloc(HD_UTF8_LEN(len));
	const char *at;

	if (!text)
		hd_die("out of memory");
	hd_utf8(raw, len, text);
	hd_print("\"");
	for (at = text; *at; at++) {
		if ((unsigned char)*at < ' ' || *at == 0x7f)
			hd_print("\\u%04x", *at);
		else if (*at == '"' || *at == '\\')
			hd_print("\\%c", *at);
		else
			hd_print("%c", *at);
	}
	hd_print("\"");
	free(text);
}

/* undo hd_line_escaped(), in place */
static size_t unescape(char *word)
{
	char *from, *to = word;

	for (from = word; *from; from++) {
		if (*from != '\\') {
			*to++ = *from;
			continue;
		}
		*to++ = (from[1] - '0') << 6 | (from[2] - '0') << 3 |
			(from[3] - '0');
		from += 3;
	}
	*to = '\0';
	return to - word;
}

static bool is_text(const char *column)
{
	static const char *const texts[] = {
		"comm", "syscall", "errno", "state", "class", "wchan", "path",
		"place", "device", "kind", "key", "what",
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(texts); i++)
		if (!strcmp(column, texts[i]))
			return true;
	return false;
}

static bool is_number(const char *word)
{
	word += *word == '-';
	return *word && !word[strspn(word, "0123456789")];
}

/* "16:3,20:1" */
static void put_buckets(char *word)
{
	char *next, *count;

	hd_print("[");
	for (; word; word = next) {
		next = strchr(word, ',');
		if (next)
			*next++ = '\0';
		count = strchr(word, ':');
		*count++ = '\0';
		hd_print("[%s,%s]%s", word, count, next ? "," : "");
	}
	hd_print("]");
}

/* a result may be a number, or the name of an error */
static void put_value(const char *column, char *word)
{
	if (!strcmp(word, "-"))
		hd_print("null");
	else if (!strcmp(column, "buckets"))
		put_buckets(word);
	else if (is_text(column) || !is_number(word))
		hd_json_string(word, unescape(word));
	else
		hd_print("%s", word);
}

static void put_line(void)
{
	char *word, *rest = table.line;
	u32 i;

	hd_print("%s\n{", table.begun ? "," : "");
	table.begun = true;
	for (i = 0; i < table.len; i++) {
		word = strsep(&rest, " ");
		hd_print("%s\"%s\":", i ? "," : "", table.column[i]);
		put_value(table.column[i], word);
	}
	hd_print("}");
}

static void take_columns(struct hd_out *out, const char *fmt, va_list args)
{
	char *name, *rest = table.columns;

	(void)out;
	vsnprintf(table.columns, sizeof(table.columns), fmt, args);
	table.len = 0;
	while ((name = strsep(&rest, "#\n ")) && table.len < COLUMNS_MOST)
		if (*name)
			table.column[table.len++] = name;
}

/* a line comes in one piece or several, and ends with its last one */
static void take_line(struct hd_out *out)
{
	if (table.used + out->len > table.room) {
		table.room = 2 * (table.used + out->len);
		table.line = realloc(table.line, table.room);
		if (!table.line)
			hd_die("out of memory");
	}
	memcpy(table.line + table.used, out->text, out->len);
	table.used += out->len;
	if (!table.used || table.line[table.used - 1] != '\n')
		return;
	table.line[table.used - 1] = '\0';
	put_line();
	table.used = 0;
}

/**
 * hd_json_table() - begin a table
 * @name: of its file
 * @put_columns: of render.h
 *
 * Return: where its lines go, till hd_json_table_end().
 */
struct hd_out *hd_json_table(const char *name,
			     void (*put_columns)(struct hd_out *out))
{
	static char text[HD_LINE_MIN];
	static struct hd_out out = {
		.print = take_columns,
		.write = take_line,
		.text = text,
		.size = sizeof(text),
	};

	hd_print(",\n\"%s\":[", name);
	table.begun = false;
	put_columns(&out);
	return &out;
}

/**
 * hd_json_table_end() - end it
 */
void hd_json_table_end(void)
{
	hd_print("]");
}
