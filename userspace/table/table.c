// SPDX-License-Identifier: GPL-2.0-only
/* The lines of a table, and how they are rolled up. */
#include <stdlib.h>
#include "host/cgroup.h"
#include "table/table.h"
#include "util.h"

/* Return: whether lines are rolled up by @id, so that the column is shown. */
static bool is_id_shown(const struct hd_table *table, u32 id)
{
	switch (table->by) {
	case HD_BY_PROCESS:
		return id == HD_TGID || id == HD_COMM;
	case HD_BY_COMM:
		return id == HD_COMM;
	case HD_BY_CGROUP:
		return id == HD_CGROUP;
	case HD_BY_ALL:
		return false;
	default:
		return id == HD_COMM ||
		       (!table->bare && (id == HD_TID || id == HD_TGID));
	}
}

/**
 * hd_table_shows() - is a column printed?
 * @table: the table, with its options
 * @id: the column
 */
bool hd_table_shows(const struct hd_table *table, u32 id)
{
	const struct hd_column *col = &table->column[id];

	if (id < HD_FIRST_COLUMN)
		return is_id_shown(table, id);
	if (col->shape == HD_HIDDEN || col->fold == HD_OWN)
		return false;
	return table->by || table->bare ? col->fold != HD_GONE : !col->grouped;
}

static enum hd_fold fold_of(const struct hd_table *table, u32 id)
{
	if (id >= HD_FIRST_COLUMN)
		return table->column[id].fold;
	/* threads of a process may have different names */
	if (!is_id_shown(table, id) ||
	    (id == HD_COMM && table->by == HD_BY_PROCESS))
		return HD_ANY;
	return HD_KEY;
}

/* match the name of the heading, or the one in /proc/hostdiag */
static bool is_called(const struct hd_column *col, const char *name)
{
	bool is_time = col->shape == HD_TIME || col->shape == HD_CLOCK;
	size_t len = strlen(col->name);

	return !strncmp(name, col->name, len) &&
	       (!name[len] || (is_time && !strcmp(name + len, "_ns")));
}

/**
 * hd_table_find_sort() - find the column to sort by; an unknown one ends the program
 * @table: its options are set
 */
u32 hd_table_find_sort(const struct hd_table *table)
{
	const char *name = table->args.sort;
	char names[512] = "";
	u32 id, nth;

	if (!name)
		return table->by ? table->group_sort : table->sort;
	for (nth = 0; nth < table->columns; nth++) {
		id = hd_table_nth(table, nth);
		if (!hd_table_shows(table, id))
			continue;
		if (is_called(&table->column[id], name))
			return id;
		strcat(strcat(names, " "), table->column[id].name);
	}
	hd_args_fail("no column '%s':%s", name, names);
}

/**
 * hd_table_text() - make the text of a cell
 * @raw: any bytes, up to a NUL or @len
 * @len: maximum number of bytes
 *
 * Return: a word made by hd_word(); "-" if there are no bytes.
 */
char *hd_table_text(const char *raw, size_t len)
{
	size_t size;
	char *text;

	len = strnlen(raw, len);
	size = HD_WORD_LEN(len);
	text = malloc(size);
	if (!text)
		hd_die("out of memory");
	hd_word(raw, len, text, size);
	return text;
}

/**
 * hd_table_add() - begin a line
 * @table: the table
 * @tid: task that it belongs to
 * @tgid: its process
 * @comm: its name
 *
 * Return: its cells, valid until the next call, which the caller fills from
 * HD_FIRST_COLUMN on; NULL if the task is not one of the chosen.
 */
union hd_cell *hd_table_add(struct hd_table *table, u32 tid, u32 tgid,
			    const char *comm)
{
	char cgroup[HD_CGROUP_LEN];
	union hd_cell *cell;

	if (!hd_args_choose(&table->args, tid, tgid, comm))
		return NULL;
	table->matched = true;
	table->cell = hd_grow(table->cell, table->used, &table->room,
			      table->columns * sizeof(*cell));
	cell = &table->cell[table->used++ * table->columns];
	memset(cell, 0, table->columns * sizeof(*cell));
	if (table->by == HD_BY_CGROUP) {
		hd_cgroup_of(tgid, cgroup);
		cell[HD_CGROUP].text = hd_table_text(cgroup, sizeof(cgroup));
	}
	cell[HD_TID].value = tid;
	cell[HD_TGID].value = tgid;
	cell[HD_COMM].text = hd_table_text(comm, HOSTDIAG_COMM_LEN);
	return cell;
}

/**
 * hd_table_add_task() - begin a line of the task that a record belongs to
 * @table: the table
 * @row: the record
 *
 * Return: as of hd_table_add().
 */
union hd_cell *hd_table_add_task(struct hd_table *table,
				 const struct hd_snapshot_row *row)
{
	return hd_table_add(table, row->task.tid, row->task.tgid,
			    row->task.comm);
}

/* columns of these types may be long, and come last */
static bool is_long(enum hd_type type)
{
	return type == HD_TYPE_PLACE || type == HD_TYPE_PATH;
}

static enum hd_shape shape_of(enum hd_type type)
{
	switch (type) {
	case HD_TYPE_ID:
	case HD_TYPE_ID_OPT:
	case HD_TYPE_FD:
	case HD_TYPE_COUNT:
	case HD_TYPE_COUNT_OPT:
	case HD_TYPE_BUCKETS:
		return HD_NUMBER;
	case HD_TYPE_TIME:
	case HD_TYPE_TIME_OPT:
	case HD_TYPE_TOTAL:
	case HD_TYPE_CPU:
	case HD_TYPE_P50:
	case HD_TYPE_P99:
	case HD_TYPE_LONGEST:
	case HD_TYPE_LAST:
		return HD_TIME;
	case HD_TYPE_WHEN:
	case HD_TYPE_WHEN_OPT:
		return HD_CLOCK;
	default:
		return HD_TEXT;
	}
}

static bool does_rise(enum hd_type type)
{
	return shape_of(type) == HD_TEXT || shape_of(type) == HD_CLOCK ||
	       type == HD_TYPE_ID || type == HD_TYPE_ID_OPT ||
	       type == HD_TYPE_FD || type == HD_TYPE_LAST;
}

/* a heading is the name in the file without the suffix _ns */
static char *name_for_eyes(const char *name)
{
	size_t len = strlen(name);
	char *text = hd_table_word(name);

	if (len > 3 && !strcmp(name + len - 3, "_ns"))
		text[len - 3] = '\0';
	return text;
}

/* is it an id, which all tables have anyway? */
static bool is_id(const char *name)
{
	return !strcmp(name, "tid") || !strcmp(name, "tgid") ||
	       !strcmp(name, "comm");
}

static struct hd_column column_of(const struct hd_schema_column *from)
{
	return (struct hd_column){
		.name = name_for_eyes(from->name),
		.shape = shape_of(from->type),
		.fold = is_id(from->name) ? HD_OWN : from->fold,
		.rises = does_rise(from->type),
	};
}

/* Return: the rank of a column in the order that table.h describes. */
static u32 rank_of(const struct hd_table *table, u32 id)
{
	if (id < HD_FIRST_COLUMN)
		return 0;
	if (id < table->first)
		return table->column[id].grouped &&
		       table->column[id].shape == HD_NUMBER ? 1 : 3;
	return is_long(table->schema->column[id - table->first].type) ? 4 : 2;
}

/**
 * hd_table_set_schema() - add the columns of the schema of a command
 * @table: its column and columns are set; they are never freed
 * @cmd: the command
 */
void hd_table_set_schema(struct hd_table *table, const struct hd_table_cmd *cmd)
{
	u32 i, rank, used = 0, own = cmd->columns;
	struct hd_column *column;
	u32 *order;

	table->column = cmd->column;
	table->columns = own;
	if (!cmd->schema)
		return;
	table->schema = cmd->schema;
	table->first = own;
	table->columns += cmd->schema->nr_columns;
	column = calloc(table->columns, sizeof(*column));
	order = calloc(table->columns, sizeof(*order));
	if (!column || !order)
		hd_die("out of memory");
	memcpy(column, cmd->column, own * sizeof(*column));
	for (i = 0; i < cmd->schema->nr_columns; i++)
		column[own + i] = column_of(&cmd->schema->column[i]);
	table->column = column;
	for (rank = 0; rank <= 4; rank++)
		for (i = 0; i < table->columns; i++)
			if (rank_of(table, i) == rank)
				order[used++] = i;
	table->order = order;
}

/**
 * hd_table_nth() - get the column that is shown as the nth
 * @table: the table
 * @nth: index in display order; hidden columns are counted
 */
u32 hd_table_nth(const struct hd_table *table, u32 nth)
{
	return table->order ? table->order[nth] : nth;
}

static char *number_text(const struct hd_value *value)
{
	char text[HD_NAME_LEN];

	snprintf(text, sizeof(text), "%s%llu", value->is_negative ? "-" : "",
		 value->number);
	return hd_table_word(value->is_absent ? NULL : text);
}

static void set_cell(union hd_cell *cell, enum hd_type type,
		     const struct hd_snapshot *snap,
		     const struct hd_value *value)
{
	if (shape_of(type) == HD_TEXT) {
		hd_table_set_text(cell, value->text && !value->is_absent ?
				  hd_table_text(value->text, value->len) :
				  number_text(value));
		return;
	}
	cell->value = value->is_absent ? HD_ABSENT : value->number;
	if (value->is_absent)
		return;
	if (type == HD_TYPE_LAST)
		cell->value = hd_table_ago(snap, value->number);
	else if (shape_of(type) == HD_CLOCK)
		cell->value = hd_table_clock(snap, value->number);
}

/**
 * hd_table_set_text() - replace the text of a cell
 * @cell: a cell of HD_TEXT
 * @text: the new text, owned by the cell
 */
void hd_table_set_text(union hd_cell *cell, char *text)
{
	free(cell->text);
	cell->text = text;
}

static void set_cells(const struct hd_table *table, union hd_cell *cell,
		      const struct hd_snapshot *snap,
		      const struct hd_value *value)
{
	const struct hd_schema *schema = table->schema;
	u32 i;

	for (i = 0; i < schema->nr_columns; i++)
		set_cell(&cell[table->first + i], schema->column[i].type, snap,
			 &value[i]);
}

/**
 * hd_table_refill() - fill the columns of the schema of a line
 * @table: a table with a schema
 * @cell: the line
 * @snap: the snapshot that contains the row
 * @row: the record that was read last
 */
void hd_table_refill(const struct hd_table *table, union hd_cell *cell,
		     const struct hd_snapshot *snap,
		     const struct hd_snapshot_row *row)
{
	struct hd_value value[HD_VALUES_MOST];

	table->schema->fill(value, row);
	set_cells(table, cell, snap, value);
}

/* begin a line for the task that the ids name; exited tasks have a name only */
static union hd_cell *begin_line(struct hd_table *table,
				 const struct hd_value *value)
{
	const struct hd_schema *schema = table->schema;
	const char *comm = "";
	u32 tid = 0, tgid = 0, i;

	for (i = 0; i < schema->nr_columns; i++) {
		if (!strcmp(schema->column[i].name, "tid"))
			tid = value[i].number;
		else if (!strcmp(schema->column[i].name, "tgid"))
			tgid = value[i].number;
		else if (!strcmp(schema->column[i].name, "comm"))
			comm = value[i].text;
	}
	return hd_table_add(table, tid, tgid, comm);
}

/**
 * hd_table_add_row() - add a line, with the columns of the table's schema
 * @table: the table
 * @snap: the snapshot that contains the row
 * @row: the record that was read last
 *
 * Return: as hd_table_add(); the caller fills the other columns.
 */
union hd_cell *hd_table_add_row(struct hd_table *table,
				const struct hd_snapshot *snap,
				const struct hd_snapshot_row *row)
{
	struct hd_value value[HD_VALUES_MOST];
	union hd_cell *cell;

	table->schema->fill(value, row);
	cell = begin_line(table, value);
	if (cell)
		set_cells(table, cell, snap, value);
	return cell;
}

/**
 * hd_table_compare() - compare two lines by a column
 * @table: the table
 * @id: the column
 * @x: cells of one line
 * @y: cells of the other
 *
 * Return: as strcmp().
 */
int hd_table_compare(const struct hd_table *table, u32 id,
		     const union hd_cell *x, const union hd_cell *y)
{
	/* HD_ABSENT wraps to 0, the smallest value */
	u64 p = x[id].value + 1, q = y[id].value + 1;

	if (table->column[id].shape == HD_HIDDEN)
		return 0;
	if (table->column[id].shape == HD_TEXT)
		return x[id].text && y[id].text ?
		       strcmp(x[id].text, y[id].text) : 0;
	return p < q ? -1 : p > q;
}

/**
 * hd_table_word() - make the text of a cell out of a word without escapes
 * @word: the word; NULL: "-"
 */
char *hd_table_word(const char *word)
{
	char *text = strdup(word ? word : "-");

	if (!text)
		hd_die("out of memory");
	return text;
}

/**
 * hd_table_syscall() - make the text of a cell out of a syscall number
 * @abi: enum hostdiag_abi
 * @nr: its number
 */
char *hd_table_syscall(u32 abi, u32 nr)
{
	char name[HD_NAME_LEN];

	return hd_table_word(hd_syscall_name(abi, nr, name));
}

/**
 * hd_table_ago() - get the time from an event to its snapshot
 * @snap: the snapshot
 * @ns: time of the event
 */
u64 hd_table_ago(const struct hd_snapshot *snap, u64 ns)
{
	u64 now = snap->head.now_ns;

	return now > ns ? now - ns : 0;
}

/**
 * hd_table_clock() - make the value of a cell of HD_CLOCK
 * @snap: the snapshot
 * @ns: the time, on the monotonic clock
 */
u64 hd_table_clock(const struct hd_snapshot *snap, u64 ns)
{
	return snap->head.wall_ns - hd_table_ago(snap, ns);
}

static int compare_keys(const void *a, const void *b, void *priv)
{
	const struct hd_table *table = priv;
	int order;
	u32 id;

	for (id = 0; id < table->columns; id++) {
		if (fold_of(table, id) != HD_KEY)
			continue;
		order = hd_table_compare(table, id, a, b);
		if (order)
			return order;
	}
	return 0;
}

static int compare_keys_and_tid(const void *a, const void *b, void *priv)
{
	int order = compare_keys(a, b, priv);

	return order ? order : hd_table_compare(priv, HD_TID, a, b);
}

static void merge_cell(const struct hd_table *table, u32 id, union hd_cell *to,
		       const union hd_cell *from)
{
	u64 sum = hd_add(to->value, from->value);

	if (table->column[id].shape == HD_HIDDEN) {
		table->column[id].merge(to, from);
		return;
	}
	if (table->column[id].shape == HD_TEXT)
		return;
	if (to->value == HD_ABSENT)
		sum = from->value;
	else if (from->value == HD_ABSENT)
		return;

	switch (fold_of(table, id)) {
	case HD_SUM:
		to->value = sum;
		break;
	case HD_MAX:
		if (from->value > to->value || to->value == HD_ABSENT)
			to->value = from->value;
		break;
	case HD_MIN:
		if (from->value < to->value)
			to->value = from->value;
		break;
	default:
		break;
	}
}

/**
 * hd_table_sort() - sort the lines
 * @table: the table
 * @compare: compares two lines; its last argument is the table
 */
void hd_table_sort(struct hd_table *table,
		   int (*compare)(const void *a, const void *b, void *priv))
{
	if (table->used)
		qsort_r(table->cell, table->used,
			table->columns * sizeof(*table->cell), compare, table);
}

static void free_line(const struct hd_table *table, union hd_cell *cell)
{
	u32 id;

	for (id = 0; id < table->columns; id++) {
		if (table->column[id].shape == HD_TEXT)
			free(cell[id].text);
		else if (table->column[id].shape == HD_HIDDEN)
			free(cell[id].own);
	}
}

/**
 * hd_table_fold() - roll the lines up by --by
 * @table: filled; not changed if --by was not given
 */
void hd_table_fold(struct hd_table *table)
{
	size_t i, used = 0, size = table->columns * sizeof(*table->cell);
	union hd_cell *to = table->cell, *from;
	u32 id;

	if (!table->by || !table->used)
		return;
	hd_table_sort(table, compare_keys_and_tid);
	for (i = 1; i < table->used; i++) {
		from = &table->cell[i * table->columns];
		if (compare_keys(to, from, table)) {
			to = &table->cell[++used * table->columns];
			memcpy(to, from, size);
			continue;
		}
		for (id = 0; id < table->columns; id++)
			merge_cell(table, id, &to[id], &from[id]);
		free_line(table, from);
	}
	table->used = used + 1;
}

/**
 * hd_table_free() - free all lines; new ones may be added afterwards
 * @table: the table
 */
void hd_table_free(struct hd_table *table)
{
	size_t i;

	for (i = 0; i < table->used; i++)
		free_line(table, &table->cell[i * table->columns]);
	free(table->cell);
	table->cell = NULL;
	table->used = 0;
	table->room = 0;
}
