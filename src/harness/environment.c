/* Environment variables that a benchmark changes for itself. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "harness/bench.h"

struct saved {
	char *key;
	char *value; /* NULL: was not set */
};

static void free_saved(struct saved *saved)
{
	if (saved == NULL)
		return;
	free(saved->key);
	free(saved->value);
	free(saved);
}

static struct saved *save(const char *key)
{
	const char *value = getenv(key);
	struct saved *saved = calloc(1, sizeof(*saved));

	if (saved == NULL)
		return NULL;
	saved->key = strdup(key);
	saved->value = value ? strdup(value) : NULL;
	if (saved->key == NULL || (value != NULL && saved->value == NULL)) {
		free_saved(saved);
		return NULL;
	}
	return saved;
}

static void restore(void *arg)
{
	struct saved *saved = arg;

	if (saved->value != NULL)
		setenv(saved->key, saved->value, 1);
	else
		unsetenv(saved->key);
	free_saved(saved);
}

void bench_setenv(bench_b *b, const char *key, const char *value)
{
	struct bi_bench *bench = bi_bench_of(b);
	bool on = bi_timer_hold(&bench->timer);
	struct saved *saved = save(key);
	int error = 0;

	/* The way back first: without it nothing is changed. */
	if (saved == NULL || bi_bench_cleanup(bench, restore, saved) < 0) {
		free_saved(saved);
		error = ENOMEM;
	} else if (setenv(key, value, 1) < 0) {
		error = errno;
	}
	if (error != 0) {
		bi_bench_complain(bench, "cannot set '%s': %s", key,
				  strerror(error));
		bi_bench_leave(bench);
	}
	bi_timer_release(&bench->timer, on);
}
