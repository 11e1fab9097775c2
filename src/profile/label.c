/* Labels of samples. */
#include "profile/label.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <benchkit/profile.h>

#include "base/intern.h"

/* A program that labels each request with its number must not grow for it. */
enum { MOST = 8192 };

/* The strings are "key\0value", so that one pointer is a pair. */
static struct {
	pthread_mutex_t lock;
	struct bi_intern pool;
	const struct bi_string *pair[MOST]; /* by id less one */
} labels = {.lock = PTHREAD_MUTEX_INITIALIZER};

static _Thread_local volatile uint32_t of_thread
	__attribute__((tls_model("initial-exec")));
static _Atomic uint32_t of_benchmark;

struct bi_tags bi_label_tags(void)
{
	return (struct bi_tags){of_thread, atomic_load(&of_benchmark)};
}

struct bi_label bi_label_of(uint32_t id)
{
	const struct bi_string *pair;

	pthread_mutex_lock(&labels.lock);
	pair = labels.pair[id - 1];
	pthread_mutex_unlock(&labels.lock);
	return (struct bi_label){pair->text, pair->text + strlen(pair->text) + 1};
}

/* One of the pairs that there are; NULL: none.  For when there can be no more,
 * and a new one must not be made by asking for it. */
static const struct bi_string *find_pair(const char *text, size_t len)
{
	size_t i;

	for (i = 0; i < MOST; i++) {
		const struct bi_string *pair = labels.pair[i];

		if (pair->len == len && memcmp(pair->text, text, len) == 0)
			return pair;
	}
	return NULL;
}

/* The id of TEXT, "key\0value", LEN bytes without the last NUL. */
static int find_id(const char *text, size_t len, uint32_t *id)
{
	const struct bi_string *pair;

	if (bi_intern_count(&labels.pool) == MOST) {
		pair = find_pair(text, len);
		if (pair == NULL)
			return BENCH_ERANGE;
	} else {
		pair = bi_intern(&labels.pool, text, len);
	}
	if (pair == NULL)
		return BENCH_ENOMEM;
	labels.pair[pair->id] = pair;
	*id = pair->id + 1;
	return 0;
}

static int id_of(const char *key, const char *value, uint32_t *id)
{
	size_t key_size = strlen(key) + 1, len = key_size + strlen(value);
	char *text = malloc(len + 1);
	int rc;

	if (text == NULL)
		return BENCH_ENOMEM;
	memcpy(text, key, key_size);
	memcpy(text + key_size, value, len + 1 - key_size);
	pthread_mutex_lock(&labels.lock);
	rc = find_id(text, len, id);
	pthread_mutex_unlock(&labels.lock);
	free(text);
	return rc;
}

int bench_profile_label(const char *key, const char *value)
{
	uint32_t id = 0;
	int rc = key == NULL ? 0 : id_of(key, value, &id);

	of_thread = id;
	return rc;
}

int bench_profile_benchmark(const char *name)
{
	uint32_t id = 0;
	int rc = name == NULL ? 0 : id_of("benchmark", name, &id);

	atomic_store(&of_benchmark, id);
	return rc;
}

uint32_t bi_label_enter(const char *name)
{
	uint32_t before = atomic_load(&of_benchmark);

	bench_profile_benchmark(name);
	return before;
}

void bi_label_leave(uint32_t before)
{
	atomic_store(&of_benchmark, before);
}

void bi_label_lock(void)
{
	pthread_mutex_lock(&labels.lock);
}

void bi_label_unlock(void)
{
	pthread_mutex_unlock(&labels.lock);
}
