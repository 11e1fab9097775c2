/* Joining words: 1, where the way of growing should not matter, 9 short ones,
 * and then ten times as many each time; and words that come one by one.
 * Linked once with each variant. */
#include "string_builder.h"

#include <benchkit/bench.h>

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))
#define MOST_WORDS    1000

struct list {
	const char *words[MOST_WORDS];
	size_t count;
};

static void fill(struct list *list)
{
	static const char *const nine[] = {"the", "quick", "brown",
					   "fox", "jumps", "over",
					   "the", "lazy",  "dog"};
	size_t i;

	for (i = 0; i < MOST_WORDS; i++)
		list->words[i] = nine[i % LENGTH(nine)];
}

/* Returns the length of the text. */
static size_t join_once(bench_b *b, const struct list *list)
{
	struct string_builder sb = STRING_BUILDER_INIT;
	size_t len;

	if (string_builder_join(&sb, list->words, list->count, " ") < 0) {
		string_builder_release(&sb);
		bench_fatalf(b, "out of memory");
	}
	/* The pointer alone would do for code in another object file; under
	 * link-time optimisation the text must be seen to be written, too. */
	bench_keep(sb.data);
	bench_clobber();
	len = sb.len;
	string_builder_release(&sb);
	return len;
}

static void join(bench_b *b, void *arg)
{
	const struct list *list = arg;

	bench_set_bytes(b, (int64_t)join_once(b, list));
	while (bench_loop(b))
		join_once(b, list);
}

BENCHMARK(Join)
{
	static const size_t counts[] = {1, 9, 10, 100, MOST_WORDS};
	struct list list;
	size_t i;

	fill(&list);
	for (i = 0; i < LENGTH(counts); i++) {
		list.count = counts[i];
		bench_runf(b, join, &list, "words=%zu", list.count);
	}
}

/* A hundred words of which only one is known at a time. */
BENCHMARK(OneByOne)
{
	struct list list;
	size_t i;

	fill(&list);
	while (bench_loop(b)) {
		struct string_builder sb = STRING_BUILDER_INIT;

		for (i = 0; i < 100; i++) {
			if (string_builder_join(&sb, &list.words[i], 1,
						" ") < 0)
				bench_errorf(b, "out of memory");
		}
		bench_keep(sb.data);
		bench_clobber();
		string_builder_release(&sb);
	}
}

BENCH_MAIN();
