"""A look over the whole page: title, kind, ends, and the roles that no line tells alone."""
