"""One file that holds what a data folder cannot be made again from: records, own articles, settings."""
