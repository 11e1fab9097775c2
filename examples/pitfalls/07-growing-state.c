/* 7. Growing state: iteration 1000 does more work than iteration 1.
 *
 * Wrong pushes to a list in every iteration and looks through it: the more
 * iterations benchkit runs, the longer the list, and the time of one is that of
 * an average nobody asked for.  It even depends on -benchtime, and a faster
 * machine, which gets more iterations, looks slower.  Right brings the list back
 * to the same length in every iteration, and says that length in its name.
 *
 * The number of iterations must change how long it takes, and nothing else:
 * compare -benchtime=100x with -benchtime=1000x.
 *
 * Run:  07-growing-state -benchtime=1000x
 * Rows: Wrong Right/len=64
 * Says: BenchmarkWrong.* 1000 len
 * Says: BenchmarkRight/len=64.* 64.00 len
 */
#include <benchkit/bench.h>

#include <stdlib.h>

#define LEN 64

struct list {
	int *value;
	size_t len;
	size_t cap;
};

static void push(struct list *list, int value)
{
	if (list->len == list->cap) {
		size_t cap = list->cap > 0 ? 2 * list->cap : LEN;
		int *grown = realloc(list->value, cap * sizeof(*grown));

		if (grown == NULL)
			abort();
		list->value = grown;
		list->cap = cap;
	}
	list->value[list->len++] = value;
}

static bool has(const struct list *list, int value)
{
	size_t i;

	for (i = 0; i < list->len; i++) {
		if (list->value[i] == value)
			return true;
	}
	return false;
}

BENCHMARK(Wrong)
{
	struct list list = {0};

	while (bench_loop(b)) {
		push(&list, 1);
		bench_keep(has(&list, 2));
	}
	bench_report_metric(b, (double)list.len, "len");
	free(list.value);
}

static void right(bench_b *b, void *arg)
{
	struct list list = {0};

	(void)arg;
	while (list.len < LEN)
		push(&list, 1);
	while (bench_loop(b)) {
		list.len = LEN - 1;
		push(&list, 1);
		bench_keep(has(&list, 2));
	}
	bench_report_metric(b, (double)list.len, "len");
	free(list.value);
}

BENCHMARK(Right)
{
	bench_runf(b, right, NULL, "len=%d", LEN);
}

BENCH_MAIN();
