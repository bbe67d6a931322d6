#!/bin/sh
# Copies a folder into a dated archive and keeps the last few.
set -eu

keep=5

say() {
	printf '%s\n' "$*" >&2
}

archive() {
	source="$1"
	goal="$2/$(basename "$source")-$(date +%Y%m%d).tar.gz"
	tar -czf "$goal" -C "$(dirname "$source")" "$(basename "$source")"
	say "wrote $goal"
}

prune() {
	ls -1t "$1" | tail -n +$((keep + 1)) | while read -r name; do
		rm -- "$1/$name"
		say "removed $name"
	done
}

main() {
	archive "$1" "$2"
	prune "$2"
}

main "$@"
