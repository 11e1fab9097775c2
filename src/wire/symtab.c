/* Addresses of another process as function names.  ELF as the System V gABI
 * lays it out, 64-bit files in this machine's byte order; anything else is an
 * address without a name. */
#include "wire/symtab.h"

#include <ctype.h>
#include <elf.h>
#include <fcntl.h>
#include <limits.h>
#include <link.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* One line of a memory map. */
struct mapping {
	uint64_t start;
	uint64_t end;
	uint64_t offset; /* of START in the file */
	char path[PATH_MAX];
};

struct image {
	const unsigned char *data;
	size_t size;
};

struct symbol {
	const char *name;
	uint64_t offset; /* of the address in it */
};

/* Take the hexadecimal number at *P, and the byte STOP behind it. */
static bool take_hex(const char **p, char stop, uint64_t *out)
{
	char *end;

	if (!isxdigit((unsigned char)**p))
		return false;
	*out = strtoull(*p, &end, 16);
	if (*end != stop)
		return false;
	*p = end + 1;
	return true;
}

/* "start-end perms offset dev inode   path".  The map is text that another
 * process wrote, and may have been ended in the middle of. */
static bool parse_mapping(const char *line, struct mapping *m)
{
	const char *stop = line + strcspn(line, "\n"), *path;
	size_t len;

	if (!take_hex(&line, '-', &m->start) || !take_hex(&line, ' ', &m->end))
		return false;
	line += strcspn(line, " \n");
	if (*line++ != ' ' || !take_hex(&line, ' ', &m->offset))
		return false;
	path = memchr(line, '/', (size_t)(stop - line));
	if (path == NULL)
		return false;
	len = (size_t)(stop - path);
	if (len >= sizeof(m->path))
		return false;
	memcpy(m->path, path, len);
	m->path[len] = '\0';
	return true;
}

static bool find_mapping(const char *maps, uint64_t pc, struct mapping *m)
{
	while (*maps != '\0') {
		const char *stop = strchr(maps, '\n');

		if (parse_mapping(maps, m) && pc >= m->start && pc < m->end)
			return true;
		if (stop == NULL)
			break;
		maps = stop + 1;
	}
	return false;
}

static bool open_image(const char *path, struct image *image)
{
	struct stat st;
	void *data = MAP_FAILED;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return false;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
	    st.st_size > (off_t)sizeof(ElfW(Ehdr)))
		data = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE,
			    fd, 0);
	close(fd);
	if (data == MAP_FAILED)
		return false;
	*image = (struct image){data, (size_t)st.st_size};
	return true;
}

/* COUNT entries of SIZE bytes at OFFSET, or NULL if the file has not got them;
 * its tables are aligned for the 8-byte fields they hold. */
static const void *at(const struct image *image, uint64_t offset, uint64_t size,
		      uint64_t count)
{
	if (offset > image->size || offset % sizeof(uint64_t) != 0 ||
	    count > (image->size - offset) / size)
		return NULL;
	return image->data + offset;
}

/* The address that byte OFFSET of the file is linked to run at. */
static bool linked_address(const struct image *image, const ElfW(Ehdr) *head,
			   uint64_t offset, uint64_t *address)
{
	const ElfW(Phdr) *segment =
		at(image, head->e_phoff, sizeof(*segment), head->e_phnum);
	int i;

	if (segment == NULL)
		return false;
	for (i = 0; i < head->e_phnum; i++) {
		if (segment[i].p_type == PT_LOAD &&
		    offset >= segment[i].p_offset &&
		    offset - segment[i].p_offset < segment[i].p_filesz) {
			*address = offset - segment[i].p_offset +
				   segment[i].p_vaddr;
			return true;
		}
	}
	return false;
}

static bool search_section(const struct image *image, const ElfW(Shdr) *symbols,
			   const ElfW(Shdr) *strings, uint64_t address,
			   struct symbol *found)
{
	uint64_t count = symbols->sh_size / sizeof(ElfW(Sym)), i;
	const ElfW(Sym) *symbol =
		at(image, symbols->sh_offset, sizeof(*symbol), count);
	const char *names;

	if (symbol == NULL || strings->sh_size == 0 ||
	    strings->sh_offset > image->size ||
	    strings->sh_size > image->size - strings->sh_offset)
		return false;
	names = (const char *)image->data + strings->sh_offset;
	if (names[strings->sh_size - 1] != '\0')
		return false;
	for (i = 0; i < count; i++) {
		if ((symbol[i].st_info & 0xf) == STT_FUNC &&
		    symbol[i].st_shndx != SHN_UNDEF &&
		    address >= symbol[i].st_value &&
		    address - symbol[i].st_value < symbol[i].st_size &&
		    symbol[i].st_name < strings->sh_size) {
			found->name = names + symbol[i].st_name;
			found->offset = address - symbol[i].st_value;
			return true;
		}
	}
	return false;
}

/* The full symbol table first: static functions are only there. */
static bool find_symbol(const struct image *image, uint64_t offset,
			struct symbol *found)
{
	static const ElfW(Word) types[] = {SHT_SYMTAB, SHT_DYNSYM};
	const ElfW(Ehdr) *head = (const void *)image->data;
	const ElfW(Shdr) *section;
	uint64_t address;
	size_t t;
	int i;

	if (memcmp(head->e_ident, ELFMAG, SELFMAG) != 0 ||
	    head->e_ident[EI_CLASS] != ELFCLASS64 ||
	    !linked_address(image, head, offset, &address))
		return false;
	section = at(image, head->e_shoff, sizeof(*section), head->e_shnum);
	if (section == NULL)
		return false;
	for (t = 0; t < sizeof(types) / sizeof(types[0]); t++) {
		for (i = 0; i < head->e_shnum; i++) {
			if (section[i].sh_type == types[t] &&
			    section[i].sh_link < head->e_shnum &&
			    search_section(image, &section[i],
					   &section[section[i].sh_link],
					   address, found))
				return true;
		}
	}
	return false;
}

int bi_symtab_describe(const char *maps, uint64_t pc, struct bi_buf *out)
{
	struct mapping m;
	struct image image = {NULL, 0};
	struct symbol symbol;
	uint64_t offset;
	int rc = 0;

	if (!find_mapping(maps, pc, &m))
		return bi_buf_addf(out, "0x%llx", (unsigned long long)pc);
	offset = pc - m.start + m.offset;
	if (open_image(m.path, &image) && find_symbol(&image, offset, &symbol))
		rc = bi_buf_addf(out, "%s+0x%llx ", symbol.name,
				 (unsigned long long)symbol.offset);
	if (rc == 0)
		rc = bi_buf_addf(out, "(%s+0x%llx)", m.path,
				 (unsigned long long)offset);
	if (image.data != NULL)
		munmap((void *)image.data, image.size);
	return rc;
}
