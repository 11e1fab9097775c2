/* Property of -filter on random results and random queries: the tables are
 * those of a file from which what does not match was deleted. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "prop/results.h"
#include "prop/seeds.h"
#include "unit/tables.h"

static size_t seeds;

enum { DEPTH = 3, PARTS = 3 };

enum query_kind { AND, OR, NOT, BASE, SIZE, PROCS, CONFIG, UNIT, LABEL };

/* What a query asks, as we understand it. */
struct query {
	enum query_kind kind;
	size_t which; /* CONFIG: of the keys */
	size_t wanted; /* an index into the texts of that kind, ... */
	size_t other;  /* ... and another that will do as well */
	struct query *part[PARTS];
	size_t parts;
};

/* Queries of one seed. */
struct queries {
	struct query query[64];
	size_t count;
};

static struct query *random_query(struct random *r, struct queries *queries,
				  int depth)
{
	static const size_t most[] = {
		[BASE] = LENGTH(bases),	 [SIZE] = LENGTH(sizes),
		[PROCS] = LENGTH(procs), [CONFIG] = LENGTH(config_values),
		[UNIT] = LENGTH(units),	 [LABEL] = FILES,
	};
	struct query *query = &queries->query[queries->count++];
	size_t kind = random_below(r, LENGTH(most));

	if (depth == DEPTH && kind < BASE)
		kind = BASE + random_below(r, LENGTH(most) - BASE);
	*query = (struct query){0};
	query->kind = (enum query_kind)kind;
	if (kind >= BASE) {
		query->which = random_below(r, CONFIGS);
		query->wanted = random_below(r, most[kind]);
		query->other = random_below(r, 2) == 0
				       ? random_below(r, most[kind])
				       : query->wanted;
		return query;
	}
	query->parts = kind == NOT ? 1 : 1 + random_below(r, PARTS);
	for (kind = 0; kind < query->parts; kind++)
		query->part[kind] = random_query(r, queries, depth + 1);
	return query;
}

/* Key and value as a filter has them; a quoted value, but for quotes of its
 * own, means the same as a bare one. */
static void write_match(struct bi_buf *out, const char *key,
			const char *const *text, const struct query *query)
{
	const char *value[] = {text[query->wanted], text[query->other]};
	size_t i, values = query->other != query->wanted ? 2 : 1;

	bi_buf_addf(out, "%s:%s", key, values > 1 ? "(" : "");
	for (i = 0; i < values; i++) {
		const char *p;

		bi_buf_adds(out, i > 0 ? " OR \"" : "\"");
		for (p = value[i]; *p != '\0'; p++) {
			if (*p == '"')
				bi_buf_addc(out, '\\');
			bi_buf_addc(out, *p);
		}
		bi_buf_addc(out, '"');
	}
	bi_buf_adds(out, values > 1 ? ")" : "");
}

static void write_query(struct bi_buf *out, const struct query *query)
{
	static const char *const labels[] = {"a", "b", "c"};
	size_t i;

	switch (query->kind) {
	case AND:
	case OR:
	case NOT:
		bi_buf_adds(out, query->kind == NOT ? "-(" : "(");
		for (i = 0; i < query->parts; i++) {
			if (i > 0)
				bi_buf_adds(out, query->kind == OR ? " OR "
								   : " ");
			write_query(out, query->part[i]);
		}
		bi_buf_addc(out, ')');
		break;
	case BASE:
		write_match(out, ".name", bases, query);
		break;
	case SIZE:
		write_match(out, "/n", sizes, query);
		break;
	case PROCS:
		write_match(out, "/gomaxprocs", procs, query);
		break;
	case CONFIG:
		write_match(out, config_keys[query->which], config_values,
			    query);
		break;
	case UNIT:
		write_match(out, ".unit", units, query);
		break;
	case LABEL:
		write_match(out, ".file", labels, query);
		break;
	}
}

/* Whether QUERY lets VALUE of RESULT in file number FILE through. */
static bool matches(const struct query *query, const struct result *result,
		    const struct value *value, size_t file)
{
	bool all = query->kind == AND;
	size_t i, has = 0;

	switch (query->kind) {
	case AND:
	case OR:
		for (i = 0; i < query->parts; i++) {
			if (matches(query->part[i], result, value, file) != all)
				return !all;
		}
		return all;
	case NOT:
		return !matches(query->part[0], result, value, file);
	case BASE:
		has = result->base;
		break;
	case SIZE:
		has = result->size;
		break;
	case PROCS:
		has = result->procs;
		break;
	case CONFIG:
		has = result->config[query->which];
		break;
	case UNIT:
		has = value->unit;
		break;
	case LABEL:
		has = file;
		break;
	}
	return has == query->wanted || has == query->other;
}

/* Take out of RESULTS, which are those of FILE, what QUERY does not match. */
static void delete_others(const struct query *query, struct results *results,
			  size_t file)
{
	size_t i, j, count;

	for (i = 0; i < results->count; i++) {
		struct result *result = &results->result[i];

		for (j = count = 0; j < result->count; j++) {
			if (matches(query, result, &result->value[j], file))
				result->value[count++] = result->value[j];
		}
		result->count = count;
	}
}

static void check(const char *query, const struct bi_buf *all,
		  const struct bi_buf *left, bi_render_table *render)
{
	const char *const before[] = {bi_buf_str(&all[0]), bi_buf_str(&all[1]),
				      NULL};
	const char *const after[] = {bi_buf_str(&left[0]), bi_buf_str(&left[1]),
				     NULL};
	struct tables_config config = {.filter = query, .render = render};
	struct bi_buf want = BI_BUF_INIT, got = BI_BUF_INIT;

	assert_int_equal(tables_render(&config, before, &got, &got), 0);
	config.filter = NULL;
	assert_int_equal(tables_render(&config, after, &want, &want), 0);
	if (strcmp(bi_buf_str(&got), bi_buf_str(&want)) != 0) {
		print_error("a:\n%s", before[0]);
		print_error("b:\n%s", before[1]);
		print_error("filtered:\n%s", bi_buf_str(&got));
		print_error("deleted:\n%s", bi_buf_str(&want));
		fail_msg("differ under %s", query);
	}
	bi_buf_release(&want);
	bi_buf_release(&got);
}

static void filtering_is_deleting(void **state)
{
	static const struct scaling unscaled = {0, 0};
	static struct results results;
	static struct queries queries;
	size_t seed, i;

	(void)state;
	for (seed = 1; seed <= seeds; seed++) {
		struct bi_buf all[2] = {BI_BUF_INIT, BI_BUF_INIT};
		struct bi_buf left[2] = {BI_BUF_INIT, BI_BUF_INIT};
		struct bi_buf text = BI_BUF_INIT;
		struct random r = {seed};
		const struct query *query;

		queries.count = 0;
		query = random_query(&r, &queries, 0);
		write_query(&text, query);
		for (i = 0; i < 2; i++) {
			random_results(&r, &results);
			write_results(&all[i], &results, 0, results.count,
				      unscaled);
			delete_others(query, &results, i);
			write_results(&left[i], &results, 0, results.count,
				      unscaled);
		}
		check(text.data, all, left,
		      seed % 2 == 0 ? bi_render_text : bi_render_csv);
		for (i = 0; i < 2; i++) {
			bi_buf_release(&all[i]);
			bi_buf_release(&left[i]);
		}
		bi_buf_release(&text);
	}
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(filtering_is_deleting),
	};

	seeds = seeds_from(argc, argv, 500);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
