"""mutant_list.py - deliberate breakages, each of one promise, and the test that has to notice it.

Mutant: name; file; the text to replace (there exactly once) and what stands there instead; the test: a unit test's
program, or a command in {tests}, with the programs in {bin}. Run by itself it sees that each text still stands in its file.
"""
import collections
import os
import sys

Mutant = collections.namedtuple("Mutant", "name file old new test")

FAULTS = "{tests}/faults/"
NETWORK = FAULTS + "network.py --seed 1 --sample "
POWER = "{tests}/crash/power.py --seed 1 --only logs --all"
KILL_MIGRATE = "{tests}/crash/sweep.py kill --only migrate --seed 1 --all"

MUTANTS = [
    Mutant("confirm before it was seen", "src/store/outbox.c",
           "status = release(store, batch, CXLOG_STATE_SENT, err);",
           "status = release(store, batch, CXLOG_STATE_CONFIRMED, err);", "test_store_outbox"),
    Mutant("drop the fsync", "src/store/open.c", "PRAGMA synchronous = EXTRA", "PRAGMA synchronous = OFF", POWER),
    Mutant("fsync the journal less", "src/store/open.c", "PRAGMA synchronous = EXTRA", "PRAGMA synchronous = NORMAL", POWER),
    Mutant("acknowledge without a commit", "src/store/add.c", "    return cx_tx_commit(&tx, probe, err);",
           "    return CXLOG_OK;", "test_store_records"),
    Mutant("blind resend after a lost answer", "src/sync/push.c",
           "    cxlog_status status = look(go, next, err);\n    if (status == CXLOG_OK && *next == SEND_AGAIN && go->losses",
           "    cxlog_status status = CXLOG_OK;\n    *next = SEND_NEW_MARK;\n    if (status == CXLOG_OK && *next == SEND_AGAIN && go->losses",
           "test_sync_faults"),
    Mutant("send before it is marked", "src/store/batch_make.c",
           "        status = cx_tx_commit(&tx, NULL, err);\n    if (!status && batch->count > 0)",
           "        status = CXLOG_OK;\n    if (!status && batch->count > 0)", "test_store_outbox"),
    Mutant("a passing fault means not applied", "src/google/outcome.c",
           "    default:\n        return CXLOG_OUTCOME_UNKNOWN;", "    default:\n        return CXLOG_OUTCOME_NOT_APPLIED;",
           "test_google_errors"),
    Mutant("no answer means not applied", "src/google/outcome.c",
           "CX_HTTP_NO_ANSWER)\n        return CXLOG_OUTCOME_UNKNOWN;", "CX_HTTP_NO_ANSWER)\n        return CXLOG_OUTCOME_NOT_APPLIED;",
           "test_google_faults"),
    Mutant("accept any 200", "src/google/outcome.c",
           "return id && strcmp(id, sheet_id) == 0 && json_is_array(replies) &&\n           json_array_size(replies) == count;",
           "(void)id;\n    (void)replies;\n    (void)sheet_id;\n    (void)count;\n    return true;", "test_google_errors"),
    Mutant("accept another batch's answer", "src/google/outcome.c",
           "return json_is_integer(id) && json_integer_value(id) == marker;", "(void)id;\n    (void)marker;\n    return true;",
           FAULTS + "network.py --only 'done, by another'"),
    Mutant("skip the anchor check", "src/sync/pull.c", "*right = w->from <= 1;", "*right = true;", "test_sync_schedules"),
    Mutant("no header check", "src/sync/header.c",
           "        if (strcmp(expected, found) != 0)\n            return differs(CXLOG_TAB_LOG, i, expected, found, err);",
           "        (void)found;\n        (void)expected;", FAULTS + "people.py --only column"),
    Mutant("no chain check", "src/sync/chain.c", "if (strcmp(next, event->chain) != 0 || (mine", "if (0 && (mine",
           "test_sync_people"),
    Mutant("delete the marker too early", "src/store/sql_table.c", "(phase = 1 AND last_attempt <= ?1)",
           "(phase = 1 AND last_attempt <= ?1 + 100000)", "test_store_outbox"),
    Mutant("insert nothing, write over", "src/google/push.c",
           "    return good &&\n           cx_batch_insert(requests, push->log_tab, true, push->after_row,\n"
           "                           (int64_t)push->count, push->after_row > 1) &&",
           "    return good &&", FAULTS + "together.py --only old_row"),
    Mutant("no FORBID_REUSE, no FRESH_CONNECT", "src/net/http_setup.c",
           "FRESH_CONNECT, fresh),\n        curl_easy_setopt(easy, CURLOPT_FORBID_REUSE, fresh),",
           "FRESH_CONNECT, 0L),\n        curl_easy_setopt(easy, CURLOPT_FORBID_REUSE, 0L),", "test_google_faults"),
    Mutant("write on a kept connection", "src/net/http_setup.c",
           "curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, fresh),", "curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 0L),",
           "test_google_faults"),
    Mutant("follow redirects", "src/net/http_setup.c", "CURLOPT_FOLLOWLOCATION, 0L", "CURLOPT_FOLLOWLOCATION, 1L",
           "test_google_faults"),
    Mutant("no cap on the body", "src/net/http.c", "if (added > transfer->limits->body_max - answer->length) {",
           "if (added > (size_t)1 << 40) {", "test_google_faults"),
    Mutant("retry without end", "src/google/wire.c", "if (tries->passing >= CX_RETRY_ATTEMPTS || google->failures >= CX_RETRY_BREAKER)",
           "if (tries->passing >= 100)", NETWORK + "40 --only ': try 3'"),
    Mutant("a 401 renews without end", "src/google/token.c", "    if (google->renewed)\n        return false;\n", "",
           FAULTS + "network.py --only '401 once: for ever'"),
    Mutant("count duplicates twice", "src/store/mirror.c", "    if (is_above(at, held.number, held.row)) {",
           "    if (held.row > 0 && held.row < at->page->first) {", "test_store_mirror"),
    Mutant("count a renamed record twice", "src/store/mirror.c", "    if (known.num > 0) {\n", "    if (known.num > 1000) {\n",
           "test_store_mirror"),
    Mutant("a renamed row that came first stays a record", "src/store/mirror.c", "    if (known.num > 0 && sealed)\n",
           "    if (known.num > 1000 && sealed)\n", "test_store_renamed"),
    Mutant("no second look at a typed row", "src/sync/adopt_marks.c",
           "cxlog_entry_same(&reading->page.rows[index].entry, &finding->seen);", "finding->row > 0;", "test_close_typed"),
    Mutant("totals hide what cannot be read", "src/store/sql_table.c", "(kind = 3 AND coalesce(day, ?4) BETWEEN ?3 AND ?4)",
           "(kind = 4)", FAULTS + "people.py --only broke"),
    Mutant("totals trust edited rows", "src/cli/cmd_totals.c", "basis->foreign + basis->edited", "basis->foreign",
           FAULTS + "people.py --only 'category changed'"),
    Mutant("drop the busy timeout", "src/store/open.c", "sqlite3_busy_timeout(store->db, options->busy_ms);",
           "sqlite3_busy_timeout(store->db, 0);", FAULTS + "together.py --only writers"),
    Mutant("two syncs at once", "src/sync/lock.c", "range.l_type = type;", "range.l_type = type == F_WRLCK ? F_RDLCK : type;",
           FAULTS + "together.py --only two_syncs"),
    Mutant("look at the version before the lock", "src/store/schema.c",
           "    if (status || id.version == VERSION)\n        return status;\n    for (int64_t i = id.version;",
           "    id.version = 0;\n    for (int64_t i = id.version;", FAULTS + "together.py --only first_runs"),
    Mutant("all machines at once", "src/core/spread.c", "*out = (int64_t)(draw % (uint64_t)span_ms);", "*out = (int64_t)(draw % 1);",
           "fullteam --machines 250"),
    Mutant("confirm at once in a crowd", "src/sync/crowd.c", "*out = agents > CROWD_AGENTS;", "*out = agents > 100000;",
           "test_sync_crowd"),
    Mutant("look for what was sent in a crowd", "src/sync/run.c", "if (status != CXLOG_OK || crowd)", "if (status != CXLOG_OK)",
           "test_sync_crowd"),
    Mutant("leave new folders unsynced", "src/store/schema.c",
           "    if (!status && id.version == 0)\n        status = cx_place_sync(store->file, err);\n", "",
           "{tests}/crash/power.py --only killed-fsync --seed 1 --all"),
    Mutant("migrate in pieces", "src/store/schema.c", "        status = execute(store, migrations[i], err);\n",
           "        status = execute(store, migrations[i], err);\n        if (!status)\n"
           "            status = execute(store, \"COMMIT; BEGIN IMMEDIATE\", err);\n", KILL_MIGRATE),
    Mutant("sent before it is sent", "src/sync/push.c", "        status = cx_sync_push_batch(sync, batch, false, err);",
           "        status = cxlog_store_batch_applied(sync->store, batch, err);\n        if (status == CXLOG_OK)\n"
           "            status = cx_sync_push_batch(sync, batch, false, err);",
           "{tests}/crash/power.py --only sync --seed 1 --sample 20"),
    Mutant("blame the first of two", "src/google/outcome.c", "else if (shape->records == 1)", "else if (shape->records <= 2)",
           "test_google_errors"),
    Mutant("stop halving at two", "src/sync/push.c", "answer->refused && go->batch->count > 1", "answer->refused && go->batch->count > 2",
           "test_sync_refused"),
    Mutant("search in the wrong half", "src/sync/push.c", "    sync->suspects = go->batch->count;", "    sync->suspects = 0;",
           "test_sync_refused"),
    Mutant("set aside whatever is refused", "src/sync/push.c", "(alone && sync->refused >= CX_SYNC_REFUSED)", "(alone && 0)",
           "test_sync_refused"),
    Mutant("a marker by chance for copies", "src/store/batch_make.c", "if (i == 0 && first)", "if (i < 0 && first)", "test_sync_copies"),
    Mutant("send what a copy has sent", "src/sync/push.c", "if (go->sync->confirmed > confirmed)", "if (go->sync->confirmed < confirmed)",
           "test_sync_copies"),
]


def main():
    root = os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, os.pardir)
    stale = 0
    for mutant in MUTANTS:
        with open(os.path.join(root, mutant.file), encoding="utf-8") as file:
            count = file.read().count(mutant.old)
        if count != 1 or mutant.old == mutant.new:
            stale += 1
            print(f"{mutant.name}: {mutant.file} holds its text {count} times")
    return 1 if stale or not MUTANTS else 0


if __name__ == "__main__":
    sys.exit(main())
