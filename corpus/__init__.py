"""Articles in: read, split into exact sentences, attributed to roles. Light libraries only."""
