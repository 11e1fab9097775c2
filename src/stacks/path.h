/* Paths as a person would write them. */
#ifndef BI_STACKS_PATH_H
#define BI_STACKS_PATH_H

/* Make PATH, in place, the shortest that means the same: no empty or "." part,
 * no ".." behind a name.  "" stays; what comes to nothing is ".". */
void bi_path_clean(char *path);

#endif
