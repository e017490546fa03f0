"""What errors say that only staff can meet, as (status, English message): in Chinese and English, never in Tibetan."""

from typing import Final

from .language import message

OFFICE_PROBLEMS: Final[dict[str, tuple[int, str]]] = {
    "access.own_work": (409, message("Four eyes: you had another part in this work; a second person must do it.")),
    "audio.bad_day": (422, message("The day of the consent must be given, and may not be in the future.")),
    "audio.changed": (409, message("This recording was replaced or sent back meanwhile: please load the page again.")),
    "audio.cut_off": (422, message("The recording is cut off: its end is missing. Please export or record it again.")),
    "audio.damaged": (422, message("The recording is damaged: it cannot be read to its end.")),
    "audio.dialect_unknown": (422, message("The bank names no such dialect.")),
    "audio.has_recordings": (
        409,
        message("%(speaker)s has been recorded in this dialect, which can no longer be changed. Enter a new speaker."),
    ),
    "audio.missing": (409, message("The file of this recording is missing on the server.")),
    "audio.name_missing": (422, message("The speaker needs a name of at most 60 signs.")),
    "audio.named_twice": (422, message("Another file of this ZIP is for the same text.")),
    "audio.no_consent": (409, message("Without the consent of %(speaker)s nothing is recorded or approved.")),
    "audio.no_words": (409, message("This text is not there yet in the language of the dialect.")),
    "audio.not_a_speaker": (403, message("Only a speaker of this dialect approves its recordings.")),
    "audio.not_a_zip": (422, message("This is no ZIP file, or it is damaged.")),
    "audio.not_audio": (
        422,
        message("This is no recording: WebM with Opus, Ogg, WAV, MP3, M4A, AAC or FLAC are taken."),
    ),
    "audio.not_named": (
        422,
        message("The name does not say question, text, language and dialect, as in s1-road-001.stem.bo.kham.wav."),
    ),
    "audio.not_stored": (503, message("It could not be written to the disk, which may be full. Please send it again.")),
    "audio.not_whole": (
        409,
        message("No audio paper: %(missing)s texts that it may draw are not recorded and approved in this dialect."),
    ),
    "audio.other_dialect": (422, message("The name tells another dialect or language than that of %(speaker)s.")),
    "audio.other_account": (403, message("This clip was taken under another account, which must sign in to send it.")),
    "audio.recorded": (
        409,
        message(
            "Not taken: %(speaker)s has recorded this text meanwhile. It can be recorded anew once that was sent back."
        ),
    ),
    "audio.recorded_approved": (
        409,
        message("Not taken: the recording of this text by %(speaker)s has been approved by a second speaker."),
    ),
    "audio.silent": (422, message("There is nothing to be heard in this recording.")),
    "audio.speaker_unknown": (422, message("There is no such speaker.")),
    "audio.text_unknown": (404, message("There is no such text: %(text)s.")),
    "audio.to_code": (
        422,
        message("%(kind)s cannot be converted on this server: please export the recording as MP3 or WAV."),
    ),
    "audio.too_large": (413, message("A recording may have at most %(most)s MB.")),
    "audio.too_short": (422, message("This recording is shorter than 0.3 seconds: no text can be said in that time.")),
    "audio.words_changed": (409, message("The words were changed meanwhile: please read out the new ones.")),
    "audio.zip_damaged": (422, message("This file of the ZIP is damaged.")),
    "audio.zip_empty": (422, message("There is no file in this ZIP.")),
    "audio.zip_entry": (422, message("Encrypted files, links and unusual compression are not taken.")),
    "audio.zip_path": (422, message("The name leads out of the ZIP.")),
    "audio.zip_too_large": (413, message("Unpacked, the ZIP has more than %(most)s MB.")),
    "audio.zip_too_many": (422, message("The ZIP has more than %(most)s files.")),
    "bank.not_drawable": (
        409,
        message(
            "Some questions may be drawn in no language: retired, incomplete or with a translation of older Chinese."
        ),
    ),
    "desk.bulk_unknown": (404, message("There is no such act under way.")),
    "desk.changed_meanwhile": (409, message("Somebody else changed this question meanwhile.")),
    "desk.description_changed": (
        409,
        message(
            "Somebody else described this picture meanwhile: on the left stands what holds now, on the right what you typed."
        ),
    ),
    "desk.chinese_changed": (422, message("A translation may not change the Chinese, the key or the pictures.")),
    "desk.has_faults": (422, message("The question still breaks rules: mend what is marked in red first.")),
    "desk.import_changed": (
        409,
        message(
            "%(count)s questions of the bank were changed after this file was read. Nothing was taken over: read it again."
        ),
    ),
    "desk.import_not_read": (409, message("The file has not been read yet.")),
    "desk.import_nothing": (409, message("There is nothing in this file to take over.")),
    "desk.import_taking": (409, message("This file is being taken over just now.")),
    "desk.import_taken": (409, message("This file has been taken over already.")),
    "desk.import_unknown": (404, message("There is no such import.")),
    "desk.no_copy": (409, message("This site has no working copy of the question bank yet: run “bank pull”.")),
    "desk.no_such_act": (422, message("There is no such act.")),
    "desk.no_translation": (409, message("There is no translation yet.")),
    "desk.nothing_ready": (409, message("No question is approved and complete yet: there is nothing to release.")),
    "desk.number_missing": (422, message("The release needs a number.")),
    "desk.number_taken": (409, message("There is a release or a proposal with this number already.")),
    "desk.papers_lost": (
        409,
        message(
            "After this release, papers that can be drawn now could no longer be drawn. Tick that you know it, or wait for more questions."
        ),
    ),
    "desk.picture_refused": (422, message("This picture was refused.")),
    "desk.picture_taken": (409, message("There is a picture with this name already: %(path)s.")),
    "desk.picture_undescribed": (422, message("A picture needs a kind, what it means, and what one sees on it.")),
    "desk.picture_unknown": (404, message("There is no such picture: %(path)s.")),
    "desk.proposal_ended": (409, message("This proposal was published or withdrawn meanwhile.")),
    "desk.proposal_old": (409, message("A question was changed since this release was put together: propose it anew.")),
    "desk.proposal_unknown": (404, message("There is no such proposal.")),
    "desk.proposer_unaware": (
        409,
        message(
            "Who put this release together did not know that these papers could no longer be drawn: it must be proposed anew."
        ),
    ),
    "desk.reason_missing": (422, message("Please give the reason.")),
    "desk.stale": (409, message("The Chinese was changed since this translation was made.")),
    "desk.unreadable": (
        422,
        message("The question would no longer be a whole question: something is missing or does not fit."),
    ),
    "desk.wrong_state": (409, message("This is not possible in the question's present state.")),
}
