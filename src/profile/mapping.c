/* Which file lies where in memory. */
#include "profile/mapping.h"

#include <elf.h>
#include <fcntl.h>
#include <link.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/slice.h"

/* ---- /proc/self/maps ---- */

static int read_maps(struct bi_buf *out, struct bench_error *err)
{
	static const char path[] = "/proc/self/maps";
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	char chunk[8192];
	ssize_t n;
	int rc = 0;

	if (fd < 0)
		return bi_error_errno(err, "cannot open", path);
	while (rc == 0 && (n = read(fd, chunk, sizeof(chunk))) != 0) {
		if (n < 0)
			rc = bi_error_errno(err, "cannot read", path);
		else if (bi_buf_add(out, chunk, (size_t)n) < 0)
			rc = bi_error_nomem(err);
	}
	close(fd);
	return rc;
}

/* A number in hex at *TEXT, which moves behind it and the one byte after it. */
static uint64_t next_hex(const char **text)
{
	char *end;
	uint64_t value = strtoull(*text, &end, 16);

	*text = *end == '\0' ? end : end + 1;
	return value;
}

/* Behind the next white space at TEXT, and behind all that follows. */
static const char *skip_field(const char *text)
{
	text += strcspn(text, " \n");
	return text + strspn(text, " ");
}

/* LINE, "start-limit rwxp offset device inode   path"; false if it is not for
 * code. */
static bool parse_line(const char *line, struct bi_mapping *out,
		       struct bi_slice *path)
{
	static const char deleted[] = " (deleted)";
	const size_t deleted_len = sizeof(deleted) - 1;

	out->start = (uintptr_t)next_hex(&line);
	out->limit = (uintptr_t)next_hex(&line);
	if (strlen(line) < 4 || line[2] != 'x')
		return false;
	line = skip_field(line);
	out->offset = next_hex(&line);
	line = skip_field(skip_field(line));
	*path = (struct bi_slice){line, strcspn(line, "\n")};
	if (path->len > deleted_len &&
	    memcmp(line + path->len - deleted_len, deleted, deleted_len) == 0)
		path->len -= deleted_len;
	return true;
}

static int add(struct bi_profile *profile, struct bi_mapping mapping,
	       struct bi_slice path)
{
	struct bi_mapping *mappings =
		reallocarray(profile->mappings, profile->mapping_count + 1,
			     sizeof(*mappings));

	if (mappings == NULL)
		return BENCH_ENOMEM;
	profile->mappings = mappings;
	mapping.build_id = "";
	mapping.file = bi_arena_copy(&profile->arena, path.text, path.len);
	if (mapping.file == NULL)
		return BENCH_ENOMEM;
	mappings[profile->mapping_count++] = mapping;
	return 0;
}

static int parse_maps(struct bi_profile *profile, const char *text)
{
	int rc = 0;

	while (rc == 0 && *text != '\0') {
		struct bi_mapping mapping = {0};
		struct bi_slice path;

		if (parse_line(text, &mapping, &path))
			rc = add(profile, mapping, path);
		text += strcspn(text, "\n");
		text += *text == '\n';
	}
	return rc;
}

/* ---- Build ids ---- */

/* For dl_iterate_phdr: an object, and the mappings it may belong to. */
struct search {
	struct bi_profile *profile;
	int rc;
};

static const char *in_hex(struct bi_arena *arena, const unsigned char *bytes,
			  size_t count)
{
	static const char digits[] = "0123456789abcdef";
	char *text = bi_arena_alloc(arena, 2 * count + 1);
	size_t i;

	if (text == NULL)
		return NULL;
	for (i = 0; i < count; i++) {
		text[2 * i] = digits[bytes[i] >> 4];
		text[2 * i + 1] = digits[bytes[i] & 15];
	}
	text[2 * count] = '\0';
	return text;
}

static size_t padded(size_t size)
{
	return (size + 3) & ~(size_t)3;
}

/* The build id among SIZE bytes of notes: *COUNT bytes, or NULL. */
static const unsigned char *find_id(const char *notes, size_t size,
				    size_t *count)
{
	while (size >= sizeof(ElfW(Nhdr))) {
		const ElfW(Nhdr) *note = (const ElfW(Nhdr) *)(const void *)notes;
		size_t name = padded(note->n_namesz);
		size_t whole = sizeof(*note) + name + padded(note->n_descsz);
		const char *text = notes + sizeof(*note);

		if (whole > size)
			return NULL;
		if (note->n_type == NT_GNU_BUILD_ID && note->n_namesz == 4 &&
		    memcmp(text, "GNU", 4) == 0) {
			*count = note->n_descsz;
			return (const unsigned char *)text + name;
		}
		notes += whole;
		size -= whole;
	}
	return NULL;
}

static bool holds(const struct dl_phdr_info *object, uintptr_t address)
{
	size_t i;

	for (i = 0; i < object->dlpi_phnum; i++) {
		const ElfW(Phdr) *part = &object->dlpi_phdr[i];

		if (part->p_type == PT_LOAD &&
		    address - (object->dlpi_addr + part->p_vaddr) <
			    part->p_memsz)
			return true;
	}
	return false;
}

static void give_id(struct search *search, const struct dl_phdr_info *object,
		    const unsigned char *id, size_t count)
{
	struct bi_profile *profile = search->profile;
	const char *text = in_hex(&profile->arena, id, count);
	size_t i;

	if (text == NULL) {
		search->rc = BENCH_ENOMEM;
		return;
	}
	/* A mapping begins at a page: its first bytes may be before the part
	 * that it is for, its last one before the limit is not. */
	for (i = 0; i < profile->mapping_count; i++)
		if (holds(object, profile->mappings[i].start) ||
		    holds(object, profile->mappings[i].limit - 1))
			profile->mappings[i].build_id = text;
}

static int visit(struct dl_phdr_info *object, size_t size, void *arg)
{
	struct search *search = arg;
	size_t i, count;

	(void)size;
	for (i = 0; i < object->dlpi_phnum; i++) {
		const ElfW(Phdr) *part = &object->dlpi_phdr[i];
		const unsigned char *id;

		if (part->p_type != PT_NOTE)
			continue;
		id = find_id((const char *)(object->dlpi_addr + part->p_vaddr),
			     part->p_memsz, &count);
		if (id != NULL) {
			give_id(search, object, id, count);
			break;
		}
	}
	return search->rc;
}

/* ---- Public ---- */

/* The mapping of this program's own file. */
static size_t find_main(const struct bi_profile *profile)
{
	char path[4096];
	ssize_t len = readlink("/proc/self/exe", path, sizeof(path) - 1);
	size_t i;

	path[len < 0 ? 0 : len] = '\0';
	for (i = 0; i < profile->mapping_count; i++)
		if (strcmp(profile->mappings[i].file, path) == 0)
			return i;
	return 0;
}

static void place(struct bi_profile *profile)
{
	size_t i, m = 0;

	for (i = 0; i < profile->location_count; i++) {
		struct bi_location *location = &profile->locations[i];

		while (m < profile->mapping_count &&
		       profile->mappings[m].limit <= location->pc)
			m++;
		location->mapping = profile->mapping_count;
		if (m < profile->mapping_count &&
		    profile->mappings[m].start <= location->pc) {
			location->mapping = m;
			profile->mappings[m].used = true;
		}
	}
}

int bi_mapping_read(struct bi_profile *profile, struct bench_error *err)
{
	struct search search = {profile, 0};
	struct bi_buf text = BI_BUF_INIT;
	int rc = read_maps(&text, err);

	if (rc == 0)
		rc = parse_maps(profile, bi_buf_str(&text));
	bi_buf_release(&text);
	if (rc < 0)
		return rc == BENCH_ENOMEM ? bi_error_nomem(err) : rc;
	dl_iterate_phdr(visit, &search);
	if (search.rc < 0)
		return bi_error_nomem(err);
	profile->main_mapping = find_main(profile);
	place(profile);
	return 0;
}
