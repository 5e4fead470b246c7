#!/usr/bin/env bash
# Measures the daemon beside a known server in the same run, then its parts alone.
set -euo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"
check_toolchain
scripts/install-tools.sh bench

cargo build --release --locked -p bellboxd
BELLBOXD_BIN=$(realpath "${CARGO_TARGET_DIR:-target}/release/bellboxd")
export BELLBOXD_BIN
cargo bench --locked -p bellbox-tests --bench servers
