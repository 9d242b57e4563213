"""How text copies are laid out: pure steps that `from_text` sets in order.

    text ─▶ front_matter ─▶ rows (lines) ─▶ lines with their marks ─▶ blocks ─▶ blocks
                            pages, columns,  browsers, marks,         wrapping   glued,
                            tables           markdown, rst            inline     run_together,
                                                                                 bare_lists

`widths` tells at which width a copy was wrapped, by the lines that `wrapping` joins.
`run_together` takes its labels from `running_labels` and its prose from `running_prose`.

`sentences` says what a line's words tell of its neighbours; `words` is the one place
that reads page wording, from the data files of the vocabulary.
"""
