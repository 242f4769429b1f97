#!/usr/bin/env bash
# Two and then four processes of kafka-to-mail share 20,000 records, and one of them is killed. Prints a report; exits with 1
# when it does not add up. Other numbers: scale-out.sh 1000 2
set -euo pipefail
cd "$(dirname "$0")/../.."
exec mvn -B -ntp -q -Psoak-short -pl examples/kafka-to-mail -am test-compile exec:java -Dexec.classpathScope=test \
    -Dexec.mainClass=io.github.camelpostal.examples.kafkatomail.scaleout.ScaleOut -Dexec.args="$*"
