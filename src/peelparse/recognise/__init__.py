"""TWO: a page's blocks to its report. The door is `recognise_page`.

blocks ──▶ tokenise ──▶ survey ──▶ Outline.run ──▶ Assembler ──▶ check ──▶ Report
what each     title,      each block to   judgements,    diagnostics
line is       kind, ends  its one place   questions
"""

from peelparse.recognise.page import Options, Recognition, recognise_page

__all__ = ["Options", "Recognition", "recognise_page"]
