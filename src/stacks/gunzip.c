/* What was compressed in gzip's format, back again. */
#include "stacks/gunzip.h"

#include <limits.h>
#include <zlib.h>

/* The largest window (2^15 bytes), and the bit for gzip's header. */
enum { WINDOW_BITS = 15 + 16 };

/* Bytes inflated at once. */
enum { PIECE = 64 * 1024 };

bool bi_gunzip_is(const void *data, size_t size)
{
	const unsigned char *p = data;

	return size >= 2 && p[0] == 0x1f && p[1] == 0x8b;
}

/* One piece more. */
static int inflate_piece(z_stream *z, size_t most, struct bi_buf *out)
{
	int result;

	if (bi_buf_reserve(out, PIECE) < 0)
		return Z_MEM_ERROR;
	z->next_out = (Bytef *)out->data + out->len;
	z->avail_out = PIECE;
	result = inflate(z, Z_NO_FLUSH);
	out->len += PIECE - z->avail_out;
	out->data[out->len] = '\0';
	return out->len > most ? Z_BUF_ERROR : result;
}

/* All members; zlib's result. */
static int inflate_all(z_stream *z, size_t most, struct bi_buf *out)
{
	int result = Z_OK;

	while (result == Z_OK) {
		uInt before = z->avail_in;

		result = inflate_piece(z, most, out);
		if (result == Z_OK && z->avail_in == 0 && z->avail_out > 0)
			return Z_DATA_ERROR; /* cut short */
		if (result == Z_OK && z->avail_in == before &&
		    z->avail_out == PIECE)
			return Z_DATA_ERROR;
		if (result == Z_STREAM_END &&
		    bi_gunzip_is(z->next_in, z->avail_in))
			result = inflateReset(z);
	}
	return result;
}

int bi_gunzip(const void *data, size_t size, size_t most, struct bi_buf *out,
	      struct bench_error *err)
{
	z_stream z = {0};
	int result;

	if (size > UINT_MAX)
		return bi_error_set(err, BENCH_ERANGE, "the file is too large");
	if (inflateInit2(&z, WINDOW_BITS) != Z_OK)
		return bi_error_nomem(err);
	z.next_in = (z_const Bytef *)data;
	z.avail_in = (uInt)size;
	result = inflate_all(&z, most, out);
	inflateEnd(&z);
	if (result == Z_STREAM_END)
		return 0;
	if (result == Z_MEM_ERROR)
		return bi_error_nomem(err);
	if (out->len > most)
		return bi_error_set(err, BENCH_ERANGE,
				    "more than %zu MiB when unpacked",
				    most >> 20);
	return bi_error_set(err, BENCH_EINPUT,
			    "its compressed data are damaged or cut short");
}
