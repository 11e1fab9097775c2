/* Values that the compiler must compute, and memory that it must write.
 *
 *	bench_keep(x)     x is computed: any scalar, pointer, struct or union,
 *	                  lvalue or rvalue; an array stands for its address.
 *	                  Costs no instruction for a value that is in a register;
 *	                  a struct is written to the stack.  Nothing else is
 *	                  forced to memory, but that clang takes it for a reader
 *	                  and writer of what others could see (globals, and what
 *	                  pointers from outside point to).
 *	bench_clobber()   every store before it is done: memory that anybody else
 *	                  could see is written, and read again after it.
 *
 * Both are safe in any thread and from C and C++.  A value must be kept where
 * it is made: keeping the sum after a loop lets the compiler compute the sum
 * without the loop. */
#ifndef BENCHKIT_KEEP_H
#define BENCHKIT_KEEP_H

#include <benchkit/version.h>

/* How a floating-point value of at most 8 bytes stays in its register. */
#if defined(__x86_64__)
#define BENCH_KEEP_REAL "x"
#elif defined(__aarch64__)
#define BENCH_KEEP_REAL "w"
#else
#define BENCH_KEEP_REAL "m"
#endif

#ifdef __cplusplus

#include <type_traits>

namespace benchkit_keep
{
struct in_register {};
struct in_real_register {};
struct in_memory {};

/* D is a decayed type: an array or a function is its address. */
template <typename D> struct place {
	typedef typename std::conditional<
		(std::is_integral<D>::value || std::is_enum<D>::value ||
		 std::is_pointer<D>::value) &&
			sizeof(D) <= sizeof(void *),
		in_register,
		typename std::conditional<std::is_floating_point<D>::value &&
						  sizeof(D) <= sizeof(double),
					  in_real_register,
					  in_memory>::type>::type type;
};

template <typename T>
__attribute__((always_inline)) inline void keep(const T &x, in_register)
{
	__asm__ volatile("" : : "r"(x));
}

template <typename T>
__attribute__((always_inline)) inline void keep(const T &x, in_real_register)
{
	__asm__ volatile("" : : BENCH_KEEP_REAL(x));
}

template <typename T>
__attribute__((always_inline)) inline void keep(const T &x, in_memory)
{
	__asm__ volatile("" : : "m"(x));
}
} // namespace benchkit_keep

template <typename T>
__attribute__((always_inline)) inline void bench_keep(const T &x)
{
	typedef typename std::decay<T>::type decayed;

	benchkit_keep::keep(x, typename benchkit_keep::place<decayed>::type());
}

#else

/* What __builtin_classify_type answers, from gcc's typeclass.h; clang agrees. */
#define BENCH_KEEP_IS_WORD(x)                                                  \
	(sizeof(x) <= sizeof(void *) &&                                        \
	 (__builtin_classify_type(x) == 1 /* integer */ ||                     \
	  __builtin_classify_type(x) == 2 /* char */ ||                        \
	  __builtin_classify_type(x) == 3 /* enum */ ||                        \
	  __builtin_classify_type(x) == 4 /* bool */ ||                        \
	  __builtin_classify_type(x) == 5 /* pointer */))
#define BENCH_KEEP_IS_REAL(x)                                                  \
	(sizeof(x) <= sizeof(double) &&                                        \
	 __builtin_classify_type(x) == 8 /* real */)

/* Variadic for the commas of a compound literal.  The unused branches must still
 * compile for any type, so that they hold a plain 0 where the value does not fit
 * them. */
#define bench_keep(...)                                                        \
	__extension__({                                                        \
		__typeof__(((void)0, (__VA_ARGS__))) bench_kept_ =             \
			(__VA_ARGS__);                                         \
		if (BENCH_KEEP_IS_WORD(bench_kept_))                           \
			__asm__ volatile(                                      \
				""                                             \
				:                                              \
				: "r"(__builtin_choose_expr(                   \
					BENCH_KEEP_IS_WORD(bench_kept_),       \
					bench_kept_, 0)));                     \
		else if (BENCH_KEEP_IS_REAL(bench_kept_))                      \
			__asm__ volatile(                                      \
				""                                             \
				:                                              \
				: BENCH_KEEP_REAL(__builtin_choose_expr(       \
					BENCH_KEEP_IS_REAL(bench_kept_),       \
					bench_kept_, 0.0)));                   \
		else                                                           \
			__asm__ volatile("" : : "m"(bench_kept_));             \
		(void)0;                                                       \
	})

#endif

#ifdef __cplusplus
#define BENCH_KEEP_INLINE inline
#else
#define BENCH_KEEP_INLINE static inline
#endif

__attribute__((always_inline)) BENCH_KEEP_INLINE void bench_clobber(void)
{
	__asm__ volatile("" : : : "memory");
}

#endif
