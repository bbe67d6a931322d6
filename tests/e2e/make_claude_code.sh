#!/bin/sh
# Puts the Claude Code client of the version that is tested under ~/.cache/nanites-dev, once. Needs node and npm.
set -eu
version=2.1.330
home="$HOME/.cache/nanites-dev/claude-code"
installed() { HOME="$home" DISABLE_AUTOUPDATER=1 "$home/bin/claude" --version 2>/dev/null | grep -q "^$version "; }
installed && exit 0
mkdir -p "$home/bin"
cd "$home"
[ -f package.json ] || echo '{"private":true}' > package.json
npm install --no-audit --no-fund --silent --save-exact "@anthropic-ai/claude-code@$version"
# Where npm passes over the script that puts the program in its place, it is used where it lies.
program="$home/node_modules/.bin/claude"
HOME="$home" DISABLE_AUTOUPDATER=1 "$program" --version >/dev/null 2>&1 ||
  program="$(ls "$home"/node_modules/@anthropic-ai/claude-code-*/claude | head -1)"
ln -sf "$program" "$home/bin/claude"
installed
