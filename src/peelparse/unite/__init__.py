"""Many reports to assessments: pages of one force, programme and edition are one.

    reports ──▶ gather ──▶ match copies ──▶ merge ──▶ Assessment
                forces.py  copies.py        judgements.py, questions.py, grades.py

**What is joined.** Overview, pillar pages, detailed findings and one-piece reports of
one force, programme and edition. The force is the one of the reference list; a name
that is in no list is compared without regard to case, dashes and `&`, and the name
without `Police`, `Constabulary` or `Fire and Rescue Service` means the one name that
has it (`Northshire`, `Northshire Police`). Police and fire never join. A page that
lacks force, programme or edition stays an assessment of its own, with PP502: it is
never joined by a guess. Pages that assess nothing are in `set_aside`, `other`.

**Copies of one page.** Pages with the same bytes; with the same address but for
protocol, host, `/hmic` or `/hmicfrs`, slashes and an empty query; two overviews or two
one-piece reports of one assessment; or pages of one kind whose title, date and pillars
do not differ and of which the smaller has at least nine in ten runs of three words
from the other (if these are many, pillars may differ: a bad copy has misread one).

The copy with the most grades wins (so the final state of an overview beats the interim
one), then the one with fewer `to_be_graded`, fewer `not_stated`, more items, then HTML
before text, then the one with more texts, then the later. The others are in
`set_aside` and lend only what the winner lacks: of questions that it has not, those
that have a topic or are said to be carried over. A page in Welsh is a copy of the same
page in English, and lends nothing.

**Which page says it best.** For a pillar's question, date and summary, and for a
question's words, number and topic: the pillar page, then the detailed findings, then
the overview. For a pillar's statement: the overview. For a question's narrative,
sub-headings and boxes: the detailed findings, then the pillar page. Items that only a
further page has are added after those of the best page, each once.

**Grades.** A grade beats none; one read from a label beats one from an image's text,
a statement, then prose; then the later page wins, by `saved` where it is known and
else by date. Where pages give different grades, PP501 says so. Without a grade, the
status that says most is kept; `to_be_graded` and `not_stated` come last.

**Which questions are the same.** Those of one pillar with one topic, or with the same
words where the topic is unknown or the edition has several questions on it. Numbers
decide nothing. A question that only one page or copy shows is kept.

The result does not depend on the order of the reports.
"""

from peelparse.unite.assemble import join
from peelparse.unite.assessment import (
    Assessment,
    JoinedJudgement,
    JoinedQuestion,
    PageRef,
    Role,
    SourceRef,
    Sources,
)

__all__ = [
    "Assessment",
    "JoinedJudgement",
    "JoinedQuestion",
    "PageRef",
    "Role",
    "SourceRef",
    "Sources",
    "join",
]
