"""Forms of lines in the vocabulary, and how to tell what cannot have them."""

import msgspec

from peelparse.report import GradeStatus


class Form(msgspec.Struct, frozen=True):
    """One form of a line, and how to tell the lines that have not got it."""

    pattern: str
    has: list[str] = []
    """Words one of which every line of this form has; none if there are none."""
    starts: tuple[str, ...] = ()
    """Words with one of which every line begins; none if there are none."""

    def may_fit(self, line: str) -> bool:
        """Whether a line is worth a match: most patterns are not even compiled."""
        return (not self.has or any(word in line for word in self.has)) and (
            not self.starts or line.startswith(self.starts)
        )


class TitleForm(Form, frozen=True):
    """One form in which titles print force and edition."""

    programme: str | None = None
    is_undated: bool = False
    """Whether it names no edition."""

    def may_fit(self, line: str) -> bool:
        """Whether a line is worth a match; all but a few forms name a year."""
        return (self.is_undated or "20" in line) and super().may_fit(line)


class PillarWords(msgspec.Struct, frozen=True):
    """Words of a question or statement that name a pillar."""

    pillar: str
    pattern: str


class StatusForm(Form, frozen=True, kw_only=True):
    """A form of a standing sentence that gives a grade status; its words are keys."""

    status: GradeStatus
