/* Which results, and which of their values, are looked at.
 *
 * A part of a filter that asks for the unit answers for each value of a result,
 * all others answer for the whole result.  Answers for whole results stay whole
 * as long as they can: "A OR B" with a true A keeps every value, whatever B
 * says about some of them. */
#include "proc/filter.h"

#include <limits.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/grow.h"
#include "proc/extract.h"
#include "proc/filter_parse.h"
#include "proc/regex.h"
#include "proc/syntax.h"

/* A clause that can be asked. */
struct node {
	struct node *next;
	enum bi_clause_kind kind;
	struct node *parts;
	struct bi_extract extract;
	struct bi_slice value;
	struct bi_regex *regex; /* NULL: VALUE must be equal */
};

struct bi_filter {
	struct bi_arena memory;
	struct bi_intern keys;
	struct node *root;
	/* A row of answers for each value, for every level of the tree. */
	bool *mask;
	size_t mask_cap;
	size_t height;
};

/* What a node says. */
enum answer { NO, YES, MASK };

static int check_key(const struct bi_clause *clause, struct bench_error *err)
{
	static const struct bi_slice config = {".config", 7};

	if (clause->key.len == 0)
		return bi_syntax_error(err, clause->key_offset,
				       "key must not be empty");
	if (bi_slice_equal(clause->key, config))
		return bi_syntax_error(
			err, clause->key_offset,
			".config is only allowed in projections");
	return 0;
}

/* Make NODE ask what CLAUSE, a BI_CLAUSE_MATCH, says. */
static int build_match(struct bi_filter *filter, const struct bi_clause *clause,
		       struct node *node, struct bench_error *err)
{
	struct bench_error why = BENCH_ERROR_INIT;
	int rc = check_key(clause, err);

	if (rc < 0)
		return rc;
	if (bi_extract_init(&node->extract, &filter->keys, clause->key.text,
			    clause->key.len) < 0)
		return bi_error_nomem(err);
	node->value = clause->value;
	if (!clause->is_regexp)
		return 0;
	rc = bi_regex_new(clause->value, &node->regex, &why);
	if (rc == BENCH_ENOMEM)
		return bi_error_nomem(err);
	if (rc < 0)
		bi_syntax_error(err, clause->value_offset, "%s", why.text);
	return rc;
}

/* The node for CLAUSE, at LEVEL of the tree, into *OUT. */
static int build(struct bi_filter *filter, const struct bi_clause *clause,
		 size_t level, struct node **out, struct bench_error *err)
{
	struct node *node = bi_arena_alloc(&filter->memory, sizeof(*node));
	struct node **tail;
	int rc = 0;

	if (node == NULL)
		return bi_error_nomem(err);
	*node = (struct node){.kind = clause->kind};
	*out = node;
	if (level > filter->height)
		filter->height = level;
	if (clause->kind == BI_CLAUSE_MATCH)
		return build_match(filter, clause, node, err);
	tail = &node->parts;
	for (clause = clause->parts; rc == 0 && clause != NULL;
	     clause = clause->next) {
		rc = build(filter, clause, level + 1, tail, err);
		if (rc == 0)
			tail = &(*tail)->next;
	}
	return rc;
}

int bi_filter_new(const char *text, struct bi_filter **out,
		  struct bench_error *err)
{
	struct bench_error own = BENCH_ERROR_INIT;
	struct bi_filter *filter = calloc(1, sizeof(*filter));
	struct bi_clause *tree;
	int rc;

	if (err == NULL)
		err = &own;
	if (filter == NULL)
		return bi_error_nomem(err);
	rc = bi_filter_parse(text, &filter->memory, &tree, err);
	if (rc == 0)
		rc = build(filter, tree, 0, &filter->root, err);
	if (rc < 0)
		bi_filter_free(filter);
	else
		*out = filter;
	return rc;
}

static void free_matches(struct node *node)
{
	for (; node != NULL; node = node->next) {
		bi_regex_free(node->regex);
		free_matches(node->parts);
	}
}

void bi_filter_free(struct bi_filter *filter)
{
	if (filter == NULL)
		return;
	free_matches(filter->root);
	bi_intern_release(&filter->keys);
	bi_arena_release(&filter->memory);
	free(filter->mask);
	free(filter);
}

/* Whether TEXT is what NODE asks for: 1, 0, or negative. */
static int is_asked(const struct node *node, struct bi_slice text)
{
	if (node->regex != NULL)
		return bi_regex_find(node->regex, text);
	return bi_slice_equal(node->value, text);
}

/* A unit is known by its tidy name and by the one in the input. */
static int ask_unit(const struct node *node, const struct bi_measure *measure)
{
	const struct bi_string *unit = measure->unit;
	int rc = is_asked(node, (struct bi_slice){unit->text, unit->len});

	unit = measure->written;
	if (rc != 0 || unit == measure->unit)
		return rc;
	return is_asked(node, (struct bi_slice){unit->text, unit->len});
}

/* The answer of a BI_CLAUSE_MATCH. */
static int ask_match(const struct node *node, const struct bi_record *record,
		     bool *mask)
{
	const struct bi_measure *measure = bi_record_measures(record);
	size_t i, width = bi_record_measure_count(record);
	int rc;

	if (node->extract.kind != BI_EXTRACT_UNIT) {
		rc = is_asked(node, bi_extract_value(&node->extract, record));
		return rc < 0 ? rc : rc > 0 ? YES : NO;
	}
	for (i = 0; i < width; i++) {
		rc = ask_unit(node, &measure[i]);
		if (rc < 0)
			return rc;
		mask[i] = rc > 0;
	}
	return MASK;
}

static int ask(const struct node *node, const struct bi_record *record,
	       bool *mask);

/* An AND is settled by a part that says NO, an OR by one that says YES; masks
 * are intersected or united. */
static int ask_parts(const struct node *node, const struct bi_record *record,
		     bool *mask)
{
	bool all = node->kind == BI_CLAUSE_AND;
	size_t i, width = bi_record_measure_count(record);
	bool *part_mask = mask + width;
	const struct node *part;
	int answer = all ? YES : NO;

	for (part = node->parts; part != NULL; part = part->next) {
		int rc = ask(part, record, part_mask);

		if (rc < 0 || rc == (all ? NO : YES))
			return rc;
		if (rc != MASK)
			continue;
		for (i = 0; i < width; i++) {
			bool before = answer == MASK ? mask[i] : all;

			mask[i] = all ? before && part_mask[i]
				      : before || part_mask[i];
		}
		answer = MASK;
	}
	return answer;
}

/* What NODE says of RECORD: an enum answer, whose MASK is in the row MASK, or
 * a negative enum bench_err.  The rows behind MASK are for the parts. */
static int ask(const struct node *node, const struct bi_record *record,
	       bool *mask)
{
	size_t i, width = bi_record_measure_count(record);
	int rc;

	switch (node->kind) {
	case BI_CLAUSE_MATCH:
		return ask_match(node, record, mask);
	case BI_CLAUSE_AND:
	case BI_CLAUSE_OR:
		return ask_parts(node, record, mask);
	case BI_CLAUSE_NOT:
		break;
	}
	rc = ask(node->parts, record, mask);
	if (rc == NO || rc == YES)
		return rc == NO ? YES : NO;
	for (i = 0; rc == MASK && i < width; i++)
		mask[i] = !mask[i];
	return rc;
}

int bi_filter_match(struct bi_filter *filter, const struct bi_record *record,
		    bool *keep)
{
	size_t i, rows = filter->height + 1, need;
	size_t width = bi_record_measure_count(record);
	int kept = 0, rc;
	bool *grown;

	if (__builtin_mul_overflow(width, rows, &need) || width > INT_MAX)
		return BENCH_ENOMEM;
	grown = bi_grow(filter->mask, &filter->mask_cap, need, sizeof(*grown));
	if (grown == NULL)
		return BENCH_ENOMEM;
	filter->mask = grown;
	rc = ask(filter->root, record, filter->mask);
	if (rc < 0)
		return rc;
	for (i = 0; i < width; i++) {
		keep[i] = rc == MASK ? filter->mask[i] : rc == YES;
		kept += keep[i];
	}
	return kept;
}
