# libbenchkit-count, and libbenchkit, static and shared, from the stages known so
# far.
#
#	benchkit::static	libbenchkit.a
#	benchkit::shared	libbenchkit.so.0
#	benchkit::benchkit	the shared one if the project that asks says
#				BUILD_SHARED_LIBS, else the static one
#	benchkit::count		libbenchkit-count.a, which each of them brings
#
# Static is the default because a measured program is kept and run again: what
# it measures with must not change under it.

add_library(benchkit_count STATIC ${count_sources})
add_library(benchkit::count ALIAS benchkit_count)
set_target_properties(benchkit_count PROPERTIES
	OUTPUT_NAME benchkit-count EXPORT_NAME count)
benchkit_compile(benchkit_count UNSANITIZED)
# No builtin: the compiler must not take our malloc for the malloc it knows.
# One section: --gc-sections keeps all of the family or nothing.
target_compile_options(benchkit_count PRIVATE
	-fno-builtin -fno-lto -fno-function-sections)
target_compile_definitions(benchkit_count PRIVATE BENCH_NO_COUNTER)
target_link_libraries(benchkit_count PUBLIC Threads::Threads ${CMAKE_DL_LIBS})

# benchkit_library(TYPE): the target benchkit_TYPE, to others benchkit::TYPE.
function(benchkit_library type)
	string(TOUPPER ${type} kind)
	set(target benchkit_${type})
	add_library(${target} ${kind})
	add_library(benchkit::${type} ALIAS ${target})
	benchkit_compile(${target})
	benchkit_add_stages(${target})
	set_target_properties(${target} PROPERTIES
		OUTPUT_NAME benchkit EXPORT_NAME ${type} LINKER_LANGUAGE C
		VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR})
	target_compile_features(${target} INTERFACE c_std_11)
	target_include_directories(${target} INTERFACE
		$<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>
		$<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
	target_link_libraries(${target}
		PUBLIC Threads::Threads m INTERFACE benchkit_count)
	if(NOT BENCHKIT_TOP_LEVEL)
		set_target_properties(${target} PROPERTIES EXCLUDE_FROM_ALL ON)
	endif()
endfunction()

benchkit_library(static)
benchkit_library(shared)
if(BUILD_SHARED_LIBS)
	add_library(benchkit::benchkit ALIAS benchkit_shared)
else()
	add_library(benchkit::benchkit ALIAS benchkit_static)
endif()
