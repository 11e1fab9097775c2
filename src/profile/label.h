/* Labels of samples: a pair of strings is a small number, so that a signal
 * handler can copy it. */
#ifndef BI_PROFILE_LABEL_H
#define BI_PROFILE_LABEL_H

#include <stdint.h>

/* What is true of the thread, and of the program, when a sample is taken; 0:
 * nothing. */
struct bi_tags {
	uint32_t thread;
	uint32_t benchmark;
};

struct bi_label {
	const char *key;
	const char *value;
};

/* The tags of this thread now.  Async-signal-safe. */
struct bi_tags bi_label_tags(void);

/* What ID (not 0) stands for.  Lives as long as the process. */
struct bi_label bi_label_of(uint32_t id);

/* Label the samples of all threads benchmark=NAME, or not at all without memory
 * for that; returns the id of the label before, which leave puts back. */
uint32_t bi_label_enter(const char *name);
void bi_label_leave(uint32_t before);

/* Before and after fork(): nobody is half-way through a change. */
void bi_label_lock(void);
void bi_label_unlock(void);

#endif
