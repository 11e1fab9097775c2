/* A stack of calls, as addresses. */
#include "profile/stack.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/uio.h>
#include <ucontext.h>
#include <unistd.h>

/* Frames above the interrupted one: bi_stack_of_signal(), who called that, the
 * handler, the kernel's trampoline, and some that sanitizers put between. */
enum { ABOVE = 16 };

/* A frame is no larger than this, or the pointer is not one. */
#define FRAME_MOST (UINT64_C(1) << 24)

typedef int backtrace_fn(void **buffer, int size);

/* NULL: frame pointers only. */
static _Atomic(backtrace_fn *) unwinder;

/* Libc's own, whatever else is called so: libunwind exports the name too, and
 * is not safe here, and sanitizers intercept it. */
static backtrace_fn *find_unwinder(void)
{
	void *libc = dlopen("libc.so.6", RTLD_NOW | RTLD_NOLOAD);
	backtrace_fn *found = NULL;

	if (libc == NULL)
		return NULL;
	/* From glibc 2.35 on; without it the tables are found under the
	 * loader's lock. */
	if (dlsym(libc, "_dl_find_object") != NULL ||
	    dlsym(RTLD_DEFAULT, "_dl_find_object") != NULL)
		found = (backtrace_fn *)dlsym(libc, "backtrace");
	dlclose(libc);
	return found;
}

void bi_stack_prepare(void)
{
	backtrace_fn *found;
	void *first[1];

	if (atomic_load(&unwinder) != NULL)
		return;
	found = find_unwinder();
	/* The first call loads libgcc_s. */
	if (found != NULL && found(first, 1) == 1)
		atomic_store(&unwinder, found);
}

/* ---- Frame pointers ---- */

struct registers {
	uintptr_t pc, sp, fp;
};

static struct registers registers_of(const ucontext_t *context)
{
	const mcontext_t *m = &context->uc_mcontext;

#if defined(__x86_64__)
	return (struct registers){(uintptr_t)m->gregs[REG_RIP],
				  (uintptr_t)m->gregs[REG_RSP],
				  (uintptr_t)m->gregs[REG_RBP]};
#elif defined(__aarch64__)
	return (struct registers){m->pc, m->sp, m->regs[29]};
#else
#error "profiles need x86-64 or aarch64"
#endif
}

/* What stands at a frame pointer. */
struct frame {
	uintptr_t next;
	uintptr_t pc;
};

/* By way of the kernel: a register that is no frame pointer may point anywhere,
 * and here is no place to crash. */
static bool read_frame(uintptr_t address, struct frame *out)
{
	struct iovec here = {out, sizeof(*out)};
	struct iovec there = {(void *)address, sizeof(*out)};

	return process_vm_readv(getpid(), &here, 1, &there, 1, 0) ==
	       (ssize_t)sizeof(*out);
}

static void walk(struct registers at, struct bi_stack *out)
{
	struct frame frame;

	out->walked = true;
	out->depth = 0;
	out->pc[out->depth++] = at.pc;
	while (out->depth < BI_STACK_MOST && at.fp >= at.sp &&
	       at.fp - at.sp < FRAME_MOST && at.fp % sizeof(void *) == 0 &&
	       read_frame(at.fp, &frame) && frame.pc != 0) {
		out->pc[out->depth++] = frame.pc - 1;
		at.sp = at.fp + sizeof(frame);
		at.fp = frame.next;
	}
}

/* ---- Unwind tables ---- */

/* FRAMES[FIRST] is the leaf; exact, or a return address. */
static void take(void *const *frames, size_t count, size_t first, bool exact,
		 struct bi_stack *out)
{
	size_t i;

	out->walked = false;
	out->depth = 0;
	for (i = first; i < count && out->depth < BI_STACK_MOST; i++) {
		uintptr_t pc = (uintptr_t)frames[i];

		/* The outermost frame may say 0. */
		if (pc == 0)
			break;
		out->pc[out->depth++] = i == first && exact ? pc : pc - 1;
	}
}

void bi_stack_of_signal(const void *context, struct bi_stack *out)
{
	struct registers at = registers_of(context);
	backtrace_fn *unwind = atomic_load(&unwinder);
	void *frames[ABOVE + BI_STACK_MOST];
	size_t count = 0, first;
	int saved = errno;

	if (unwind != NULL)
		count = (size_t)unwind(frames, ABOVE + BI_STACK_MOST);
	for (first = 0; first < count; first++)
		if ((uintptr_t)frames[first] == at.pc)
			break;
	/* Not there at all, or alone: no table for the interrupted code. */
	if (first + 1 < count)
		take(frames, count, first, true, out);
	else
		walk(at, out);
	errno = saved;
}

__attribute__((noinline)) void bi_stack_here(size_t skip, struct bi_stack *out)
{
	struct registers at = {(uintptr_t)__builtin_return_address(0) - 1,
			       (uintptr_t)__builtin_frame_address(0),
			       (uintptr_t)__builtin_frame_address(0)};
	backtrace_fn *unwind = atomic_load(&unwinder);
	void *frames[ABOVE + BI_STACK_MOST];
	size_t count = 0;
	int saved = errno;

	if (unwind != NULL)
		count = (size_t)unwind(frames, ABOVE + BI_STACK_MOST);
	if (count > skip + 2) {
		take(frames, count, skip + 1, false, out);
	} else {
		walk(at, out);
		/* This function's own frame comes first, and so its caller
		 * twice. */
		skip++;
		if (skip > out->depth)
			skip = out->depth;
		out->depth -= skip;
		memmove(out->pc, out->pc + skip,
			out->depth * sizeof(out->pc[0]));
	}
	errno = saved;
}

void bi_stack_from(const void *caller, struct bi_stack *out)
{
	size_t i = 0;

	bi_stack_here(0, out);
	while (i < out->depth && out->pc[i] != (uintptr_t)caller - 1)
		i++;
	/* Not there: better too many frames than none. */
	if (i == 0 || i == out->depth)
		return;
	i--;
	out->depth -= i;
	memmove(out->pc, out->pc + i, out->depth * sizeof(out->pc[0]));
}
