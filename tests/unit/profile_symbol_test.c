/* src/profile/stack.c, mapping.c and symbol.c: from a call to its name. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "profile/mapping.h"
#include "profile/stack.h"
#include "profile/symbol.h"

static struct bi_stack stack;
static volatile int depth;

#define NOINLINE __attribute__((noinline))

/* The asm keeps the call from becoming a jump. */
NOINLINE static void innermost(size_t skip)
{
	bi_stack_here(skip, &stack);
	__asm__ volatile("");
}

__attribute__((always_inline)) static inline void inlined(size_t skip)
{
	innermost(skip);
	__asm__ volatile("");
}

NOINLINE static void outer(size_t skip)
{
	inlined(skip);
	__asm__ volatile("");
}

NOINLINE static void recurse(int n)
{
	if (n > 0)
		recurse(n - 1);
	else
		innermost(0);
	depth++;
}

/* STACK as a profile with names; what is found of its frames in NAMES, inlined
 * ones too. */
static size_t resolve(struct bi_profile *profile, const char **names,
		      size_t most)
{
	struct bi_sample sample = {.pcs = stack.pc,
				   .depth = stack.depth,
				   .value = {1}};
	size_t i, j, count = 0;

	assert_int_equal(bi_profile_add(profile, &sample), 0);
	assert_int_equal(bi_profile_merge(profile), 0);
	assert_int_equal(bi_mapping_read(profile, NULL), 0);
	assert_int_equal(bi_symbol_resolve(profile), 0);
	for (i = 0; i < stack.depth; i++) {
		const struct bi_location *location =
			bi_profile_location(profile, stack.pc[i]);

		for (j = 0; j < location->line_count && count < most; j++)
			names[count++] = location->lines[j].function;
	}
	return count;
}

enum { MOST = 16 };

static void check_names(const char *const *want)
{
	struct bi_profile profile = BI_PROFILE_INIT;
	const char *names[MOST];
	size_t count = resolve(&profile, names, MOST), i;

	for (i = 0; want[i] != NULL; i++)
		if (i >= count || strcmp(names[i], want[i]) != 0)
			fail_msg("frame %zu is '%s', want '%s'", i,
				 i < count ? names[i] : "none", want[i]);
	bi_profile_release(&profile);
}

#define NAMES(...) ((const char *const[]){__VA_ARGS__, NULL})

static void a_stack_has_the_names_of_its_functions(void **state)
{
	(void)state;
	outer(0);
	check_names(NAMES("innermost", "inlined", "outer",
			  "a_stack_has_the_names_of_its_functions"));
}

static void frames_can_be_left_out(void **state)
{
	(void)state;
	outer(1);
	check_names(NAMES("inlined", "outer", "frames_can_be_left_out"));
}

static void a_deep_stack_keeps_its_leaf(void **state)
{
	(void)state;
	recurse(2 * BI_STACK_MOST);
	assert_int_equal(stack.depth, BI_STACK_MOST);
	check_names(NAMES("innermost", "recurse", "recurse"));
}

static void on_signal(int signo, siginfo_t *info, void *context)
{
	(void)signo;
	(void)info;
	bi_stack_of_signal(context, &stack);
}

NOINLINE static int compare_and_raise(const void *a, const void *b)
{
	(void)a;
	(void)b;
	raise(SIGUSR1);
	return 0;
}

/* Through a library without frame pointers. */
NOINLINE static void sort(void)
{
	int two[2] = {1, 2};

	qsort(two, 2, sizeof(two[0]), compare_and_raise);
	depth++;
}

static void a_signal_shows_who_was_interrupted(void **state)
{
	struct sigaction action = {.sa_sigaction = on_signal,
				   .sa_flags = SA_SIGINFO};
	struct bi_profile profile = BI_PROFILE_INIT;
	const char *names[MOST];
	size_t count, i, at = 0;

	(void)state;
	assert_int_equal(sigaction(SIGUSR1, &action, NULL), 0);
	sort();
	assert_false(stack.walked);
	count = resolve(&profile, names, MOST);
	for (i = 0; i < count; i++) {
		assert_string_not_equal(names[i], "on_signal");
		if (strcmp(names[i], "compare_and_raise") == 0)
			at = i;
		if (strcmp(names[i], "sort") == 0)
			break;
	}
	assert_true(at > 0 && i > at);
	bi_profile_release(&profile);
}

static void the_program_is_among_the_mappings(void **state)
{
	struct bi_profile profile = BI_PROFILE_INIT;
	const struct bi_mapping *program;
	const char *names[MOST];
	char path[4096];
	ssize_t len = readlink("/proc/self/exe", path, sizeof(path) - 1);
	size_t i;

	(void)state;
	outer(0);
	resolve(&profile, names, MOST);
	path[len] = '\0';
	program = &profile.mappings[profile.main_mapping];
	assert_string_equal(program->file, path);
	assert_true(program->used && program->named && program->lined);
	assert_true(program->start <= (uintptr_t)outer &&
		    (uintptr_t)outer < program->limit);
	for (i = 0; i < profile.mapping_count; i++) {
		const struct bi_mapping *mapping = &profile.mappings[i];

		assert_true(mapping->start < mapping->limit);
		if (strstr(mapping->file, "/libc.so") != NULL)
			assert_true(strlen(mapping->build_id) >= 16);
	}
	bi_profile_release(&profile);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_stack_has_the_names_of_its_functions),
		cmocka_unit_test(frames_can_be_left_out),
		cmocka_unit_test(a_deep_stack_keeps_its_leaf),
		cmocka_unit_test(a_signal_shows_who_was_interrupted),
		cmocka_unit_test(the_program_is_among_the_mappings),
	};

	bi_stack_prepare();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
