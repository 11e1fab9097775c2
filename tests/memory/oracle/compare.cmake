# cmake -DCOUNTED=PROGRAM -DPLAIN=PROGRAM -DLOGS=PREFIX -DVALGRIND=PATH
#	-P compare.cmake
#
# Fails unless COUNTED counts of itself what valgrind counts of PLAIN.

if(NOT VALGRIND)
	message("skipped: there is no valgrind")
	return()
endif()

execute_process(COMMAND ${COUNTED} OUTPUT_VARIABLE counted RESULT_VARIABLE rc)
if(NOT rc EQUAL 0 OR NOT counted MATCHES "^[0-9]+ ([0-9]+) ([0-9]+) ([0-9]+)\n$")
	message(FATAL_ERROR "${COUNTED}: ${rc}, '${counted}'")
endif()
set(have "${CMAKE_MATCH_1} allocs, ${CMAKE_MATCH_2} frees, ${CMAKE_MATCH_3} bytes")
if(have MATCHES "^0 ")
	message(FATAL_ERROR "${COUNTED} allocates nothing")
endif()

# What libc and libstdc++ free at exit, for valgrind's sake, nobody else sees.
file(GLOB logs ${LOGS}.*)
if(logs)
	file(REMOVE ${logs})
endif()
execute_process(
	COMMAND ${VALGRIND} --run-libc-freeres=no --run-cxx-freeres=no
		--log-file=${LOGS}.%p ${PLAIN}
	OUTPUT_VARIABLE plain RESULT_VARIABLE rc)
if(NOT rc EQUAL 0 OR NOT plain MATCHES "^([0-9]+) - - -\n$")
	message(FATAL_ERROR "${PLAIN}: ${rc}, '${plain}'")
endif()
file(STRINGS ${LOGS}.${CMAKE_MATCH_1} usage REGEX "total heap usage: ")
string(REGEX REPLACE ".*total heap usage: (.*) allocated$" "\\1" want "${usage}")
string(REGEX REPLACE "([0-9]),([0-9])" "\\1\\2" want "${want}")

if(NOT have STREQUAL want)
	message(FATAL_ERROR "counted ${have}; valgrind ${want}")
endif()
message("${have}")
