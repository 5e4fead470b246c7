#!/usr/bin/env bash
# Measures the daemon's parts alone, then the daemon beside a known server in the same run.
set -euo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"
check_toolchain
scripts/install-tools.sh bench

for bench in sip:message pbx:engine pbx:route media:relay media:recorder media:speech store:mailbox store:office; do
    part=${bench%:*}
    printf '\n=== %s alone\n' "$part"
    cargo bench --locked -p "$part" --bench "${bench#*:}"
done

# The page first: the daemon carries it.
npm --prefix webui --silent ci --no-audit --no-fund
npm --prefix webui --silent run build
cargo build --release --locked -p bellboxd
BELLBOXD_BIN=$(realpath "${CARGO_TARGET_DIR:-target}/release/bellboxd")
export BELLBOXD_BIN
printf '\n=== the page beside a bare server, and calls beside the page\n'
cargo bench --locked -p bellbox-tests --bench page
printf '\n=== the daemon beside kamailio\n'
cargo bench --locked -p bellbox-tests --bench servers
