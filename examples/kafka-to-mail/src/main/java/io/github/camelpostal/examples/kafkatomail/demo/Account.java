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
package io.github.camelpostal.examples.kafkatomail.demo;

import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a person at the console what happens and where to look. */
final class Account {

    private static final Logger CONSOLE = LoggerFactory.getLogger(Account.class);

    private int chapters;

    void opening(Surroundings surroundings) {
        say("");
        say("camel-postal kafka-to-mail");
        say("   Kafka   %s%s", surroundings.property(Surroundings.BOOTSTRAP_SERVERS),
                surroundings.hasBroker() ? "  (a broker in this process)" : "");
        say("   Postal  %s%s", surroundings.property(Surroundings.SERVER_URL),
                surroundings.postal() == null ? "" : "  (a sandbox in this process; no mail leaves it)");
        say("   Topics  %s", String.join(" ", Surroundings.TOPICS.stream().map(surroundings::topic).toList()));
    }

    void chapter(String title, String what) {
        say("");
        say("%d. %s", ++chapters, title);
        say("   %s", what);
    }

    void sent(String order, String recipient, String tag, long id) {
        say("   %-11s %-27s sent as message %d, tag %s", order, recipient, id, tag);
    }

    void aside(String record, String code, String text) {
        say("   %-27s %s", record, code);
        say("   %-27s %s", "", text);
    }

    void event(String key, String event, String outcome, String record) {
        say("   key %-3s %-22s %-10s of %s", key, event, outcome, record);
    }

    void line(String format, Object... values) {
        say("   " + format, values);
    }

    void end(List<String> missing, Surroundings surroundings, boolean exit) {
        boolean sandbox = surroundings.postal() != null;
        say("");
        missing.forEach(what -> say("Missing: %s", what));
        if (sandbox && missing.isEmpty()) {
            say("Demo complete");
        }
        if (!exit) {
            say("Now it is your turn: write an order to the topic %s. Ctrl-C ends it.", surroundings.topic("records"));
        } else if (!sandbox) {
            say("Missing: the demo. It runs on the sandbox only, and a real Postal is configured.");
        }
    }

    private static void say(String format, Object... values) {
        CONSOLE.info(values.length == 0 ? format : String.format(format, values));
    }
}
