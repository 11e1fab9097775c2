/* One machine instruction of a loop: does it work, or only keep the loop
 * going?
 *
 * A loop whose body was removed, folded or moved out still counts, compares and
 * jumps, and puts a constant where bench_keep() asks for it.  These are the
 * instructions that compilers use for that; whatever else it is, is work. */
#include "harness/step.h"

#include <stdbool.h>
#include <string.h>

#define RSP 4
#define RBP 5

/* What a function's frame is at most, as far as we need it. */
#define FRAME_BYTES 65536

enum place { REGISTER, OWN, STACK, CONSTANT, ELSEWHERE };

struct insn {
	const struct bi_step_state *state;
	unsigned rex;
	bool repeated; /* F2 or F3 */
	unsigned op;
	bool two; /* OP stands behind a 0F */
	const unsigned char *modrm;
};

static unsigned reg_of(const struct insn *insn)
{
	return (*insn->modrm >> 3 & 7u) | (insn->rex & 4u) << 1;
}

static unsigned rm_of(const struct insn *insn)
{
	return (*insn->modrm & 7u) | (insn->rex & 1u) << 3;
}

static int64_t displacement(const unsigned char *at, unsigned mod)
{
	int32_t wide;

	if (mod == 1)
		return (int8_t)*at;
	if (mod == 0)
		return 0;
	memcpy(&wide, at, sizeof(wide));
	return wide;
}

/* Where the operand of MODRM is. */
static enum place place_of(const struct insn *insn)
{
	const struct bi_step_state *state = insn->state;
	const unsigned char *next = insn->modrm + 1;
	unsigned mod = *insn->modrm >> 6, base = *insn->modrm & 7u;
	uint64_t at;

	if (mod == 3)
		return REGISTER;
	if (mod == 0 && base == 5)
		return CONSTANT; /* relative to the instruction */
	if (base == 4) {
		unsigned sib = *next++;

		/* An index is the mark of an array. */
		if ((sib >> 3 & 7u) != 4 || (insn->rex & 2u) != 0 ||
		    (mod == 0 && (sib & 7u) == 5))
			return ELSEWHERE;
		base = sib & 7u;
	}
	base |= (insn->rex & 1u) << 3;
	at = state->reg[base] + (uint64_t)displacement(next, mod);
	if (at - state->own < state->own_size)
		return OWN;
	if ((base == RSP || base == RBP) &&
	    at - state->reg[RSP] + 128 < FRAME_BYTES)
		return STACK;
	return ELSEWHERE;
}

static unsigned load(enum place place, unsigned of_constant)
{
	switch (place) {
	case REGISTER:
	case OWN:
		return 0;
	case STACK:
		return BI_STEP_LOADS;
	case CONSTANT:
		return of_constant;
	case ELSEWHERE:
		break;
	}
	return BI_STEP_WORKS;
}

static unsigned store(enum place place)
{
	switch (place) {
	case REGISTER:
	case OWN:
		return 0;
	case CONSTANT: /* a volatile sink takes the same value every time */
		return BI_STEP_ADDS;
	case STACK:
		return BI_STEP_ADDS | BI_STEP_STORES;
	case ELSEWHERE:
		break;
	}
	return BI_STEP_WORKS;
}

/* add, sub and their like; the loop's own counter may be in memory. */
static unsigned arithmetic(const struct insn *insn)
{
	enum place place = place_of(insn);

	return place == REGISTER || place == OWN ? BI_STEP_ADDS : BI_STEP_WORKS;
}

static unsigned compare(const struct insn *insn)
{
	return load(place_of(insn), BI_STEP_WORKS);
}

/* Behind 0F: jumps, long no-ops, widening, moves of floating-point values. */
static unsigned classify_two(const struct insn *insn)
{
	if (insn->op >= 0x80 && insn->op <= 0x8f)
		return 0;
	switch (insn->op) {
	case 0x1e: /* endbr64, and other no-ops */
	case 0x1f:
		return 0;
	case 0xb6:
	case 0xb7:
	case 0xbe:
	case 0xbf:
		return load(place_of(insn), BI_STEP_WORKS);
	case 0x10:
	case 0x28:
	case 0x6f:
		return load(place_of(insn), 0);
	case 0x11:
	case 0x29:
	case 0x7f:
		return store(place_of(insn));
	case 0x57: /* a register exclusive-or itself is 0 */
	case 0xef:
		return place_of(insn) == REGISTER &&
				       reg_of(insn) == rm_of(insn)
			       ? 0
			       : BI_STEP_WORKS;
	}
	return BI_STEP_WORKS;
}

/* The eight groups of two-operand arithmetic, at OP & 7 below 4 with MODRM. */
static unsigned classify_group(const struct insn *insn)
{
	unsigned what = insn->op >> 3;

	if ((insn->op & 7) >= 4) /* with a constant, in rax */
		return what == 7 ? 0 : BI_STEP_ADDS;
	if (what == 7)
		return compare(insn);
	if (what == 6 && place_of(insn) == REGISTER &&
	    reg_of(insn) == rm_of(insn))
		return 0;
	/* Its memory may be a source here. */
	return arithmetic(insn);
}

static unsigned classify_one(const struct insn *insn)
{
	unsigned op = insn->op, which;

	if (op < 0x40 && (op & 7) < 6)
		return classify_group(insn);
	if ((op >= 0x70 && op <= 0x7f) || op == 0xe9 || op == 0xeb ||
	    (op >= 0xb8 && op <= 0xbf))
		return 0;
	switch (op) {
	case 0x90: /* F3 90 is pause: it waits */
		return insn->repeated ? BI_STEP_WORKS : 0;
	case 0x63:
	case 0x8b:
		return load(place_of(insn), BI_STEP_WORKS);
	case 0x89:
	case 0xc7:
		return store(place_of(insn));
	case 0x8d:
		return place_of(insn) == CONSTANT ? 0 : BI_STEP_ADDS;
	case 0x84:
	case 0x85:
		return compare(insn);
	case 0x81:
	case 0x83:
		which = *insn->modrm >> 3 & 7u;
		return which == 7 ? compare(insn) : arithmetic(insn);
	case 0xff:
		which = *insn->modrm >> 3 & 7u;
		return which < 2 ? arithmetic(insn) : BI_STEP_WORKS;
	}
	return BI_STEP_WORKS;
}

unsigned bi_step_classify(const unsigned char *code,
			  const struct bi_step_state *state)
{
	struct insn insn = {.state = state};

	for (;; code++) {
		if (*code == 0xf2 || *code == 0xf3)
			insn.repeated = true;
		else if (*code != 0x66 && *code != 0x2e)
			break;
	}
	if ((*code & 0xf0) == 0x40)
		insn.rex = *code++;
	insn.two = *code == 0x0f;
	if (insn.two)
		code++;
	insn.op = *code;
	insn.modrm = code + 1;
	return insn.two ? classify_two(&insn) : classify_one(&insn);
}
