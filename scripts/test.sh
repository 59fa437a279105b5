#!/usr/bin/env bash
# `make test`: all checks and tests; with "long" the full-size ones too. What fails does not keep
# the rest from being looked at.
source "$(dirname "$0")/common.sh"

"$PROJECT/scripts/setup.sh" test
cd "$PROJECT"
choice=()
[ "${1:-}" = long ] && choice=(-m "long or not long")
failed=()

# Beside the tests, which often wait (the reason for three workers on two cores); told afterwards.
said="$(mktemp -d)"
leave() {
    kill "${lint:-}" "${pages:-}" 2>/dev/null || true
    rm -rf "$said"
}
trap leave EXIT
"$PROJECT/scripts/lint.sh" >"$said/lint" 2>&1 &
lint=$!
npm --prefix frontend run --silent test >"$said/pages" 2>&1 &
pages=$!
# Files stay together, because their tests share what they build.
"$VENV/bin/pytest" -q -n 3 --dist loadfile "${choice[@]}" || failed+=("pytest")

wait "$lint" || failed+=("the checks of make lint")
wait "$pages" || failed+=("the tests of the pages' code")
cat "$said/lint" "$said/pages" >&2
[ ${#failed[@]} -eq 0 ] || give_up "Failed: ${failed[*]/%/;}"
