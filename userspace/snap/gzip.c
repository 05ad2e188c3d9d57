// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <zlib.h>
#include "snap/gzip.h"
#include "util.h"

#define WINDOW	(15 + 16)	/* the largest window of zlib; + 16 selects the gzip format */
#define MEMORY	8		/* default memory level of zlib */

/**
 * hd_gzip_begins() - may this be the beginning of a gzip file?
 * @data: the first bytes
 * @size: number of bytes; a few are enough for a negative answer
 */
bool hd_gzip_begins(const void *data, size_t size)
{
	static const u8 magic[2] = { 0x1f, 0x8b };

	return !memcmp(data, magic, size < sizeof(magic) ? size : sizeof(magic));
}

/**
 * hd_gzip() - compress data
 * @data: bytes
 * @size: number of bytes
 * @packed_size: set to the size of the compressed file
 *
 * It uses the fastest level: a higher one takes twice the time for a tenth less.
 *
 * Return: the compressed file, freed by the caller.
 */
u8 *hd_gzip(const u8 *data, size_t size, size_t *packed_size)
{
	z_stream stream = { .next_in = (u8 *)data, .avail_in = size };
	size_t room;
	u8 *packed;

	if (deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, WINDOW, MEMORY,
			 Z_DEFAULT_STRATEGY))
		hd_die("out of memory");
	room = deflateBound(&stream, size);
	packed = malloc(room);
	if (!packed)
		hd_die("out of memory");
	stream.next_out = packed;
	stream.avail_out = room;
	deflate(&stream, Z_FINISH);
	*packed_size = stream.total_out;
	deflateEnd(&stream);
	return packed;
}

/* Return: result of inflate(); the bytes so far are in @data. */
static int inflate_all(z_stream *stream, size_t most, u8 **data, size_t *size)
{
	size_t room = 0;
	int got;

	do {
		if (*size == room) {
			if (room == most)
				return Z_MEM_ERROR;
			*data = hd_grow(*data, room, &room, 1);
			if (room > most)
				room = most;
		}
		stream->next_out = *data + *size;
		stream->avail_out = room - *size;
		got = inflate(stream, Z_NO_FLUSH);
		*size = room - stream->avail_out;
	} while (got == Z_OK && (stream->avail_in || !stream->avail_out));
	return got;
}

/**
 * hd_gunzip() - uncompress a gzip file
 * @packed: the file
 * @packed_size: size of the file
 * @most: maximum size of the result
 * @data: NULL; set to the result, freed by the caller in any case
 * @size: 0; set to the size of the result
 *
 * The result of a truncated file is the part that is there.
 *
 * Return: NULL, or an error message.
 */
const char *hd_gunzip(const u8 *packed, size_t packed_size, size_t most,
		      u8 **data, size_t *size)
{
	z_stream stream = {
		.next_in = (u8 *)packed, .avail_in = packed_size,
	};
	int got;

	if (inflateInit2(&stream, WINDOW))
		hd_die("out of memory");
	got = inflate_all(&stream, most, data, size);
	inflateEnd(&stream);
	if (got == Z_MEM_ERROR)
		return "larger than any snapshot";
	if (got == Z_DATA_ERROR || got == Z_NEED_DICT || stream.avail_in)
		return "damaged: it cannot be decompressed";
	return NULL;
}
