"""Each block in its one place: an outline of pillars, questions, boxes and lists."""
