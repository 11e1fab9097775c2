/* What -gate was given, as rules. */
#ifndef BI_CLI_GATE_TEXT_H
#define BI_CLI_GATE_TEXT_H

#include "base/buf.h"
#include "tab/rules.h"

/* Add the rules of VALUE, or of the file whose name follows its "@", to RULES.
 * Returns 0, or negative with what is wrong in MESSAGE (nothing there: no
 * memory). */
int gate_text_load(const char *value, struct bi_rules *rules,
		   struct bi_buf *message);

#endif
