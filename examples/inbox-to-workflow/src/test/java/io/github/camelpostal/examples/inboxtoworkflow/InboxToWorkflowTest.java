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
package io.github.camelpostal.examples.inboxtoworkflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole demo, as a newcomer runs it. */
@Timeout(600)
class InboxToWorkflowTest {

    @TempDir
    Path folder;

    @Test
    void showsAllRoutesAndEndsWellAndMayBeStartedAgain() throws Exception {
        assertThat(new Demo().run(InboxToWorkflow.main(properties()), "--exit")).isZero();
        assertThat(new Demo().run(InboxToWorkflow.main(properties()), "--exit")).isZero();

        try (Stream<Path> mails = Files.list(folder.resolve("attachments"))) {
            assertThat(mails).as("one folder for each run's order").hasSize(2);
        }
        assertThat(folder.resolve("unfinished")).isEmptyDirectory();
    }

    @Test
    void withARealPostalThereIsNoDemoAndExitSaysSo() throws Exception {
        Properties real = properties();
        real.setProperty("camel.component.postal.server-url", "http://127.0.0.1:" + RunningInbox.freePort());
        real.setProperty("camel.component.postal.api-key", "key");

        assertThat(new Demo().run(InboxToWorkflow.main(real), "--exit")).isEqualTo(1);
    }

    private Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("inbox.folder", folder.toString());
        properties.setProperty("inbox.jdbc-url", "jdbc:h2:" + folder.resolve("database") + ";DB_CLOSE_ON_EXIT=FALSE");
        properties.setProperty("camel.server.port", String.valueOf(RunningInbox.freePort()));
        return properties;
    }
}
