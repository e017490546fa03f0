#!/bin/sh
# Packs the committed tree and the wheels of requirements.txt into dist/examsys.tar. On a machine without a network:
#   tar xf examsys.tar && cd examsys && make run
# deploy/setup.sh sees wheels/ and asks no index. The wheels fit the Python version and the machine kind they were packed on.
set -eu
cd "$(dirname "$0")/.."
mkdir -p dist
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
git archive --prefix=examsys/ HEAD | tar xf - -C "$work"
.venv/bin/python -m pip --version >/dev/null 2>&1 || .venv/bin/python -m ensurepip >/dev/null
.venv/bin/python -m pip download --disable-pip-version-check --require-hashes --only-binary :all: -r requirements.txt -d "$work/examsys/wheels"
tar cf dist/examsys.tar -C "$work" examsys
ls -l dist/examsys.tar
