# The commands of this project. Each installs what it lacks (Debian packages) and says so.

.DEFAULT_GOAL := help
.PHONY: help run test bench fmt

help:            ## say what there is
	@grep -hE '^[a-z]+: .*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/'

run:             ## build and start a demo office on this machine
	@scripts/run.sh

test:            ## check everything, real phones included
	@scripts/test.sh

bench:           ## measure, beside a known server in the same run
	@scripts/bench.sh

fmt:             ## format the sources
	@cargo fmt --all
