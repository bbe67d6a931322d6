#!/bin/sh
# Builds Ollama from source into ~/.cache/nanites-dev/bin, through the Go module proxy alone.
#
# Go's module archive of Ollama leaves out three headers that its C++ parts include. Two come with Debian's packages
# nlohmann-json3-dev and libstb-dev, the third (miniaudio.h) with a Go module that vendors it.
set -eu

version=v0.24.0
malgo=github.com/gen2brain/malgo@v0.11.24
bin="$HOME/.cache/nanites-dev/bin"
include="$HOME/.cache/nanites-dev/include"

if [ -x "$bin/ollama" ]; then
    echo "$bin/ollama is there already"
    exit 0
fi
for header in /usr/include/nlohmann/json.hpp /usr/include/stb/stb_image.h; do
    if [ ! -e "$header" ]; then
        echo "$header is missing; install it with: apt-get install nlohmann-json3-dev libstb-dev" >&2
        exit 1
    fi
done

mkdir -p "$bin" "$include/miniaudio"
module=$(go mod download -json "$malgo" | sed -n 's/^[[:space:]]*"Dir": "\(.*\)",*$/\1/p')
cp "$module/miniaudio.h" "$include/miniaudio/miniaudio.h"
chmod u+w "$include/miniaudio/miniaudio.h"
# A plain `go install` compiles for the oldest CPUs, without vector instructions, and is ten times slower. What is for
# matrix instructions (AMX) is not among the files that Go compiles, so nothing may ask for it.
export CGO_CFLAGS="-O3 -march=native" CGO_CXXFLAGS="-O3 -march=native" CGO_CPPFLAGS="-I$include -U__AMX_INT8__"
GOBIN="$bin" go install "github.com/ollama/ollama@$version"
"$bin/ollama" --version
