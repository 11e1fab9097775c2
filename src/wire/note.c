/* What an executable says of itself before it is started: PT_NOTE segments as
 * the System V gABI lays them out.  Section headers are not looked at: a stripped
 * program may have none. */
#include "wire/note.h"

#include <elf.h>
#include <fcntl.h>
#include <link.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define NAME "benchkit"
#define TYPE 1

/* Notes are small; a segment beyond this is no list of notes. */
#define MOST_BYTES 65536

/* Exactly SIZE bytes at OFFSET. */
static bool read_at(int fd, void *out, size_t size, uint64_t offset)
{
	char *to = out;

	while (size > 0) {
		ssize_t n = pread(fd, to, size, (off_t)offset);

		if (n <= 0)
			return false;
		to += n;
		offset += (uint64_t)n;
		size -= (size_t)n;
	}
	return true;
}

static size_t align(size_t size, size_t to)
{
	return (size + to - 1) / to * to;
}

/* The highest protocol among the notes in SIZE bytes: a program may be linked
 * from objects of several versions, and the library is as new as the newest. */
static int search(const unsigned char *notes, size_t size, size_t alignment)
{
	int found = 0;
	size_t at = 0;

	while (size - at >= sizeof(ElfW(Nhdr))) {
		ElfW(Nhdr) head;
		size_t name, desc, next;
		uint32_t value;

		memcpy(&head, notes + at, sizeof(head));
		name = at + sizeof(head);
		desc = align(name + head.n_namesz, alignment);
		next = align(desc + head.n_descsz, alignment);
		if (desc > size || head.n_descsz > size - desc)
			break;
		if (head.n_type == TYPE && head.n_namesz == sizeof(NAME) &&
		    memcmp(notes + name, NAME, sizeof(NAME)) == 0 &&
		    head.n_descsz == sizeof(value)) {
			memcpy(&value, notes + desc, sizeof(value));
			if (value > (uint32_t)found && value <= INT32_MAX)
				found = (int)value;
		}
		if (next > size)
			break;
		at = next;
	}
	return found;
}

static int search_segment(int fd, const ElfW(Phdr) *segment)
{
	size_t size = segment->p_filesz;
	unsigned char *notes;
	int found = 0;

	if (size == 0 || size > MOST_BYTES)
		return 0;
	notes = malloc(size);
	if (notes == NULL)
		return BENCH_ENOMEM;
	if (read_at(fd, notes, size, segment->p_offset))
		found = search(notes, size, segment->p_align == 8 ? 8 : 4);
	free(notes);
	return found;
}

static bool is_ours(const ElfW(Ehdr) *head)
{
	return memcmp(head->e_ident, ELFMAG, SELFMAG) == 0 &&
	       head->e_ident[EI_CLASS] == ELFCLASS64 &&
	       (head->e_type == ET_EXEC || head->e_type == ET_DYN) &&
	       head->e_phentsize == sizeof(ElfW(Phdr));
}

int bi_note_read(const char *path, int *protocol, struct bench_error *err)
{
	ElfW(Ehdr) head;
	int rc = 0, i;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	*protocol = 0;
	if (fd < 0)
		return bi_error_errno(err, "cannot open", path);
	if (read_at(fd, &head, 2, 0) && memcmp(&head, "#!", 2) == 0) {
		rc = bi_error_set(err, BENCH_EINPUT,
				  "%s: a script, not the program itself", path);
		goto out;
	}
	if (!read_at(fd, &head, sizeof(head), 0) || !is_ours(&head)) {
		rc = bi_error_set(err, BENCH_EINPUT,
				  "%s: not an executable of this machine", path);
		goto out;
	}
	for (i = 0; i < head.e_phnum && rc >= 0; i++) {
		ElfW(Phdr) segment;

		if (!read_at(fd, &segment, sizeof(segment),
			     head.e_phoff + (uint64_t)i * sizeof(segment)))
			break;
		if (segment.p_type == PT_NOTE)
			rc = search_segment(fd, &segment);
		if (rc > *protocol)
			*protocol = rc;
	}
	rc = rc == BENCH_ENOMEM ? bi_error_nomem(err) : 0;
out:
	close(fd);
	return rc;
}
