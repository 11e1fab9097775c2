/* What the gate says, as the first section of a page. */
#ifndef BI_TAB_HTML_GATE_H
#define BI_TAB_HTML_GATE_H

#include "tab/gate.h"
#include "tab/page.h"

/* Add the verdict, why nothing can pass, and all that did not simply pass. */
void bi_html_gate(struct bi_page *page, const struct bi_gate *gate);

/* Add a badge for each verdict on COLUMN of ROW in table number TABLE that is
 * not "pass". */
void bi_html_gate_badges(struct bi_page *page, const struct bi_gate *gate,
			 size_t table, size_t row, size_t column);

#endif
