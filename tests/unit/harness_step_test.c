/* src/harness/step.c: which instructions work. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "harness/step.h"

#define OWN 0x10000
#define STACK 0x7f0000000000
#define HEAP 0x20000

/* rbx and r12 point to what is our own, rsp and rbp into the stack, the others
 * somewhere. */
static void check(const char *text, unsigned want, const char *bytes)
{
	struct bi_step_state state = {.own = OWN, .own_size = 16};
	unsigned got;
	size_t i;

	for (i = 0; i < 16; i++)
		state.reg[i] = HEAP;
	state.reg[3] = OWN;
	state.reg[12] = OWN;
	state.reg[4] = STACK;
	state.reg[5] = STACK + 64;
	got = bi_step_classify((const unsigned char *)bytes, &state);
	if (got != want)
		fail_msg("%s is %u, want %u", text, got, want);
}

static void what_keeps_a_loop_going_is_no_work(void **state)
{
	(void)state;
	check("nop", 0, "\x90");
	check("nopw 0(rax,rax)", 0, "\x66\x0f\x1f\x44\x00\x00");
	check("jne", 0, "\x75\xf0");
	check("js near", 0, "\x0f\x88\x00\x00\x00\x00");
	check("jmp", 0, "\xeb\x00");
	check("mov $5, eax", 0, "\xb8\x05\x00\x00\x00");
	check("mov ecx, eax", 0, "\x89\xc8");
	check("xor eax, eax", 0, "\x31\xc0");
	check("cmp rdx, rax", 0, "\x48\x39\xd0");
	check("cmp rax, 8(rbx)", 0, "\x48\x39\x43\x08");
	check("test rax, rax", 0, "\x48\x85\xc0");
	check("mov (rbx), rax", 0, "\x48\x8b\x03");
	check("mov rax, (r12)", 0, "\x49\x89\x04\x24");
	check("movsd constant, xmm0", 0, "\xf2\x0f\x10\x05\x00\x00\x00\x00");
	check("pxor xmm0, xmm0", 0, "\x66\x0f\xef\xc0");
}

static void a_cycle_is_told_from_none(void **state)
{
	(void)state;
	check("add $1, rax", BI_STEP_ADDS, "\x48\x83\xc0\x01");
	check("sub $1, (rbx)", BI_STEP_ADDS, "\x48\x83\x2b\x01");
	check("lea -1(rax), rdx", BI_STEP_ADDS, "\x48\x8d\x50\xff");
	check("add ecx, eax", BI_STEP_ADDS, "\x01\xc8");
	check("xor ecx, eax", BI_STEP_ADDS, "\x31\xc8");
	check("inc ebp", BI_STEP_ADDS, "\xff\xc5");
	check("mov $84, sink", BI_STEP_ADDS,
	      "\xc7\x05\x00\x00\x00\x00\x54\x00\x00\x00");
	check("mov 8(rsp), rax", BI_STEP_LOADS, "\x48\x8b\x44\x24\x08");
	check("mov rax, -8(rbp)", BI_STEP_ADDS | BI_STEP_STORES,
	      "\x48\x89\x45\xf8");
}

static void all_else_works(void **state)
{
	(void)state;
	check("mov (rax), rax", BI_STEP_WORKS, "\x48\x8b\x00");
	check("mov rax, (rax)", BI_STEP_WORKS, "\x48\x89\x00");
	check("mov (rbx,rax,8), rcx", BI_STEP_WORKS, "\x48\x8b\x0c\xc3");
	check("mov 16(rbx), rax", BI_STEP_WORKS, "\x48\x8b\x43\x10");
	check("mov global, eax", BI_STEP_WORKS, "\x8b\x05\x00\x00\x00\x00");
	check("add $1, global", BI_STEP_WORKS,
	      "\x83\x05\x00\x00\x00\x00\x01");
	check("imul ecx, eax", BI_STEP_WORKS, "\x0f\xaf\xc1");
	check("div ecx", BI_STEP_WORKS, "\xf7\xf1");
	check("addsd xmm1, xmm0", BI_STEP_WORKS, "\xf2\x0f\x58\xc1");
	check("call", BI_STEP_WORKS, "\xe8\x00\x00\x00\x00");
	check("ret", BI_STEP_WORKS, "\xc3");
	check("syscall", BI_STEP_WORKS, "\x0f\x05");
	check("pause", BI_STEP_WORKS, "\xf3\x90");
	check("lock add", BI_STEP_WORKS, "\xf0\x83\x03\x01");
	check("rep stos", BI_STEP_WORKS, "\xf3\x48\xab");
	check("shl $3, eax", BI_STEP_WORKS, "\xc1\xe0\x03");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_keeps_a_loop_going_is_no_work),
		cmocka_unit_test(a_cycle_is_told_from_none),
		cmocka_unit_test(all_else_works),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
