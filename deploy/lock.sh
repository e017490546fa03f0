#!/bin/sh
# Writes requirements.txt and tests/requirements.txt from the lists in pyproject.toml: exact versions with the hashes of
# every wheel, for Python 3.11 and newer on any system; uv and pip both read them. No registry is named in them.
set -eu
cd "$(dirname "$0")/.."
compile() {
  out=$1; shift
  uv pip compile -q pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
    --no-emit-index-url --no-emit-find-links "$@" -o "$out"
}
compile requirements.txt
compile tests/requirements.txt --extra test --constraints requirements.txt
grep -c '==' requirements.txt tests/requirements.txt
