#!/usr/bin/env bash
# Writes constraints.txt and constraints-cuda.txt: every package that Rolewise needs at run time, directly or not, in
# one version, with the SHA-256 of every file that is that version; and constraints-build.txt, the same of what its own
# wheel is built with. Needs uv (python -m pip install uv).
# Run it anywhere in a clone after changing the dependencies in pyproject.toml:  assistant/deploy/lock.sh [--upgrade]
set -euo pipefail
cd "$(dirname "$0")/../.."
folder=assistant/deploy

# PyTorch's builds without CUDA come from its own index, where uv does not look; of those we use, the hash is given here.
cpu='sha256:6746dbcbeb526eb61330b76b41ff1b4eb848951103a892eeb080dfa2b264667b' # torch-2.13.0+cpu-cp311-cp311-manylinux_2_28_x86_64.whl

whole=$(mktemp) build=$(mktemp)
trap 'rm -f "$whole" "$build"' EXIT
[ -f "$folder/constraints.txt" ] && cat "$folder"/constraints*.txt > "$whole"
uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --extra postgresql --no-annotate --no-header \
  --default-index https://pypi.org/simple --quiet --output-file "$whole" "$@" > /dev/null

awk -v cpu="$cpu" -v cuda="$folder/constraints-cuda.txt" -v plain="$folder/constraints.txt" '
  BEGIN {
    print "# Made by assistant/deploy/lock.sh. Install with hashes checked: see README.md, Closed by default." > plain
    print "# Made by assistant/deploy/lock.sh. What the build of torch on PyPI asks for on Linux besides." > cuda
  }
  /^    --hash/ && index($0, cpu) { next } # from the last time
  /^[a-z0-9]/ { file = /^(nvidia-|cuda-|triton==)/ ? cuda : plain }
  { print > file }
  /^torch==2\.13\.0 / { print "    --hash=" cpu " \\" > file }
' "$whole"

# One version of a package that both need, so that both files can be installed together. An editable install takes
# "editables" besides, which hatchling asks for only then.
made="# Made by assistant/deploy/lock.sh. What builds the wheel of Rolewise itself, and is not needed to run it."
[ -f "$folder/constraints-build.txt" ] && cp "$folder/constraints-build.txt" "$build"
python3 -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["build-system"]["requires"], "editables", sep="\n")' |
  uv pip compile - --universal --python-version 3.11 --generate-hashes --constraint "$folder/constraints.txt" --no-annotate --no-header \
    --default-index https://pypi.org/simple --quiet --output-file "$build" "$@" > /dev/null
{ echo "$made"; cat "$build"; } > "$folder/constraints-build.txt"
