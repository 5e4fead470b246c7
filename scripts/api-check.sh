#!/usr/bin/env bash
# Asks a running box everything its document allows, and more, with schemathesis; see webui/tests/real/api.mjs. The same
# requests each time. Needs a built bellboxd; schemathesis is put into a folder beside what cargo builds.
set -euo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"
version=4.32.5
tools=${CARGO_TARGET_DIR:-target}/schemathesis-$version
program=$tools/bin/schemathesis

if ! [[ -x $program ]]; then
    rm -rf "$tools"
    virtualenv --quiet "$tools"
    "$tools/bin/pip" install --quiet --disable-pip-version-check "schemathesis==$version"
fi
# It keeps notes in the folder that it runs in.
mkdir -p "$tools/notes"
node=$PWD/webui/tests/real/api.mjs
program=$(realpath "$program")
export CARGO_TARGET_DIR
CARGO_TARGET_DIR=$(realpath "${CARGO_TARGET_DIR:-target}")
cd "$tools/notes"
exec node "$node" "$program" "$@"
