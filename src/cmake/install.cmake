# What is installed, and how others find it: the CMake package, pkg-config's
# file, bench.mk.  All of it finds its neighbours from where it lies itself, so
# that the installed tree can be moved.
#
# Its components are the packages of package.cmake: library, dev, tools.

include(CMakePackageConfigHelpers)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/benchkit)
set(pkgconfig_dir ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

install(TARGETS benchkit_static benchkit_shared benchkit_fully_static
	benchkit_count benchkit_count_static
	EXPORT benchkit-targets
	ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT dev
	LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}
	COMPONENT library NAMELINK_COMPONENT dev)
set(left_out)
if(NOT BENCHKIT_PROFILE)
	set(left_out PATTERN profile*.h EXCLUDE)
elseif(NOT BENCHKIT_SERVE)
	set(left_out PATTERN profile_serve.h EXCLUDE)
endif()
install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/benchkit
	DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
	COMPONENT dev FILES_MATCHING PATTERN *.h
	${left_out})
install(FILES harness/benchkit.7 DESTINATION ${CMAKE_INSTALL_MANDIR}/man7
	COMPONENT dev)
install(FILES cmake/bench.mk DESTINATION ${CMAKE_INSTALL_DATADIR}/benchkit
	COMPONENT dev)

install(EXPORT benchkit-targets NAMESPACE benchkit::
	DESTINATION ${package_dir}
	COMPONENT dev)
configure_package_config_file(cmake/benchkit-config.cmake.in
	benchkit-config.cmake INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(
	${CMAKE_CURRENT_BINARY_DIR}/benchkit-config-version.cmake
	COMPATIBILITY SameMajorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/benchkit-config.cmake
	${CMAKE_CURRENT_BINARY_DIR}/benchkit-config-version.cmake
	cmake/benchkit-discover.cmake cmake/benchkit-discover-tests.cmake
	DESTINATION ${package_dir}
	COMPONENT dev)

# From pkg-config's file to the prefix, and back down.
foreach(kind INCLUDEDIR LIBDIR DATADIR)
	file(RELATIVE_PATH BENCHKIT_${kind} ${CMAKE_INSTALL_PREFIX}
		${CMAKE_INSTALL_FULL_${kind}})
endforeach()
file(RELATIVE_PATH BENCHKIT_UP
	${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig ${CMAKE_INSTALL_PREFIX})
string(REGEX REPLACE "/$" "" BENCHKIT_UP "${BENCHKIT_UP}")
string(JOIN " " BENCHKIT_WRAP_FLAGS ${benchkit_wrap_flags})
configure_file(cmake/benchkit.pc.in benchkit.pc @ONLY)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/benchkit.pc
	DESTINATION ${pkgconfig_dir}
	COMPONENT dev)

# A component of its own, because it brings libraries that the rest does not need.
if(BENCHKIT_PROFILE)
	install(TARGETS benchkit_profile_static benchkit_profile_shared
		EXPORT benchkit-profile-targets
		ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT dev
		LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}
		COMPONENT library NAMELINK_COMPONENT dev)
	install(EXPORT benchkit-profile-targets NAMESPACE benchkit::
		DESTINATION ${package_dir}
		COMPONENT dev)
	set(BENCHKIT_SERVE_LIBS)
	if(BENCHKIT_SERVE)
		set(BENCHKIT_SERVE_LIBS
			" -Wl,--push-state,--as-needed -lmicrohttpd -Wl,--pop-state")
	endif()
	configure_file(cmake/benchkit-profile.pc.in benchkit-profile.pc @ONLY)
	install(FILES ${CMAKE_CURRENT_BINARY_DIR}/benchkit-profile.pc
		DESTINATION ${pkgconfig_dir}
		COMPONENT dev)
endif()

if(BENCHKIT_PROGRAMS)
	file(GLOB manuals CONFIGURE_DEPENDS cli/*/*.1)
	set(programs benchstat benchab benchfilter)
	if(TARGET benchprof)
		list(APPEND programs benchprof)
	else()
		list(FILTER manuals EXCLUDE REGEX benchprof)
	endif()
	install(FILES ${manuals} DESTINATION ${CMAKE_INSTALL_MANDIR}/man1
		COMPONENT tools)
	install(FILES tab/benchstat.schema.json cli/benchab/benchab.schema.json
		DESTINATION ${CMAKE_INSTALL_DATADIR}/benchkit
		COMPONENT tools)
	# bash looks for a file with the command's name, zsh reads all of them.
	foreach(program IN LISTS programs)
		install(FILES cli/completion/benchkit.bash RENAME ${program}
			DESTINATION
			${CMAKE_INSTALL_DATADIR}/bash-completion/completions
			COMPONENT tools)
	endforeach()
	install(FILES cli/completion/_benchkit
		DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions
		COMPONENT tools)
	install(TARGETS ${programs}
		RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR}
		COMPONENT tools)
endif()
