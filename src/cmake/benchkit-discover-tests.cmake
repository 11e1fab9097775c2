# Read by ctest, for benchkit_discover(): a test for each benchmark of
# benchkit_program, which benchkit_emulator runs, if there is one.  Their names
# begin with benchkit_prefix; they get benchkit_flags.
#
# A name may hold what divides lists or is special in patterns: no lists here, and
# no argument without quotes.

# benchkit_add(NAME ARGUMENT): a test that runs the program with ARGUMENT.
function(benchkit_add name argument)
	add_test("${benchkit_prefix}${name}" ${benchkit_emulator}
		"${benchkit_program}" "${argument}" ${benchkit_flags})
	set_tests_properties("${benchkit_prefix}${name}" PROPERTIES
		RUN_SERIAL TRUE LABELS bench)
endfunction()

set(benchkit_status "not built")
set(benchkit_names "")
if(EXISTS "${benchkit_program}")
	execute_process(
		COMMAND ${benchkit_emulator} "${benchkit_program}" -list=.
		RESULT_VARIABLE benchkit_status OUTPUT_VARIABLE benchkit_names
		ERROR_QUIET TIMEOUT 60)
endif()
if(NOT benchkit_status STREQUAL 0)
	set(benchkit_names "")
	benchkit_add("-list=." -list=.)
elseif(benchkit_names STREQUAL "")
	# Listing nothing is no failure; running nothing is one.
	benchkit_add("-list=." -bench=.)
endif()

while(NOT benchkit_names STREQUAL "")
	string(FIND "${benchkit_names}" "\n" benchkit_end)
	string(SUBSTRING "${benchkit_names}" 0 ${benchkit_end} benchkit_name)
	math(EXPR benchkit_end "${benchkit_end} + 1")
	string(SUBSTRING "${benchkit_names}" ${benchkit_end} -1 benchkit_names)
	# This name and no other: '/' divides patterns as it divides names.
	string(REGEX REPLACE "([][(){}.*+?^$|\\])" "\\\\\\1" benchkit_pattern
		"${benchkit_name}")
	string(REPLACE "/" "$/^" benchkit_pattern "${benchkit_pattern}")
	benchkit_add("${benchkit_name}" "-bench=^${benchkit_pattern}$")
endwhile()
