# cpack -G DEB: both programs and the prompt, manual pages, messages, completions, units, sample files.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME cxlog)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_CONTACT "cxlog maintainers <cxlog@example.org>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "log customer contacts and count them in a shared sheet")
set(CPACK_PACKAGE_DESCRIPTION "cxlog records every contact of a customer-experience team in milliseconds,
keeps it on the machine, and appends it once to the team's Google spreadsheet
with service-account credentials. It counts contacts per category, channel and
region by week, month, quarter, half-year and year, and keeps the category
scheme stable.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_CMAKE_PROJECTS "${CMAKE_BINARY_DIR};cxlog;Unspecified;/") # without the headers
set(CPACK_VERBATIM_VARIABLES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_SECTION utils)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# Found by symbols alone the bound would be too old for STRICT tables.
set(CPACK_DEBIAN_PACKAGE_DEPENDS "libsqlite3-0 (>= 3.40), ca-certificates, tzdata")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "less")
include(CPack)
