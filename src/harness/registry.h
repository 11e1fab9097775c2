/* The program's benchmarks, as BENCHMARK and bench_register leave them. */
#ifndef BI_HARNESS_REGISTRY_H
#define BI_HARNESS_REGISTRY_H

#include <benchkit/bench.h>

struct bi_entry {
	const char *name;
	bench_fn *fn;
	void *arg;
};

struct bi_registry {
	struct bi_entry *entries;
	size_t count;
};

/* All of them: BENCHMARK ones by file name and line, then registered ones in
 * call order.  BENCH_EINPUT for a name that occurs twice or is none, BENCH_ENOMEM.
 * The caller frees OUT->entries; names live as long as the program. */
int bi_registry_list(struct bi_registry *out, struct bench_error *err);

/* All that bench_built() was told. */
unsigned bi_registry_built(void);

/* The compiler, and *FLAGS it was called with ("": not known), as
 * bench_built_by() was told; NULL: it was not. */
const char *bi_registry_compiler(const char **flags);

/* Run all setups of bench_on_start in call order: the first non-zero answer,
 * or 0.  Run the teardowns of those setups that passed, in reverse. */
int bi_registry_set_up(void);
void bi_registry_tear_down(void);

#endif
