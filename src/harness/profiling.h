/* The profile flags: what they say, and what they do in the process that
 * measures.
 *
 * Who records is libbenchkit-profile, if the program is linked with it
 * (profile/hooks.h); without it the flags are refused. */
#ifndef BI_HARNESS_PROFILING_H
#define BI_HARNESS_PROFILING_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/option.h"
#include "harness/nameset.h"

/* Kinds that have a flag of their own. */
enum bi_profiled {
	BI_PROFILED_CPU,
	BI_PROFILED_MEM,
	BI_PROFILED_BLOCK,
	BI_PROFILED_MUTEX,
	BI_PROFILED_COUNT
};

/* Strings are the owner's; NULL: not given. */
struct bi_profile_flags {
	char *file[BI_PROFILED_COUNT];
	int64_t rate[BI_PROFILED_COUNT]; /* 0: the kind's default */
	bool rated[BI_PROFILED_COUNT];   /* the flag was given */
	char *outputdir; /* of files whose names are not absolute */
	char *each;      /* a directory: a file for each benchmark */
};

/* Setters of options whose target is a struct bi_flags. */
bi_option_set bi_profiling_set_cpuprofile;
bi_option_set bi_profiling_set_memprofile;
bi_option_set bi_profiling_set_memprofilerate;
bi_option_set bi_profiling_set_blockprofile;
bi_option_set bi_profiling_set_blockprofilerate;
bi_option_set bi_profiling_set_mutexprofile;
bi_option_set bi_profiling_set_mutexprofilefraction;
bi_option_set bi_profiling_set_outputdir;
bi_option_set bi_profiling_set_each;

void bi_profile_flags_release(struct bi_profile_flags *flags);

/* Is a profile wanted? */
bool bi_profiling_wanted(const struct bi_profile_flags *flags);

/* Can this program do what FLAGS say?  BENCH_EINPUT with the line to print. */
int bi_profiling_check(const struct bi_profile_flags *flags,
		       struct bench_error *err);

/* Make the directories and empty files of FLAGS, so that what cannot be written
 * is known before anything runs.  BENCH_EIO, BENCH_ENOMEM. */
int bi_profiling_make_files(const struct bi_profile_flags *flags,
			    struct bench_error *err);

/* For the supervisor: number the workers that it starts, from 1 on.  That of
 * a second one follows the names of its files: FILE.2. */
void bi_profiling_number_worker(int number);

/* Profiles in the process that measures. */
struct bi_profiling {
	const struct bi_profile_flags *flags;
	int number;
	bool on[BI_PROFILED_COUNT];
	struct bi_nameset names; /* of benchmarks that ran */
};

/* Begin to record what FLAGS say; nothing if they say nothing.  End it in either
 * case. */
int bi_profiling_begin(struct bi_profiling *profiling,
		       const struct bi_profile_flags *flags,
		       struct bench_error *err);

/* Stop, and write all files.  The first error is returned, the rest is done all
 * the same. */
int bi_profiling_end(struct bi_profiling *profiling, struct bench_error *err);

/* Samples between the two carry the label benchmark=NAME.  PROFILING may be
 * NULL.  enter returns what leave wants to know. */
unsigned bi_profiling_enter(struct bi_profiling *profiling, const char *name);
void bi_profiling_leave(struct bi_profiling *profiling, unsigned before);

/* What this thread waits for is the harness's from now on, and in no profile, or
 * the benchmark's again.  Returns what it was. */
bool bi_profiling_set_apart(bool ours);

#endif
