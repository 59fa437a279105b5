#!/usr/bin/env bash
# `make test`: all checks and tests; with "long" the full-size ones too.
source "$(dirname "$0")/common.sh"

"$PROJECT/scripts/setup.sh" test
"$PROJECT/scripts/lint.sh"
cd "$PROJECT"
npm --prefix frontend run --silent test
choice=()
[ "${1:-}" = long ] && choice=(-m "long or not long")
# Files stay together, because their tests share what they build.
exec "$VENV/bin/pytest" -q -n 2 --dist loadfile "${choice[@]}"
