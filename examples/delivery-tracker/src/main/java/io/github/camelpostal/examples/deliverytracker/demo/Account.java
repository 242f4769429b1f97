/*
 * Copyright 2026 the camel-postal contributors
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.github.camelpostal.examples.deliverytracker.demo;

import java.util.List;
import java.util.Map;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a person at the console what happens and where to look. */
final class Account {

    private static final Logger CONSOLE = LoggerFactory.getLogger(Account.class);

    private final String here;
    private int chapters;

    Account(String here) {
        this.here = here;
    }

    void opening(String serverUrl, boolean sandbox) {
        say("");
        say("camel-postal delivery tracker");
        say("   Postal  %s%s", serverUrl, sandbox ? "  (a sandbox in this process; no mail leaves it)" : "");
        say("   Events  %s/postal/events", here);
        say("   Report  %s/report", here);
    }

    void chapter(String title) {
        say("");
        say("%d. %s", ++chapters, title);
    }

    void line(String text) {
        say("   %s", text);
    }

    void delivery(Map<String, Object> row) {
        say("   %-10s %-27s by %-9s  opened %s, clicked %s", row.get("state"), row.get("rcpt_to"),
                row.get("learned_from"), row.get("opens"), row.get("clicks"));
    }

    void resume() {
        say("   %-10s after an hour, or by hand: curl -X POST -H 'Content-Type: application/json' %s/resume", "goes on", here);
    }

    void end(List<String> missing, boolean sandbox, boolean exit) {
        say("");
        missing.forEach(what -> say("Missing: %s", what));
        if (sandbox && missing.isEmpty()) {
            say("Demo complete");
        }
        if (!exit) {
            say("Look at %s/report in a browser. Ctrl-C ends it.", here);
        } else if (!sandbox) {
            say("Missing: the demo. It runs on the sandbox only, and a real Postal is configured.");
        }
    }

    private static void say(String format, Object... values) {
        CONSOLE.info(values.length == 0 ? format : String.format(format, values));
    }
}
