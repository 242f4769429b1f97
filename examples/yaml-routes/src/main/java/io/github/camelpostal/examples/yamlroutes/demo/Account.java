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
package io.github.camelpostal.examples.yamlroutes.demo;

import java.nio.file.Path;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a person at the console what happens and where to look. */
final class Account {

    private static final Logger CONSOLE = LoggerFactory.getLogger(Account.class);

    private final Path folder;
    private int chapters;

    Account(Path folder) {
        this.folder = folder;
    }

    void opening(String serverUrl, String port, boolean sandbox) {
        say("");
        say("camel-postal YAML routes");
        say("   Postal  %s%s", serverUrl, sandbox ? "  (a sandbox in this process; no mail leaves it)" : "");
        say("   Routes  http://127.0.0.1:%s/postal/events and /postal/mail", port);
        say("   Folder  %s", folder);
    }

    void chapter(String title) {
        say("");
        say("%d. %s", ++chapters, title);
    }

    void file(String what, Path file) {
        say("   %-39s %s", what, folder.relativize(file));
    }

    void end(List<String> missing, boolean sandbox, boolean exit) {
        say("");
        missing.forEach(what -> say("Missing: %s", what));
        if (sandbox && missing.isEmpty()) {
            say("Demo complete");
        }
        if (!exit) {
            say("Now it is your turn: put an .eml or a .json file into %s. Ctrl-C ends it.", folder.resolve("outbox"));
        } else if (!sandbox) {
            say("Missing: the demo. It runs on the sandbox only, and a real Postal is configured.");
        }
    }

    private static void say(String format, Object... values) {
        CONSOLE.info(values.length == 0 ? format : String.format(format, values));
    }
}
