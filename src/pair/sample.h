/* The slices of one side of a launch, and what they come to. */
#ifndef BI_PAIR_SAMPLE_H
#define BI_PAIR_SAMPLE_H

#include "pair/row.h"
#include "wire/protocol.h"

/* Slices a side and launch, at most. */
#define BI_SAMPLE_MOST 128

struct bi_sample {
	size_t count;
	double cpu[BI_SAMPLE_MOST];  /* ns per iteration */
	double wall[BI_SAMPLE_MOST];
	int64_t n;       /* iterations */
	int64_t wall_ns; /* sums over all slices */
	int64_t cpu_ns;
	int64_t others_ns;
	int64_t waited_ns; /* -1: not known */
	int64_t stolen_ns; /* -1: not known */
	int64_t switches;
	int64_t faults;
	int64_t mallocs;
	int64_t malloc_bytes;
	bool counted;
	double most_cpu; /* the largest share of its wall time that a slice had
			  * the CPU */
};

void bi_sample_reset(struct bi_sample *sample);
void bi_sample_add(struct bi_sample *sample, const struct bi_event *slice);

/* Mean of the fastest half (the greater half of an odd number). */
double bi_sample_fast(const struct bi_sample *sample,
		      enum bi_pair_metric metric);
double bi_sample_mean(const struct bi_sample *sample,
		      enum bi_pair_metric metric);

/* Does the benchmark's one thread compute all the time? */
bool bi_sample_is_cpu_bound(const struct bi_sample *sample);

#endif
