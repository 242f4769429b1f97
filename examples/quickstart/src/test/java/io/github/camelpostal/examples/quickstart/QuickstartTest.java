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
package io.github.camelpostal.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole demo, as a newcomer runs it. */
@Timeout(150)
class QuickstartTest {

    @TempDir
    Path folder;

    @Test
    void showsAllThreeRoutesAndEndsWell() throws Exception {
        assertThat(run()).isZero();

        assertThat(names("sent")).hasSize(8).filteredOn(name -> name.endsWith(".result.json")).hasSize(4);
        assertThat(names("failed")).hasSize(2).anyMatch(name -> name.endsWith("half-written.json.reason.txt"));
        assertThat(names("review")).isEmpty();
        assertThat(names("outbox")).isEmpty();
        // six mails to people, and the reply to Ann
        assertThat(outcomes()).containsExactlyInAnyOrder("delivered", "delivered", "delivered", "delivered", "bounced", "held",
                "failed");
        assertThat(names("tickets")).hasSize(1);
        assertThat(names("tickets/" + names("tickets").get(0))).filteredOn(name -> name.endsWith(".reply.json")).hasSize(1);
    }

    @Test
    void mayBeStartedAgainInTheSameFolder() throws Exception {
        assertThat(run()).isZero();
        assertThat(run()).isZero();

        assertThat(names("sent")).hasSize(16);
        assertThat(names("tickets")).hasSize(2);
    }

    @Test
    void withARealPostalThereIsNoDemoAndExitSaysSo() throws Exception {
        Properties real = properties();
        real.setProperty("camel.component.postal.server-url", "http://127.0.0.1:" + RunningRoutes.freePort());
        real.setProperty("camel.component.postal.api-key", "key");

        assertThat(new Demo().run(Quickstart.main(real), "--exit")).isEqualTo(1);
        assertThat(names("sent")).isEmpty();
    }

    private int run() throws Exception {
        return new Demo().run(Quickstart.main(properties()), "--exit");
    }

    private Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("quickstart.folder", folder.toString());
        properties.setProperty("camel.server.port", String.valueOf(RunningRoutes.freePort()));
        return properties;
    }

    private List<String> names(String subfolder) throws IOException {
        Path path = folder.resolve(subfolder);
        if (!Files.exists(path)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private List<Object> outcomes() throws IOException {
        List<Object> outcomes = new ArrayList<>();
        for (String name : names("status")) {
            Map<String, Object> status = new JsonFile(folder.resolve("status").resolve(name)).read().orElseThrow();
            outcomes.add(status.get("outcome"));
        }
        return outcomes;
    }
}
