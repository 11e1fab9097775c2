/* Benchmarks in C++: macros, templates of keep.h, exceptions that stay inside. */
#include <stdexcept>
#include <string>
#include <vector>

#include <benchkit/bench.h>

struct point {
	double x, y;
};

BENCHMARK(Loop)
{
	std::string text;

	while (bench_loop(b)) {
		text.assign(100, 'x');
		bench_keep(text);
		bench_keep(point{1, 2});
	}
	bench_report_metric(b, 3, "ns/op");
}

BENCHMARK(Throws)
{
	try {
		throw std::runtime_error("inside");
	} catch (const std::exception &e) {
		bench_logf(b, "caught: %s", e.what());
	}
	bench_report_metric(b, 4, "ns/op");
}

static void count(bench_pb *pb, void *arg)
{
	std::vector<int> *lengths = static_cast<std::vector<int> *>(arg);

	while (bench_pb_next(pb))
		bench_keep(lengths->size());
}

BENCHMARK(Parallel)
{
	std::vector<int> lengths(10);

	bench_run_parallel(b, count, &lengths);
	bench_report_metric(b, 5, "ns/op");
}

static void with_argument(bench_b *b, void *arg)
{
	bench_report_metric(b, *static_cast<double *>(arg), "ns/op");
}

BENCHMARK(Sub)
{
	double six = 6;

	bench_runf(b, with_argument, &six, "n=%d", 6);
}

BENCH_MAIN();
