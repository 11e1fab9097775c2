/* What two executables tell of how they were made.
 *
 * The compilers' names stand in the section .comment, and in debug information
 * (DWARF 5, 3.1.1, DW_AT_producer) with the flags that GCC was given; there the
 * strings alone are looked at, not who uses them. */
#include "cli/benchab/builds.h"

#include <elf.h>
#include <fcntl.h>
#include <link.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"

/* Words of a file: compilers or flags. */
#define WORDS_MOST 512

struct build {
	const char *data; /* all of the file, NULL: not read */
	size_t size;
};

struct word {
	const char *text;
	size_t len;
};

struct words {
	struct word word[WORDS_MOST];
	size_t count;
};

static struct build map(const char *path)
{
	struct build build = {.data = NULL};
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	void *data;

	if (fd < 0)
		return build;
	if (fstat(fd, &st) == 0 && st.st_size > (off_t)sizeof(ElfW(Ehdr))) {
		data = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE,
			    fd, 0);
		if (data != MAP_FAILED) {
			build.data = data;
			build.size = (size_t)st.st_size;
		}
	}
	close(fd);
	return build;
}

static bool is_within(const struct build *build, uint64_t offset, uint64_t size)
{
	return offset <= build->size && size <= build->size - offset;
}

/* Is there a program interpreter, which is what loads shared libraries? */
static bool is_dynamic(const struct build *build)
{
	ElfW(Ehdr) head;
	ElfW(Phdr) segment;
	size_t i;

	memcpy(&head, build->data, sizeof(head));
	for (i = 0; i < head.e_phnum; i++) {
		uint64_t at = head.e_phoff + i * sizeof(segment);

		if (!is_within(build, at, sizeof(segment)))
			break;
		memcpy(&segment, build->data + at, sizeof(segment));
		if (segment.p_type == PT_INTERP)
			return true;
	}
	return false;
}

static bool read_section(const struct build *build, const ElfW(Ehdr) *head,
			 size_t i, ElfW(Shdr) *section)
{
	uint64_t at = head->e_shoff + i * sizeof(*section);

	if (i >= head->e_shnum || !is_within(build, at, sizeof(*section)))
		return false;
	memcpy(section, build->data + at, sizeof(*section));
	return section->sh_type == SHT_NOBITS ||
	       is_within(build, section->sh_offset, section->sh_size);
}

/* The bytes of section NAME; compressed ones are as none. */
static struct word find_section(const struct build *build, const char *name)
{
	struct word none = {"", 0};
	size_t len = strlen(name) + 1, i;
	ElfW(Ehdr) head;
	ElfW(Shdr) names, section;

	memcpy(&head, build->data, sizeof(head));
	if (!read_section(build, &head, head.e_shstrndx, &names) ||
	    names.sh_type != SHT_STRTAB)
		return none;
	for (i = 0; i < head.e_shnum; i++) {
		if (!read_section(build, &head, i, &section) ||
		    section.sh_name >= names.sh_size ||
		    names.sh_size - section.sh_name < len ||
		    memcmp(build->data + names.sh_offset + section.sh_name,
			   name, len) != 0)
			continue;
		if (section.sh_type != SHT_PROGBITS ||
		    section.sh_flags & SHF_COMPRESSED)
			return none;
		return (struct word){build->data + section.sh_offset,
				     section.sh_size};
	}
	return none;
}

static bool has(const struct words *words, const struct word *word)
{
	size_t i;

	for (i = 0; i < words->count; i++) {
		if (words->word[i].len == word->len &&
		    memcmp(words->word[i].text, word->text, word->len) == 0)
			return true;
	}
	return false;
}

static void add(struct words *words, const char *text, size_t len)
{
	struct word word = {text, len};

	if (len > 0 && words->count < WORDS_MOST && !has(words, &word))
		words->word[words->count++] = word;
}

static void add_compilers(const struct build *build, struct words *words)
{
	struct word text = find_section(build, ".comment");
	size_t at, len;

	for (at = 0; at < text.len; at += len + 1) {
		len = strnlen(text.text + at, text.len - at);
		add(words, text.text + at, len);
	}
}

/* The flags in PRODUCER: "GNU C11 12.2.0 -mtune=generic -O2 -g". */
static void add_flags_of(const char *producer, size_t len, struct words *words)
{
	const char *at = producer, *end = producer + len;

	while (at < end) {
		const char *space = memchr(at, ' ', (size_t)(end - at));
		const char *stop = space ? space : end;

		if (*at == '-')
			add(words, at, (size_t)(stop - at));
		at = stop + 1;
	}
}

static void add_flags(const struct build *build, struct words *words)
{
	static const char *const sections[] = {".debug_str", ".debug_line_str"};
	static const char start[] = "GNU C";
	size_t i, at, len;

	for (i = 0; i < sizeof(sections) / sizeof(sections[0]); i++) {
		struct word text = find_section(build, sections[i]);

		for (at = 0; at < text.len; at += len + 1) {
			len = strnlen(text.text + at, text.len - at);
			if (len > sizeof(start) &&
			    memcmp(text.text + at, start, sizeof(start) - 1) ==
				    0)
				add_flags_of(text.text + at, len, words);
		}
	}
}

/* The words of A that B has not: "; only OLD has -O2, -g". */
static int add_difference(const struct words *a, const struct words *b,
			  const char *whose, struct bi_buf *out)
{
	const char *before = "; only ";
	size_t i;
	int rc = 0;

	for (i = 0; i < a->count && rc == 0; i++) {
		if (has(b, &a->word[i]))
			continue;
		rc = bi_buf_addf(out, "%s%s%.*s", before,
				 *before == ';' ? whose : "",
				 (int)a->word[i].len, a->word[i].text);
		before = ", ";
	}
	return rc;
}

/* What COLLECT finds in both builds, where it is not the same. */
static int doubt_words(const struct build *build, const char *what,
		       void collect(const struct build *, struct words *),
		       struct bi_buf *out)
{
	struct words *words = calloc(2, sizeof(*words));
	struct bi_buf text = BI_BUF_INIT;
	int rc = words == NULL ? BENCH_ENOMEM : 0;

	if (rc == 0) {
		collect(&build[0], &words[0]);
		collect(&build[1], &words[1]);
	}
	/* A file without them says nothing. */
	if (rc == 0 && words[0].count > 0 && words[1].count > 0) {
		rc = add_difference(&words[0], &words[1], "OLD has ", &text);
		if (rc == 0)
			rc = add_difference(&words[1], &words[0], "NEW has ",
					    &text);
	}
	if (rc == 0 && text.len > 0)
		rc = bi_buf_addf(out, "the builds differ in their %s%s\n", what,
				 bi_buf_str(&text));
	bi_buf_release(&text);
	free(words);
	return rc;
}

int builds_doubts(const char *old, const char *new, struct bi_buf *out)
{
	struct build build[2] = {map(old), map(new)};
	int side, rc = 0;

	if (build[0].data != NULL && build[1].data != NULL) {
		rc = doubt_words(build, "compilers", add_compilers, out);
		if (rc == 0)
			rc = doubt_words(build, "flags", add_flags, out);
		if (rc == 0 && is_dynamic(&build[0]) != is_dynamic(&build[1]))
			rc = bi_buf_addf(out, "%s alone is linked statically\n",
					 is_dynamic(&build[0]) ? "NEW" : "OLD");
	}
	for (side = 0; side < 2; side++) {
		if (build[side].data != NULL)
			munmap((void *)build[side].data, build[side].size);
	}
	return rc;
}
