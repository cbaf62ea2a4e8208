"""network_kinds.py - what can go wrong with one request, and what a run may say about it.

Kind: name, the emulator's fault, and how the run may end, by the target of the request:
    PASSING  the request is repeated: 0 while tries are left, 75 when they are used up
    (codes…) exactly these
A push is never believed nor repeated unseen: where its answer proves nothing, the marker decides and the run goes on.
"""
import json

from field import world

PASSING = "passing"
ANSWERED = (0,)
NONSENSE = (76,)
DEADLINE_S = 1  # of a run under a fault that holds the answer back


def error(code, word, message, **detail):
    body = {"error": {"code": code, "message": message, "status": word}}
    if detail:
        body["error"]["details"] = [{"@type": "type.googleapis.com/google.rpc.ErrorInfo", "domain": "googleapis.com", **detail}]
    return {"kind": "status", "code": code, "body": body}


def done(count):
    return {"kind": "garbage", "after": False, "text": json.dumps({"spreadsheetId": world.SHEET, "replies": [{}] * count})}


class Kind:
    """read: for pull and confirm; held: the answer comes too late, so the run has a deadline; quota: waited for until the
    deadline; silent: no byte of an answer came, so libcurl itself repeats a read whose kept connection
    died; quarantines: it means "never" to the one record it names; late_ms: the request may still be applied so long after."""

    def __init__(self, name, fault, read, push=None, token=None, marker=None, held=False, quota=False, silent=False,
                 quarantines=False, late_ms=0):
        self.name, self.fault, self.held, self.quota, self.late_ms = name, fault, held, quota, late_ms
        self.silent, self.quarantines = silent, quarantines
        self.ends = {"pull": read, "confirm": read, "push": push or read, "token": token or read, "marker": marker or read}


def statuses():
    """5xx before and after the request was carried out: nobody can tell them apart by the answer."""
    for code in (500, 502, 503, 504):
        yield Kind(f"{code} before", {"kind": "status", "code": code}, PASSING)
        yield Kind(f"{code} after", {"kind": "status-after", "code": code}, PASSING)


def refusals():
    """Google says no, and means it. 400 and 404 have other meanings at the token endpoint and at the marker."""
    denied = error(403, "PERMISSION_DENIED", "The caller does not have permission")
    disabled = error(403, "PERMISSION_DENIED", "Google Sheets API has not been used in project 1 before or it is disabled.",
                     reason="SERVICE_DISABLED")
    scope = error(403, "PERMISSION_DENIED", "Request had insufficient authentication scopes.",
                  reason="ACCESS_TOKEN_SCOPE_INSUFFICIENT")
    limit = error(403, "PERMISSION_DENIED", "Rate limit exceeded", reason="RATE_LIMIT_EXCEEDED")
    grant = {"kind": "status", "code": 400, "body": {"error": "invalid_grant", "error_description": "Invalid JWT Signature."}}
    backend = {"kind": "status", "code": 400, "body": {"error": "internal_failure", "error_description": "Backend Error"}}
    yield Kind("403 denied", denied, (77,), token=(77, 76))
    yield Kind("403 API off", disabled, (77,), token=(77, 76))
    yield Kind("403 scope", scope, (77,), token=(77, 76))
    yield Kind("403 rate", limit, ANSWERED, token=(77, 76), quota=True)
    yield Kind("404", {"kind": "status", "code": 404}, (69,), token=(76,), marker=(0, 69))
    yield Kind("410", {"kind": "status", "code": 410}, (69,), push=(0, 69), token=(76,))
    yield Kind("400", {"kind": "status", "code": 400}, (69,), push=(0, 69), token=(76,), quarantines=True)
    yield Kind("409", {"kind": "status", "code": 409}, (75,), push=ANSWERED, token=(76,))
    yield Kind("sign-in refused", grant, (76, 69), push=(69, 76, 0), token=(77,), marker=(69, 76))
    yield Kind("sign-in trouble", backend, (76, 69), push=(69, 76, 0), token=PASSING, marker=(69, 76))


def quotas():
    """Waited for; quota is counted by the minute, here by the thousandth (CXLOG_SYNC_BACKOFF=1)."""
    yield Kind("429", {"kind": "status", "code": 429}, ANSWERED, quota=True)
    yield Kind("429 Retry-After", {"kind": "retry-after", "seconds": 1}, ANSWERED, quota=True)
    yield Kind("429 Retry-After for ever", {"kind": "retry-after", "seconds": 3600}, (75,), held=True)
    yield Kind("503 Retry-After", {"kind": "status", "code": 503, "seconds": 0}, PASSING)


def cut_offs():
    yield Kind("drop before", {"kind": "drop-before"}, PASSING, silent=True)
    yield Kind("drop after", {"kind": "drop-after"}, PASSING, silent=True)
    yield Kind("mid-body", {"kind": "cut-body", "bytes": 7}, PASSING)
    yield Kind("cut before its end", {"kind": "cut-body"}, PASSING)
    yield Kind("cut chunks", {"kind": "cut-body", "chunked": True}, PASSING)
    yield Kind("cut before apply", {"kind": "cut-body", "after": False, "bytes": 0}, PASSING, silent=True)
    yield Kind("applied after the drop", {"kind": "drop-then-apply", "ms": 40}, PASSING, silent=True, late_ms=80)
    yield Kind("applied past the deadline", {"kind": "delay-apply", "ms": 1300}, (75,), held=True, late_ms=400)
    yield Kind("answered past the deadline", {"kind": "delay", "ms": 1300}, (75,), held=True, late_ms=400)
    yield Kind("slow drip", {"kind": "slow-drip", "ms": 500}, (75,), held=True)


def nonsense():
    """200, or a page of somebody in between, that is not the answer to the question. A read ends there: it says what it
    got. A push looks for its marker."""
    for name, fault in (
            ("garbage", {"kind": "garbage"}), ("garbage before", {"kind": "garbage", "after": False}),
            ("empty", {"kind": "empty"}), ("empty before", {"kind": "empty", "after": False}),
            ("wrong types", {"kind": "wrong-types"}), ("deep", {"kind": "deep", "depth": 100000}),
            ("doubled keys", {"kind": "garbage", "text": '{"replies": [], "replies": [], "access_token": "a", "access_token": "b"}'}),
            ("great numbers", {"kind": "garbage", "text": '{"valueRanges": 1e400, "expires_in": 9223372036854775808}'}),
            ("NUL", {"kind": "garbage", "text": '{"valueRanges": "\\u0000"}'}),
            ("lone surrogate", {"kind": "garbage", "text": '{"valueRanges": "\\ud800"}'}),
            ("array", {"kind": "garbage", "text": "[]"}), ("null", {"kind": "garbage", "text": "null"}),
            ("login page 200", {"kind": "html", "code": 200})):
        yield Kind(name, fault, NONSENSE, push=ANSWERED)
    yield Kind("HTML 502", {"kind": "html"}, PASSING)
    yield Kind("HTML 403", {"kind": "html", "code": 403}, NONSENSE, push=(0, 76))
    # A read that is too large is asked for again in smaller windows.
    yield Kind("huge", {"kind": "huge", "mib": 20}, (0, 76), push=ANSWERED, token=NONSENSE, marker=NONSENSE)
    yield Kind("gzip bomb", {"kind": "gzip-bomb", "mib": 20}, (0, 76), push=ANSWERED, token=NONSENSE, marker=NONSENSE)
    yield Kind("header flood", {"kind": "header-flood", "count": 4000}, (0, 76), push=ANSWERED, token=NONSENSE, marker=NONSENSE)
    # The answer to the same question a moment ago is a true answer, only an old one.
    yield Kind("another's answer", {"kind": "desync"}, (0, 76), push=ANSWERED, token=NONSENSE, marker=NONSENSE)
    yield Kind("another's answer, not applied", {"kind": "desync", "after": False}, (0, 76), push=ANSWERED, token=NONSENSE,
               marker=NONSENSE)
    # Says "done" to a batch of as many requests, but not to this one.
    for count in (3, 4, 5):
        yield Kind(f"done, by another batch of {count}", done(count), NONSENSE, push=ANSWERED)
    for code in (301, 302, 307, 308):
        yield Kind(f"redirect {code}", {"kind": "redirect", "code": code}, NONSENSE, push=(0, 76))
    for code in (204, 206, 304):
        yield Kind(f"status {code}", {"kind": "status", "code": code, "body": {}}, (76, 69, 75), push=ANSWERED)


def sign_ins():
    yield Kind("401 once", {"kind": "token-expired"}, ANSWERED, token=(77, 76))


KINDS = [*cut_offs(), *statuses(), *quotas(), *refusals(), *nonsense(), *sign_ins()]
