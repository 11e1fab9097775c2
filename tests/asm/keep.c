/* What bench_keep and bench_clobber do to the generated code.  check.sh compiles
 * this file and reads the rules that stand above each function:
 *
 *	// NAME WHERE has PATTERN    an instruction of NAME matches
 *	// NAME WHERE not PATTERN    none does
 *	// NAME WHERE two PATTERN    two do
 *
 * WHERE is any, x86_64, aarch64, gcc or clang; PATTERN is an extended regular
 * expression, matched against the instruction with blanks squeezed.  LOAD, STORE
 * and FRAME (the stack) stand for patterns that depend on the architecture.
 *
 * With VARIANT_NOTHING the two are no-ops, with VARIANT_MEMORY they force all
 * they see to memory: check.sh demands that every rule fails under one. */
#include <benchkit/keep.h>

#if defined(VARIANT_NOTHING)
#undef bench_keep
#define bench_keep(x)	((void)(x))
#define bench_clobber() ((void)0)
#define drop(x)		((void)(x))
#elif defined(VARIANT_MEMORY)
/* Its address given away, with all else that may be known by then. */
#define escape(p)	__asm__ volatile("" : : "r"(p) : "memory")
#undef bench_keep
#define bench_keep(x)                                                          \
	__extension__({                                                        \
		volatile __typeof__(((void)0, (x))) in_memory_ = (x);          \
		escape(&in_memory_);                                           \
	})
#define drop(x) bench_keep(x)
#else
#define drop(x) ((void)(x))
#endif

#ifdef __cplusplus
extern "C" {
#endif

struct triple {
	long a, b, c;
};

void integer(int a, int b);
void integer_lvalue(int a, int b);
void narrow(signed char a, signed char b);
void wide(long a, long b);
void pointer(const char *p);
void real(double a, double b);
void single(float a, float b);
void structure(long a, long b);
void not_kept(long a, long b);
void loop(long n, long a);
void others_stay_dead(int *p, int value);
void others_stay_local(long a, long b);
void others_stay_in_registers(const long *p, long n, long *out);
void clobber_writes(int *p);
void clobber_reads_again(const int *p, int *out);

// integer x86_64 has imul
// integer aarch64 has mul
// integer any not STORE
// integer any not FRAME
void integer(int a, int b)
{
	bench_keep(a * b);
}

// integer_lvalue x86_64 has imul
// integer_lvalue aarch64 has mul
// integer_lvalue any not STORE
// integer_lvalue any not FRAME
void integer_lvalue(int a, int b)
{
	int product = a * b;

	bench_keep(product);
}

// narrow any has (add|lea)
// narrow any not STORE
// narrow any not FRAME
void narrow(signed char a, signed char b)
{
	bench_keep((signed char)(a + b));
}

// wide x86_64 has imul
// wide aarch64 has mul
// wide any not STORE
// wide any not FRAME
void wide(long a, long b)
{
	bench_keep(a * b);
}

// pointer any has (add|lea)
// pointer any not STORE
// pointer any not FRAME
void pointer(const char *p)
{
	bench_keep(p + 3);
}

// real x86_64 has mulsd
// real aarch64 has fmul
// real x86_64 not mov
// real aarch64 not (mov|str)
// real any not FRAME
void real(double a, double b)
{
	bench_keep(a * b);
}

// single x86_64 has mulss
// single aarch64 has fmul
// single x86_64 not mov
// single aarch64 not (mov|str)
// single any not FRAME
void single(float a, float b)
{
	bench_keep(a * b);
}

/* A struct is written: there is no register that holds it. */
// structure x86_64 has imul
// structure aarch64 has mul
// structure any has STORE
void structure(long a, long b)
{
	struct triple triple = {a, b, a * b};

	bench_keep(triple);
}

/* Why bench_keep is needed: the compiler drops what nobody uses. */
// not_kept x86_64 not imul
// not_kept aarch64 not mul
void not_kept(long a, long b)
{
	drop(a * b);
}

/* Kept in every iteration: the loop is not replaced by its result. */
// loop x86_64 has ^j[a-z]+
// loop aarch64 has ^(b\.|cb|tb)
// loop any not STORE
// loop any not FRAME
void loop(long n, long a)
{
	for (long i = 0; i < n; i++)
		bench_keep(a);
}

/* A store that the next one covers is dead; keeping another value does not
 * revive it.  Not so with clang, to which any volatile asm may read what the
 * caller can see. */
// others_stay_dead gcc not 1111
void others_stay_dead(int *p, int value)
{
	*p = 1111;
	bench_keep(value);
	*p = 2222;
}

/* An array that lives in registers stays there. */
// others_stay_local any not STORE
// others_stay_local any not FRAME
void others_stay_local(long a, long b)
{
	long t[4] = {a, b, a ^ b, a & b};

	bench_keep(t[1] + t[2]);
}

/* A running sum is not written back in each iteration. */
// others_stay_in_registers any not FRAME
void others_stay_in_registers(const long *p, long n, long *out)
{
	long sum = 0;

	for (long i = 0; i < n; i++) {
		sum += p[i];
		bench_keep(sum);
	}
	*out = sum;
}

// clobber_writes any two STORE
void clobber_writes(int *p)
{
	*p = 1111;
	bench_clobber();
	*p = 2222;
}

// clobber_reads_again any two LOAD
void clobber_reads_again(const int *p, int *out)
{
	int first = *p;

	bench_clobber();
	*out = first ^ *p;
}

#ifdef __cplusplus
}
#endif
