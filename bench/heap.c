/* What the heap profile costs: a malloc and a free as a program calls them
 * ("profile=off": counted), the same at three rates, and those behind counting
 * ("profile=plain").  heap.sh makes a table of it. */
#include <benchkit/bench.h>
#include <benchkit/profile.h>
#include <dlfcn.h>
#include <stdlib.h>

struct allocator {
	void *(*malloc)(size_t size);
	void (*free)(void *p);
};

struct work {
	struct allocator allocator;
	size_t size;
};

static void run_pair(bench_b *b, void *arg)
{
	const struct work *work = arg;
	struct allocator a = work->allocator;
	void *p;

	while (bench_loop(b)) {
		p = a.malloc(work->size);
		bench_keep(p);
		a.free(p);
	}
}

static void run_profiled(bench_b *b, struct work *work, int64_t rate)
{
	struct bench_error err = BENCH_ERROR_INIT;

	if (bench_profile_start("heap", rate, &err) < 0)
		bench_skipf(b, "%s", err.text);
	bench_runf(b, run_pair, work, "size=%zu/profile=%lld", work->size,
		   (long long)rate);
	bench_profile_stop("heap", NULL, NULL);
}

BENCHMARK(Pair)
{
	static const size_t sizes[] = {32, 256, 1000};
	struct allocator plain = {
		(void *(*)(size_t))dlsym(RTLD_NEXT, "malloc"),
		(void (*)(void *))dlsym(RTLD_NEXT, "free"),
	};
	size_t i;

	for (i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		struct work work = {plain, sizes[i]};

		bench_runf(b, run_pair, &work, "size=%zu/profile=plain",
			   work.size);
		work.allocator = (struct allocator){malloc, free};
		bench_runf(b, run_pair, &work, "size=%zu/profile=off",
			   work.size);
		run_profiled(b, &work, 524288);
		run_profiled(b, &work, 65536);
		run_profiled(b, &work, 1);
	}
}

BENCH_MAIN();
