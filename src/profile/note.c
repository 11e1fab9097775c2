/* One line on standard error. */
#include "profile/note.h"

#include <stdarg.h>
#include <unistd.h>

#include "base/buf.h"

void bi_note(const char *fmt, ...)
{
	struct bi_buf line = BI_BUF_INIT;
	va_list ap;

	va_start(ap, fmt);
	if (bi_buf_adds(&line, "benchkit: ") == 0 &&
	    bi_buf_vaddf(&line, fmt, ap) == 0 && bi_buf_addc(&line, '\n') == 0 &&
	    write(STDERR_FILENO, line.data, line.len) < 0) {
		/* There is nobody to tell. */
	}
	va_end(ap);
	bi_buf_release(&line);
}
