/* Removing what a process left behind in the file system. */
#include "wire/tree.h"

#include <ftw.h>
#include <stdio.h>

/* Directories open at once while removing. */
#define OPEN_MOST 16

static int remove_one(const char *path, const struct stat *st, int kind,
		      struct FTW *place)
{
	(void)st;
	(void)kind;
	(void)place;
	return remove(path);
}

int bi_tree_remove(const char *path)
{
	return nftw(path, remove_one, OPEN_MOST, FTW_DEPTH | FTW_PHYS);
}
