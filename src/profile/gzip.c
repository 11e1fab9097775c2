/* Bytes in gzip's format. */
#include "profile/gzip.h"

#include <limits.h>
#include <zlib.h>

#include "base/error.h"

/* The largest window (2^15 bytes), and the bit by which zlib writes gzip's
 * header and not its own. */
enum { WINDOW_BITS = 15 + 16 };

/* zlib's own default for its memory; it has no name for it. */
enum { MEMORY_LEVEL = 8 };

int bi_gzip(const void *data, size_t size, struct bi_buf *out)
{
	z_stream z = {0};
	size_t bound;
	int rc = BENCH_ENOMEM;

	if (size > UINT_MAX / 2)
		return BENCH_ENOMEM;
	if (deflateInit2(&z, Z_DEFAULT_COMPRESSION, Z_DEFLATED, WINDOW_BITS,
			 MEMORY_LEVEL, Z_DEFAULT_STRATEGY) != Z_OK)
		return BENCH_ENOMEM;
	bound = deflateBound(&z, size);
	if (bound > UINT_MAX || bi_buf_reserve(out, bound) < 0)
		goto out;
	z.next_in = (z_const Bytef *)data;
	z.avail_in = (uInt)size;
	z.next_out = (Bytef *)out->data + out->len;
	z.avail_out = (uInt)bound;
	if (deflate(&z, Z_FINISH) != Z_STREAM_END)
		goto out;
	out->len += z.total_out;
	out->data[out->len] = '\0';
	rc = 0;
out:
	deflateEnd(&z);
	return rc;
}
