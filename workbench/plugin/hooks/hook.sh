#!/bin/sh
# Runs `nanites hook NAME`; where nanites is not installed it says so once a session and is silent otherwise.
nanites="${NANITES_COMMAND:-nanites}"
if command -v "$nanites" >/dev/null 2>&1; then
  exec "$nanites" hook "$1"
fi
if [ "$1" = session-start ]; then
  echo "nanites: the program is not on the PATH, so its tools are absent (pip install nanite-workbench)"
fi
