/* Any bytes at all as the rules of a gate: they are refused in one line, with a
 * place in them, or become rules that say the same when they are read again. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz/target.h"
#include "tab/rules.h"

static void check_error(int rc, const struct bench_error *err, size_t len)
{
	if (rc != BENCH_EINPUT || err->code != rc || err->text[0] == '\0' ||
	    strpbrk(err->text, "\r\n") != NULL)
		abort();
	if (err->column < 1 || (size_t)err->column > len + 1)
		abort();
}

/* A rule stands for itself, and is found for its unit. */
static void check_rule(const struct bi_rules *rules, const struct bi_rule *rule)
{
	struct bi_rules again = BI_RULES_INIT;
	const struct bi_rule *found;
	struct bi_limit limit;

	if (rule->text.len == 0 || rule->unit.len == 0 ||
	    rule->tidy.len == 0 || !isfinite(rule->value) ||
	    !(rule->value >= 0))
		abort();
	if (bi_rules_parse(&again, rule->text.text, rule->text.len, NULL) < 0 ||
	    again.count != 1 ||
	    !bi_slice_equal(again.rule[0].text, rule->text) ||
	    !bi_slice_equal(again.rule[0].unit, rule->unit) ||
	    !bi_slice_equal(again.rule[0].tidy, rule->tidy) ||
	    again.rule[0].every != rule->every ||
	    again.rule[0].relative != rule->relative ||
	    again.rule[0].value != rule->value)
		abort();
	bi_rules_release(&again);
	if (bi_rules_find(rules, rule->tidy, &found, &limit) < 0 ||
	    found != rule || !limit.set || limit.value != rule->value)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bench_error err = BENCH_ERROR_INIT;
	struct bi_rules rules = BI_RULES_INIT;
	const char *text = (const char *)data;
	size_t i;
	int rc;

	/* Those who call have cut their text into lines. */
	if (size == 0 || memchr(data, '\n', size) != NULL)
		return 0;
	rc = bi_rules_parse(&rules, text, size, &err);
	if (rc < 0)
		check_error(rc, &err, size);
	for (i = 0; i < rules.count; i++)
		check_rule(&rules, &rules.rule[i]);
	bi_rules_release(&rules);
	return 0;
}
