# Messages: config/po/ko.po -> <build>/locale/ko/LC_MESSAGES/cxlog.mo, found from the build tree and installed.
# scripts/update-po brings the .po file up to date with the sources.
set(CXLOG_PO ${CMAKE_SOURCE_DIR}/config/po/ko.po)
set(CXLOG_MO ${CMAKE_BINARY_DIR}/locale/ko/LC_MESSAGES/cxlog.mo)
add_custom_command(OUTPUT ${CXLOG_MO}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${CMAKE_BINARY_DIR}/locale/ko/LC_MESSAGES
    COMMAND ${GETTEXT_MSGFMT_EXECUTABLE} --check --output-file=${CXLOG_MO} ${CXLOG_PO}
    DEPENDS ${CXLOG_PO} VERBATIM)
add_custom_target(cxlog_messages ALL DEPENDS ${CXLOG_MO})
