"""Question in, cited answer out: understand, find evidence, judge, write, check, render; command line and web."""
