/* A large table: what a collection takes, and a lookup.  Linked once with each
 * variant.  The number of names is the argument after "--". */
#include "pointer_free_keys.h"

#include <benchkit/bench.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "collector.h"

static uint64_t names = 100000;

/* Long to fill: made when the process first needs it, and kept. */
struct made_table {
	struct name_table table;
	uint64_t names;
};

/* "user:" and eight digits. */
static void write_name(char name[16], uint64_t i)
{
	char *p = name + 13;

	memcpy(name, "user:", 5);
	for (*p-- = '\0'; p >= name + 5; i /= 10)
		*p-- = (char)('0' + i % 10);
}

static void make_table(bench_b *b, struct made_table *made,
		       const struct name_memory *memory, uint64_t count)
{
	char name[16];
	uint64_t i;

	if (made->names == count)
		return;
	name_table_init(&made->table, memory);
	for (i = 0; i < count; i++) {
		write_name(name, i);
		if (name_table_add(&made->table, name, i) < 0)
			bench_fatalf(b, "no entry: %s", strerror(errno));
	}
	made->names = count;
}

/* Everything lives: the collector looks, and finds nothing to free. */
BENCHMARK(Collect)
{
	static struct made_table made;
	int64_t ns = 0;

	make_table(b, &made, &collector_memory, names);
	bench_reset_timer(b);
	while (bench_loop(b))
		ns += collector_collect();
	bench_report_metric(b, (double)ns / 1e6 / (double)b->n, "ms/gc");
}

/* Look up names of MADE, chosen at random. */
static void find_names(bench_b *b, const struct made_table *made)
{
	uint64_t x = 1, value, sum = 0;
	char name[16];

	while (bench_loop(b)) {
		x = hash_map_mix(x);
		write_name(name, x % made->names);
		if (!name_table_find(&made->table, name, &value))
			bench_fatalf(b, "%s is missing", name);
		sum += value;
	}
	bench_keep(sum);
}

/* Without a collector: what is left of the difference. */
BENCHMARK(Find)
{
	static struct made_table made;

	make_table(b, &made, &malloc_memory, names);
	find_names(b, &made);
}

/* And in a table so small that all of it is in the cache. */
BENCHMARK(FindFew)
{
	static struct made_table made;

	make_table(b, &made, &malloc_memory, 100);
	find_names(b, &made);
}

/* The number of names from the command line. */
static int read_arguments(void *unused)
{
	int count;
	char *const *args = bench_args(&count);
	char *end;

	(void)unused;
	if (count == 0)
		return 0;
	errno = 0;
	names = strtoul(args[0], &end, 10);
	if (count == 1 && *end == '\0' && errno == 0 && names > 0 &&
	    names <= 100000000)
		return 0;
	fprintf(stderr, "how many names? 1 to 100000000, after \"--\"\n");
	return -1;
}

int main(int argc, char **argv)
{
	bench_built(BENCH_BUILT);
	collector_start(collector_trace_wanted() ? stderr : NULL);
	if (bench_on_start(read_arguments, NULL, NULL) < 0)
		return 1;
	return bench_main(argc, argv);
}
