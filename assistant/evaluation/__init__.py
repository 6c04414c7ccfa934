"""Score the assistant on the question bank: choose, ask, judge, measure, show, compare."""
