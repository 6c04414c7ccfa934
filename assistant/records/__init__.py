"""What is remembered of answers, without who asked: the ground of permanent links, thumbs and reviews."""
