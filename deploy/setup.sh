#!/bin/sh
# Sets a clone up, in place: native libraries, a virtual environment, the locked requirements.
#   deploy/setup.sh         what running the product needs
#   deploy/setup.sh tests   that, and what the tests need
# Done once: a stamp with the hash of the lock makes the second call a matter of milliseconds.
# Exit codes: 0 done; 2 this machine has no usable Python; 3 the requirements could not be installed.
set -eu
cd "$(dirname "$0")/.."

part=${1:-run}
venv=.venv
case $part in
  run)   lock=requirements.txt ;;
  tests) lock=tests/requirements.txt ;;
  *)     echo "usage: deploy/setup.sh [run|tests]" >&2; exit 64 ;;
esac
stamp=$venv/.set-up-$part
say() { printf '%s\n' "$@"; }

key=$(cat "$0" "$lock" | sha256sum | cut -d' ' -f1)
if [ -x $venv/bin/python ] && [ "$(cat $stamp 2>/dev/null)" = "$key" ]; then exit 0; fi
say "Setting up ($part). This is done once; it takes one to five minutes."

# 1. Python. A name that pyenv lists but does not run does not count, so each candidate is really started.
find_python() {
  for name in ${PYTHON:-} python3 python3.13 python3.12 python3.11; do
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then say "$name"; return; fi
  done
}
python=$(find_python)
if [ -z "$python" ]; then
  say "Missing:      Python 3.11 or newer." "Needed for:   everything."
  say "Install it:   sudo apt-get install -y python3 python3-venv   (or: PYTHON=/path/to/python3 make setup)"
  say "Without it:   nothing works."
  exit 2
fi

# 2. Native parts. Each line: the package, a test that it is there, what it is for, what works without it.
missing=""
why=""
wants() { # package, what it is for, what works without it
  missing="$missing $1"
  why="$why
  $1: for $2; without it: $3"
}
library() { "$python" -c 'import ctypes, sys; ctypes.CDLL(sys.argv[1])' "$1" 2>/dev/null; }

library libpango-1.0.so.0       || wants libpango-1.0-0 "printing sheets and slips" "all but the PDFs"
library libpangoft2-1.0.so.0    || wants libpangoft2-1.0-0 "printing sheets and slips" "all but the PDFs"
library libharfbuzz-subset.so.0 || wants libharfbuzz-subset0 "small PDFs, quickly" "all, with larger PDFs"
command -v uv >/dev/null 2>&1 || "$python" -c 'import ensurepip, venv' 2>/dev/null ||
  wants python3-venv "the virtual environment" "nothing, unless uv is on the PATH"
if [ "$part" = tests ]; then
  command -v chromium >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1 ||
    wants chromium "the journeys in a browser" "all other tests"
  command -v pdftotext >/dev/null 2>&1 || wants poppler-utils "reading the PDFs back" "all other tests"
  command -v ffmpeg >/dev/null 2>&1 || wants ffmpeg "levelling recordings" "all other tests"
  [ -e /usr/share/hunspell/bo.dic ] || wants hunspell-bo "checking Tibetan spelling" "all other tests"
  command -v initdb >/dev/null 2>&1 || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 ||
    wants postgresql "the database tests on PostgreSQL" "the same tests on SQLite"
fi

install_native() { # "$@": apt-get install line, with sudo where needed
  export DEBIAN_FRONTEND=noninteractive
  say "Installing with apt-get:$missing"
  $become apt-get update -q </dev/null || say "apt-get update failed; trying with the lists that are here."
  $become apt-get install -y -q -o Dpkg::Use-Pty=0 --no-install-recommends $missing </dev/null
}
if [ -n "$missing" ]; then
  become=""
  can=no
  if command -v apt-get >/dev/null 2>&1; then
    if [ "$(id -u)" = 0 ]; then can=yes
    elif sudo -n true 2>/dev/null; then can=yes; become="sudo -n env DEBIAN_FRONTEND=noninteractive"; fi
  fi
  if [ $can = no ] || ! install_native; then
    say "" "Not installed (this account may not, or apt-get failed):$why"
    say "An administrator can install them with:" "  sudo apt-get install -y$missing" "Going on without." ""
  fi
fi

# 3. The virtual environment and the locked requirements, from wheels/ where a bundle brought them.
offline=""
[ -d wheels ] && offline="--no-index --find-links wheels"
say "Installing the requirements of $lock into $venv ..."
if command -v uv >/dev/null 2>&1; then
  [ -x $venv/bin/python ] || uv venv -q --clear --python "$python" $venv
  uv pip install --python $venv/bin/python --require-hashes $offline -r "$lock" || exit 3
else
  [ -x $venv/bin/python ] && [ -x $venv/bin/pip ] || "$python" -m venv --clear $venv
  $venv/bin/python -m pip install --disable-pip-version-check --progress-bar on --require-hashes $offline -r "$lock" || exit 3
fi
say "$key" > $stamp
say "Set up ($part)."
