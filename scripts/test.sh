#!/usr/bin/env bash
# `make test`: all checks and tests; with "long" the full-size ones too. What fails does not keep
# the rest from being looked at.
source "$(dirname "$0")/common.sh"

"$PROJECT/scripts/setup.sh" test
cd "$PROJECT"
choice=()
[ "${1:-}" = long ] && choice=(-m "long or not long")
failed=()
"$PROJECT/scripts/lint.sh" || failed+=("the checks of make lint")
npm --prefix frontend run --silent test || failed+=("the tests of the pages' code")
# Files stay together, because their tests share what they build.
"$VENV/bin/pytest" -q -n 2 --dist loadfile "${choice[@]}" || failed+=("pytest")
[ ${#failed[@]} -eq 0 ] || give_up "Failed: ${failed[*]/%/;}"
