/* src/stacks/load.c, with decode.c, collapsed.c and gunzip.c behind it: what is
 * read, what is one, and what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "profile/gzip.h"
#include "profile/proto.h"
#include "stacks/load.h"

static const struct bi_intake plain;

/* STACKS as text: "leaf<caller=value[,value] ..." in order. */
static void describe(const struct bi_stacks *stacks, struct bi_buf *out)
{
	size_t i, j;

	bi_buf_reset(out);
	for (i = 0; i < stacks->trace_count; i++) {
		const struct bi_trace *trace = &stacks->traces[i];

		for (j = 0; j < trace->depth; j++) {
			const struct bi_place *place =
				&stacks->places[trace->places[j]];

			bi_buf_addf(out, "%s%s", j > 0 ? "<" : "",
				    place->count > 0 ? place->frames[0].function
						     : "?");
		}
		bi_buf_addf(out, "%s%jd ", trace->base ? "(base)=" : "=",
			    (intmax_t)trace->values[0]);
	}
}

static void load(struct bi_stacks *stacks, const void *data, size_t size,
		 struct bi_intake intake)
{
	struct bench_error err = BENCH_ERROR_INIT;
	struct bi_buf buf = BI_BUF_INIT;

	bi_buf_add(&buf, data, size);
	if (bi_load(stacks, "f", &buf, intake, &err) < 0)
		fail_msg("%s:%d: %s", err.file, err.line, err.text);
	bi_buf_release(&buf);
}

static void check(const struct bi_stacks *stacks, const char *want)
{
	struct bi_buf got = BI_BUF_INIT;

	describe(stacks, &got);
	if (strcmp(bi_buf_str(&got), want) != 0)
		fail_msg("got '%s', wanted '%s'", bi_buf_str(&got), want);
	bi_buf_release(&got);
}

static void check_refused(const void *data, size_t size, int line,
			  const char *want)
{
	struct bi_stacks stacks = BI_STACKS_INIT;
	struct bench_error err = BENCH_ERROR_INIT;
	struct bi_buf buf = BI_BUF_INIT;
	int rc;

	bi_buf_add(&buf, data, size);
	rc = bi_load(&stacks, "some/file", &buf, plain, &err);
	if (rc >= 0 || rc != err.code || strcmp(err.text, want) != 0 ||
	    err.line != line || strcmp(err.file, "some/file") != 0)
		fail_msg("%d, %s:%d: '%s', wanted line %d: '%s'", rc, err.file,
			 err.line, err.text, line, want);
	bi_buf_release(&buf);
	bi_stacks_release(&stacks);
}

static void folded_stacks_that_are_equal_are_one(void **state)
{
	static const char text[] = "# by hand\nmain;a;b 3\r\n\nmain;c 2\n"
				   "main;a;b 4\nmain;d 0";
	struct bi_stacks stacks = BI_STACKS_INIT;

	(void)state;
	load(&stacks, text, strlen(text), plain);
	bi_stacks_finish(&stacks);
	check(&stacks, "b<a<main=7 c<main=2 ");
	assert_string_equal(stacks.measures[0].type, "samples");
	bi_stacks_release(&stacks);
}

static void what_is_subtracted_counts_negative(void **state)
{
	struct bi_stacks stacks = BI_STACKS_INIT;

	(void)state;
	load(&stacks, "a 5\nb 1\nc 9\n", 12, plain);
	load(&stacks, "a 2\nb 1\nd 7\n", 12,
	     (struct bi_intake){.subtract = true});
	bi_stacks_finish(&stacks);
	check(&stacks, "a=3 c=9 d=-7 ");
	bi_stacks_release(&stacks);
}

static void a_base_stays_apart(void **state)
{
	struct bi_stacks stacks = BI_STACKS_INIT;

	(void)state;
	load(&stacks, "a 5\n", 4, plain);
	load(&stacks, "a 2\n", 4,
	     (struct bi_intake){.subtract = true, .base = true});
	bi_stacks_finish(&stacks);
	check(&stacks, "a=5 a(base)=-2 ");
	bi_stacks_release(&stacks);
}

/* A small profile, as libbenchkit-profile writes it. */
static void write_profile(struct bi_buf *out)
{
	static const uintptr_t pcs[] = {0x1010, 0x1020};
	static const struct bi_line lines[] = {
		{.function = "inlined", .file = "/s/a.c", .line = 7},
		{.function = "outer", .file = "/s/a.c", .line = 9}};
	struct bi_profile profile = {
		.name = "heap",
		.type = {{"objects", "count"}, {"space", "bytes"}},
		.type_count = 2,
		.default_type = "objects"};
	struct bi_mapping mapping = {.start = 0x1000, .limit = 0x2000,
				     .file = "/bin/x", .build_id = "ab"};
	struct bi_sample sample = {
		.pcs = pcs, .depth = 2, .bytes = 64, .value = {3, 192}};

	assert_int_equal(bi_profile_add(&profile, &sample), 0);
	assert_int_equal(bi_profile_comment(&profile, "hello"), 0);
	assert_int_equal(bi_profile_merge(&profile), 0);
	profile.mappings = &mapping;
	profile.mapping_count = 1;
	profile.locations[0].lines = lines;
	profile.locations[0].line_count = 2;
	profile.locations[0].mapping = 0;
	profile.locations[1].mapping = 0;
	assert_int_equal(bi_proto_write(&profile, out), 0);
	profile.mappings = NULL;
	bi_profile_release(&profile);
}

static void check_written(const struct bi_stacks *stacks)
{
	const struct bi_place *place = &stacks->places[0];

	check(stacks, "inlined<?=3 ");
	assert_int_equal(stacks->default_measure, 0);
	assert_int_equal(stacks->traces[0].values[1], 192);
	assert_string_equal(stacks->traces[0].tags[0].key, "bytes");
	assert_int_equal(stacks->traces[0].tags[0].number, 64);
	assert_int_equal(place->count, 2);
	assert_string_equal(place->frames[1].function, "outer");
	assert_int_equal(place->frames[1].line, 9);
	assert_int_equal(place->address, 0x1010);
	assert_string_equal(stacks->modules[place->module - 1].file, "/bin/x");
	assert_string_equal(stacks->comments[0], "hello");
}

static void what_we_write_is_read(void **state)
{
	struct bi_stacks stacks = BI_STACKS_INIT;
	struct bi_buf data = BI_BUF_INIT, packed = BI_BUF_INIT;

	(void)state;
	write_profile(&data);
	load(&stacks, data.data, data.len, plain);
	check_written(&stacks);
	bi_stacks_release(&stacks);
	assert_int_equal(bi_gzip(data.data, data.len, &packed), 0);
	load(&stacks, packed.data, packed.len, plain);
	check_written(&stacks);
	bi_stacks_release(&stacks);
	bi_buf_release(&data);
	bi_buf_release(&packed);
}

static void no_part_of_a_profile_is_taken_for_the_whole(void **state)
{
	struct bi_buf data = BI_BUF_INIT, packed = BI_BUF_INIT;
	size_t size;

	(void)state;
	write_profile(&data);
	assert_int_equal(bi_gzip(data.data, data.len, &packed), 0);
	for (size = 2; size < packed.len; size++)
		check_refused(packed.data, size, 0,
			      "its compressed data are damaged or cut short");
	bi_buf_release(&data);
	bi_buf_release(&packed);
}

static void other_types_are_not_added(void **state)
{
	struct bi_stacks stacks = BI_STACKS_INIT;
	struct bench_error err = BENCH_ERROR_INIT;
	struct bi_buf data = BI_BUF_INIT;

	(void)state;
	write_profile(&data);
	load(&stacks, "a 1\n", 4, plain);
	assert_int_equal(bi_load(&stacks, "f", &data, plain, &err),
			 BENCH_EINPUT);
	bi_buf_release(&data);
	bi_stacks_release(&stacks);
}

static void folded_stacks_are_refused_with_their_line(void **state)
{
	static const char want[] = "not a stack and a whole number";

	(void)state;
	check_refused("a 1\nb\n", 6, 2, want);
	check_refused("a 1.5\n", 6, 1, want);
	check_refused("\n\n 12\n", 6, 3, want);
	check_refused("a 99999999999999999999\n", 23, 1, want);
}

/* One type, "a" in "a", and then MORE. */
#define HEAD "\x0a\x04\x08\x01\x10\x01\x32\x00\x32\x01" "a"
#define REFUSED(more, want)                                                    \
	check_refused(HEAD more, sizeof(HEAD more) - 1, 0, want)

static void what_does_not_resolve_is_refused(void **state)
{
	(void)state;
	check_refused("", 0, 0, "an empty profile");
	check_refused("\x01\x02\x03", 3, 0,
		      "neither a profile in pprof's format nor folded stacks");
	check_refused("\x48\x00", 2, 0, "malformed profile: no string 0");
	check_refused("\x32\x00", 2, 0, "a profile without types of values");
	REFUSED("\x12\x02\x0a\x00",
		"malformed profile: not a value for each type in sample 0");
	REFUSED("\x12\x06\x0a\x01\x05\x12\x01\x01",
		"malformed profile: no location 5");
	REFUSED("\x12\x07\x12\x01\x01\x1a\x02\x08\x09",
		"malformed profile: no string 9");
	REFUSED("\x22\x04\x08\x01\x10\x07", "malformed profile: no mapping 7");
	REFUSED("\x22\x06\x08\x01\x22\x02\x08\x03",
		"malformed profile: no function 3");
	REFUSED("\x22\x02\x08\x01\x22\x02\x08\x01",
		"malformed profile: location id 1");
	REFUSED("\x2a\x00", "malformed profile: function id 0");
	REFUSED("\x68\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01",
		"malformed profile: no string 18446744073709551615");
}

static void values_stop_at_the_largest(void **state)
{
	struct bi_stacks stacks = BI_STACKS_INIT;
	const char text[] = "a 9223372036854775807\na 1\n"
			    "b -9223372036854775807\nb -5\n";

	(void)state;
	load(&stacks, text, strlen(text), plain);
	check(&stacks, "a=9223372036854775807 b=-9223372036854775807 ");
	bi_stacks_release(&stacks);
}

/* A file that is small, and would not be in memory. */
static void what_grows_without_bound_is_refused(void **state)
{
	struct bi_buf data = BI_BUF_INIT;

	(void)state;
	bi_buf_adds(&data, "\x0a\x04\x08\x01\x10\x01");
	while (data.len < (size_t)1024 * 1024)
		bi_buf_add(&data, "\x12\x00", 2);
	check_refused(data.data, data.len, 0,
		      "takes too much memory when unpacked");
	bi_buf_release(&data);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(folded_stacks_that_are_equal_are_one),
		cmocka_unit_test(what_is_subtracted_counts_negative),
		cmocka_unit_test(a_base_stays_apart),
		cmocka_unit_test(what_we_write_is_read),
		cmocka_unit_test(no_part_of_a_profile_is_taken_for_the_whole),
		cmocka_unit_test(other_types_are_not_added),
		cmocka_unit_test(folded_stacks_are_refused_with_their_line),
		cmocka_unit_test(what_does_not_resolve_is_refused),
		cmocka_unit_test(values_stop_at_the_largest),
		cmocka_unit_test(what_grows_without_bound_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
