/* 13. Coordinated omission: who waits for the answer asks no questions.
 *
 * A service answers in 1 ms, but stands still for a second once in 10000
 * requests.  Clients send a request every 10 ms.  Wrong measures as most load
 * generators do: it sends, waits, notes the time, and sends the next one.  While
 * the service stands still it sends nothing, so that one request in 10000 is
 * slow, and the 99th percentile is 1 ms.  Right notes how long each request took
 * from the time at which it should have been sent: the hundred that came while
 * the service stood still have waited, too.
 *
 * (Gil Tene gave it the name.)  Time is simulated here, so that the numbers are
 * the same on every machine.  "late" is how many of 10000 requests took longer
 * than 10 ms.
 *
 * Run:  13-coordinated-omission -benchtime=10000x
 * Rows: Wrong Right
 * Says: BenchmarkWrong.* 1.000 late
 * Says: BenchmarkRight.* 110.0 late
 */
#include <benchkit/bench.h>

#define ANSWER_US   1000
#define STALL_US    1000000
#define INTERVAL_US 10000
#define STALL_AT    5000

/* How long the service takes for request NUMBER. */
static int64_t serve_us(int64_t number)
{
	return number % 10000 == STALL_AT ? STALL_US : ANSWER_US;
}

BENCHMARK(Wrong)
{
	int64_t number = 0, late = 0;

	while (bench_loop(b))
		late += serve_us(number++) > INTERVAL_US;
	bench_report_metric(b, (double)late, "late");
}

BENCHMARK(Right)
{
	int64_t number = 0, late = 0, free_at = 0, planned, start;

	while (bench_loop(b)) {
		planned = number * INTERVAL_US;
		start = free_at > planned ? free_at : planned;
		free_at = start + serve_us(number++);
		late += free_at - planned > INTERVAL_US;
	}
	bench_report_metric(b, (double)late, "late");
}

BENCH_MAIN();
