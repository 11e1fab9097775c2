# libbenchkit-count, also for static programs, and libbenchkit, static and shared,
# from the stages known so far.
#
#	benchkit::static	libbenchkit.a
#	benchkit::shared	libbenchkit.so.0
#	benchkit::benchkit	the shared one if the project that asks says
#				BUILD_SHARED_LIBS, else the static one
#	benchkit::count		libbenchkit-count.a, which each of them brings
#	benchkit::fully_static	for a program without any shared library: the
#				static one, libbenchkit-count-static.a in place
#				of the above, and the linker flags it needs
#
# Static is the default because a measured program is kept and run again: what
# it measures with must not change under it.

# benchkit_counter(NAME SOURCE...): libbenchkit-NAME.a.
function(benchkit_counter name)
	string(REPLACE - _ short ${name})
	set(target benchkit_${short})
	add_library(${target} STATIC ${ARGN})
	add_library(benchkit::${short} ALIAS ${target})
	set_target_properties(${target} PROPERTIES
		OUTPUT_NAME benchkit-${name} EXPORT_NAME ${short})
	benchkit_compile(${target} UNSANITIZED)
	# No builtin: the compiler must not take our malloc for the malloc it
	# knows.  One section: --gc-sections keeps all of the family or nothing.
	target_compile_options(${target} PRIVATE
		-fno-builtin -fno-lto -fno-function-sections)
	target_compile_definitions(${target} PRIVATE BENCH_NO_COUNTER)
	target_link_libraries(${target} PUBLIC Threads::Threads)
	if(NOT BENCHKIT_TOP_LEVEL)
		set_target_properties(${target} PROPERTIES EXCLUDE_FROM_ALL ON)
	endif()
endfunction()

benchkit_counter(count ${count_sources})
target_link_libraries(benchkit_count PUBLIC ${CMAKE_DL_LIBS})
benchkit_counter(count-static ${count_static_sources})

# What makes the linker lead all calls of the family to libbenchkit-count-static,
# and take that family in place of libbenchkit-count's.
set(benchkit_wrap_flags)
foreach(name malloc calloc realloc reallocarray free memalign aligned_alloc
		posix_memalign valloc pvalloc bi_interpose_watch
		bi_interpose_tap)
	list(APPEND benchkit_wrap_flags -Wl,--wrap=${name})
endforeach()

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

# Not by way of benchkit_static, which would bring benchkit_count.
add_library(benchkit_fully_static INTERFACE)
add_library(benchkit::fully_static ALIAS benchkit_fully_static)
set_target_properties(benchkit_fully_static PROPERTIES EXPORT_NAME fully_static)
target_compile_features(benchkit_fully_static INTERFACE c_std_11)
target_include_directories(benchkit_fully_static INTERFACE
	$<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>
	$<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
target_link_options(benchkit_fully_static INTERFACE
	-static ${benchkit_wrap_flags})
target_link_libraries(benchkit_fully_static INTERFACE
	$<TARGET_FILE:benchkit::static> benchkit_count_static m)
add_dependencies(benchkit_fully_static benchkit_static)
