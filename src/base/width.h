/* How much room text takes on a screen. */
#ifndef BI_BASE_WIDTH_H
#define BI_BASE_WIDTH_H

#include <stdbool.h>
#include <stddef.h>

/* The width of TEXT in columns: its code points, an invalid byte being one.
 * Wide and combining characters count like all others. */
size_t bi_width(const char *text, size_t len);

/* Whether TEXT is nothing but white space. */
bool bi_is_blank(const char *text, size_t len);

#endif
