#!/usr/bin/env bash
# `make run`: from whatever state the machine is in to a served demo city.
source "$(dirname "$0")/common.sh"

say "Menyiapkan Peta Usulan; pertama kali perlu beberapa menit, sesudahnya beberapa detik."
"$PROJECT/scripts/setup.sh" run
cd "$PROJECT"
peta="$VENV/bin/peta"
"$peta" db migrate
"$peta" demo load --size city
exec "$peta" serve
