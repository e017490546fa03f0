"""What the site's log can say: one kind for every act of staff, machine and candidate that is an entry of its own."""

from enum import StrEnum


class EntryKind(StrEnum):
    """What the log can say, as subject.action (evidence.md 2.5). Stored for ever: names are added, never changed."""

    # signing in of staff and the guard
    AUTH_LOGIN = "auth.login"
    AUTH_LOGIN_FAILED = "auth.login_failed"
    AUTH_LOGOUT = "auth.logout"
    AUTH_LOCKED = "auth.locked"  # too many failures for one account or terminal
    AUTH_UNLOCKED = "auth.unlocked"
    AUTH_PASSWORD_RESET = "auth.password_reset"  # by the security administrator: a first password, to be changed
    AUTH_PASSWORD_CHANGED = "auth.password_changed"  # by the holder
    AUTH_SESSION_KILLED = "auth.session_killed"  # ended by another person, or by the account being disabled
    AUTH_REFUSED = "auth.refused"  # the guard said no: outside role, unit or separation of duties
    REQUEST_REFUSED = "request.refused"  # input no honest page sends
    # people and units
    ACCOUNT_CREATE = "account.create"
    ACCOUNT_ROLE_CHANGE = "account.role_change"  # a post or role given or taken away
    ACCOUNT_DISABLE = "account.disable"
    UNIT_CREATE = "unit.create"
    UNIT_MOVE = "unit.move"
    ROOM_CREATE = "room.create"
    # a session of exams in a room
    SESSION_CREATE = "session.create"
    SESSION_ROSTER_IMPORTED = "session.roster_imported"
    SESSION_ROSTER_REFUSED = "session.roster_refused"  # faults in rows: nothing was imported
    SESSION_EXAMINER_DRAWN = "session.examiner_drawn"  # the recorded lot that matched examiner and session
    SESSION_TAKEN_OVER = "session.taken_over"
    SESSION_PAUSE = "session.pause"  # the whole room
    SESSION_RESUME = "session.resume"
    SESSION_NOTE = "session.note"  # what the examiner wrote down
    SESSION_END = "session.end"
    # a candidate in the room
    CANDIDATE_CHECKIN = "candidate.checkin"
    CANDIDATE_IDENTITY_CHECKED = "candidate.identity_checked"
    CANDIDATE_IDENTITY_REFUSED = "candidate.identity_refused"
    CANDIDATE_ADMISSION_ISSUED = "candidate.admission_issued"  # an 8-digit code, kept as HMAC
    CANDIDATE_SIGN_IN = "candidate.sign_in"
    CANDIDATE_SIGN_IN_FAILED = "candidate.sign_in_failed"
    CANDIDATE_SIGN_IN_BLOCKED = "candidate.sign_in_blocked"  # too many failures for one pair, or signed in elsewhere
    CANDIDATE_SIGN_OUT = "candidate.sign_out"
    SEAT_ASSIGNED = "seat.assigned"  # by lot
    SEAT_FREED = "seat.freed"  # the examiner ended a terminal's hold
    SEAT_MOVE_REQUESTED = "seat.move_requested"  # a second move
    SEAT_MOVE_REFUSED = "seat.move_refused"
    SEAT_MOVED = "seat.moved"
    TERMINAL_ENROL = "terminal.enrol"
    TERMINAL_SWITCH = "terminal.switch"  # an attempt goes on at another terminal
    TERMINAL_OFFLINE = "terminal.offline"
    TERMINAL_ONLINE = "terminal.online"
    # an attempt
    EXAM_PAPER_DRAWN = "exam.paper_drawn"  # seed, paper hash, bank release, policy
    EXAM_RELEASED = "exam.released"  # the examiner lets the candidate start
    EXAM_START = "exam.start"
    EXAM_PAUSE = "exam.pause"
    EXAM_RESUME = "exam.resume"
    EXAM_ANSWER_CONFLICT = "exam.answer_conflict"  # a known seq sent again with other options
    EXAM_SUBMIT = "exam.submit"
    EXAM_AUTO_SUBMIT = "exam.auto_submit"  # closed by the clock, or early because failing is certain
    EXAM_ABORT = "exam.abort"  # ended by the examiner
    EXAM_TIME_REQUESTED = "exam.time_requested"
    EXAM_TIME_ADDED = "exam.time_added"
    EXAM_TIME_REFUSED = "exam.time_refused"
    EXAM_REOPEN_REQUESTED = "exam.reopen_requested"
    EXAM_REOPENED = "exam.reopened"
    EXAM_REOPEN_REFUSED = "exam.reopen_refused"
    EXAM_SIGNATURE_OWED = "exam.signature_owed"  # done with one signature; the result is provisional until the second
    EXAM_SIGNATURE_GIVEN = "exam.signature_given"
    EXAM_SIGNATURE_OVERDUE = "exam.signature_overdue"
    EXAM_SCORED = "exam.scored"
    EXAM_MAKEUP_RELEASED = "exam.makeup_released"
    EXAM_MAKEUP_DECLINED = "exam.makeup_declined"  # the candidate left after the first fail
    EXAM_REGRADE_REQUESTED = "exam.regrade_requested"
    EXAM_REGRADED = "exam.regraded"
    EXAM_VOID_REQUESTED = "exam.void_requested"
    EXAM_VOIDED = "exam.voided"
    # papers given to people
    SHEET_ISSUED = "sheet.issued"
    SHEET_SUPERSEDED = "sheet.superseded"
    SHEET_FAILED = "sheet.failed"  # could not be made; the exam went on
    SHEET_VIEWED = "sheet.viewed"
    SLIP_ISSUED = "slip.issued"
    # questions and rules
    BANK_IMPORTED = "bank.imported"
    BANK_PICTURE = "bank.picture"  # a picture taken in, or what one sees on it said anew
    BANK_RELEASED = "bank.released"
    BANK_PAPER_REFUSED = "bank.paper_refused"  # a blueprint that the release cannot fill, with the missing cell
    BANK_PROPOSED = "bank.proposed"  # a release, put together for the publisher
    BANK_WITHDRAWN = "bank.withdrawn"  # by its proposer, or refused by its publisher
    BANK_PULLED = "bank.pulled"  # questions taken from the bank's folder into the desk
    BANK_PUSHED = "bank.pushed"  # and written back into it
    QUESTION_DRAFT = "question.draft"
    QUESTION_TRANSLATE = "question.translate"
    QUESTION_REVIEW = "question.review"
    QUESTION_APPROVE = "question.approve"
    QUESTION_RETURN = "question.return"  # not approved: back to whoever wrote it
    QUESTION_RESTORE = "question.restore"  # retired before
    QUESTION_REMARK = "question.remark"
    QUESTION_RECORD = "question.record"  # a recording of one text, by whom it was taken
    QUESTION_HEAR = "question.hear"  # approved by a second speaker of the dialect
    QUESTION_SILENCE = "question.silence"  # sent back by that speaker
    AUDIO_SPEAKER = "audio.speaker"  # a voice was entered, or its consent
    QUESTION_PUBLISH = "question.publish"
    QUESTION_RETIRE = "question.retire"
    QUESTION_VOIDED = "question.voided"  # found faulty after it was asked
    POLICY_CHANGE = "policy.change"  # a new version, or a site's override
    POLICY_TIBETAN_APPROVED = "policy.tibetan_approved"  # the approval of Tibetan papers, as entered
    # who looked, and what left the house
    AUDIT_VIEWED = "audit.viewed"  # an attempt's timeline or replay
    AUDIT_VERIFIED = "audit.verified"
    EXPORT_MADE = "export.made"
    PD_VIEWED = "pd.viewed"  # full identity shown to a person
    PD_ERASED = "pd.erased"
    # the log, the site, the machine
    LOG_HEADS = "log.heads"  # heads of all attempts that grew since the last one
    LOG_COSIGNED = "log.cosigned"
    LOG_REFUSED = "log.refused"  # a witness refused a checkpoint
    LOG_EPOCH_NEW = "log.epoch_new"
    CLOCK_STEP = "clock.step"  # wall time moved against monotonic time by more than 2 s
    OUTAGE_RECORDED = "outage.recorded"  # the gap since the last tick, which costs no candidate time
    SITE_INIT = "site.init"
    SITE_KEY = "site.key"  # a key made, changed or withdrawn
    SITE_START = "site.start"  # the server came up, with software and schema version
    SITE_STOP = "site.stop"
    SITE_MIGRATED = "site.migrated"
    SITE_FAULT = "site.fault"  # disk full, database away
    DEMO_CREATED = "demo.created"
    DEMO_DOOR = "demo.door"  # one-click sign-in of a demonstration
