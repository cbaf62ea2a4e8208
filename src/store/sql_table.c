#include "store/store_impl.h"

/* ", contacted_at, agent, …": in the order of enum cxlog_column. */
#define NAME(name, field, heading, kind, bound) ", " #field
#define MARK(name, field, heading, kind, bound) ", ?"
#define SET(name, field, heading, kind, bound) ", " #field " = ?"
#define CONTENT CXLOG_COLUMNS(NAME)
#define ASSIGNED CXLOG_COLUMNS(SET)
#define RECORD "SELECT " CX_RECORD_FIXED CONTENT " FROM record "

/* Not in the sheet any more, and nobody accepted that. */
#define MISSING                                                                          \
    "state = 3 AND pos = 0 AND NOT EXISTS (SELECT 1 FROM record AS v"                    \
    " WHERE v.root = coalesce(record.root, record.id)"                                   \
    " AND v.agent = '" CXLOG_SHEET_AUTHOR "'"                                            \
    " AND v.corrects = '" CXLOG_VOID_PREFIX "' || v.root"                                \
    " AND v.logged_at >= record.logged_at)"

/* One that a correction has taken the place of counts nowhere, and waits for nobody. */
#define REFUSED "state = 4 AND state <> 3 AND NOT " CX_FOLLOWED

#define VALUE                                                                            \
    "num, dim, name, parent, code, added_by, from_day, retired_from, successor,"         \
    " retired_by, retired_how, kind, col,"                                               \
    " EXISTS(SELECT 1 FROM alias WHERE alias.num = value.num)"

/* A partial index serves only a query that repeats its condition word for word ("AND
 * state <> 3", "AND pos > 0"). States by number, as stored: 0 pending, 1 unknown, 2 sent,
 * 3 confirmed, 4 quarantined. */
const char *const cx_sql_text[CX_SQL_COUNT] = {
    [CX_SQL_BEGIN] = "BEGIN IMMEDIATE",
    [CX_SQL_BEGIN_READ] = "BEGIN",
    [CX_SQL_COMMIT] = "COMMIT",

    [CX_SQL_META_GET] = "SELECT value FROM meta WHERE key = ?",
    [CX_SQL_META_SET] = "INSERT INTO meta(key, value) VALUES(?, ?)"
                        " ON CONFLICT(key) DO UPDATE SET value = excluded.value",
    [CX_SQL_META_UNSET] = "DELETE FROM meta WHERE key = ?",

    [CX_SQL_RECORD_INSERT] =
        "INSERT INTO record(state, mine, effective, edited, extras, pos, at, root" CONTENT
        ") VALUES(?, ?, ?, ?, ?, ?, ?, ?" CXLOG_COLUMNS(MARK) ")",
    [CX_SQL_RECORD_HEAL] =
        "UPDATE record SET edited = 0, extras = ?, at = ?, root = ?" ASSIGNED
        " WHERE num = ?",
    [CX_SQL_RECORD_BY_ID] = RECORD "WHERE id = ?",
    [CX_SQL_RECORD_BY_NUM] = RECORD "WHERE num = ?",
    [CX_SQL_RECORD_LAST_OF] =
        RECORD "WHERE mine = 1 AND agent = ? AND logged_at >= ? AND logged_at < ?"
               " AND num < ? AND effective >= ? ORDER BY num DESC LIMIT 1",
    [CX_SQL_RECORD_ENDING] = "SELECT id FROM record WHERE substr(id, -length(?1)) = ?1"
                             " ORDER BY id DESC LIMIT ?2",
    [CX_SQL_EXTRA_INSERT] = "INSERT INTO extra(num, name, value) VALUES(?, ?, ?)",
    [CX_SQL_EXTRA_DELETE] = "DELETE FROM extra WHERE num = ?",
    [CX_SQL_EXTRA_OF] = "SELECT name, value FROM extra WHERE num = ? ORDER BY name",

    [CX_SQL_GROUP_ROOT] = "SELECT coalesce(root, id) FROM record WHERE id = ?",
    [CX_SQL_GROUP_NAMED] = "SELECT 1 FROM record WHERE root = ? LIMIT 1",
    [CX_SQL_GROUP_FOLLOW] =
        "WITH RECURSIVE follower(id) AS (VALUES(?1) UNION"
        "  SELECT record.id FROM follower CROSS JOIN record"
        "   ON (record.root = ?2 OR record.id = ?2)"
        "   AND record.corrects IN (follower.id, '" CXLOG_VOID_PREFIX "' || follower.id))"
        " UPDATE record SET root = ?3 WHERE id <> ?1 AND id IN follower",
    [CX_SQL_GROUP_PLACE] =
        "UPDATE record SET at = coalesce((SELECT first.contacted_at FROM record AS first"
        "  WHERE first.id = ?1), logged_at)"
        " WHERE root = ?1 AND contacted_at IS NULL",
    [CX_SQL_GROUP_LAST] =
        "SELECT num, logged_at, corrects FROM"
        " (SELECT num, id, logged_at, corrects FROM record WHERE id = ?1 UNION ALL"
        "  SELECT num, id, logged_at, corrects FROM record WHERE root = ?1)"
        " ORDER BY logged_at DESC, id DESC LIMIT 1",
    [CX_SQL_GROUP_EFFECTIVE] =
        "SELECT num FROM record WHERE id = ?1 AND effective = 1 AND num <> ?2 UNION ALL"
        " SELECT num FROM record WHERE root = ?1 AND effective = 1 AND num <> ?2 LIMIT 1",
    [CX_SQL_GROUP_FLAG] =
        "UPDATE record SET effective = ?2 WHERE num = ?1 AND effective <> ?2",
    [CX_SQL_FACT_OF] = "SELECT " CX_FACT_COLUMNS " FROM record WHERE num = ?",

    [CX_SQL_ROLL_ADD] =
        "INSERT INTO roll(span, day, dim, a, b, c, n) VALUES(?, ?, ?, ?, ?, ?, 1)"
        " ON CONFLICT(span, day, dim, a, b, c) DO UPDATE SET n = n + 1",
    [CX_SQL_ROLL_TAKE] =
        "UPDATE roll SET n = n - 1 WHERE span = ? AND day = ? AND dim = ?"
        " AND a = ? AND b = ? AND c = ? AND n > 0",
    [CX_SQL_ROLL_SWEEP] = "DELETE FROM roll WHERE span = ? AND day = ? AND dim = ?"
                          " AND a = ? AND b = ? AND c = ? AND n = 0",
    [CX_SQL_ROLL_SCAN] = "SELECT day, a, b, c, n FROM roll"
                         " WHERE span = ? AND day BETWEEN ? AND ? AND dim = ?",
    [CX_SQL_ROLL_SPAN] = "SELECT (SELECT min(day) FROM roll WHERE span = 0),"
                         " (SELECT max(day) FROM roll WHERE span = 0)",
    [CX_SQL_FACT_SCAN] =
        "SELECT " CX_FACT_COLUMNS
        ", CASE WHEN ?3 IS NOT NULL AND extras > 0 THEN (SELECT value FROM extra"
        "   WHERE extra.num = record.num AND name = ?3) END,"
        " CASE WHEN ?4 IS NOT NULL AND extras > 0 THEN (SELECT value FROM extra"
        "   WHERE extra.num = record.num AND name = ?4) END,"
        " CASE WHEN ?5 THEN note END, CASE WHEN ?5 THEN hunch END"
        " FROM record WHERE at >= ?1 AND at < ?2 AND effective = 1",
    [CX_SQL_COUNTS] =
        "SELECT"
        " (SELECT coalesce(sum(n), 0) FROM roll WHERE span = 0 AND day = ?1 AND dim = 2"
        "   AND a = ?2),"
        " (SELECT coalesce(sum(n), 0) FROM roll WHERE span = 0 AND day = ?1 AND dim = 2),"
        " (SELECT count(*) FROM record WHERE state = 0 AND state <> 3),"
        " (SELECT count(*) FROM record WHERE state = 2 AND state <> 3),"
        " (SELECT count(*) FROM record WHERE state = 1 AND state <> 3),"
        " (SELECT count(*) FROM record WHERE " REFUSED "),"
        " (SELECT coalesce(max(num), 0) FROM record)"
        "   - (SELECT count(*) FROM record WHERE state <> 3),"
        " (SELECT count(*) FROM record WHERE " MISSING "),"
        " (SELECT count(*) FROM record WHERE edited = 1),"
        " (SELECT count(*) FROM odd_row WHERE kind = 2),"
        " (SELECT count(*) FROM odd_row WHERE kind = 1),"
        " (SELECT coalesce(max(num), 0) FROM record)",
    [CX_SQL_BASIS] =
        "SELECT"
        " (SELECT count(*) FROM record WHERE state = 0 AND state <> 3"
        "   AND at >= ?1 AND at < ?2),"
        " (SELECT count(*) FROM record WHERE state = 2 AND state <> 3"
        "   AND at >= ?1 AND at < ?2),"
        " (SELECT count(*) FROM record WHERE state = 1 AND state <> 3"
        "   AND at >= ?1 AND at < ?2),"
        " (SELECT count(*) FROM record WHERE " REFUSED "   AND at >= ?1 AND at < ?2),"
        " (SELECT count(*) FROM odd_row WHERE (kind = 1 AND contact_like = 1"
        "   AND day BETWEEN ?3 AND ?4) OR"
        "   (kind = 3 AND coalesce(day, ?4) BETWEEN ?3 AND ?4)),"
        " (SELECT count(*) FROM odd_row WHERE kind = 2),"
        " (SELECT count(*) FROM record WHERE edited = 1"
        "   AND +at >= ?1 AND +at < ?2),"
        " (SELECT count(*) FROM record WHERE " MISSING "),"
        " (SELECT coalesce(max(number), 0) FROM event)",

    [CX_SQL_BATCH_OPEN] = "SELECT num, uuid, marker, attempts, last_attempt FROM batch"
                          " WHERE phase = 0 ORDER BY num LIMIT 1",
    [CX_SQL_BATCH_INSERT] =
        "INSERT INTO batch(uuid, marker, attempts, last_attempt, phase)"
        " VALUES(?, ?, 1, ?, 0)",
    [CX_SQL_MARK_INSERT] =
        "INSERT INTO batch(uuid, marker, attempts, last_attempt, phase)"
        " VALUES(?, ?, 1, ?, 1)",
    [CX_SQL_BATCH_AGAIN] = "UPDATE batch SET marker = ?2, attempts = attempts + 1,"
                           " last_attempt = ?3 WHERE num = ?1 AND phase = 0",
    [CX_SQL_BATCH_PHASE] =
        "UPDATE batch SET phase = CASE attempts WHEN 1 THEN 2 ELSE 1 END"
        " WHERE num = ? AND phase = 0",
    [CX_SQL_BATCH_DELETE] = "DELETE FROM batch WHERE num = ?",
    [CX_SQL_BATCH_DELETE_MARKER] = "DELETE FROM batch WHERE marker = ? AND phase > 0",
    [CX_SQL_BATCH_BY_MARKER] = "SELECT 1 FROM batch WHERE marker = ?",
    [CX_SQL_BATCH_MARKERS] =
        "SELECT marker FROM batch WHERE phase = 2"
        " OR (phase = 1 AND last_attempt <= ?1) ORDER BY num LIMIT ?2",
    [CX_SQL_BATCH_RECORDS] = RECORD "WHERE batch = ? ORDER BY num",
    [CX_SQL_BATCH_SETTLE] =
        "UPDATE batch SET phase = 1 WHERE phase = 0"
        " AND NOT EXISTS (SELECT 1 FROM record WHERE record.batch = batch.num)",
    [CX_SQL_BATCH_DROP_EMPTY] =
        "DELETE FROM batch WHERE phase = 0"
        " AND NOT EXISTS (SELECT 1 FROM record WHERE record.batch = batch.num)",
    [CX_SQL_BATCH_RELEASE] =
        "UPDATE record SET batch = NULL, state = CASE state WHEN 1 THEN ?2 ELSE state END"
        " WHERE batch = ?1",
    [CX_SQL_PENDING] = RECORD "WHERE state = 0 AND state <> 3 ORDER BY num LIMIT ?",
    [CX_SQL_RECORD_SEND] =
        "UPDATE record SET state = 1, batch = ?2 WHERE num = ?1 AND state = 0",
    [CX_SQL_RECORD_REFUSE] = "UPDATE record SET state = 4, batch = NULL, reason = ?2"
                             " WHERE id = ?1 AND mine = 1 AND state <> 3",
    [CX_SQL_RECORD_RETRY] =
        "UPDATE record SET state = 0, reason = NULL WHERE mine = 1 AND " REFUSED,

    [CX_SQL_SEEN_CONFIRM] =
        "UPDATE record SET state = 3, batch = NULL, reason = NULL WHERE num = ?",
    [CX_SQL_SEEN_EDITED] = "UPDATE record SET edited = ?2 WHERE num = ?1",
    /* By record_sum, and the few others by record_open. */
    [CX_SQL_SEALED_AS] =
        "SELECT num, id, pos FROM record WHERE state = 3 AND checksum = ?1 UNION ALL"
        " SELECT num, id, pos FROM record WHERE state <> 3 AND checksum = ?1 LIMIT 1",
    [CX_SQL_SEEN_POS] = "UPDATE record SET pos = ?2 WHERE num = ?1",
    [CX_SQL_WINDOW] = "SELECT num FROM record WHERE pos BETWEEN ? AND ? AND pos > 0",
    [CX_SQL_ODD_CLEAR] = "DELETE FROM odd_row WHERE pos BETWEEN ? AND ?",
    [CX_SQL_ODD_INSERT] =
        "INSERT INTO odd_row(pos, kind, id, contact_like, day) VALUES(?, ?, ?, ?, ?)",
    [CX_SQL_LAST_ROW] =
        "SELECT max(1, coalesce((SELECT max(pos) FROM record WHERE pos > 0), 1),"
        " coalesce((SELECT max(pos) FROM odd_row), 1))",
    [CX_SQL_ID_AT] = "SELECT id FROM record WHERE pos = ?1 AND pos > 0 UNION ALL"
                     " SELECT id FROM odd_row WHERE pos = ?1 AND id IS NOT NULL LIMIT 1",
    [CX_SQL_ROW_OF] = "SELECT pos FROM record WHERE id = ?",

    [CX_SQL_MISSING] =
        "SELECT id FROM record WHERE " MISSING " AND mine >= ? ORDER BY num",
    [CX_SQL_RESTORE] =
        "UPDATE record SET state = 0, batch = NULL WHERE " MISSING " AND mine = 1",
    [CX_SQL_RESTORE_TYPED] =
        "UPDATE record SET state = 0, batch = NULL, mine = 1 WHERE num = ?",
    [CX_SQL_FIRST_ROW] = "SELECT min(pos) FROM record WHERE at >= ? AND pos > 0",
    [CX_SQL_GROUP_ALL] = RECORD "WHERE id = ?1 OR root = ?1 ORDER BY logged_at, id",

    [CX_SQL_EVENT_UP_TO] = "SELECT number, chain FROM event WHERE number <= ?"
                           " ORDER BY number DESC LIMIT 1",
    [CX_SQL_EVENT_RANGE] =
        "SELECT number, at, author, action, dim, name, parent, code, from_day, target,"
        " reason, chain FROM event WHERE number BETWEEN ? AND ? ORDER BY number",
    [CX_SQL_EVENT_INSERT] =
        "INSERT INTO event(number, at, author, action, dim, name, parent, code, from_day,"
        " target, reason, chain) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [CX_SQL_EVENT_CUT] = "DELETE FROM event WHERE number > ?",
    [CX_SQL_VALUE_CLEAR] = "DELETE FROM value",
    [CX_SQL_VALUE_INSERT] =
        "INSERT INTO value(num, dim, name, parent, code, added_by, from_day,"
        " retired_from, successor, retired_by, retired_how, kind, col)"
        " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [CX_SQL_VALUE_ALL] = "SELECT " VALUE " FROM value ORDER BY num",
    /* One category, the details of ?2, and all that is no category. */
    [CX_SQL_VALUE_SOME] =
        "SELECT " VALUE " FROM value WHERE dim IN (1, 2, 3)"
        " UNION ALL SELECT " VALUE " FROM value WHERE num = ?1"
        " UNION ALL SELECT " VALUE " FROM value WHERE dim = 0 AND parent = ?2"
        " AND ?2 <> '' ORDER BY 1",
    /* The category with this name, code or alias; was it or is it ever renamed? +: not by
     * index, as there are three at most. */
    [CX_SQL_VALUE_WORD] =
        "SELECT num, name, retired_how = 3 OR EXISTS(SELECT 1 FROM value AS old"
        "  WHERE old.dim = 0 AND old.parent = '' AND old.successor = value.name"
        "  AND old.retired_how = 3)"
        " FROM value WHERE num IN ("
        "  SELECT num FROM value WHERE dim = 0 AND parent = '' AND name = ?1 UNION ALL"
        "  SELECT num FROM value WHERE dim = 0 AND parent = '' AND code = ?1"
        "   AND code <> '' UNION ALL"
        "  SELECT num FROM alias WHERE name = ?1)"
        " AND +dim = 0 AND +parent = ''",
    [CX_SQL_ALIAS_CLEAR] = "DELETE FROM alias",
    [CX_SQL_ALIAS_INSERT] = "INSERT INTO alias(num, ord, name) VALUES(?, ?, ?)",
    [CX_SQL_ALIAS_OF] = "SELECT name FROM alias WHERE num = ? ORDER BY ord",

    [CX_SQL_USED_CATEGORY] = "SELECT 1 FROM record WHERE category = ?1 LIMIT 1",
    [CX_SQL_USED_DETAIL] =
        "SELECT 1 FROM record WHERE category = ?2 AND detail = ?1 LIMIT 1",
    [CX_SQL_USED_CHANNEL] = "SELECT 1 FROM record WHERE channel = ?1 LIMIT 1",
    [CX_SQL_USED_REGION] = "SELECT 1 FROM record WHERE region = ?1 LIMIT 1",
    [CX_SQL_USED_FIELD] = "SELECT 1 FROM extra WHERE name = ?1 LIMIT 1",
};
