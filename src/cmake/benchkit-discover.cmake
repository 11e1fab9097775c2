# benchkit_discover(TARGET [PREFIX TEXT] [FLAGS FLAG...]): each benchmark of TARGET
# becomes a smoke test, which runs it once:
#
#	enable_testing()
#	benchkit_discover(bench_sum)
#
# "ctest -L bench" runs them, "ctest -LE bench" leaves them out.  A test is called
# TEXT, by default "TARGET.", and the benchmark's name, and runs alone (RUN_SERIAL),
# for a benchmark may need the whole machine.  FLAGs go to each of them, behind
# -benchtime=1x.
#
# The program is asked for its benchmarks when ctest starts: the build does not
# run it.  One that has none, or cannot say, is a test that fails: TEXT-list=.
function(benchkit_discover target)
	cmake_parse_arguments(PARSE_ARGV 1 arg "" PREFIX FLAGS)
	if(arg_UNPARSED_ARGUMENTS)
		message(FATAL_ERROR
			"benchkit_discover: what is ${arg_UNPARSED_ARGUMENTS}?")
	endif()
	if(NOT TARGET ${target})
		message(FATAL_ERROR "benchkit_discover: no target ${target}")
	endif()
	if(NOT DEFINED arg_PREFIX)
		set(arg_PREFIX "${target}.")
	endif()
	set(flags)
	foreach(flag IN LISTS arg_FLAGS)
		string(REPLACE ";" "\\;" flag "${flag}")
		string(APPEND flags " [==[${flag}]==]")
	endforeach()
	set(emulator $<TARGET_PROPERTY:${target},CROSSCOMPILING_EMULATOR>)
	set(tests ${CMAKE_CURRENT_BINARY_DIR}/${target}-benchmarks)
	get_property(many GLOBAL PROPERTY GENERATOR_IS_MULTI_CONFIG)
	if(many)
		file(WRITE ${tests}.cmake
			"include([==[${tests}-]==]\${CTEST_CONFIGURATION_TYPE}.cmake OPTIONAL)\n")
		set(each ${tests}-$<CONFIG>.cmake)
	else()
		set(each ${tests}.cmake)
	endif()
	file(GENERATE OUTPUT ${each} CONTENT
"set(benchkit_program [==[$<TARGET_FILE:${target}>]==])
set(benchkit_emulator ${emulator})
set(benchkit_prefix [==[${arg_PREFIX}]==])
set(benchkit_flags -benchtime=1x${flags})
include([==[${CMAKE_CURRENT_FUNCTION_LIST_DIR}/benchkit-discover-tests.cmake]==])
")
	set_property(DIRECTORY APPEND PROPERTY TEST_INCLUDE_FILES ${tests}.cmake)
endfunction()
