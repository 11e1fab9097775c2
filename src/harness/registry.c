/* The program's benchmarks, as BENCHMARK and bench_register leave them.  The
 * lists are filled before bench_main(), by constructors, on one thread. */
#include "harness/registry.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/utf8.h"

#define PREFIX "Benchmark"

struct registered {
	struct registered *next;
	bench_fn *fn;
	void *arg;
	char name[];
};

struct hook {
	struct hook *next;
	struct hook *previous;
	int (*setup)(void *arg);
	void (*teardown)(void *arg);
	void *arg;
};

static struct {
	struct bench_definition *defined; /* last one first */
	struct registered *registered;
	struct registered **registered_end;
	struct hook *hooks;
	struct hook *last_hook;
	struct hook *last_set_up;
	unsigned built;
	const char *compiler;
	const char *compiler_flags;
} registry;

void bench_define(struct bench_definition *definition)
{
	definition->next = registry.defined;
	registry.defined = definition;
}

void bench_built(unsigned how)
{
	registry.built |= how;
}

unsigned bi_registry_built(void)
{
	return registry.built;
}

void bench_built_by(const char *compiler, const char *flags)
{
	registry.compiler = compiler;
	registry.compiler_flags = flags;
}

const char *bi_registry_compiler(const char **flags)
{
	*flags = registry.compiler_flags;
	return registry.compiler;
}

int bench_register(const char *name, bench_fn *fn, void *arg)
{
	static const char prefix[] = PREFIX;
	size_t len = strlen(name);
	struct registered *entry = malloc(sizeof(*entry) + sizeof(prefix) + len);

	if (entry == NULL)
		return BENCH_ENOMEM;
	entry->next = NULL;
	entry->fn = fn;
	entry->arg = arg;
	memcpy(entry->name, prefix, sizeof(prefix) - 1);
	memcpy(entry->name + sizeof(prefix) - 1, name, len + 1);
	if (registry.registered_end == NULL)
		registry.registered_end = &registry.registered;
	*registry.registered_end = entry;
	registry.registered_end = &entry->next;
	return 0;
}

int bench_on_start(int (*setup)(void *arg), void (*teardown)(void *arg),
		   void *arg)
{
	struct hook *hook = malloc(sizeof(*hook));

	if (hook == NULL)
		return BENCH_ENOMEM;
	*hook = (struct hook){NULL, registry.last_hook, setup, teardown, arg};
	if (registry.last_hook != NULL)
		registry.last_hook->next = hook;
	else
		registry.hooks = hook;
	registry.last_hook = hook;
	return 0;
}

int bi_registry_set_up(void)
{
	struct hook *hook;
	int rc = 0;

	for (hook = registry.hooks; rc == 0 && hook != NULL;
	     hook = hook->next) {
		if (hook->setup != NULL)
			rc = hook->setup(hook->arg);
		if (rc == 0)
			registry.last_set_up = hook;
	}
	return rc;
}

void bi_registry_tear_down(void)
{
	struct hook *hook = registry.last_set_up;

	registry.last_set_up = NULL;
	for (; hook != NULL; hook = hook->previous) {
		if (hook->teardown != NULL)
			hook->teardown(hook->arg);
	}
}

static int by_place(const void *a, const void *b)
{
	const struct bench_definition *x =
		*(const struct bench_definition *const *)a;
	const struct bench_definition *y =
		*(const struct bench_definition *const *)b;
	int order = strcmp(x->file, y->file);

	if (order != 0)
		return order;
	return (x->line > y->line) - (x->line < y->line);
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct bi_entry *)a)->name,
		      ((const struct bi_entry *)b)->name);
}

/* The definitions in order, into the first places of ENTRIES. */
static int list_defined(struct bi_entry *entries, size_t count)
{
	struct bench_definition **order = calloc(count + 1, sizeof(*order)), *d;
	size_t i = 0;

	if (order == NULL)
		return BENCH_ENOMEM;
	for (d = registry.defined; d != NULL; d = d->next)
		order[i++] = d;
	qsort(order, count, sizeof(*order), by_place);
	for (i = 0; i < count; i++)
		entries[i] =
			(struct bi_entry){order[i]->name, order[i]->fn, NULL};
	free(order);
	return 0;
}

/* Would a reader of the format take NAME for a benchmark's? */
static bool is_name(const char *name)
{
	size_t len = strlen(name), i, size;

	for (i = strlen(PREFIX); i < len; i += size) {
		uint32_t c = bi_utf8_next(name + i, len - i, &size);

		if (c == BI_UTF8_INVALID || !bi_rune_is_print(c) ||
		    bi_rune_is_space(c))
			return false;
	}
	return true;
}

static int check_names(const struct bi_registry *list, struct bench_error *err)
{
	size_t i;

	for (i = 0; i < list->count; i++) {
		if (!is_name(list->entries[i].name))
			return bi_error_set(
				err, BENCH_EINPUT,
				"'%s' is no name of a benchmark: what follows "
				PREFIX " is one word that can be printed",
				list->entries[i].name);
	}
	return 0;
}

static int check_unique(const struct bi_registry *list,
			struct bench_error *err)
{
	struct bi_entry *sorted = calloc(list->count + 1, sizeof(*sorted));
	size_t i;
	int rc = 0;

	if (sorted == NULL)
		return bi_error_nomem(err);
	memcpy(sorted, list->entries, list->count * sizeof(*sorted));
	qsort(sorted, list->count, sizeof(*sorted), by_name);
	for (i = 1; rc == 0 && i < list->count; i++) {
		if (by_name(&sorted[i - 1], &sorted[i]) == 0)
			rc = bi_error_set(err, BENCH_EINPUT,
					  "two benchmarks are named %s",
					  sorted[i].name);
	}
	free(sorted);
	return rc;
}

int bi_registry_list(struct bi_registry *out, struct bench_error *err)
{
	const struct bench_definition *d;
	const struct registered *r;
	size_t defined = 0, registered = 0, i;
	int rc;

	for (d = registry.defined; d != NULL; d = d->next)
		defined++;
	for (r = registry.registered; r != NULL; r = r->next)
		registered++;
	out->count = defined + registered;
	out->entries = calloc(out->count + 1, sizeof(*out->entries));
	if (out->entries == NULL || list_defined(out->entries, defined) < 0) {
		rc = bi_error_nomem(err);
		goto fail;
	}
	i = defined;
	for (r = registry.registered; r != NULL; r = r->next)
		out->entries[i++] =
			(struct bi_entry){r->name, r->fn, r->arg};
	rc = check_names(out, err);
	if (rc == 0)
		rc = check_unique(out, err);
	if (rc == 0)
		return 0;
fail:
	free(out->entries);
	*out = (struct bi_registry){0};
	return rc;
}
