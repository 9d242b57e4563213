"""The report from the outline: ids, grades and statuses, and what a reader should know."""
