/* src/base: what the harness and the reader do for every line. */
#include <benchkit/bench.h>
#include <string.h>

#include "base/buf.h"
#include "base/duration.h"
#include "base/integer.h"
#include "base/utf8.h"

static void add_bytes(bench_b *b, void *arg)
{
	const size_t *count = arg;
	struct bi_buf buf = BI_BUF_INIT;

	bench_set_bytes(b, (int64_t)*count);
	while (bench_loop(b)) {
		size_t i;

		bi_buf_reset(&buf);
		for (i = 0; i < *count; i++)
			bench_keep(bi_buf_addc(&buf, 'x'));
	}
	bi_buf_release(&buf);
}

BENCHMARK(BufAddc)
{
	size_t count;

	for (count = 10; count <= 1000; count *= 10)
		bench_runf(b, add_bytes, &count, "bytes=%zu", count);
}

/* A result's line, from an empty buffer to a released one. */
BENCHMARK(BufLine)
{
	while (bench_loop(b)) {
		struct bi_buf buf = BI_BUF_INIT;

		bench_keep(bi_buf_addf(&buf, "%s-%d\t%8d\t%10.1f ns/op",
				       "BenchmarkName", 2, 1000000, 1234.5));
		bi_buf_release(&buf);
	}
}

BENCHMARK(IntegerParse)
{
	static const char text[] = "1234567";
	int64_t value;

	while (bench_loop(b)) {
		bench_keep(bi_integer_parse(text, strlen(text), &value));
		bench_keep(value);
	}
}

BENCHMARK(DurationParse)
{
	int64_t ns;

	while (bench_loop(b)) {
		bench_keep(bi_duration_parse("1m2.5s", &ns));
		bench_keep(ns);
	}
}

BENCHMARK(Utf8Count)
{
	static const char text[] = "12.3\xc2\xb5 \xc2\xb1 4%, \xe2\x88\x9e, n=10";

	bench_set_bytes(b, (int64_t)strlen(text));
	while (bench_loop(b))
		bench_keep(bi_utf8_count(text, strlen(text)));
}

BENCH_MAIN();
