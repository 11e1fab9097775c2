/* The program whose output tests/golden/harness holds, as Go's runner printed
 * it.  Every figure that a machine could change is overridden. */
#include <math.h>
#include <stdio.h>

#include <benchkit/bench.h>

static void at(bench_b *b, double ns)
{
	bench_report_metric(b, ns, "ns/op");
}

static void at_value(bench_b *b, void *arg)
{
	at(b, *(const double *)arg);
}

BENCHMARK(Plain)
{
	at(b, 187);
}

BENCHMARK(Pretty)
{
	static struct {
		const char *name;
		double value;
	} values[] = {
		{"1.234e-05", 0.00001234}, {"0.00099994", 0.00099994},
		{"0.00099995", 0.00099995}, {"0.0099994", 0.0099994},
		{"0.0099995", 0.0099995}, {"0.099994", 0.099994},
		{"0.099995", 0.099995}, {"0.99994", 0.99994},
		{"0.99995", 0.99995}, {"9.9994", 9.9994},
		{"9.9995", 9.9995}, {"99.994", 99.994},
		{"99.995", 99.995}, {"999.94", 999.94},
		{"999.95", 999.95}, {"1000", 1000},
		{"123456.5", 123456.5}, {"1e+12", 1e12},
		{"-3.14159", -3.14159}, {"NaN", NAN},
		{"+Inf", INFINITY},
	};
	size_t i;

	for (i = 0; i < sizeof(values) / sizeof(values[0]); i++)
		bench_runf(b, at_value, &values[i].value, "v=%s",
			   values[i].name);
}

BENCHMARK(Metrics)
{
	at(b, 1234.5);
	bench_report_metric(b, 1.005, "MB/s");
	bench_report_metric(b, 3, "zeta/op");
	bench_report_metric(b, 0, "alpha/op");
	bench_report_metric(b, 0.25, "Beta");
	bench_report_metric(b, 48.9, "B/op");
	bench_report_metric(b, 2.9, "allocs/op");
}

BENCHMARK(Names)
{
	static const char *const names[] = {
		"a b", "a b", "", "", "x/y", "\xc3\xbc", "tab\there", "#01",
		"a=1", "a=1",
		"very-long-name-that-makes-the-column-grow-by-itself"};
	double ns = 10;
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		bench_run(b, names[i], at_value, &ns);
}

static void nest(bench_b *b, void *arg)
{
	int n;

	(void)arg;
	for (n = 1; n <= 10; n *= 10) {
		double ns = n * 100;

		bench_runf(b, at_value, &ns, "n=%d", n);
	}
}

BENCHMARK(Nest)
{
	bench_run(b, "fmt=json", nest, NULL);
	bench_run(b, "fmt=gob", nest, NULL);
}

BENCHMARK(Fail)
{
	bench_errorf(b, "an error");
	at(b, 1);
}

BENCHMARK(Fatal)
{
	bench_logf(b, "before");
	bench_fatalf(b, "the end %d", 7);
}

BENCHMARK(Skip)
{
	bench_skipf(b, "not today");
}

BENCHMARK(Log)
{
	int i;

	at(b, 5);
	for (i = 0; i < 12; i++)
		bench_logf(b, "line %d of n=%lld", i, (long long)b->n);
}

static void fail_below(bench_b *b, void *arg)
{
	(void)arg;
	bench_errorf(b, "sub err");
}

static void skip_below(bench_b *b, void *arg)
{
	(void)arg;
	bench_skip_now(b);
}

BENCHMARK(Sub)
{
	double ns = 14;

	bench_logf(b, "parent log");
	bench_run(b, "ok", at_value, &ns);
	bench_run(b, "fail", fail_below, NULL);
	bench_run(b, "skip", skip_below, NULL);
}

static void spin(bench_pb *pb, void *arg)
{
	(void)arg;
	while (bench_pb_next(pb))
		bench_clobber();
}

BENCHMARK(SetParallelism)
{
	bench_run_parallel(b, spin, NULL);
	at(b, 2);
}

BENCH_MAIN();
