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
package io.github.camelpostal.examples.kafkatomail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Properties;
import java.util.Set;

import org.apache.kafka.clients.admin.Admin;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The whole demo, as a newcomer runs it. */
@ExtendWith(Kafka.class)
@Timeout(600)
class KafkaToMailTest {

    @Test
    void showsEverythingAndEndsWell() throws Exception {
        assertThat(new Demo().run(KafkaToMail.main(properties()), "--exit")).isZero();
    }

    @Test
    void runsOnAGivenKafkaInTopicsOfItsOwnAndRemovesThem(LocalBroker broker) throws Exception {
        Properties given = properties();
        given.setProperty("bootstrap.servers", broker.bootstrapServers());

        assertThat(new Demo().run(KafkaToMail.main(given), "--exit")).isZero();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            Awaitility.await().atMost(RunningRoutes.TIMEOUT).untilAsserted(() -> {
                Set<String> topics = admin.listTopics().names().get();
                assertThat(topics).doesNotContain("orders").noneMatch(topic -> topic.startsWith("demo-"));
            });
        }
    }

    @Test
    void withARealPostalThereIsNoDemoAndExitSaysSo() throws Exception {
        Properties real = properties();
        real.setProperty("camel.component.postal.server-url", "http://127.0.0.1:" + RunningRoutes.freePort());
        real.setProperty("camel.component.postal.api-key", "key");

        assertThat(new Demo().run(KafkaToMail.main(real), "--exit")).isEqualTo(1);
    }

    private static Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("camel.server.host", "127.0.0.1");
        properties.setProperty("camel.server.port", String.valueOf(RunningRoutes.freePort()));
        return properties;
    }
}
