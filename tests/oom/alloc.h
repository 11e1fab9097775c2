/* Allocations that fail when a test wants them to.
 *
 * Tests in this folder are linked with --wrap for malloc and its kin, so that
 * what our code allocates passes through here. */
#ifndef TESTS_OOM_ALLOC_H
#define TESTS_OOM_ALLOC_H

/* From now on, let the NTH allocation (1 is the next) fail and all others
 * succeed; 0: let all succeed. */
void alloc_fail_nth(long nth);

/* Whether the chosen allocation was asked for, and failed. */
int alloc_failed(void);

/* Blocks that were allocated and not freed. */
long alloc_live(void);

#endif
