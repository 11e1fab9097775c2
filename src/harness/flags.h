/* A benchmark program's flags. */
#ifndef BI_HARNESS_FLAGS_H
#define BI_HARNESS_FLAGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"
#include "harness/profiling.h"
#include "perf/event.h"

struct bi_config_pair {
	char *key;
	char *value;
};

enum bi_benchmem { BI_BENCHMEM_OFF, BI_BENCHMEM_ON, BI_BENCHMEM_FULL };

enum bi_shuffle { BI_SHUFFLE_OFF, BI_SHUFFLE_ON, BI_SHUFFLE_SEED };

struct bi_flags {
	char *bench;      /* NULL: not given, all */
	char *skip;       /* NULL: none */
	char *list;       /* NULL: run */
	int64_t count;    /* rounds */
	int64_t bench_ns; /* goal of a measurement, when bench_n is 0 */
	int64_t bench_n;  /* fixed number of iterations; 0: by time */
	enum bi_benchmem benchmem;
	int *cpus; /* values of -cpu, at least one */
	size_t cpu_count;
	int64_t timeout_ns;     /* 0: none */
	int64_t memlimit_bytes; /* 0: none, when memlimit_pct is 0 */
	int memlimit_pct;       /* a share of what is available; 0: bytes */
	enum bi_shuffle shuffle;
	uint64_t seed;
	bool short_run;
	bool failfast;
	bool verbose;
	bool json;
	bool isolate;       /* workers in processes of their own */
	bool isolate_given; /* by the user, not by what we found */
	bool limits_given;  /* -timeout or -memlimit, by the user */
	struct bi_config_pair *config; /* lines of -pkg and -config, in order */
	size_t config_count;
	struct bi_profile_flags profile;
	bool cputime;
	bool envinfo;
	bool clockinfo;
	struct bi_perf_list perf; /* to be counted */
	bool help;
	bool help_all; /* -h=all */
	bool version;
	int argc; /* what stands behind "--" */
	char *const *argv;
};

/* The defaults; P of -cpu is the number of CPUs this process may use.  0 or
 * BENCH_ENOMEM.  Release FLAGS in either case. */
int bi_flags_init(struct bi_flags *flags);

/* Read TEXT (BENCH_FLAGS; NULL: none), then ARGV.  BENCH_EINPUT with the line
 * to print in ERR. */
int bi_flags_parse(struct bi_flags *flags, const char *text, int argc,
		   char *const *argv, struct bench_error *err);

/* Append the help of the usual flags, or of ALL. */
int bi_flags_help(bool all, struct bi_buf *out);

void bi_flags_release(struct bi_flags *flags);

#endif
