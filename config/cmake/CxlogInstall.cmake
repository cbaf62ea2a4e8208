# cmake --install: both programs, headers, messages, sample configuration, starter scheme.
include(CxlogMessages)

install(TARGETS cxlog RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(TARGETS cxlog-sync RUNTIME DESTINATION ${CMAKE_INSTALL_LIBEXECDIR}/cxlog)
install(DIRECTORY ${CMAKE_SOURCE_DIR}/include/cxlog DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
    FILES_MATCHING PATTERN "*.h")
install(FILES ${CXLOG_MO} DESTINATION ${CMAKE_INSTALL_LOCALEDIR}/ko/LC_MESSAGES)
install(FILES ${CMAKE_SOURCE_DIR}/config/cxlog.ini ${CMAKE_SOURCE_DIR}/config/starter-scheme.tsv
    DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples)
install(FILES ${CMAKE_SOURCE_DIR}/README.md ${CMAKE_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
