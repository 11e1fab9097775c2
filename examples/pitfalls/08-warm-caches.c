/* 8. Warm caches and TLB: the second look at something is always fast.
 *
 * A table lookup in a program finds its cache line cold, because other work was
 * done since the last one.  Wrong asks for the same few entries again and again:
 * they stay in the first-level cache, with their translations in the TLB.  Right
 * walks, in an order that no prefetcher guesses, over as much memory as the
 * program has in use, and says how much in its name; whoever reads the result
 * sees a curve over sizes and can find their own case on it.
 *
 * The walk is a linear congruence with a period of all entries, so that every
 * entry comes once before any comes twice; "lines" is how many cache lines it
 * has visited.
 *
 * Run:  08-warm-caches -benchtime=65536x
 * Rows: Wrong Right/KiB=16 Right/KiB=256 Right/KiB=4096
 * Says: BenchmarkWrong.* 1.000 lines
 * Says: BenchmarkRight/KiB=16.* 256.0 lines
 * Says: BenchmarkRight/KiB=4096.* 65536 lines
 */
#include <benchkit/bench.h>

#include <stdlib.h>

#define LINE 64

struct entry {
	unsigned value;
	char rest[LINE - sizeof(unsigned)];
};

/* Visit COUNT entries, a power of two, in turn; the next one depends on what the
 * last one holds, as the links of a tree do. */
static void walk(bench_b *b, size_t count)
{
	struct entry *table = calloc(count, sizeof(*table));
	size_t at = 0, i, lines = 0;

	if (table == NULL)
		abort();
	for (i = 0; i < count; i++)
		table[i].value = (unsigned)(12345 & (count - 1)) | 1;
	while (bench_loop(b))
		at = (5 * at + table[at].value) & (count - 1);
	bench_keep(at);
	for (i = 0, at = 0; i < (size_t)b->n; i++) {
		lines += table[at].rest[0] == 0;
		table[at].rest[0] = 1;
		at = (5 * at + table[at].value) & (count - 1);
	}
	bench_report_metric(b, (double)lines, "lines");
	free(table);
}

BENCHMARK(Wrong)
{
	walk(b, 1);
}

static void right(bench_b *b, void *arg)
{
	walk(b, (size_t)*(const int *)arg * 1024 / LINE);
}

BENCHMARK(Right)
{
	static int kib[] = {16, 256, 4096};
	size_t i;

	for (i = 0; i < sizeof(kib) / sizeof(kib[0]); i++)
		bench_runf(b, right, &kib[i], "KiB=%d", kib[i]);
}

BENCH_MAIN();
