#!/usr/bin/env bash
# Everything that `peta serve` needs; with "test" also what the tests need. Two at once take turns.
source "$(dirname "$0")/common.sh"

purpose="${1:-run}"
exec 9>"$TOOLS/setup.lock"
flock --nonblock 9 || { say "Pemasangan lain sedang berjalan; ditunggu."; flock 9; }
"$PROJECT/scripts/install_system.sh" "$purpose" 9>&-
"$PROJECT/scripts/install_python.sh" "$purpose" 9>&-
"$PROJECT/scripts/install_frontend.sh" 9>&-
