/* benchkit: benchmarks for C, as `go test -bench` has them for Go.
 *
 *	#include <benchkit/bench.h>
 *
 *	BENCHMARK(Sum)
 *	{
 *		while (bench_loop(b))
 *			bench_keep(sum(array, LENGTH));
 *	}
 *
 *	BENCH_MAIN();
 *
 * Build with `pkg-config --cflags --libs benchkit`, run with `-bench=. -count=10`.
 *
 * Threads: a bench_b belongs to the thread that runs the benchmark.  The calls
 * that other threads of a parallel benchmark may make say so.
 *
 * Leaving early: bench_fatalf() and bench_skipf() leave the benchmark by
 * longjmp.  In C++ no object with a destructor may live between the call and
 * the benchmark's own frame. */
#ifndef BENCHKIT_BENCH_H
#define BENCHKIT_BENCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <benchkit/counter.h>
#include <benchkit/error.h>
#include <benchkit/keep.h>
#include <benchkit/version.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The protocol between a benchmark program and what starts it.  Every object
 * that includes this header says it in an ELF note (name "benchkit", type 1, one
 * 32-bit number), by which benchab knows what it may start.  BENCH_NO_NOTE
 * before the include leaves it out. */
#define BENCH_PROTOCOL 3

#ifndef BENCH_NO_NOTE
#define BENCH_NOTE_TEXT_(number) #number
#define BENCH_NOTE_TEXT(number) BENCH_NOTE_TEXT_(number)
__asm__(".pushsection .note.benchkit, \"a\", %note\n"
	".balign 4\n"
	".long 9, 4, 1\n"
	".asciz \"benchkit\"\n"
	".balign 4\n"
	".long " BENCH_NOTE_TEXT(BENCH_PROTOCOL) "\n"
	".popsection\n");
#endif

/* One running benchmark.  The runner owns it; it is valid only during the call
 * that received it and only on the thread that made that call. */
typedef struct bench_b {
	uint64_t left; /* iterations before bench_loop() asks for more */
	int64_t n;     /* iterations a "for (i < b->n)" body must run */
} bench_b;

typedef void bench_fn(bench_b *b, void *arg);

/* ---- Defining benchmarks ---- */

/* A benchmark as BENCHMARK defines it; static storage, linked into the list of
 * bench_define(). */
struct bench_definition {
	const char *name; /* with its "Benchmark" */
	bench_fn *fn;
	const char *file;
	int line;
	struct bench_definition *next;
};

/* Add DEFINITION to the program's benchmarks.  BENCHMARK calls it before main;
 * it allocates nothing and cannot fail. */
BENCH_API void bench_define(struct bench_definition *definition);

/* How a file is compiled, as its compiler tells it. */
#define BENCH_BUILT_SLOW 1u /* without optimisation */
#define BENCH_BUILT_SANITIZED 2u
#ifdef __OPTIMIZE__
#define BENCH_BUILT (BENCH_SANITIZED ? BENCH_BUILT_SANITIZED : 0u)
#else
#define BENCH_BUILT                                                            \
	(BENCH_BUILT_SLOW | (BENCH_SANITIZED ? BENCH_BUILT_SANITIZED : 0u))
#endif

/* Say how a part of the program is compiled; BENCHMARK and BENCH_MAIN do, with
 * BENCH_BUILT, and a program that has neither should.  When something is measured, one line on stderr tells of what is
 * not for timing; but nothing does with -benchtime=1x, which times nothing. */
BENCH_API void bench_built(unsigned how);

/* By whom, and with which flags, as far as BENCH_CFLAGS tells them (a string that
 * the makefile may define). */
#ifdef __clang__
#define BENCH_COMPILER "clang " __clang_version__
#else
#define BENCH_COMPILER "gcc " __VERSION__
#endif
#ifndef BENCH_CFLAGS
#define BENCH_CFLAGS ""
#endif

/* Say it, for -envinfo; both live as long as the program.  Of several parts the
 * last one that says it counts. */
BENCH_API void bench_built_by(const char *compiler, const char *flags);

/* Define and register a benchmark, reported as BenchmarkNAME.  The body follows
 * and sees `bench_b *b`.  Order: file name, then line.
 *
 * An object file in a static archive to which nothing refers is left out by
 * every linker, and its benchmarks with it: link such an archive whole
 * (-Wl,--whole-archive), or call bench_register(). */
#define BENCHMARK(Name)                                                        \
	static void bench_body_##Name(bench_b *b, void *bench_arg);            \
	__attribute__((constructor)) static void bench_define_##Name(void)     \
	{                                                                      \
		static struct bench_definition bench_definition_ = {           \
			"Benchmark" #Name, bench_body_##Name, __FILE__,        \
			__LINE__, NULL};                                       \
		bench_define(&bench_definition_);                              \
		bench_built(BENCH_BUILT);                                      \
		bench_built_by(BENCH_COMPILER, BENCH_CFLAGS);                  \
	}                                                                      \
	static void bench_body_##Name(bench_b *b BENCH_UNUSED,                 \
				      void *bench_arg BENCH_UNUSED)

/* Register FN as "Benchmark" NAME, one word, from a constructor or from main,
 * before bench_main().  These come after all BENCHMARK ones, in call order.
 * NAME is copied; ARG must live as long as the program.  Returns 0 or
 * BENCH_ENOMEM.  Not thread-safe. */
BENCH_API int bench_register(const char *name, bench_fn *fn, void *arg);

/* Run SETUP in every process that measures, before its first benchmark, and
 * TEARDOWN after its last; either may be NULL.  Setups run in call order,
 * teardowns in reverse.  A setup that returns non-zero fails the run.  Call
 * before bench_main().  Returns 0 or BENCH_ENOMEM. */
BENCH_API int bench_on_start(int (*setup)(void *arg),
			     void (*teardown)(void *arg), void *arg);

/* Parse ARGV, run what is registered and matches, write the benchmark format
 * to stdout and the rest to stderr.  Returns the exit status: 0 all passed,
 * 1 a benchmark failed, 2 usage, or nothing matched a given -bench; 130, 143
 * or 129 ended by SIGINT, SIGTERM or SIGHUP.  Not reentrant.
 *
 * Measuring happens in other processes: this executable, started again with
 * the same arguments.  What main does before bench_main() it does there too.
 * The benchmarks of a round share one: a directory changed, a thread left
 * behind, an umask are the next one's too.  There stdin is empty and stdout goes
 * to stderr; what they start lives no longer than they, unless it leaves the
 * process group. */
BENCH_API int bench_main(int argc, char **argv);

#define BENCH_MAIN()                                                           \
	int main(int argc, char **argv)                                        \
	{                                                                      \
		bench_built(BENCH_BUILT);                                      \
		bench_built_by(BENCH_COMPILER, BENCH_CFLAGS);                  \
		return bench_main(argc, argv);                                 \
	}                                                                      \
	struct bench_main_needs_a_semicolon

/* The program's own arguments: what stands behind "--".  *COUNT is their
 * number, the array ends with NULL.  Valid from bench_main() on. */
BENCH_API char *const *bench_args(int *count);

/* True under -short. */
BENCH_API bool bench_short(void);

/* ---- Loops ---- */

/* Count *LEFT down by one; false if it was 0.  (It stays below 2^63.)  One store
 * on every path, and the sign for an answer, are two instructions.  The empty
 * asm keeps a loop around an empty body a loop. */
static inline bool bench_count_down(uint64_t *left)
{
	uint64_t next;

	__asm__ volatile("");
	next = *left - 1;
	*left = next;
	return next >> 63 == 0;
}

BENCH_API bool bench_loop_slow(bench_b *b);

/* True while another iteration must run.  The first call starts the timer; the
 * last, which returns false, stops it: set-up goes before the loop, clean-up
 * after it.  b->n is 0 in the loop and the number of iterations after it.
 * Leaving the loop early is an error.  Costs one decrement and one branch. */
static inline bool bench_loop(bench_b *b)
{
	return BENCH_LIKELY(bench_count_down(&b->left)) || bench_loop_slow(b);
}

/* ---- Timer ---- */

/* The timer runs when a benchmark begins.  stop and start leave work out of the
 * measured time (and its allocations out of the counts) and take it back in;
 * each reads the clock once, and what an empty stretch between start and stop
 * measures is calibrated and taken off.  reset forgets time, counts and metrics so far. */
BENCH_API void bench_stop_timer(bench_b *b);
BENCH_API void bench_start_timer(bench_b *b);
BENCH_API void bench_reset_timer(bench_b *b);

/* Measured time so far, the running part included. */
BENCH_API int64_t bench_elapsed_ns(const bench_b *b);

/* ---- What is reported ---- */

/* Bytes handled by ONE iteration; adds an "MB/s" value to the result.  0 or
 * less: none. */
BENCH_API void bench_set_bytes(bench_b *b, int64_t nbytes);

/* Report B/op and allocs/op of this benchmark, as -benchmem does for all.
 *
 * -benchmem=full also reports mallocs/op (allocs/op with its fraction) and
 * frees/op, and calls the function once more, untimed, with as many iterations,
 * for peak-B, the most bytes live at once in the timed part, and live-B/op, what
 * the call with its clean-ups leaves allocated.  That call's logs and metrics are
 * dropped. */
BENCH_API void bench_report_allocs(bench_b *b);

/* Report VALUE under UNIT ("cmp/op", one word, copied), after the loop: where
 * bench_loop() begins, metrics so far are forgotten.  A repeated UNIT
 * replaces the earlier value; a built-in unit ("ns/op", "MB/s", "B/op",
 * "allocs/op") is overridden, and "ns/op" = 0 leaves that column out.  Nothing
 * is divided by b->n.  An empty unit, or one with white space, fails the
 * benchmark. */
BENCH_API void bench_report_metric(bench_b *b, double value, const char *unit);

/* ---- Is it right? ---- */

/* Is the answer right?  May say by bench_errorf() what is wrong with it. */
typedef bool bench_verify_fn(bench_b *b, void *arg);

/* Call FN with ARG in the first run of the function at each P, before anything
 * is measured: not timed, its allocations not counted.  In later runs nothing
 * is called.  If FN answers false or fails, so does the benchmark, which ends
 * here: a fast wrong answer has no time.  Only before bench_loop(). */
#define bench_verify(b, fn, arg)                                               \
	bench_verify_at((b), __FILE__, __LINE__, (fn), (arg))

BENCH_API void bench_verify_at(bench_b *b, const char *file, int line,
			       bench_verify_fn *fn, void *arg);

/* ---- Sub-benchmarks ---- */

/* Run FN as "parent/NAME" (NAME like "size=64").  NAME and ARG need live only
 * for this call.  Returns true if FN and all below it passed. */
BENCH_API bool bench_run(bench_b *b, const char *name, bench_fn *fn, void *arg);

/* Like bench_run, NAME from a printf format. */
BENCH_API bool bench_runf(bench_b *b, bench_fn *fn, void *arg, const char *fmt,
			  ...) BENCH_PRINTF(4, 5);

/* ---- Parallel benchmarks ---- */

/* One thread's share of a parallel benchmark, valid only in that thread. */
typedef struct bench_pb {
	uint64_t left; /* iterations before bench_pb_next() asks for more */
} bench_pb;

BENCH_API bool bench_pb_next_slow(bench_pb *pb);

/* True while this thread must run another iteration.  The threads share b->n
 * iterations between them. */
static inline bool bench_pb_next(bench_pb *pb)
{
	return BENCH_LIKELY(bench_count_down(&pb->left)) ||
	       bench_pb_next_slow(pb);
}

/* Run BODY in P threads (times bench_set_parallelism; P from -cpu, default: the
 * CPUs of the affinity mask) and wait for them.  BODY loops until
 * bench_pb_next() is false; set-up before that loop is a thread's own.  ns/op
 * is the wall time of all divided by b->n: it falls as threads are added.  The
 * other calls on B in BODY: bench_errorf, bench_logf, bench_failed,
 * bench_name. */
BENCH_API void bench_run_parallel(bench_b *b,
				  void (*body)(bench_pb *pb, void *arg),
				  void *arg);

/* Threads per P for the bench_run_parallel calls that follow in this run of the
 * function.  Less than 1 is ignored. */
BENCH_API void bench_set_parallelism(bench_b *b, int p);

/* ---- Messages and outcome ---- */

/* Keep a message with the caller's file and line; it is printed with the
 * result.  log: only that.  error: the benchmark and its parents have failed,
 * and go on.  fatal: as error, and the benchmark ends here.  skip: the
 * benchmark ends here without a result, and has not failed.  bench_logf and
 * bench_errorf may be called from any thread while the benchmark runs. */
#define bench_logf(b, ...) bench_logf_at((b), __FILE__, __LINE__, __VA_ARGS__)
#define bench_errorf(b, ...)                                                   \
	bench_errorf_at((b), __FILE__, __LINE__, __VA_ARGS__)
#define bench_fatalf(b, ...)                                                   \
	bench_fatalf_at((b), __FILE__, __LINE__, __VA_ARGS__)
#define bench_skipf(b, ...) bench_skipf_at((b), __FILE__, __LINE__, __VA_ARGS__)

BENCH_API void bench_logf_at(bench_b *b, const char *file, int line,
			     const char *fmt, ...) BENCH_PRINTF(4, 5);
BENCH_API void bench_errorf_at(bench_b *b, const char *file, int line,
			       const char *fmt, ...) BENCH_PRINTF(4, 5);
BENCH_API void bench_fatalf_at(bench_b *b, const char *file, int line,
			       const char *fmt, ...)
	BENCH_PRINTF(4, 5) BENCH_NORETURN;
BENCH_API void bench_skipf_at(bench_b *b, const char *file, int line,
			      const char *fmt, ...)
	BENCH_PRINTF(4, 5) BENCH_NORETURN;

/* As error, fatal and skip, without a message. */
BENCH_API void bench_fail(bench_b *b);
BENCH_API void bench_fail_now(bench_b *b) BENCH_NORETURN;
BENCH_API void bench_skip_now(bench_b *b) BENCH_NORETURN;

/* Has this benchmark, or one below it, failed?  Any thread. */
BENCH_API bool bench_failed(const bench_b *b);

/* Full name with parents, without "-P".  Valid as long as B.  Any thread. */
BENCH_API const char *bench_name(const bench_b *b);

/* ---- Surroundings ---- */

/* Call FN with ARG when this run of the function is over, however it ends; last
 * registered first.  Out of memory is fatal. */
BENCH_API void bench_cleanup(bench_b *b, void (*fn)(void *arg), void *arg);

/* A new empty directory, removed with all it holds when this run of the
 * function is over.  The path is valid until then.  Failure is fatal. */
BENCH_API const char *bench_temp_dir(bench_b *b);

/* Set environment variable KEY until this run of the function is over.  Not
 * for parallel benchmarks.  Failure is fatal. */
BENCH_API void bench_setenv(bench_b *b, const char *key, const char *value);

/* ---- One function, measured on the spot ---- */

struct bench_metric {
	const char *unit;
	double value;
};

/* What one benchmark measured.  Plain data; METRICS are those of
 * bench_report_metric, sorted by unit. */
struct bench_result {
	int64_t n;             /* iterations */
	int64_t elapsed_ns;    /* measured time of all of them */
	int64_t bytes;         /* as given to bench_set_bytes, per iteration */
	bool counted;          /* the two below are known */
	int64_t mallocs;       /* allocations of all iterations */
	int64_t malloc_bytes;  /* bytes they asked for */
	struct bench_metric *metrics;
	size_t metric_count;
};

/* Run FN as a benchmark in this process: one result, no output.  A benchtime
 * of 1 s, or that of the command line inside bench_main().  If FN used
 * bench_run, the result is the sum of what ran below it, for n = 1.  Returns 0,
 * BENCH_EFAILED with an empty result if FN failed, skipped or left its loop, or
 * BENCH_ENOMEM.  The caller releases *RESULT.  Not thread-safe. */
BENCH_API int bench_measure(bench_fn *fn, void *arg,
			    struct bench_result *result);
BENCH_API void bench_result_release(struct bench_result *result);

/* Per-iteration figures; 0 when n is 0.  A metric reported for "ns/op" wins
 * over the measured time, as it does in the output. */
BENCH_API double bench_result_ns_per_op(const struct bench_result *result);
BENCH_API int64_t bench_result_allocs_per_op(const struct bench_result *result);
BENCH_API int64_t bench_result_bytes_per_op(const struct bench_result *result);

#ifdef __cplusplus
}
#endif

#endif
