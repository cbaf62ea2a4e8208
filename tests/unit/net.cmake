cxlog_unit_test(net cxlog_net)
