# cmake -DCOUNTED=PROGRAM -DPLAIN=PROGRAM -DSTATIC=PROGRAM -DLESS=BYTES
#	-DWANT=COUNTS -DLOGS=PREFIX -DVALGRIND=PATH -P compare.cmake
#
# Fails unless COUNTED counts of itself what valgrind counts of PLAIN, or WANT if
# that is given, and STATIC, if that is given, the same within main(), but for LESS
# bytes.

if(NOT VALGRIND AND NOT WANT)
	message("skipped: there is no valgrind")
	return()
endif()

# counts(TOTAL OWN PROGRAM): what PROGRAM counts in all and within main(), as
# valgrind words it.
function(counts total own program)
	execute_process(COMMAND ${program}
		OUTPUT_VARIABLE text RESULT_VARIABLE rc)
	set(n "([0-9]+)")
	if(NOT rc EQUAL 0 OR
	   NOT text MATCHES "^[0-9]+ ${n} ${n} ${n} ${n} ${n} ${n}\n$")
		message(FATAL_ERROR "${program}: ${rc}, '${text}'")
	endif()
	set(${total} "${CMAKE_MATCH_1} allocs, ${CMAKE_MATCH_2} frees, \
${CMAKE_MATCH_3} bytes" PARENT_SCOPE)
	if(program STREQUAL "${STATIC}" AND LESS)
		math(EXPR CMAKE_MATCH_6 "${CMAKE_MATCH_6} + ${LESS}")
	endif()
	set(${own} "${CMAKE_MATCH_4} allocs, ${CMAKE_MATCH_5} frees, \
${CMAKE_MATCH_6} bytes" PARENT_SCOPE)
endfunction()

# ask_valgrind(OUT PROGRAM): its counts of PROGRAM.
function(ask_valgrind out program)
	file(GLOB logs ${LOGS}.*)
	if(logs)
		file(REMOVE ${logs})
	endif()
	# What libc and libstdc++ free at exit, for valgrind's sake, nobody else
	# sees.  What it knows beside counting only takes time.
	execute_process(
		COMMAND ${VALGRIND} --run-libc-freeres=no
			--run-cxx-freeres=no --undef-value-errors=no
			--num-callers=1 --read-inline-info=no
			--log-file=${LOGS}.%p ${program}
		OUTPUT_VARIABLE text RESULT_VARIABLE rc)
	if(NOT rc EQUAL 0 OR NOT text MATCHES "^([0-9]+) - - - - - -\n$")
		message(FATAL_ERROR "${program}: ${rc}, '${text}'")
	endif()
	file(STRINGS ${LOGS}.${CMAKE_MATCH_1} usage REGEX "total heap usage: ")
	string(REGEX REPLACE ".*total heap usage: (.*) allocated$" "\\1" usage
		"${usage}")
	string(REGEX REPLACE "([0-9]),([0-9])" "\\1\\2" usage "${usage}")
	set(${out} "${usage}" PARENT_SCOPE)
endfunction()

counts(have own ${COUNTED})
if(have MATCHES "^0 ")
	message(FATAL_ERROR "${COUNTED} allocates nothing")
endif()
if(WANT)
	set(want "${WANT}")
else()
	ask_valgrind(want ${PLAIN})
endif()
if(NOT have MATCHES "^${want}")
	message(FATAL_ERROR "counted ${have}; wanted ${want}")
endif()
set(static "not compared")
if(STATIC)
	counts(ignored static ${STATIC})
	if(NOT static STREQUAL own)
		message(FATAL_ERROR "static ${static}; dynamic ${own}")
	endif()
endif()
message("${have} (in main: ${own}; static: ${static})")
