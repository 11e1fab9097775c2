/* What a dying worker can still say.  The handler allocates nothing, takes no
 * lock and calls only what is safe in a handler; glibc's backtrace() is, once
 * it has loaded its unwinder (it reads unwind tables through the lock-free
 * _dl_find_object where glibc has it). */
#include "wire/lastwords.h"

#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <ucontext.h>
#include <unistd.h>

#include "base/error.h"
#include "wire/process.h"
#include "wire/symtab.h"

#define MOST_FRAMES 48

/* backtrace() in a handler needs about 10 KiB, a deep unwinder more. */
#define STACK_BYTES 65536

/* What the pipe carries: this, then /proc/self/maps, then a NUL. */
struct words {
	int32_t signo;
	uint32_t frame_count;
	uint64_t has_address;
	uint64_t address; /* that could not be accessed */
	uint64_t frames[MOST_FRAMES];
};

/* The one state of a handler that has no argument. */
static struct {
	int fd;
	char stack[STACK_BYTES];
} self;

extern void __asan_init(void) __attribute__((weak));
extern void __tsan_init(void) __attribute__((weak));
extern void __msan_init(void) __attribute__((weak));

static void write_all(const void *data, size_t len)
{
	const char *p = data;

	while (len > 0) {
		ssize_t n = write(self.fd, p, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return;
		p += n;
		len -= (size_t)n;
	}
}

static void write_maps(void)
{
	char chunk[4096];
	ssize_t n;
	int fd = open("/proc/self/maps", O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return;
	while ((n = read(fd, chunk, sizeof(chunk))) > 0)
		write_all(chunk, (size_t)n);
	close(fd);
}

static uint64_t interrupted_pc(const void *context)
{
	const ucontext_t *uc = context;

#if defined(__x86_64__)
	return (uint64_t)uc->uc_mcontext.gregs[REG_RIP];
#elif defined(__aarch64__)
	return uc->uc_mcontext.pc;
#else
	(void)uc;
	return 0;
#endif
}

static void handle(int signo, siginfo_t *info, void *context)
{
	struct words words = {.signo = signo};
	void *frames[MOST_FRAMES];
	int count = backtrace(frames, MOST_FRAMES), first = 0, i;
	uint64_t pc = interrupted_pc(context);
	int saved = errno;

	/* Leave out the handler's own frames. */
	for (i = 0; i < count; i++) {
		if ((uint64_t)(uintptr_t)frames[i] == pc)
			first = i;
	}
	for (i = first; i < count; i++)
		words.frames[words.frame_count++] =
			(uint64_t)(uintptr_t)frames[i];
	/* A signal that somebody sent has none. */
	if ((signo == SIGSEGV || signo == SIGBUS) && info->si_code > 0) {
		words.has_address = 1;
		words.address = (uint64_t)(uintptr_t)info->si_addr;
	}
	write_all(&words, sizeof(words));
	write_maps();
	write_all("", 1);
	errno = saved;
	/* When asked, go on hanging: the supervisor ends us. */
	if (signo != BI_LASTWORDS_ASK) {
		signal(signo, SIG_DFL);
		raise(signo);
	}
}

void bi_lastwords_install(int fd)
{
	static const int fatal[] = {SIGSEGV, SIGBUS,  SIGFPE,
				    SIGILL,  SIGABRT, SIGSYS,
				    SIGTRAP, BI_LASTWORDS_ASK};
	struct sigaction action = {0};
	stack_t stack = {0};
	void *frame;
	size_t i;

	if (__asan_init != NULL || __tsan_init != NULL || __msan_init != NULL)
		return;
	self.fd = fd;
	/* The first call loads the unwinder, which allocates. */
	backtrace(&frame, 1);
	stack.ss_sp = self.stack;
	stack.ss_size = sizeof(self.stack);
	sigaltstack(&stack, NULL);
	action.sa_sigaction = handle;
	action.sa_flags = (int)(SA_SIGINFO | SA_ONSTACK | SA_RESETHAND);
	for (i = 0; i < sizeof(fatal) / sizeof(fatal[0]); i++)
		sigaction(fatal[i], &action, NULL);
}

bool bi_lastwords_complete(const struct bi_buf *bytes)
{
	return bytes->len > sizeof(struct words) &&
	       bytes->data[bytes->len - 1] == '\0';
}

static int format_signal(const struct words *words, const char *indent,
			 struct bi_buf *out)
{
	int rc;

	if (words->signo == BI_LASTWORDS_ASK)
		return 0;
	rc = bi_buf_adds(out, indent);
	if (rc == 0)
		rc = bi_process_signal_name(out, words->signo);
	if (rc == 0 && words->has_address)
		rc = bi_buf_addf(out, " at address 0x%llx",
				 (unsigned long long)words->address);
	return rc < 0 ? rc : bi_buf_addc(out, '\n');
}

/* DESCRIPTION is "NAME+0x12 ...", or that of a copy that the compiler made of
 * the function, "NAME.constprop.0+0x12 ...". */
static bool is_function(const char *description, const char *name)
{
	size_t len = strlen(name);

	return strncmp(description, name, len) == 0 &&
	       (description[len] == '+' || description[len] == '.');
}

/* The frames up to UNTIL: below it stands what every benchmark has. */
static int format_frames(const struct words *words, const char *maps,
			 const char *indent, const char *until,
			 struct bi_buf *out)
{
	uint32_t i;
	int rc = 0;

	for (i = 0; rc == 0 && i < words->frame_count; i++) {
		/* All but the interrupted one are return addresses: the call
		 * stands before them. */
		uint64_t pc = words->frames[i] - (i > 0);
		size_t line = out->len, name;

		rc = bi_buf_addf(out, "%s    ", indent);
		name = out->len;
		if (rc == 0)
			rc = bi_symtab_describe(maps, pc, out);
		if (rc == 0 && is_function(out->data + name, until)) {
			out->len = line;
			out->data[line] = '\0';
			break;
		}
		if (rc == 0)
			rc = bi_buf_addc(out, '\n');
	}
	return rc;
}

int bi_lastwords_format(const struct bi_buf *bytes, const char *indent,
			const char *until, struct bi_buf *out)
{
	struct words words;
	int rc;

	if (bytes->len < sizeof(words))
		return 0;
	memcpy(&words, bytes->data, sizeof(words));
	if (words.frame_count > MOST_FRAMES)
		return 0;
	rc = format_signal(&words, indent, out);
	if (rc == 0)
		rc = format_frames(&words, bytes->data + sizeof(words), indent,
				   until, out);
	return rc < 0 ? rc : 1;
}
