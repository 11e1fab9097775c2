/* A page for browsers that needs nothing else, neither network nor script: its
 * head, and text and markup as it comes.
 *
 * What is written looks and behaves as page/style.css and page/script.js say.
 * Content stands in sections; the page has no end of its own, as HTML lets those
 * of body and html be left out.  The first failure stays, and nothing is added
 * behind it. */
#ifndef BI_TAB_PAGE_H
#define BI_TAB_PAGE_H

#include <stddef.h>

#include "base/buf.h"
#include "base/sink.h"
#include "base/slice.h"

struct bi_page {
	struct bi_sink sink;
	struct bi_buf out; /* not yet handed on */
	int rc;		   /* the first failure */
};

/* Begin a page on SINK: all up to its heading, which is TITLE. */
void bi_page_begin(struct bi_page *page, struct bi_sink sink,
		   const char *title);

/* Add markup as it is. */
void bi_page_put(struct bi_page *page, const char *markup);

/* Add text, in an element or in a quoted attribute. */
void bi_page_text(struct bi_page *page, struct bi_slice text);
void bi_page_string(struct bi_page *page, const char *text);

/* Add a number: in decimal, or with all its digits. */
void bi_page_count(struct bi_page *page, size_t count);
void bi_page_number(struct bi_page *page, double value);

/* Hand on what is there, if it is much; call it now and then. */
void bi_page_piece(struct bi_page *page);

/* Hand on the rest and free what PAGE holds.  Returns 0 or the first failure. */
int bi_page_end(struct bi_page *page);

#endif
