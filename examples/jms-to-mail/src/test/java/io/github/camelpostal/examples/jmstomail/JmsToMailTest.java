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
package io.github.camelpostal.examples.jmstomail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Properties;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The whole demo, as a newcomer runs it. */
@Timeout(600)
class JmsToMailTest {

    @Test
    void showsMailsDeadLettersAndEventsAndEndsWell() throws Exception {
        assertThat(new Demo().run(JmsToMail.main(properties()), "--exit")).isZero();
    }

    @Test
    void withARealPostalThereIsNoDemoAndExitSaysSo() throws Exception {
        Properties real = properties();
        real.setProperty("camel.component.postal.server-url", "http://127.0.0.1:" + LocalBroker.freePort());
        real.setProperty("camel.component.postal.api-key", "key");

        assertThat(new Demo().run(JmsToMail.main(real), "--exit")).isEqualTo(1);
    }

    @Test
    void refusesToGiveTheMessagesOfARealBrokerToASandbox() {
        Properties real = properties();
        real.setProperty("jms-to-mail.broker", "tcp://127.0.0.1:" + LocalBroker.freePort());

        assertThatThrownBy(() -> new Demo().run(JmsToMail.main(real), "--exit")).hasMessageContaining("Set both or neither");
    }

    private static Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("camel.server.host", "127.0.0.1");
        properties.setProperty("camel.server.port", String.valueOf(LocalBroker.freePort()));
        return properties;
    }
}
