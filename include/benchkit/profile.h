/* Profiles of any C program: where it spends its time, what it allocates, what
 * it waits for.
 *
 *	bench_profile_start("cpu", 0, NULL);
 *	work();
 *	bench_profile_stop("cpu", &(struct bench_profile_output){
 *		.path = "cpu.pprof"}, NULL);
 *
 * and then `go tool pprof cpu.pprof`, or any other reader of pprof's
 * profile.proto.  Link with `pkg-config --libs benchkit-profile`, or preload
 * libbenchkit-profile.so; a benchmark program that links it has the flags
 * -cpuprofile and so on.  Compile with -g to see lines.
 *
 * Kinds are known by name, as Go's are; bench_profile_kind() lists those that
 * are built in.  Of this list
 *
 *	name		rate of bench_profile_start		0 means
 *	cpu		samples per second of CPU time		100
 *	heap, allocs	bytes between two samples, on average	512 KiB
 *	block		nanoseconds; shorter waits are sampled	1 (all)
 *	mutex		one of so many contentions		1 (all)
 *	threadcreate	none
 *	threads		none: a picture of the moment, never started
 *
 * heap and allocs are two views of one recording: what is in use, and all that
 * was allocated, since the first of them was started and at its rate.  Without
 * libbenchkit-count in the program (libbenchkit brings it, and so does
 * libbenchkit-profile.a) libbenchkit-profile.so must be loaded before the
 * allocator: it sees the calls of malloc that come to it.  With
 * BENCH_DEBUG=memtrace=1 in the environment, or another interval in place of the
 * 1, there are lines on stderr every second:
 *
 *	mem 3 @1.204s 0.8%: 12345+12001 allocs, 3.1 MB/s, 4->6->5 MB live, \
 *	9 MB sys, 12 MB rss, 2 P
 *
 * the line's number, the time, the CPU time of the interval in percent of one
 * CPU; allocations and frees in it, the bytes asked for per second; live bytes at
 * its beginning, at most and now; memory mapped for writing, memory resident,
 * threads.
 *
 * block has waits by who waited, mutex the same time by who released the lock at
 * last; of pthread's and C11's locks and conditions, and for block also of
 * semaphores, barriers and pthread_join.  What waits without these (futex(2), a
 * read) is in neither.  A picture of threads interrupts each of them with a
 * real-time signal that the program has no use for: as with any signal, sleeps
 * and polls end early, with EINTR.
 *
 * Any thread may call anything here, but nothing may be called from a signal
 * handler.  A child of fork() has no profile started.  While nothing is
 * started, nothing is recorded and nothing costs time. */
#ifndef BENCHKIT_PROFILE_H
#define BENCHKIT_PROFILE_H

#include <signal.h>
#include <stddef.h>
#include <stdint.h>

#include <benchkit/error.h>
#include <benchkit/version.h>

#ifdef __cplusplus
extern "C" {
#endif

enum bench_profile_format {
	BENCH_PROFILE_PROTO, /* profile.proto, gzip'd: what pprof reads */
	BENCH_PROFILE_TEXT,  /* Go's debug=1: counts, addresses, names */
	BENCH_PROFILE_FOLDED, /* "main;work;leaf 42", for flame graphs; the
			       * last of the kind's values */
	BENCH_PROFILE_STACKS /* Go's debug=2: each thread by itself, of kind
			      * threads; for the others BENCH_PROFILE_TEXT */
};

/* Takes SIZE bytes at DATA; called several times for one profile, with no lock
 * of ours held.  Not 0: the rest is not wanted, and the call fails. */
typedef int bench_profile_sink(void *arg, const void *data, size_t size);

/* Where a profile goes: to the file PATH, which is made or replaced, or, if that
 * is NULL, to SINK. */
struct bench_profile_output {
	const char *path;
	bench_profile_sink *sink;
	void *arg; /* SINK's */
	enum bench_profile_format format;
	const char *benchmark; /* only what carries the label benchmark=this;
				* NULL: all */
};

/* The name of kind INDEX, from 0 on; NULL behind the last. */
BENCH_API const char *bench_profile_kind(size_t index);

/* Begin to record KIND at RATE; 0 or less is the default of the table.
 *
 * BENCH_EBUSY, "cpu profiling already in use", until bench_profile_stop;
 * BENCH_EINPUT for an unknown kind; BENCH_ENOTSUP for one that is never started,
 * or that this machine cannot record; BENCH_ENOMEM. */
BENCH_API int bench_profile_start(const char *kind, int64_t rate,
				  struct bench_error *err);

/* Write what KIND has recorded since its start, and go on recording.  Addresses
 * become names here, which takes some 50 ms the first time.
 *
 * BENCH_EINPUT if KIND is unknown or not started; BENCH_EIO when it cannot be
 * written; BENCH_ENOMEM. */
BENCH_API int bench_profile_write(const char *kind,
				  const struct bench_profile_output *output,
				  struct bench_error *err);

/* Like bench_profile_write, but recording ends, and what was recorded is
 * forgotten.  OUTPUT may be NULL: nothing is written.  With a file that cannot
 * be opened nothing ends; any other error comes after the end. */
BENCH_API int bench_profile_stop(const char *kind,
				 const struct bench_profile_output *output,
				 struct bench_error *err);

/* Samples of this thread carry the label KEY=VALUE from now on (pprof: -tags,
 * -tagfocus), in place of the one it had; KEY NULL: none.  The strings are
 * copied and kept for the life of the process, each pair once, some thousands at
 * most: a label is a name for a phase or a kind of request, not its number.
 *
 * BENCH_ENOMEM; BENCH_ERANGE when there are too many.  The thread then has no
 * label. */
BENCH_API int bench_profile_label(const char *key, const char *value);

/* Samples of all threads carry the label benchmark=NAME, besides their own, from
 * now on; NULL: none.  The harness does this around each benchmark.  Errors as
 * of bench_profile_label. */
BENCH_API int bench_profile_benchmark(const char *name);

/* How bench_profile_on_signal works. */
struct bench_profile_signals {
	int64_t cap_seconds; /* the profiles end after so long; 0: never */
	int stacks;          /* the signal that writes all stacks; 0: none */
	const char *directory; /* where to; NULL: $TMPDIR, or /tmp */
};

#define BENCH_PROFILE_SIGNALS_INIT {60, SIGUSR1, NULL}

/* The first signal SIGNO, such as SIGUSR2, starts cpu, heap, mutex, block and
 * threadcreate, those that there are; the second writes
 *
 *	$TMPDIR/PROGRAM-PID-KIND-MMDDhhmmss.pprof
 *
 * ("mem" for heap; the time is that of the start), readable by the owner alone,
 * and stops them.  So does the cap, a normal exit, and SIGINT or SIGTERM, which
 * then does what it would have done.  A kind that was recording already is
 * written, and goes on.  The signal STACKS writes PROGRAM-PID-threads-....dump,
 * where there is the kind threads.  What cannot be done is said in one line on
 * standard error, and the program goes on.  OPTIONS may be NULL, and is copied.
 *
 * Once in the life of a program.  The work is done by a thread of ours, in which
 * all signals are blocked; children of fork() have one, too.  A program that
 * installs a handler for SIGNO later takes it away from us.
 *
 * BENCH_EBUSY if SIGNO is handled or ignored already, BENCH_EINPUT if it cannot
 * be handled, BENCH_ENOMEM, BENCH_EIO.
 *
 * The same for a program that knows nothing of this:
 *
 *	LD_PRELOAD=libbenchkit-profile.so \
 *	BENCH_PROFILE=sigusr2[,cap=30s][,http=127.0.0.1:6060] program
 *
 * Environment variable BENCH_PROFILE is read before main(), also in programs that
 * are linked with the library; http= is bench_profile_serve of
 * <benchkit/profile_serve.h>. */
BENCH_API int
bench_profile_on_signal(int signo, const struct bench_profile_signals *options,
			struct bench_error *err);

#ifdef __cplusplus
}
#endif

#endif
