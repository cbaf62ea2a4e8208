# cmake --install: the programs, messages, manual pages, completions, units, sample configuration, starter scheme.
include(CxlogMessages)
include(CxlogMan)

install(TARGETS cxlog RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(TARGETS cxlog-sync cxlog-prompt RUNTIME DESTINATION ${CMAKE_INSTALL_LIBEXECDIR}/cxlog)
install(DIRECTORY ${CMAKE_SOURCE_DIR}/include/cxlog DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT headers
    EXCLUDE_FROM_ALL FILES_MATCHING PATTERN "*.h")
install(FILES ${CXLOG_MO} DESTINATION ${CMAKE_INSTALL_LOCALEDIR}/ko/LC_MESSAGES)
install(FILES ${CMAKE_SOURCE_DIR}/config/cxlog.ini ${CMAKE_SOURCE_DIR}/config/starter-scheme.tsv
    DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples)
install(FILES ${CMAKE_SOURCE_DIR}/README.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES ${CMAKE_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT headers)
install(FILES ${CMAKE_SOURCE_DIR}/config/completions/cxlog.bash RENAME cxlog
    DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
# Debian's zsh looks here in /usr/local, and for packages there.
install(CODE "
    if(CMAKE_INSTALL_PREFIX MATCHES \"(^|/)usr$\")
        set(zsh vendor-completions)
    else()
        set(zsh site-functions)
    endif()
    file(INSTALL \"${CMAKE_SOURCE_DIR}/config/completions/_cxlog\"
        DESTINATION \"\${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_DATADIR}/zsh/\${zsh}\")")
install(FILES ${CMAKE_SOURCE_DIR}/config/completions/cxlog.fish
    DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)

file(GLOB units ${CMAKE_SOURCE_DIR}/config/systemd/cxlog-close.*)
install(FILES ${units} DESTINATION lib/systemd/user)
file(GLOB system_units ${CMAKE_SOURCE_DIR}/config/systemd/cxlog-close@.*)
install(FILES ${system_units} DESTINATION lib/systemd/system)
install(PROGRAMS ${CMAKE_SOURCE_DIR}/scripts/end-of-day.sh DESTINATION ${CMAKE_INSTALL_DATADIR}/cxlog)
if(EXISTS ${CMAKE_SOURCE_DIR}/config/crontab.sample)
    install(FILES ${CMAKE_SOURCE_DIR}/config/crontab.sample DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples)
endif()

# What Debian wants beside the files.
install(FILES ${CMAKE_SOURCE_DIR}/config/debian/copyright DESTINATION ${CMAKE_INSTALL_DOCDIR})
if(GZIP)
    set(changelog ${CMAKE_BINARY_DIR}/changelog.Debian.gz)
    add_custom_command(OUTPUT ${changelog}
        COMMAND sh -c "'${GZIP}' -9n <'${CMAKE_SOURCE_DIR}/config/debian/changelog' >'${changelog}'"
        DEPENDS ${CMAKE_SOURCE_DIR}/config/debian/changelog VERBATIM)
    add_custom_target(cxlog_changelog ALL DEPENDS ${changelog})
    install(FILES ${changelog} DESTINATION ${CMAKE_INSTALL_DOCDIR})
endif()
include(CxlogPackage)
