"""The glossary: all terms, those still to be confirmed as a sheet for the translation bureau."""

from flask import render_template, request

from ..domain.access import Act
from ..web.guard import staff
from . import terms as glossary
from .views import desk, words


@desk.get("/terms")
@staff(Act.SEE_BANK)
def terms() -> str:
    """The terms with their Tibetan; `status=draft` those that the translation bureau has to confirm, laid out for print."""
    found, status = glossary.glossary(), request.args.get("status", "")
    sought = request.args.get("text", "").strip()[:40]
    shown = [
        term
        for term in found
        if (not status or term.status == status)
        and (not sought or sought in term.zh or sought in term.bo or sought in term.en)
    ]
    return render_template(
        "desk/terms.html",
        shown=shown,
        whole=len(found),
        drafts=sum(term.status == "draft" for term in found),
        status=status,
        sought=sought,
        uses=glossary.uses(),
        **words(),
    )
