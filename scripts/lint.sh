#!/usr/bin/env bash
# Every check that reads the code without running it; all are run, and any failure counts.
source "$(dirname "$0")/common.sh"

cd "$PROJECT"
failed=()
check() {
    say "== $*"
    "$@" >&2 || failed+=("$*")
}
check "$VENV/bin/ruff" check .
check "$VENV/bin/ruff" format --check .
check "$VENV/bin/mypy"
check "$VENV/bin/lint-imports"
check "$VENV/bin/sqlfluff" lint --disable-progress-bar spatial/sql app migrations/views
check npm --prefix frontend run --silent lint
[ ${#failed[@]} -eq 0 ] || give_up "Failed: $(printf '\n  %s' "${failed[@]}")"
