# For your own Makefile: measure two versions of a benchmark and compare them.
#
#	PROG = bench_parser
#	include $(shell pkg-config --variable=bench_mk benchkit)
#
#	make ver1		measure into ver1.txt, keep the program as ver1.bin
#	... change the code ...
#	make ver2		the same into ver2.txt and ver2.bin
#	make benchstat		what changed, and how sure it is
#	make gate GATE='sec/op>3%'	the same, and fail if it got worse
#	make ab			the same from the two kept programs, run side by
#				side: holds on a busy machine, too
#
# Set the variables in front of the include line, or on make's command line.
# If your Makefile has a rule that makes the program, it is brought up to date
# before it is measured.  Fails if a benchmark or the gate fails, with the
# program's own exit status in make's message.  Needs GNU make.

PROG ?=
PROG1 ?= $(PROG)
PROG2 ?= $(PROG)
BENCH ?= .
COUNT ?= 10
BENCHTIME ?= 1s
BENCHFLAGS ?=
BENCHSTAT ?= benchstat
BENCHSTATFLAGS ?=
GATE ?=
BENCHAB ?= benchab
BENCHABFLAGS ?=

# The default goal is the including Makefile's business.
benchkit_goal := $(.DEFAULT_GOAL)

# $(call benchkit_quote,TEXT): as one word of the shell.
benchkit_quote = '$(subst ','\'',$(1))'

# $(call benchkit_flags,FLAGS): with a blank behind them, if there are any.
benchkit_flags = $(if $(strip $(1)),$(1) )

# $(call benchkit_measure,VERSION,PROGRAM): a recipe of one shell.
#
# Two programs that measure at the same time disturb each other: the directory
# is locked, however many jobs make may start.  tee must not hide the exit
# status, and sh has no pipefail: the status takes a way of its own, past tee,
# through descriptor 3 into the variable.  On Ctrl-C the shells and tee stay
# until the program has written its last line.
define benchkit_measure
@exec 8<.; flock 8 2>/dev/null; \
trap : INT; \
cmp -s $(2) $(1).bin || cp -f $(2) $(1).bin || exit 2; \
set -- $(2) $(call benchkit_quote,-bench=$(BENCH)) '-count=$(COUNT)' \
	'-benchtime=$(BENCHTIME)' -benchmem $(BENCHFLAGS); \
printf "%s\n" "$$*"; \
exec 4>&1; \
status=$$(trap : INT; \
	{ { trap : INT; \
	    "$$@" 3>&- 4>&- 8<&- && echo 0 >&3 || echo $$? >&3; } | \
	  tee -i $(1).txt >&4 3>&-; } 3>&1) || exit 2; \
exit $$status
endef

# $(call benchkit_path,PROGRAM): as the shell must be told, not from PATH.
benchkit_path = $(if $(findstring /,$(1)),$(1),./$(1))

benchkit_program = $(if $(strip $($(2))),$(call benchkit_path,$(strip $($(2)))),$(error \
	$(1): which program? Say $(2)=./your_benchmark))

.PHONY: ver1 ver2 benchstat gate ab

ver1: $(PROG1)
	$(call benchkit_measure,ver1,$(call benchkit_program,ver1,PROG1))

ver2: $(PROG2)
	$(call benchkit_measure,ver2,$(call benchkit_program,ver2,PROG2))

benchstat:
	$(BENCHSTAT) $(call benchkit_flags,$(BENCHSTATFLAGS))ver1.txt ver2.txt

gate:
	$(BENCHSTAT) $(call benchkit_flags,$(BENCHSTATFLAGS))-gate $(call \
		benchkit_quote,$(if $(strip $(GATE)),$(GATE),$(error \
		gate: which rules? Say GATE='sec/op>3%'))) ver1.txt ver2.txt

# The directory is locked as it is for ver1 and ver2.
ab:
	@exec 8<.; flock 8 2>/dev/null; \
	set -- $(BENCHAB) $(call benchkit_quote,-bench=$(BENCH)) $(BENCHABFLAGS) \
		ver1.bin ver2.bin; \
	printf "%s\n" "$$*"; exec "$$@" 8<&-

# Named together, they run in this order.
ver2: | $(filter ver1,$(MAKECMDGOALS))
benchstat gate ab: | $(filter ver1 ver2,$(MAKECMDGOALS))

.DEFAULT_GOAL := $(benchkit_goal)
