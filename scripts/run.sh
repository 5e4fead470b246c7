#!/usr/bin/env bash
# Builds the daemon and starts a demo office on loopback. Its data stays in run-data; DATA names another folder.
# The daemon itself says how to use it, and what to do when a port is taken.
set -euo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"
check_toolchain

echo "building (a few minutes the first time)"
cargo build --release --locked -p bellboxd
exec "${CARGO_TARGET_DIR:-target}/release/bellboxd" serve --data "${DATA:-run-data}" --demo
