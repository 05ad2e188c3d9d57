// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include "host/words.h"
#include "table/json.h"
#include "util.h"

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

static void put_buckets(const struct hd_stat *stat)
{
	const char *comma = "";
	u32 i;

	hd_print("[");
	for (i = stat->low; i < stat->end; i++) {
		if (!stat->bucket[i])
			continue;
		hd_print("%s[%llu,%llu]", comma, hd_hist_lower(i),
			 stat->bucket[i]);
		comma = ",";
	}
	hd_print("]");
}

static void put_value(const struct hd_value *value)
{
	if (value->is_absent)
		hd_print("null");
	else if (value->stat)
		put_buckets(value->stat);
	else if (value->text)
		hd_json_string(value->text, value->len);
	else
		hd_print("%s%llu", value->is_negative ? "-" : "",
			 value->number);
}

/**
 * hd_json_row() - print a row as an object
 * @schema: the table that it is of
 * @row: the row
 */
void hd_json_row(const struct hd_schema *schema,
		 const struct hd_snapshot_row *row)
{
	struct hd_value value[HD_VALUES_MOST];
	u32 i;

	schema->fill(value, row);
	for (i = 0; i < schema->nr_columns; i++) {
		hd_print("%s\"%s\":", i ? "," : "{", schema->column[i].name);
		put_value(&value[i]);
	}
	hd_print("}");
}

/* of RETURN either may be: an error begins with a letter */
static bool is_number(enum hd_type type, const char *word)
{
	switch (type) {
	case HD_TYPE_NAME:
	case HD_TYPE_PATH:
	case HD_TYPE_PLACE:
	case HD_TYPE_WORD:
	case HD_TYPE_KIND:
	case HD_TYPE_LETTER:
	case HD_TYPE_CALL:
	case HD_TYPE_KEY:
	case HD_TYPE_ERRNO:
		return false;
	default:
		return word[0] == '-' || (word[0] >= '0' && word[0] <= '9');
	}
}

static void put_word(enum hd_type type, char **line)
{
	char text[HD_PATH_LEN];

	if (!strncmp(*line, "- ", 2) || !strncmp(*line, "-\n", 2)) {
		hd_next_word(line);
		hd_print("null");
	} else if (is_number(type, *line)) {
		hd_print("%s", hd_next_word(line));
	} else {
		hd_next_text(line, text, sizeof(text));
		hd_json_string(text, sizeof(text));
	}
}

/**
 * hd_json_line() - print a line of a file of the module as an object
 * @schema: of hd_live_schemas
 * @line: a whole line, which is taken apart
 */
void hd_json_line(const struct hd_schema *schema, char *line)
{
	u32 i;

	for (i = 0; i < schema->nr_columns && line; i++) {
		hd_print("%s\"%s\":", i ? "," : "{", schema->column[i].name);
		put_word(schema->column[i].type, &line);
	}
	hd_print("}");
}
