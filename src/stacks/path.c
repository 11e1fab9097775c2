/* Paths as a person would write them. */
#include "stacks/path.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

static bool is_part(const char *part, size_t len, const char *what)
{
	return len == strlen(what) && memcmp(part, what, len) == 0;
}

/* The length of PATH, of which LEN bytes from ROOT on are parts, without its
 * last part; LEN if that is ".." or there is none. */
static size_t without_last(const char *path, size_t root, size_t len)
{
	size_t start = len;

	while (start > root && path[start - 1] != '/')
		start--;
	if (start == len || is_part(path + start, len - start, ".."))
		return len;
	return start > root ? start - 1 : start;
}

void bi_path_clean(char *path)
{
	size_t root = path[0] == '/';
	size_t len = root;
	const char *next = path;

	if (path[0] == '\0')
		return;
	while (*next != '\0') {
		const char *part = next + strspn(next, "/");
		size_t size = strcspn(part, "/");

		next = part + size;
		if (size == 0 || is_part(part, size, "."))
			continue;
		if (is_part(part, size, "..")) {
			size_t shorter = without_last(path, root, len);

			if (shorter != len || root == 1) {
				len = shorter;
				continue;
			}
		}
		if (len > root)
			path[len++] = '/';
		memmove(path + len, part, size);
		len += size;
	}
	if (len == 0)
		path[len++] = '.';
	path[len] = '\0';
}
