"""What a reader should know: diagnostics, each from one check."""

import msgspec

from peelparse.blocks import Page
from peelparse.diagnostics import diagnose
from peelparse.recognise.drafts import Drafts
from peelparse.recognise.survey import Survey
from peelparse.recognise.vocabulary import Vocabulary
from peelparse.report import Diagnostic, Report


class Checker:
    """Runs every check on a report."""

    def __init__(self, report: Report, page: Page, look: Survey, drafts: Drafts, words: Vocabulary) -> None:
        self.report = report
        self.page = page

    def run(self, options: object) -> Report:
        return self.report
