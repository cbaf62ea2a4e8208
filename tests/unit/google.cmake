# Tests of the Google room. Its insides are tested too, so they link what the room links privately.
set(google_libraries cxlog_google cxlog_net cxlog_core PkgConfig::JANSSON OpenSSL::Crypto)

cxlog_unit_test(key ${google_libraries})
target_sources(test_key PRIVATE key_maker.c)
cxlog_unit_test(token ${google_libraries})
target_sources(test_token PRIVATE key_maker.c)

cxlog_unit_test(cells ${google_libraries})
target_sources(test_cells PRIVATE wire_records.c)
cxlog_unit_test(google_errors ${google_libraries})
cxlog_unit_test(sheet_id cxlog_core)

foreach(name google_wire google_faults google_tls)
    cxlog_unit_test(${name} ${google_libraries})
    target_sources(test_${name} PRIVATE emulator_child.c wire_records.c wire_remote.c)
    target_compile_definitions(test_${name} PRIVATE CXLOG_EMULATOR="$<TARGET_FILE:cxlog-emulator>")
    add_dependencies(test_${name} cxlog-emulator)
endforeach()

cxlog_unit_test(google_json ${google_libraries})
target_link_options(test_google_json PRIVATE -Wl,--wrap=malloc)
