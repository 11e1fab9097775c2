/* src/base/utf8.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/utf8.h"

static void check(const char *bytes, uint32_t want, size_t want_size)
{
	size_t size = 0;
	uint32_t got = bi_utf8_next(bytes, strlen(bytes), &size);

	if (got != want || size != want_size)
		fail_msg("byte %02x...: U+%04x, size %zu; wanted U+%04x, %zu",
			 (unsigned char)bytes[0], got, size, want, want_size);
}

static void check_invalid(const char *bytes)
{
	check(bytes, BI_UTF8_INVALID, 1);
}

static void sequences_of_each_length_are_read(void **state)
{
	size_t size;

	(void)state;
	assert_int_equal(bi_utf8_next("", 1, &size), 0);
	assert_int_equal(size, 1);
	check("A", 'A', 1);
	check("\x7f", 0x7f, 1);
	check("\xc2\x80", 0x80, 2);
	check("\xc2\xb5s", 0xb5, 2);
	check("\xdf\xbf", 0x7ff, 2);
	check("\xe0\xa0\x80", 0x800, 3);
	check("\xed\x9f\xbf", 0xd7ff, 3);
	check("\xee\x80\x80", 0xe000, 3);
	check("\xef\xbf\xbf", 0xffff, 3);
	check("\xf0\x90\x80\x80", 0x10000, 4);
	check("\xf4\x8f\xbf\xbf", 0x10ffff, 4);
}

static void overlong_forms_are_invalid(void **state)
{
	(void)state;
	check_invalid("\xc0\x80");
	check_invalid("\xc1\xbf");
	check_invalid("\xe0\x80\x80");
	check_invalid("\xe0\x9f\xbf");
	check_invalid("\xf0\x80\x80\x80");
	check_invalid("\xf0\x8f\xbf\xbf");
}

static void what_is_no_character_is_invalid(void **state)
{
	(void)state;
	check_invalid("\xed\xa0\x80"); /* U+D800 */
	check_invalid("\xed\xbf\xbf"); /* U+DFFF */
	check_invalid("\xf4\x90\x80\x80");
	check_invalid("\xf5\x80\x80\x80");
	check_invalid("\xff");
	check_invalid("\x80");
	check_invalid("\xbf");
}

static void a_broken_sequence_is_one_invalid_byte(void **state)
{
	size_t size;

	(void)state;
	check_invalid("\xc3");
	check_invalid("\xc3(");
	check_invalid("\xe2\x82");
	check_invalid("\xe2(\xac");
	check_invalid("\xf0\x9f\x98");
	check_invalid("\xf0\x9f\x98x");
	/* The bytes behind LEN are not looked at. */
	assert_int_equal(bi_utf8_next("\xe2\x82\xac", 2, &size),
			 BI_UTF8_INVALID);
	assert_int_equal(size, 1);
}

static void code_points_are_counted(void **state)
{
	(void)state;
	assert_int_equal(bi_utf8_count("", 0), 0);
	assert_int_equal(bi_utf8_count("abc", 3), 3);
	assert_int_equal(bi_utf8_count("\xc2\xb5s \xe2\x82\xac", 7), 4);
	assert_int_equal(bi_utf8_count("a\xff\xe2\x82z", 5), 5);
}

static void spaces_are_those_of_unicode(void **state)
{
	static const uint32_t spaces[] = {
		'\t',	'\n',	'\v',	'\f',	'\r',	' ',	0x85,	0xa0,
		0x1680, 0x2000, 0x200a, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000,
	};
	static const uint32_t others[] = {
		0, 8, 14, 'a', 0x180e, 0x200b, 0x2060, 0xfeff, BI_UTF8_INVALID};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(spaces) / sizeof(spaces[0]); i++) {
		if (!bi_rune_is_space(spaces[i]))
			fail_msg("U+%04x is a space", spaces[i]);
	}
	for (i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		if (bi_rune_is_space(others[i]))
			fail_msg("U+%04x is no space", others[i]);
	}
}

struct classes {
	uint32_t c;
	bool lower, upper, graphic, print;
};

static void check_classes(const struct classes *want)
{
	uint32_t c = want->c;

	if (bi_rune_is_lower(c) != want->lower ||
	    bi_rune_is_upper(c) != want->upper ||
	    bi_rune_is_graphic(c) != want->graphic ||
	    bi_rune_is_print(c) != want->print)
		fail_msg("U+%04x: lower %d, upper %d, graphic %d, print %d", c,
			 bi_rune_is_lower(c), bi_rune_is_upper(c),
			 bi_rune_is_graphic(c), bi_rune_is_print(c));
}

/* Categories as the Unicode database gives them. */
static void characters_have_their_classes(void **state)
{
	static const struct classes classes[] = {
		{'a', true, false, true, true},
		{'z', true, false, true, true},
		{'A', false, true, true, true},
		{'Z', false, true, true, true},
		{'0', false, false, true, true},
		{'~', false, false, true, true},
		{' ', false, false, true, true},
		{'\n', false, false, false, false},
		{0x7f, false, false, false, false},
		{0x85, false, false, false, false},
		{0xa0, false, false, true, false},    /* no-break space, Zs */
		{0xb5, true, false, true, true},      /* micro sign */
		{0xad, false, false, false, false},   /* soft hyphen, Cf */
		{0xdf, true, false, true, true},      /* sharp s */
		{0x100, false, true, true, true},     /* A with macron */
		{0x101, true, false, true, true},     /* a with macron */
		{0x1c5, false, false, true, true},    /* Dz, titlecase */
		{0x2028, false, false, false, false}, /* line separator */
		{0x20ac, false, false, true, true},   /* euro sign */
		{0x3000, false, false, true, false},  /* ideographic space */
		{0x4e2d, false, false, true, true},   /* a CJK ideograph */
		{0xe000, false, false, false, false}, /* private use */
		{0x1f600, false, false, true, true},  /* an emoji */
		{0x10400, false, true, true, true},   /* Deseret capital */
		{0x10428, true, false, true, true},   /* Deseret small */
		{0x10ffff, false, false, false, false},
		{BI_UTF8_INVALID, false, false, false, false},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(classes) / sizeof(classes[0]); i++)
		check_classes(&classes[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sequences_of_each_length_are_read),
		cmocka_unit_test(overlong_forms_are_invalid),
		cmocka_unit_test(what_is_no_character_is_invalid),
		cmocka_unit_test(a_broken_sequence_is_one_invalid_byte),
		cmocka_unit_test(code_points_are_counted),
		cmocka_unit_test(spaces_are_those_of_unicode),
		cmocka_unit_test(characters_have_their_classes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
