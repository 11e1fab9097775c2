/* What a gate asks for.
 *
 *	rule = unit ">" limit,  limit = NUMBER "%" | NUMBER
 *
 * Rules are parted by ";" or stand on lines of their own. */
#include "tab/rules.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/grow.h"
#include "base/real.h"
#include "unit/tidy.h"

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static struct bi_slice trim(const char *text, const char *end)
{
	while (text < end && is_blank(*text))
		text++;
	while (end > text && is_blank(end[-1]))
		end--;
	return (struct bi_slice){text, (size_t)(end - text)};
}

/* Say what is wrong at P of the line that begins at START. */
static int wrong(struct bench_error *err, const char *start, const char *p,
		 const char *what)
{
	size_t column = (size_t)(p - start) + 1;

	bi_error_set(err, BENCH_EINPUT, "%s", what);
	if (err != NULL)
		err->column = column < INT_MAX ? (int)column : INT_MAX;
	return BENCH_EINPUT;
}

static const char *find(struct bi_slice text, char c)
{
	return memchr(text.text, c, text.len);
}

static int parse_unit(struct bi_rules *rules, const char *start,
		      struct bi_slice unit, struct bi_rule *rule,
		      double *factor, struct bench_error *err)
{
	struct bi_buf tidy = BI_BUF_INIT;
	size_t i;
	int rc = 0;

	if (unit.len == 0)
		return wrong(err, start, unit.text, "expected a unit");
	for (i = 0; i < unit.len; i++) {
		if (is_blank(unit.text[i]))
			return wrong(err, start, unit.text + i,
				     "a unit has no blanks");
	}
	rule->unit = unit;
	rule->every = unit.len == 1 && unit.text[0] == '*';
	if (bi_unit_tidy(unit.text, unit.len, &tidy, factor) < 0)
		rc = bi_error_nomem(err);
	rule->tidy.len = tidy.len;
	if (rc == 0)
		rule->tidy.text = bi_arena_copy(&rules->memory,
						bi_buf_str(&tidy), tidy.len);
	if (rc == 0 && rule->tidy.text == NULL)
		rc = bi_error_nomem(err);
	bi_buf_release(&tidy);
	return rc;
}

static int parse_limit(const char *start, struct bi_slice limit,
		       struct bi_rule *rule, struct bench_error *err)
{
	const char *end = limit.text + limit.len;
	const char *percent = find(limit, '%');
	struct bi_slice number = limit;
	int rc;

	if (limit.len == 0)
		return wrong(err, start, limit.text, "expected a limit");
	rule->relative = percent != NULL;
	if (percent != NULL) {
		number = trim(limit.text, percent);
		if (number.len == 0)
			return wrong(err, start, percent, "expected a number");
		if (percent + 1 < end)
			return wrong(err, start, percent + 1,
				     "nothing may follow the limit");
	}
	if (number.text[0] == '>')
		return wrong(err, start, number.text, "expected a limit");
	if (number.text[0] == '-')
		return wrong(err, start, number.text,
			     "a limit is not negative: \"worse by more than\"");
	rc = bi_real_parse(number.text, number.len, &rule->value);
	if (rc == BENCH_ENOMEM)
		return bi_error_nomem(err);
	if (rc < 0 || !isfinite(rule->value))
		return wrong(err, start, number.text, "expected a number");
	if (rule->relative)
		rule->value /= 100;
	return 0;
}

static int add(struct bi_rules *rules, const struct bi_rule *rule,
	       struct bench_error *err)
{
	struct bi_rule *grown = bi_grow(rules->rule, &rules->cap,
					rules->count + 1, sizeof(*grown));

	if (grown == NULL)
		return bi_error_nomem(err);
	rules->rule = grown;
	rules->rule[rules->count++] = *rule;
	return 0;
}

static int copy(struct bi_rules *rules, struct bi_slice *text,
		struct bench_error *err)
{
	text->text = bi_arena_copy(&rules->memory, text->text, text->len);
	return text->text == NULL ? bi_error_nomem(err) : 0;
}

/* The rule TEXT, which is not empty, of the line that begins at START. */
static int parse_rule(struct bi_rules *rules, const char *start,
		      struct bi_slice text, struct bench_error *err)
{
	const char *end = text.text + text.len;
	const char *greater = find(text, '>');
	struct bi_rule rule = {.text = text};
	double factor = 1;
	size_t i;
	int rc;

	if (greater == NULL)
		return wrong(err, start, end, "expected '>' and a limit");
	rc = parse_unit(rules, start, trim(text.text, greater), &rule, &factor,
			err);
	if (rc == 0)
		rc = parse_limit(start, trim(greater + 1, end), &rule, err);
	if (rc < 0)
		return rc;
	for (i = 0; i < rules->count; i++) {
		if (bi_slice_equal(rules->rule[i].tidy, rule.tidy))
			return wrong(err, start, text.text,
				     "a second rule for this unit");
	}
	if (!rule.relative)
		rule.value *= factor;
	if (!isfinite(rule.value))
		return wrong(err, start, greater + 1, "expected a number");
	rc = copy(rules, &rule.text, err);
	if (rc == 0)
		rc = copy(rules, &rule.unit, err);
	return rc < 0 ? rc : add(rules, &rule, err);
}

int bi_rules_parse(struct bi_rules *rules, const char *text, size_t len,
		   struct bench_error *err)
{
	const char *next = text, *end = text + len;
	int rc = 0;

	while (rc == 0 && next < end) {
		const char *stop = memchr(next, ';', (size_t)(end - next));
		struct bi_slice rule;

		if (stop == NULL)
			stop = end;
		rule = trim(next, stop);
		if (rule.len > 0)
			rc = parse_rule(rules, text, rule, err);
		next = stop + (stop < end);
	}
	return rc;
}

int bi_rules_find(const struct bi_rules *rules, struct bi_slice unit,
		  const struct bi_rule **rule, struct bi_limit *limit)
{
	struct bi_buf text = BI_BUF_INIT;
	struct bi_slice tidy;
	double factor;
	size_t i;

	*rule = NULL;
	*limit = (struct bi_limit){0};
	if (bi_unit_tidy(unit.text, unit.len, &text, &factor) < 0) {
		bi_buf_release(&text);
		return BENCH_ENOMEM;
	}
	tidy = (struct bi_slice){bi_buf_str(&text), text.len};
	for (i = 0; i < rules->count; i++) {
		const struct bi_rule *candidate = &rules->rule[i];

		if (candidate->every ? *rule == NULL
				     : bi_slice_equal(candidate->tidy, tidy))
			*rule = candidate;
	}
	bi_buf_release(&text);
	if (*rule == NULL)
		return 0;
	limit->set = true;
	limit->relative = (*rule)->relative;
	limit->value = (*rule)->value;
	/* An absolute limit for all units is in each one as the table has it. */
	if (!limit->relative && !(*rule)->every)
		limit->value /= factor;
	return 0;
}

void bi_rules_release(struct bi_rules *rules)
{
	bi_arena_release(&rules->memory);
	free(rules->rule);
	*rules = (struct bi_rules)BI_RULES_INIT;
}
