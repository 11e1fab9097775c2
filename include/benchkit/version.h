/* benchkit's version, and the compiler attributes its headers use. */
#ifndef BENCHKIT_VERSION_H
#define BENCHKIT_VERSION_H

#define BENCH_VERSION_MAJOR 0
#define BENCH_VERSION_MINOR 1
#define BENCH_VERSION_PATCH 0
#define BENCH_VERSION "0.1.0"

#if !defined(__GNUC__)
#error "benchkit needs gcc or clang"
#endif

/* Is this file compiled with a sanitizer that brings a malloc of its own? */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_HWADDRESS__) ||        \
	defined(__SANITIZE_THREAD__)
#define BENCH_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(hwaddress_sanitizer) ||  \
	__has_feature(memory_sanitizer) || __has_feature(thread_sanitizer)
#define BENCH_SANITIZED 1
#endif
#endif
#ifndef BENCH_SANITIZED
#define BENCH_SANITIZED 0
#endif

/* Of these, the thread sanitizer? */
#if defined(__SANITIZE_THREAD__)
#define BENCH_THREAD_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define BENCH_THREAD_SANITIZED 1
#endif
#endif
#ifndef BENCH_THREAD_SANITIZED
#define BENCH_THREAD_SANITIZED 0
#endif

/* Exported from the shared library. */
#define BENCH_API __attribute__((visibility("default")))

/* Argument FMT is a printf format for the arguments from FIRST on. */
#define BENCH_PRINTF(fmt, first) __attribute__((format(printf, fmt, first)))

/* May stay unused. */
#define BENCH_UNUSED __attribute__((unused))

/* Does not return to its caller. */
#define BENCH_NORETURN __attribute__((noreturn))

/* Almost always true; almost never. */
#define BENCH_LIKELY(x) __builtin_expect(!!(x), 1)
#define BENCH_UNLIKELY(x) __builtin_expect(!!(x), 0)

#endif
