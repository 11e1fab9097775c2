/* Benchmarks whose names are special somewhere on their way through CMake. */
#include <benchkit/bench.h>

static void nothing(bench_b *b, void *arg)
{
	(void)arg;
	while (bench_loop(b))
		bench_clobber();
}

int main(int argc, char **argv)
{
	bench_register("Odd/.*+?^${}()|[x]", nothing, NULL);
	bench_register("Odd/.*+?^${}()|[y]", nothing, NULL);
	bench_register("Odd\\/a\"b\";c]]", nothing, NULL);
	bench_register("Odd\xc2\xb5", nothing, NULL);
	return bench_main(argc, argv);
}
