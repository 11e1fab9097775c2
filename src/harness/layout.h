/* Where this process's memory lies, when its parent chose. */
#ifndef BI_HARNESS_LAYOUT_H
#define BI_HARNESS_LAYOUT_H

/* The layout is set before main, and before most other constructors; this takes
 * it out of the environment. */
void bi_layout_forget(void);

#endif
