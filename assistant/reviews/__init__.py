"""What reviewers find and approve: the nouns, and the protocol of whoever stores them (`assistant/records/` does)."""
