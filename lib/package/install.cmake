# Installs both libraries, the headers, the CMake package and ctfilter.pc. Nothing installed holds an
# absolute path: the package finds itself from where its files lie.
include(CMakePackageConfigHelpers)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/ctfilter)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/ctfilter TYPE INCLUDE FILES_MATCHING PATTERN "*.h")
foreach(name static shared)
  install(TARGETS ctfilter_${name} EXPORT ctfilter-${name})
  install(EXPORT ctfilter-${name} NAMESPACE ctfilter:: FILE ctfilter-${name}.cmake DESTINATION ${package_dir})
endforeach()

configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/ctfilter-config.cmake.in ctfilter-config.cmake
                              INSTALL_DESTINATION ${package_dir} NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file(ctfilter-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/ctfilter-config.cmake ${CMAKE_CURRENT_BINARY_DIR}/ctfilter-config-version.cmake
        DESTINATION ${package_dir})

file(RELATIVE_PATH pc_up /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
string(REGEX REPLACE "/$" "" pc_up ${pc_up})
if(CTFILTER_STREAM)
  set(pc_requires_private "Requires.private: yajl\n")
else()
  set(pc_requires_private "")
endif()
configure_file(${CMAKE_CURRENT_LIST_DIR}/ctfilter.pc.in ctfilter.pc @ONLY)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/ctfilter.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
