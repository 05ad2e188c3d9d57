// SPDX-License-Identifier: GPL-2.0-only
/* The lines of a table, and how they are rolled up. */
#include <stdlib.h>
#include "host/cgroup.h"
#include "table/table.h"
#include "util.h"

/* Return: whether lines with the same @id belong together, and it is shown. */
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
 * hd_table_shows() - is a column one of those to print?
 * @table: the table, with its options
 * @id: the column
 */
bool hd_table_shows(const struct hd_table *table, u32 id)
{
	const struct hd_column *col = &table->column[id];

	if (id < HD_FIRST_COLUMN)
		return is_id_shown(table, id);
	if (col->shape == HD_HIDDEN)
		return false;
	return table->by || table->bare ? col->fold != HD_GONE : !col->grouped;
}

static enum hd_fold fold_of(const struct hd_table *table, u32 id)
{
	if (id >= HD_FIRST_COLUMN)
		return table->column[id].fold;
	/* the threads of a process may have names of their own */
	if (!is_id_shown(table, id) ||
	    (id == HD_COMM && table->by == HD_BY_PROCESS))
		return HD_ANY;
	return HD_KEY;
}

/* as in the header here, or as in /proc/hostdiag */
static bool is_called(const struct hd_column *col, const char *name)
{
	bool is_time = col->shape == HD_TIME || col->shape == HD_CLOCK;
	size_t len = strlen(col->name);

	return !strncmp(name, col->name, len) &&
	       (!name[len] || (is_time && !strcmp(name + len, "_ns")));
}

/**
 * hd_table_find_sort() - the column to sort by, or bad usage
 * @table: its options are set
 */
u32 hd_table_find_sort(const struct hd_table *table)
{
	const char *name = table->args.sort;
	char names[512] = "";
	u32 id;

	if (!name)
		return table->by ? table->group_sort : table->sort;
	for (id = 0; id < table->columns; id++) {
		if (!hd_table_shows(table, id))
			continue;
		if (is_called(&table->column[id], name))
			return id;
		strcat(strcat(names, " "), table->column[id].name);
	}
	hd_args_fail("no column '%s':%s", name, names);
}

/**
 * hd_table_text() - a text for a cell
 * @raw: any bytes, up to a NUL or @len
 * @len: how many at most
 *
 * Return: the same, escaped; "-" where there are none.
 */
char *hd_table_text(const char *raw, size_t len)
{
	size_t size;
	char *text;

	len = strnlen(raw, len);
	size = 4 * len + 2;
	text = malloc(size);
	if (!text)
		hd_die("out of memory");
	hd_escape(raw, len, text, size);
	return text;
}

/**
 * hd_table_add() - begin a line
 * @table: the table
 * @tid: task that it belongs to
 * @tgid: its process
 * @comm: its name
 *
 * Return: its cells, to be filled from HD_FIRST_COLUMN on, good until the next
 * call; NULL where it is none of the tasks that were asked for.
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
	/* what is absent wraps to 0 and is the smallest */
	u64 p = x[id].value + 1, q = y[id].value + 1;

	if (table->column[id].shape == HD_HIDDEN)
		return 0;
	if (table->column[id].shape == HD_TEXT)
		return x[id].text && y[id].text ?
		       strcmp(x[id].text, y[id].text) : 0;
	return p < q ? -1 : p > q;
}

/**
 * hd_table_word() - a text for a cell that needs no escapes
 * @word: the text; NULL: "-"
 */
char *hd_table_word(const char *word)
{
	char *text = strdup(word ? word : "-");

	if (!text)
		hd_die("out of memory");
	return text;
}

/**
 * hd_table_syscall() - the name of a call, for a cell
 * @abi: enum hostdiag_abi
 * @nr: its number
 */
char *hd_table_syscall(u32 abi, u32 nr)
{
	char name[HD_NAME_LEN];

	return hd_table_word(hd_syscall_name(abi, nr, name));
}

/**
 * hd_table_fd() - a descriptor, for a cell
 * @fd: negative: there is none
 */
u64 hd_table_fd(s32 fd)
{
	return fd >= 0 ? (u64)fd : HD_ABSENT;
}

/**
 * hd_table_ago() - how long ago something was
 * @snap: the snapshot that tells
 * @ns: when it was
 */
u64 hd_table_ago(const struct hd_snapshot *snap, u64 ns)
{
	u64 now = snap->head.now_ns;

	return now > ns ? now - ns : 0;
}

/**
 * hd_table_clock() - a time for a cell of HD_CLOCK
 * @snap: the snapshot that tells
 * @ns: when it was, on the monotonic clock
 */
u64 hd_table_clock(const struct hd_snapshot *snap, u64 ns)
{
	return snap->head.wall_ns - hd_table_ago(snap, ns);
}

/**
 * hd_table_wait() - four cells: on-CPU, run queue, D sleep, other sleep
 * @cell: the first of them
 * @stat: calls
 * @wait: where their time went
 */
void hd_table_wait(union hd_cell *cell, const struct hd_stat *stat,
		   const struct hd_wait_sums *wait)
{
	cell[0].value = wait->kept ? hd_wait_cpu(stat, wait) : HD_ABSENT;
	cell[1].value = wait->kept ? wait->runq_ns : HD_ABSENT;
	cell[2].value = wait->kept ? wait->d_ns : HD_ABSENT;
	cell[3].value = wait->kept ? wait->sleep_ns : HD_ABSENT;
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
 * @compare: of two lines; the table is its last argument
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
 * hd_table_fold() - put together the lines that --by says
 * @table: filled; left alone where --by was not given
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
 * hd_table_free() - free the lines; new ones may be added
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
