/* The text of a projection as a list of fields:
 *
 *	projection = [ field { [ "," ] field } ]
 *	field      = key [ "@" order ]
 *	order      = word | "(" word { word } ")"
 */
#include "proc/projection_parse.h"

#include "proc/lexer.h"
#include "proc/syntax.h"

static int fail(struct bi_lexer *lexer, const char *text)
{
	/* An error of the lexer came first. */
	bi_syntax_error(lexer->error, lexer->token.offset, "%s", text);
	return lexer->error->code;
}

/* Behind "@(". */
static int parse_choices(struct bi_lexer *lexer, struct bi_choice **tail)
{
	if (bi_lexer_at(lexer, ')'))
		return fail(lexer, "nothing to match");
	for (; lexer->token.kind == BI_TOKEN_WORD;
	     bi_lexer_next(lexer, false)) {
		struct bi_choice *choice =
			bi_arena_alloc(lexer->memory, sizeof(*choice));

		if (choice == NULL)
			return bi_error_nomem(lexer->error);
		*choice = (struct bi_choice){
			NULL, {lexer->token.text, lexer->token.len}};
		*tail = choice;
		tail = &choice->next;
	}
	if (!bi_lexer_at(lexer, ')'))
		return fail(lexer, "missing )");
	bi_lexer_next(lexer, false);
	return 0;
}

/* Behind "@". */
static int parse_order(struct bi_lexer *lexer, struct bi_field_text *field)
{
	field->order_offset = lexer->token.offset;
	if (bi_lexer_at(lexer, '(')) {
		bi_lexer_next(lexer, false);
		return parse_choices(lexer, &field->choices);
	}
	if (lexer->token.kind != BI_TOKEN_WORD)
		return fail(lexer, "expected named sort order or "
				   "parenthesized list");
	field->order = (struct bi_slice){lexer->token.text, lexer->token.len};
	bi_lexer_next(lexer, false);
	return 0;
}

static int parse_field(struct bi_lexer *lexer, struct bi_field_text *field)
{
	if (lexer->token.kind != BI_TOKEN_WORD)
		return fail(lexer, "expected key");
	field->key = (struct bi_slice){lexer->token.text, lexer->token.len};
	field->key_offset = lexer->token.offset;
	bi_lexer_next(lexer, false);
	if (!bi_lexer_at(lexer, '@'))
		return 0;
	bi_lexer_next(lexer, false);
	return parse_order(lexer, field);
}

int bi_projection_parse(const char *text, struct bi_arena *memory,
			struct bi_field_text **fields, struct bench_error *err)
{
	struct bi_field_text **tail = fields;
	struct bi_lexer lexer;
	int rc;

	*fields = NULL;
	bi_lexer_start(&lexer, text, memory, err);
	while (lexer.token.kind != BI_TOKEN_END) {
		struct bi_field_text *field =
			bi_arena_alloc(memory, sizeof(*field));

		if (field == NULL)
			return bi_error_nomem(err);
		*field = (struct bi_field_text){0};
		if (*fields != NULL && bi_lexer_at(&lexer, ','))
			bi_lexer_next(&lexer, false);
		rc = parse_field(&lexer, field);
		if (rc < 0)
			return rc;
		*tail = field;
		tail = &field->next;
	}
	return 0;
}
