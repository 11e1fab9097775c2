/* Removing what a process left behind in the file system. */
#ifndef BI_WIRE_TREE_H
#define BI_WIRE_TREE_H

/* Remove the directory at PATH and all below it, following no link.  0, or -1
 * with errno. */
int bi_tree_remove(const char *path);

#endif
