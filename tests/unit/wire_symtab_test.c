/* src/wire/symtab.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <elf.h>
#include <link.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "wire/symtab.h"

static void check(const char *maps, uint64_t pc, const char *want)
{
	struct bi_buf out = BI_BUF_INIT;
	/* A copy of its own, so that a sanitizer sees the end. */
	char *copy = strdup(maps);

	assert_int_equal(bi_symtab_describe(copy, pc, &out), 0);
	if (strcmp(out.data, want) != 0)
		fail_msg("0x%llx in '%s' is '%s', want '%s'",
			 (unsigned long long)pc, maps, out.data, want);
	free(copy);
	bi_buf_release(&out);
}

static void slurp(const char *path, struct bi_buf *out)
{
	FILE *file = fopen(path, "rb");
	char chunk[4096];
	size_t n;

	assert_non_null(file);
	while ((n = fread(chunk, 1, sizeof(chunk), file)) > 0)
		assert_int_equal(bi_buf_add(out, chunk, n), 0);
	fclose(file);
}

static __attribute__((noinline)) int a_static_function(int x)
{
	return x + 1;
}

int a_global_function(int x);

__attribute__((noinline)) int a_global_function(int x)
{
	return x + 2;
}

static void check_function(const char *maps, uintptr_t pc, const char *start)
{
	struct bi_buf out = BI_BUF_INIT;

	assert_int_equal(bi_symtab_describe(maps, pc, &out), 0);
	if (strncmp(out.data, start, strlen(start)) != 0 ||
	    strstr(out.data, "wire_symtab_test+0x") == NULL)
		fail_msg("'%s', want '%s'", out.data, start);
	bi_buf_release(&out);
}

static void functions_of_this_program_have_names(void **state)
{
	struct bi_buf maps = BI_BUF_INIT;
	int (*volatile call)(int) = a_static_function;

	(void)state;
	assert_int_equal(call(1), 2);
	slurp("/proc/self/maps", &maps);
	check_function(maps.data, (uintptr_t)a_static_function,
		       "a_static_function+0x0 (/");
	check_function(maps.data, (uintptr_t)a_static_function + 1,
		       "a_static_function+0x1 (/");
	check_function(maps.data, (uintptr_t)a_global_function,
		       "a_global_function+0x0 (/");
	bi_buf_release(&maps);
}

static void what_is_not_mapped_is_a_number(void **state)
{
	static const char maps[] =
		"1000-2000 r-xp 00000500 08:01 7      /nowhere/a b\n"
		"2000-3000 rw-p 00000000 00:00 0 \n"
		"3000-4000 rw-p 00000000 00:00 0      [heap]\n"
		"f000-ffff r-xp 00000000 08:01 7      /nowhere/x (deleted)\n";

	(void)state;
	check(maps, 0xfff, "0xfff");
	check(maps, 0x1000, "(/nowhere/a b+0x500)");
	check(maps, 0x1fff, "(/nowhere/a b+0x14ff)");
	check(maps, 0x2000, "0x2000");
	check(maps, 0x3fff, "0x3fff");
	check(maps, 0xf001, "(/nowhere/x (deleted)+0x1)");
	check(maps, UINT64_MAX, "0xffffffffffffffff");
	check("", 1, "0x1");
}

/* A worker that is ended while it writes its map leaves a part of it. */
static void a_map_may_end_anywhere(void **state)
{
	static const char line[] =
		"1000-2000 r-xp 00000500 08:01 7      /nowhere/x";
	size_t len, whole = sizeof(line) - 1;

	(void)state;
	for (len = 0; len < whole; len++) {
		struct bi_buf out = BI_BUF_INIT;
		char *cut = strndup(line, len);

		assert_int_equal(bi_symtab_describe(cut, 0x1234, &out), 0);
		assert_true(len > 37 ? strstr(out.data, "+0x734)") != NULL
				     : strcmp(out.data, "0x1234") == 0);
		free(cut);
		bi_buf_release(&out);
	}
	check(line, 0x1234, "(/nowhere/x+0x734)");
}

static void garbage_is_passed_over(void **state)
{
	static const char garbage[] =
		"\n-\n1000\n1000-\n1000-2000\n1000-2000 /\nzz-yy r 0 /x\n"
		"/\n- - /\n";
	struct bi_buf maps = BI_BUF_INIT;

	(void)state;
	check(garbage, 0x1234, "0x1234");
	assert_int_equal(bi_buf_adds(&maps, garbage), 0);
	assert_int_equal(
		bi_buf_adds(&maps, "1000-2000 r-xp 0 08:01 7      /nowhere/x"),
		0);
	check(maps.data, 0x1234, "(/nowhere/x+0x234)");
	/* A path longer than any. */
	bi_buf_reset(&maps);
	assert_int_equal(bi_buf_adds(&maps, "1000-2000 r-xp 0 08:01 7 /"), 0);
	assert_int_equal(bi_buf_fill(&maps, 'x', 10000), 0);
	check(maps.data, 0x1234, "0x1234");
	bi_buf_release(&maps);
}

/* ---- Corrupt files ---- */

struct file {
	char path[64];
	struct bi_buf bytes;
};

static void write_file(const struct file *file, size_t len)
{
	FILE *out = fopen(file->path, "wb");

	assert_non_null(out);
	assert_int_equal(fwrite(file->bytes.data, 1, len, out), len);
	fclose(out);
}

/* Describe an address in FILE as if it were mapped from its first byte. */
static void describe_in(const struct file *file, uint64_t offset)
{
	struct bi_buf maps = BI_BUF_INIT, out = BI_BUF_INIT;

	assert_int_equal(
		bi_buf_addf(&maps,
			    "100000000-200000000 r-xp 0 08:01 7 %s\n",
			    file->path),
		0);
	assert_int_equal(
		bi_symtab_describe(maps.data, 0x100000000 + offset, &out), 0);
	assert_non_null(strstr(out.data, file->path));
	bi_buf_release(&maps);
	bi_buf_release(&out);
}

static uint64_t code_offset(const struct file *file)
{
	struct bi_buf maps = BI_BUF_INIT, out = BI_BUF_INIT;
	char *plus;
	uint64_t offset;

	(void)file;
	slurp("/proc/self/maps", &maps);
	assert_int_equal(bi_symtab_describe(maps.data,
					    (uintptr_t)a_global_function, &out),
			 0);
	plus = strrchr(out.data, '+');
	assert_non_null(plus);
	offset = strtoull(plus + 1, NULL, 16);
	bi_buf_release(&maps);
	bi_buf_release(&out);
	return offset;
}

static void open_file(struct file *file)
{
	int fd;

	*file = (struct file){.path = "/tmp/benchkit-symtab.XXXXXX"};
	fd = mkstemp(file->path);
	assert_true(fd >= 0);
	close(fd);
	slurp("/proc/self/exe", &file->bytes);
}

static void close_file(struct file *file)
{
	unlink(file->path);
	bi_buf_release(&file->bytes);
}

static void a_file_cut_short_does_no_harm(void **state)
{
	static const size_t lengths[] = {0, 1, 4, 63, 64, 65, 120, 1000, 5000};
	struct file file;
	uint64_t offset;
	size_t i;

	(void)state;
	open_file(&file);
	offset = code_offset(&file);
	for (i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
		write_file(&file, lengths[i]);
		describe_in(&file, offset);
	}
	write_file(&file, file.bytes.len / 2);
	describe_in(&file, offset);
	write_file(&file, file.bytes.len - 1);
	describe_in(&file, offset);
	close_file(&file);
}

/* Set the SIZE bytes at AT, in turn, to values that lie, and describe. */
static void lie(struct file *file, size_t at, size_t size, uint64_t offset)
{
	static const uint64_t lies[] = {0, 1, 4, 0x7fffffff, UINT64_MAX,
					UINT64_MAX - 7, INT64_MAX};
	char saved[8];
	size_t i;

	memcpy(saved, file->bytes.data + at, size);
	for (i = 0; i < sizeof(lies) / sizeof(lies[0]); i++) {
		memcpy(file->bytes.data + at, &lies[i], size);
		write_file(file, file->bytes.len);
		describe_in(file, offset);
	}
	memcpy(file->bytes.data + at, saved, size);
}

static void headers_that_lie_do_no_harm(void **state)
{
	struct file file;
	ElfW(Ehdr) head;
	uint64_t offset;
	size_t i;

	(void)state;
	open_file(&file);
	offset = code_offset(&file);
	memcpy(&head, file.bytes.data, sizeof(head));
	lie(&file, offsetof(ElfW(Ehdr), e_phoff), 8, offset);
	lie(&file, offsetof(ElfW(Ehdr), e_shoff), 8, offset);
	lie(&file, offsetof(ElfW(Ehdr), e_phnum), 2, offset);
	lie(&file, offsetof(ElfW(Ehdr), e_shnum), 2, offset);
	for (i = 0; i < head.e_shnum; i++) {
		size_t at = head.e_shoff + i * sizeof(ElfW(Shdr));
		ElfW(Shdr) section;

		memcpy(&section, file.bytes.data + at, sizeof(section));
		if (section.sh_type != SHT_SYMTAB &&
		    section.sh_type != SHT_STRTAB)
			continue;
		lie(&file, at + offsetof(ElfW(Shdr), sh_offset), 8, offset);
		lie(&file, at + offsetof(ElfW(Shdr), sh_size), 8, offset);
		lie(&file, at + offsetof(ElfW(Shdr), sh_link), 4, offset);
	}
	close_file(&file);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(functions_of_this_program_have_names),
		cmocka_unit_test(what_is_not_mapped_is_a_number),
		cmocka_unit_test(a_map_may_end_anywhere),
		cmocka_unit_test(garbage_is_passed_over),
		cmocka_unit_test(a_file_cut_short_does_no_harm),
		cmocka_unit_test(headers_that_lie_do_no_harm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
