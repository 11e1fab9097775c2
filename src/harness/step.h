/* One machine instruction of a loop: does it work, or only keep the loop
 * going? */
#ifndef BI_HARNESS_STEP_H
#define BI_HARNESS_STEP_H

#include <stddef.h>
#include <stdint.h>

/* The registers by their numbers in an instruction: rax, rcx, rdx, rbx, rsp,
 * rbp, rsi, rdi, r8 to r15. */
struct bi_step_state {
	uint64_t reg[16];
	uint64_t own; /* memory that keeps the loop: a bench_b */
	size_t own_size;
};

/* What an instruction does, as bits; none: it moves a value from register to
 * register, loads a constant, compares or jumps. */
#define BI_STEP_ADDS 1u   /* takes a cycle: arithmetic, or a store */
#define BI_STEP_LOADS 2u  /* from the function's own stack */
#define BI_STEP_STORES 4u /* to it */
#define BI_STEP_WORKS 8u  /* anything else, and all that is not known */

/* The x86-64 instruction at CODE, about to be executed in STATE.  (Intel 64 and
 * IA-32 Architectures Software Developer's Manual, volume 2.)  Async-signal-
 * safe. */
unsigned bi_step_classify(const unsigned char *code,
			  const struct bi_step_state *state);

#endif
