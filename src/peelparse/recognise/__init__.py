"""TWO: a page's blocks to its report. The door is `recognise_page`.

blocks ─▶ labelling   what each block is by its own words: tokens
tokens ─▶ surveying   the whole page: title, kind, ends; roles that no line tells alone
tokens ─▶ placing     each block in its one place: drafts of judgements and questions
drafts ─▶ reporting   ids, grades and statuses, diagnostics: the report

`page` sets the four steps in order; each may use those before it, and `vocabulary`,
`roles`, `token`, `sentences` and `context` serve all. The words are in `words/`.
"""

from peelparse.recognise.page import Options, Recognition, recognise_page

__all__ = ["Options", "Recognition", "recognise_page"]
