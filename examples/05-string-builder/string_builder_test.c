/* What string_builder.h promises, run once for each variant.
 *
 * Linked with --wrap for strlen, to meet words that no machine could hold. */
#include "string_builder.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "test_heap.h"

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

size_t __real_strlen(const char *s);
size_t __wrap_strlen(const char *s);

/* A string of HUGE_LEN bytes, says strlen: the most that it may say, which
 * compilers rely on. */
static const char huge[] = "huge";
#define HUGE_LEN ((size_t)PTRDIFF_MAX - 1)

size_t __wrap_strlen(const char *s)
{
	return s == huge ? HUGE_LEN : __real_strlen(s);
}

static void check_text(const struct string_builder *sb, const char *want)
{
	assert_non_null(sb->data);
	assert_string_equal(sb->data, want);
	assert_int_equal(sb->len, strlen(want));
	assert_true(sb->cap > sb->len);
}

static void check_join(const char *const *words, size_t count,
		       const char *separator, const char *want)
{
	struct string_builder sb = STRING_BUILDER_INIT;

	assert_int_equal(string_builder_join(&sb, words, count, separator), 0);
	check_text(&sb, want);
	string_builder_release(&sb);
}

static void no_words_make_the_empty_string(void **state)
{
	(void)state;
	check_join(NULL, 0, ", ", "");
}

static void one_word_has_no_separator(void **state)
{
	const char *const words[] = {"alone"};

	(void)state;
	check_join(words, LENGTH(words), ", ", "alone");
}

static void separators_stand_between_words(void **state)
{
	const char *const words[] = {"the", "quick", "brown", "fox"};

	(void)state;
	check_join(words, LENGTH(words), " ", "the quick brown fox");
	check_join(words, LENGTH(words), ", ", "the, quick, brown, fox");
	check_join(words, LENGTH(words), "", "thequickbrownfox");
}

static void empty_words_keep_their_separators(void **state)
{
	const char *const words[] = {"", "a", "", "", "b", ""};

	(void)state;
	check_join(words, LENGTH(words), "-", "-a---b-");
	check_join(words, 1, "-", "");
	check_join(words, 1, "", "");
}

static void a_word_may_be_longer_than_any_step(void **state)
{
	static char longest[100001];
	static char want[sizeof(longest) + 4];
	const char *const words[] = {"a", longest, "b"};

	(void)state;
	memset(longest, 'x', sizeof(longest) - 1);
	memset(want, 'x', sizeof(want) - 1);
	memcpy(want, "a ", 2);
	memcpy(want + sizeof(want) - 3, " b", 3);
	check_join(words, LENGTH(words), " ", want);
}

/* Word I of the long joins: 0 to 6 letters, which ones depends on I. */
static const char *nth_word(size_t i)
{
	static const char *const lengths[] = {"",     "a",     "to",    "fox",
					      "over", "quick", "lively"};

	return lengths[i * 5 % LENGTH(lengths)];
}

static void a_thousand_words_equal_the_reference(void **state)
{
	const char *words[1000];
	char want[1000 * 8 + 1];
	size_t len = 0;
	size_t i;
	const char *p;

	(void)state;
	for (i = 0; i < LENGTH(words); i++) {
		words[i] = nth_word(i);
		if (i > 0)
			want[len++] = ' ';
		for (p = words[i]; *p != '\0'; p++)
			want[len++] = *p;
	}
	want[len] = '\0';
	check_join(words, LENGTH(words), " ", want);
}

static void joins_and_adds_append(void **state)
{
	const char *const words[] = {"x", "y"};
	struct string_builder sb = STRING_BUILDER_INIT;

	(void)state;
	assert_int_equal(string_builder_add(&sb, "(", 1), 0);
	assert_int_equal(string_builder_join(&sb, words, 2, ","), 0);
	assert_int_equal(string_builder_join(&sb, NULL, 0, ","), 0);
	assert_int_equal(string_builder_join(&sb, words, 2, ";"), 0);
	assert_int_equal(string_builder_add(&sb, ")", 1), 0);
	check_text(&sb, "(x,yx;y)");
	string_builder_release(&sb);
}

static void added_bytes_may_hold_nuls(void **state)
{
	struct string_builder sb = STRING_BUILDER_INIT;

	(void)state;
	assert_int_equal(string_builder_add(&sb, "a\0b", 3), 0);
	assert_int_equal(string_builder_add(&sb, NULL, 0), 0);
	assert_int_equal(string_builder_add(&sb, "\0", 1), 0);
	assert_int_equal(sb.len, 4);
	assert_memory_equal(sb.data, "a\0b\0", 5);
	string_builder_release(&sb);
}

static void reserved_room_is_not_allocated_again(void **state)
{
	const char *const words[] = {"0123456789", "0123456789"};
	struct string_builder sb = STRING_BUILDER_INIT;
	const char *data;
	size_t i;

	(void)state;
	assert_int_equal(string_builder_reserve(&sb, 100), 0);
	check_text(&sb, "");
	data = sb.data;
	arm(1);
	assert_int_equal(string_builder_join(&sb, words, 2, ""), 0);
	for (i = 0; i < 8; i++)
		assert_int_equal(string_builder_add(&sb, words[0], 10), 0);
	assert_int_equal(requests, 0);
	assert_ptr_equal(sb.data, data);
	assert_int_equal(sb.len, 100);
	string_builder_release(&sb);
}

static void detach_hands_the_memory_over(void **state)
{
	struct string_builder sb = STRING_BUILDER_INIT;
	char *text;

	(void)state;
	assert_null(string_builder_detach(&sb));
	assert_int_equal(string_builder_add(&sb, "mine", 4), 0);
	text = string_builder_detach(&sb);
	assert_string_equal(text, "mine");
	assert_int_equal(string_builder_add(&sb, "new", 3), 0);
	check_text(&sb, "new");
	string_builder_release(&sb);
	string_builder_release(&sb);
	free(text);
}

static void impossible_sizes_are_refused(void **state)
{
	struct string_builder sb = STRING_BUILDER_INIT;

	(void)state;
	assert_int_equal(string_builder_reserve(&sb, SIZE_MAX), -1);
	assert_null(sb.data);
	assert_int_equal(string_builder_add(&sb, "kept", 4), 0);
	arm(NONE);
	assert_int_equal(string_builder_reserve(&sb, SIZE_MAX), -1);
	assert_int_equal(string_builder_reserve(&sb, SIZE_MAX - 4), -1);
	assert_int_equal(string_builder_reserve(&sb, PTRDIFF_MAX - 4), -1);
	assert_int_equal(string_builder_add(&sb, "x", SIZE_MAX - 3), -1);
	assert_int_equal(requests, 0);
	check_text(&sb, "kept");
	string_builder_release(&sb);
}

/* The sum must not wrap around: four huge lengths and a small one make a small
 * number. */
static void impossible_joins_are_refused(void **state)
{
	const char *const words[] = {huge, huge, huge, huge, "last word"};
	const char *const gaps[] = {"", "", "", "", "last word"};
	struct string_builder sb = STRING_BUILDER_INIT;

	(void)state;
	_Static_assert(4 * HUGE_LEN + sizeof("last word") - 1 == 1,
		       "the sum wraps around");
	assert_int_equal(string_builder_add(&sb, "kept", 4), 0);
	assert_int_equal(string_builder_join(&sb, words, 1, " "), -1);
	assert_int_equal(string_builder_join(&sb, words, 5, ""), -1);
	assert_int_equal(string_builder_join(&sb, words + 3, 2, huge), -1);
	assert_int_equal(string_builder_join(&sb, gaps, 2, huge), -1);
	assert_int_equal(string_builder_join(&sb, gaps, 5, huge), -1);
	check_text(&sb, "kept");
	string_builder_release(&sb);
}

/* Join with the NTH request failing: what was there stays, and a second try
 * succeeds.  Returns true if the request was met. */
static bool join_survives(long nth)
{
	const char *const words[] = {"the",  "quick", "brown", "fox", "jumps",
				     "over", "the",   "lazy",  "dog"};
	const char *want = "kept: the quick brown fox jumps over the lazy dog";
	struct string_builder sb = STRING_BUILDER_INIT;
	bool met;

	assert_int_equal(string_builder_add(&sb, "kept: ", 6), 0);
	arm(nth);
	if (string_builder_join(&sb, words, LENGTH(words), " ") < 0) {
		check_text(&sb, "kept: ");
		assert_int_equal(requests, nth);
		assert_int_equal(
			string_builder_join(&sb, words, LENGTH(words), " "), 0);
	}
	met = requests >= nth;
	check_text(&sb, want);
	string_builder_release(&sb);
	assert_int_equal(live_blocks, 0);
	arm(NONE);
	return met;
}

static void every_failed_request_leaves_the_text(void **state)
{
	long nth = 1;

	(void)state;
	while (join_survives(nth))
		nth++;
	assert_true(nth > 1);
}

static void a_first_failed_request_leaves_it_empty(void **state)
{
	const char *const words[] = {"word"};
	struct string_builder sb = STRING_BUILDER_INIT;

	(void)state;
	arm(1);
	assert_int_equal(string_builder_add(&sb, "x", 1), -1);
	arm(1);
	assert_int_equal(string_builder_join(&sb, words, 1, " "), -1);
	arm(1);
	assert_int_equal(string_builder_join(&sb, NULL, 0, " "), -1);
	assert_null(sb.data);
	assert_int_equal(sb.len, 0);
	assert_int_equal(sb.cap, 0);
	string_builder_release(&sb);
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, nothing_armed, nothing_leaked)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(no_words_make_the_empty_string),
		TEST(one_word_has_no_separator),
		TEST(separators_stand_between_words),
		TEST(empty_words_keep_their_separators),
		TEST(a_word_may_be_longer_than_any_step),
		TEST(a_thousand_words_equal_the_reference),
		TEST(joins_and_adds_append),
		TEST(added_bytes_may_hold_nuls),
		TEST(reserved_room_is_not_allocated_again),
		TEST(detach_hands_the_memory_over),
		TEST(impossible_sizes_are_refused),
		TEST(impossible_joins_are_refused),
		TEST(every_failed_request_leaves_the_text),
		TEST(a_first_failed_request_leaves_it_empty),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
