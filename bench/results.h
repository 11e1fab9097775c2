/* Results as long runs write them: the lines of a name one after the other,
 * values of six decades with five percent of noise. */
#ifndef BENCH_RESULTS_H
#define BENCH_RESULTS_H

#include <math.h>
#include <stdint.h>

#include "base/buf.h"

struct results_shape {
	size_t lines; /* a multiple of NAMES */
	size_t names;
	int units;    /* 1: ns/op; 4: MB/s, B/op and allocs/op too */
	double shift; /* of all times */
	uint64_t state; /* of the random numbers; not 0 */
};

/* Uniform in [0, 1): xorshift64* (Vigna 2016). */
static inline double results_random(uint64_t *state)
{
	*state ^= *state >> 12;
	*state ^= *state << 25;
	*state ^= *state >> 27;
	return (double)(*state * 2685821657736338717u >> 11) * 0x1p-53;
}

static inline int results_add_header(struct bi_buf *out)
{
	return bi_buf_adds(out, "goos: linux\ngoarch: amd64\n"
				"pkg: example.com/p\ncpu: X\n");
}

/* Append all lines of name number I.  Its mean depends on I alone, so that
 * files of other seeds can be compared. */
static inline int results_add_name(struct bi_buf *out,
				   struct results_shape *shape, size_t i)
{
	static const char *const formats[] = {"json", "gob", "xml"};
	uint64_t own = (i + 1) * 0x9e3779b97f4a7c15;
	double mean = shape->shift * pow(10, 1 + 6 * results_random(&own));
	size_t line;
	int rc = 0;

	for (line = 0; rc == 0 && line < shape->lines / shape->names; line++) {
		double noise = 0.1 * (results_random(&shape->state) - 0.5);
		double ns = mean * (1 + noise);
		int n = 1000 + (int)(999000 * results_random(&shape->state));

		rc = bi_buf_addf(out,
				 "BenchmarkB%zu/size=%u/fmt=%s-8 "
				 "\t%8d\t%12.4g ns/op",
				 i, 1u << i % 20, formats[i % 3], n, ns);
		if (rc == 0 && shape->units > 1)
			rc = bi_buf_addf(out,
					 "\t%8.2f MB/s\t%8d B/op"
					 "\t%8d allocs/op",
					 1e9 / ns, 100 + n % 20, 3 + n % 3);
		if (rc == 0)
			rc = bi_buf_addc(out, '\n');
	}
	return rc;
}

#endif
