#!/usr/bin/env bash
# Measures the daemon's parts alone, then the daemon beside a known server and beside its own beginnings in the same run.
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

# The last state in which phones could register and call each other and nothing more: what came since is compared with it.
dial_tone=e9d33478
baseline=target/dial-tone-$dial_tone/bellboxd
builds_baseline() {
    local folder
    folder=$(dirname "$baseline")
    rm -rf "$folder" &&
        mkdir -p "$folder/sources" &&
        git archive "$dial_tone" | tar -x -C "$folder/sources" &&
        (cd "$folder/sources" && CARGO_TARGET_DIR=../build cargo build --release --locked -p bellboxd) &&
        mv "$folder/build/release/bellboxd" "$baseline" &&
        rm -rf "$folder/sources" "$folder/build"
}
if [ -x "$baseline" ] || builds_baseline; then
    BELLBOXD_BASELINE=$(realpath "$baseline")
    export BELLBOXD_BASELINE
else
    echo "Measured without the state of $dial_tone: it is not in the history (git fetch --unshallow), or does not build." >&2
fi

printf '\n=== the page beside a bare server, and calls beside the page\n'
cargo bench --locked -p bellbox-tests --bench page
printf '\n=== the daemon beside kamailio and beside its own dial tone\n'
cargo bench --locked -p bellbox-tests --bench servers
