#!/bin/sh
# Puts the version of jest that is tested under ~/.cache/nanites-dev, once. Needs node and npm.
set -eu
version=30
home="$HOME/.cache/nanites-dev/jest"
[ -x "$home/node_modules/.bin/jest" ] && exit 0
mkdir -p "$home"
cd "$home"
[ -f package.json ] || echo '{"private":true}' > package.json
npm install --no-audit --no-fund --silent "jest@$version"
