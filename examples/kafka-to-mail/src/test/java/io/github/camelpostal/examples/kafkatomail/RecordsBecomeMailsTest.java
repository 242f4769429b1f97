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
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.util.List;

import jakarta.mail.Multipart;
import jakarta.mail.Part;

import io.github.camelpostal.examples.kafkatomail.Topic.Entry;
import io.github.camelpostal.sandbox.PostalSandbox;
import io.github.camelpostal.sandbox.StoredMail;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Kafka.class)
@Timeout(120)
class RecordsBecomeMailsTest {

    @Test
    void sendsTextAndHtmlOfTheTemplatesAndCommits(LocalBroker broker) throws Exception {
        try (PostalSandbox postal = sandbox(); RunningRoutes routes = new RunningRoutes(broker, postal.url()).start()) {
            routes.order("4711", "zoe@customer.example");

            StoredMail mail = postal.awaitSentTo("zoe@customer.example", RunningRoutes.TIMEOUT);
            assertThat(mail.subject()).isEqualTo("Your order 4711");
            assertThat(mail.tag()).isEqualTo(routes.topic("records") + "-0@0");
            assertThat(part(mail.mime(), "text/plain")).contains("Hello Zoë & Co,", "2 x Tea <green>", "42.00 EUR");
            assertThat(part(mail.mime(), "text/html")).contains("Hello Zoë &amp; Co,", "2 &times; Tea &lt;green&gt;");
            await().atMost(RunningRoutes.TIMEOUT).until(() -> routes.committed() == 1);
            assertThat(routes.in("dead-letters")).isEmpty();
            assertThat(routes.in("review")).isEmpty();
        }
    }

    @Test
    void startsWithWhatWasWrittenBeforeItsFirstStart(LocalBroker broker) {
        try (PostalSandbox postal = sandbox(); RunningRoutes routes = new RunningRoutes(broker, postal.url())) {
            routes.order("1", "first@customer.example");
            routes.order("2", "second@customer.example");
            routes.start();

            await().atMost(RunningRoutes.TIMEOUT).until(() -> routes.committed() == 2);
            assertThat(postal.sent()).extracting(StoredMail::rcptTo)
                    .containsExactly("first@customer.example", "second@customer.example");
        }
    }

    @Test
    void putsARefusedRecordAsideUntouchedWithPostalsReason(LocalBroker broker) {
        try (PostalSandbox postal = PostalSandbox.builder().domain("elsewhere.example").start();
                RunningRoutes routes = new RunningRoutes(broker, postal.url()).start()) {
            byte[] value = "{\"order\":\"1\", \"email\":\"a@customer.example\",\"name\":\"A\",\"total\":\"1\",\"lines\":[]}"
                    .getBytes(StandardCharsets.UTF_8);
            ProducerRecord<String, byte[]> record = new ProducerRecord<>(routes.topic("records"), "key", value);
            record.headers().add("trace", "abc".getBytes(StandardCharsets.UTF_8));
            routes.write(record);

            Entry letter = routes.await("dead-letters", seen -> !seen.isEmpty()).get(0);
            assertThat(letter.key()).isEqualTo("key");
            assertThat(letter.bytes()).isEqualTo(value);
            assertThat(letter.headers()).containsEntry("trace", "abc")
                    .containsEntry("failure-code", "UnauthenticatedFromAddress")
                    .containsEntry("failure-topic", routes.topic("records"))
                    .containsEntry("failure-partition", "0")
                    .containsEntry("failure-offset", "0")
                    .hasEntrySatisfying("failure-text", text -> assertThat(text).contains("UnauthenticatedFromAddress"))
                    .doesNotContainKeys("CamelPostalTag", "kafka.OFFSET");
            await().atMost(RunningRoutes.TIMEOUT).until(() -> routes.committed() == 1);
            assertThat(postal.sent()).isEmpty();
        }
    }

    @Test
    void putsAsideWhatNoMailCanBeMadeOfAndGoesOn(LocalBroker broker) {
        try (PostalSandbox postal = sandbox(); RunningRoutes routes = new RunningRoutes(broker, postal.url()).start()) {
            routes.write("half", "{\"order\": ");
            routes.write("list", "[1]");
            routes.write("null", "null");
            routes.write("no value", null);
            routes.write("two", "{} {}");
            routes.write("no total", "{\"order\":\"1\",\"email\":\"a@customer.example\",\"name\":\"A\",\"lines\":[]}");
            routes.write("no address", "{\"order\":\"1\",\"email\":7,\"name\":\"A\",\"total\":\"1\",\"lines\":[]}");
            routes.order("2", "good@customer.example");

            postal.awaitSentTo("good@customer.example", RunningRoutes.TIMEOUT);
            List<Entry> letters = routes.await("dead-letters", seen -> seen.size() == 7);
            assertThat(letters).extracting(Entry::key)
                    .containsExactly("half", "list", "null", "no value", "two", "no total", "no address");
            assertThat(letters).extracting(letter -> letter.header("failure-code")).containsOnly("Unreadable");
            assertThat(letters.get(3).bytes()).isNull();
            assertThat(letters.get(5).header("failure-text")).contains("\"total\"");
            await().atMost(RunningRoutes.TIMEOUT).until(() -> routes.committed() == 8);
            assertThat(postal.sent()).hasSize(1);
        }
    }

    @Test
    void makesOneMailOfARecordWhateverStandsInItsAddress(LocalBroker broker) {
        try (PostalSandbox postal = sandbox(); RunningRoutes routes = new RunningRoutes(broker, postal.url()).start()) {
            routes.order("1", "a@customer.example, b@customer.example");

            assertThat(routes.await("dead-letters", seen -> !seen.isEmpty()).get(0).header("failure-code"))
                    .isEqualTo("Unreadable");
            assertThat(postal.sent()).isEmpty();
        }
    }

    private static PostalSandbox sandbox() {
        return PostalSandbox.builder().domain("shop.example").webhookTimeout(RunningRoutes.TIMEOUT).start();
    }

    private static String part(Part part, String type) throws Exception {
        if (part.isMimeType(type)) {
            return (String) part.getContent();
        }
        String found = null;
        if (part.getContent() instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount() && found == null; i++) {
                found = part(parts.getBodyPart(i), type);
            }
        }
        return found;
    }
}
