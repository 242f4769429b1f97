#!/usr/bin/env bash
# Two nodes, one of them killed again and again: prints a report of every effect, and fails when an invariant does not hold.
#   scale-out.sh [mails] [kills]
set -euo pipefail
cd "$(dirname "$0")/../.."

report=examples/inbox-to-workflow/target/scale-out.txt
rm -f "$report"
status=0
mvn -B -ntp -q -Pscale-out -pl examples/inbox-to-workflow -am verify -Dtest=ScaleOutTest -Dsurefire.failIfNoSpecifiedTests=false \
    -Dinbox.scaleout.mails="${1:-2000}" -Dinbox.scaleout.kills="${2:-5}" || status=$?
if [ -f "$report" ]; then
    cat "$report"
fi
exit "$status"
