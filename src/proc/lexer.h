/* The words and operators of projections and filters (SYNTAX.md). */
#ifndef BI_PROC_LEXER_H
#define BI_PROC_LEXER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"

enum bi_token_kind {
	BI_TOKEN_END,
	BI_TOKEN_WORD,   /* bare or quoted */
	BI_TOKEN_REGEXP, /* what stands between the slashes */
	BI_TOKEN_AND,
	BI_TOKEN_OR,
	BI_TOKEN_OPERATOR, /* TEXT is one of ( ) : @ , - * */
	BI_TOKEN_ERROR     /* noted in the lexer's error */
};

struct bi_token {
	enum bi_token_kind kind;
	size_t offset; /* where it begins in the query */
	const char *text; /* a string */
	size_t len;
};

/* The token that the parser looks at, and what comes behind it. */
struct bi_lexer {
	const char *query;
	size_t len;
	size_t next;
	struct bi_arena *memory; /* the tokens' texts */
	struct bench_error *error;
	struct bi_token token;
};

/* Begin with the first token of QUERY.  ERR (not NULL) takes the first error,
 * also BENCH_ENOMEM. */
void bi_lexer_start(struct bi_lexer *lexer, const char *query,
		    struct bi_arena *memory, struct bench_error *err);

/* Move to the next token.  Where a value may stand, "/" begins a regular
 * expression. */
void bi_lexer_next(struct bi_lexer *lexer, bool value);

/* Whether the current token is operator C. */
bool bi_lexer_at(const struct bi_lexer *lexer, char c);

#endif
