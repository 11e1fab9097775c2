/* Reading UTF-8, and what class a code point belongs to. */
#ifndef BI_BASE_UTF8_H
#define BI_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What bi_utf8_next answers for a byte that is not part of a valid sequence
 * (overlong forms, surrogates and values past U+10FFFF are invalid). */
#define BI_UTF8_INVALID UINT32_MAX

/* The code point at S (LEN > 0 bytes), or BI_UTF8_INVALID; *SIZE is the number
 * of bytes it takes, 1 for an invalid byte. */
uint32_t bi_utf8_next(const char *s, size_t len, size_t *size);

/* Code points in S; an invalid byte counts as one. */
size_t bi_utf8_count(const char *s, size_t len);

/* White_Space as Unicode defines it: the blanks that separate fields. */
bool bi_rune_is_space(uint32_t c);

/* Category Ll; category Lu. */
bool bi_rune_is_lower(uint32_t c);
bool bi_rune_is_upper(uint32_t c);

/* Letters, marks, numbers, punctuation, symbols and spaces (Zs). */
bool bi_rune_is_graphic(uint32_t c);

/* As graphic, but of the spaces only U+0020. */
bool bi_rune_is_print(uint32_t c);

#endif
