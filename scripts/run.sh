#!/usr/bin/env bash
# Builds the daemon and starts a demo office on loopback. Its data stays in run-data; DATA names another
# folder, SIP another address and port (0.0.0.0:5060 for phones on the network),
# HTTPS another one for the page.
# The daemon itself says how to use it, and what to do when a port is taken.
set -euo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"
check_toolchain

echo "building (a few minutes the first time)"
npm --prefix webui --silent ci --no-audit --no-fund
npm --prefix webui --silent run build
cargo build --release --locked -p bellboxd
exec "${CARGO_TARGET_DIR:-target}/release/bellboxd" serve --demo \
    --data "${DATA:-run-data}" --sip "${SIP:-127.0.0.1:5060}" --https "${HTTPS:-127.0.0.1:8443}"
