/* The text of a filter as a tree:
 *
 *	filter = and { "OR" and }
 *	and    = match { [ "AND" ] match }
 *	match  = "(" filter ")" | "-" match | "*" | key ":" values
 *	values = value | "(" value { "OR" value } ")"
 *	value  = word | "/" regexp "/"
 */
#include "proc/filter_parse.h"

#include "proc/lexer.h"
#include "proc/syntax.h"

/* Deeper nesting than anyone writes, and far less than the stack holds. */
#define MOST_DEPTH 1000

struct parser {
	struct bi_lexer lexer;
	int depth;
};

static int fail_at(struct parser *parser, size_t offset, const char *text)
{
	/* An error of the lexer came first. */
	bi_syntax_error(parser->lexer.error, offset, "%s", text);
	return parser->lexer.error->code;
}

static int fail(struct parser *parser, const char *text)
{
	return fail_at(parser, parser->lexer.token.offset, text);
}

static struct bi_clause *clause_new(struct parser *parser,
				    enum bi_clause_kind kind)
{
	struct bi_clause *clause =
		bi_arena_alloc(parser->lexer.memory, sizeof(*clause));

	if (clause == NULL)
		bi_error_nomem(parser->lexer.error);
	else
		*clause = (struct bi_clause){.kind = kind};
	return clause;
}

/* The value at hand, for the key that KEY holds. */
static int parse_value(struct parser *parser, const struct bi_clause *key,
		       struct bi_clause **out)
{
	const struct bi_token *token = &parser->lexer.token;
	struct bi_clause *clause = clause_new(parser, BI_CLAUSE_MATCH);

	if (clause == NULL)
		return BENCH_ENOMEM;
	clause->key = key->key;
	clause->key_offset = key->key_offset;
	clause->value = (struct bi_slice){token->text, token->len};
	clause->value_offset = token->offset;
	clause->is_regexp = token->kind == BI_TOKEN_REGEXP;
	*out = clause;
	return 0;
}

static bool at_value(const struct parser *parser)
{
	return parser->lexer.token.kind == BI_TOKEN_WORD ||
	       parser->lexer.token.kind == BI_TOKEN_REGEXP;
}

/* Behind "key:(". */
static int parse_values(struct parser *parser, const struct bi_clause *key,
			struct bi_clause **out)
{
	struct bi_clause *any = clause_new(parser, BI_CLAUSE_OR);
	struct bi_clause **tail;
	int rc;

	if (any == NULL)
		return BENCH_ENOMEM;
	for (tail = &any->parts;; tail = &(*tail)->next) {
		if (!at_value(parser))
			return fail(parser, "expected value");
		rc = parse_value(parser, key, tail);
		if (rc < 0)
			return rc;
		bi_lexer_next(&parser->lexer, false);
		if (bi_lexer_at(&parser->lexer, ')'))
			break;
		if (parser->lexer.token.kind != BI_TOKEN_OR)
			return fail(parser,
				    "value list must be separated by OR");
		bi_lexer_next(&parser->lexer, true);
	}
	bi_lexer_next(&parser->lexer, false);
	*out = any;
	return 0;
}

/* A key is at hand. */
static int parse_match(struct parser *parser, struct bi_clause **out)
{
	const struct bi_token *token = &parser->lexer.token;
	struct bi_clause key = {.key = {token->text, token->len},
				.key_offset = token->offset};
	int rc;

	bi_lexer_next(&parser->lexer, false);
	if (!bi_lexer_at(&parser->lexer, ':'))
		return fail_at(parser, key.key_offset, "expected key:value");
	bi_lexer_next(&parser->lexer, true);
	if (bi_lexer_at(&parser->lexer, '(')) {
		bi_lexer_next(&parser->lexer, true);
		return parse_values(parser, &key, out);
	}
	if (!at_value(parser))
		return fail_at(parser, key.key_offset, "expected key:value");
	rc = parse_value(parser, &key, out);
	bi_lexer_next(&parser->lexer, false);
	return rc;
}

static int parse_or(struct parser *parser, struct bi_clause **out);

/* Behind "(". */
static int parse_group(struct parser *parser, struct bi_clause **out)
{
	int rc = parse_or(parser, out);

	if (rc < 0)
		return rc;
	if (!bi_lexer_at(&parser->lexer, ')'))
		return fail(parser, "missing \")\"");
	bi_lexer_next(&parser->lexer, false);
	return 0;
}

static int parse_unit(struct parser *parser, struct bi_clause **out);

/* Behind "-". */
static int parse_not(struct parser *parser, struct bi_clause **out)
{
	struct bi_clause *not = clause_new(parser, BI_CLAUSE_NOT);

	if (not == NULL)
		return BENCH_ENOMEM;
	*out = not;
	return parse_unit(parser, &not->parts);
}

/* "match" of the grammar. */
static int parse_unit(struct parser *parser, struct bi_clause **out)
{
	struct bi_lexer *lexer = &parser->lexer;
	int rc;

	if (parser->depth == MOST_DEPTH)
		return fail(parser, "nested too deeply");
	parser->depth++;
	if (bi_lexer_at(lexer, '(')) {
		bi_lexer_next(lexer, false);
		rc = parse_group(parser, out);
	} else if (bi_lexer_at(lexer, '-')) {
		bi_lexer_next(lexer, false);
		rc = parse_not(parser, out);
	} else if (bi_lexer_at(lexer, '*')) {
		bi_lexer_next(lexer, false);
		*out = clause_new(parser, BI_CLAUSE_AND);
		rc = *out == NULL ? BENCH_ENOMEM : 0;
	} else if (lexer->token.kind == BI_TOKEN_WORD) {
		rc = parse_match(parser, out);
	} else {
		rc = fail(parser, "expected key:value or subexpression");
	}
	parser->depth--;
	return rc;
}

/* Whether another part of an "and" follows. */
static bool at_unit(const struct parser *parser)
{
	return parser->lexer.token.kind == BI_TOKEN_WORD ||
	       bi_lexer_at(&parser->lexer, '(') ||
	       bi_lexer_at(&parser->lexer, '-') ||
	       bi_lexer_at(&parser->lexer, '*');
}

static int parse_and(struct parser *parser, struct bi_clause **out)
{
	struct bi_clause *all = clause_new(parser, BI_CLAUSE_AND);
	struct bi_clause **tail;
	int rc;

	if (all == NULL)
		return BENCH_ENOMEM;
	*out = all;
	tail = &all->parts;
	do {
		rc = parse_unit(parser, tail);
		if (rc < 0)
			return rc;
		tail = &(*tail)->next;
		while (parser->lexer.token.kind == BI_TOKEN_AND)
			bi_lexer_next(&parser->lexer, false);
	} while (at_unit(parser));
	return 0;
}

static int parse_or(struct parser *parser, struct bi_clause **out)
{
	struct bi_clause *any = clause_new(parser, BI_CLAUSE_OR);
	struct bi_clause **tail;
	int rc;

	if (any == NULL)
		return BENCH_ENOMEM;
	*out = any;
	for (tail = &any->parts;; tail = &(*tail)->next) {
		rc = parse_and(parser, tail);
		if (rc < 0 || parser->lexer.token.kind != BI_TOKEN_OR)
			return rc;
		bi_lexer_next(&parser->lexer, false);
	}
}

int bi_filter_parse(const char *text, struct bi_arena *memory,
		    struct bi_clause **tree, struct bench_error *err)
{
	struct parser parser = {.depth = 0};
	const struct bi_token *token = &parser.lexer.token;
	int rc;

	bi_lexer_start(&parser.lexer, text, memory, err);
	rc = parse_or(&parser, tree);
	if (rc == 0 && token->kind != BI_TOKEN_END) {
		bi_syntax_error(err, token->offset, "unexpected \"%s\"",
				token->text);
		rc = err->code;
	}
	return rc;
}
