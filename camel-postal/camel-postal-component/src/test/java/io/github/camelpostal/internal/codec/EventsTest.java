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
package io.github.camelpostal.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.github.camelpostal.payload.BounceEvent;
import io.github.camelpostal.payload.DeliveryEvent;
import io.github.camelpostal.payload.Direction;
import io.github.camelpostal.payload.DomainDnsErrorEvent;
import io.github.camelpostal.payload.LinkClickedEvent;
import io.github.camelpostal.payload.MessageInfo;
import io.github.camelpostal.payload.MessageOpenedEvent;
import io.github.camelpostal.payload.Outcome;
import io.github.camelpostal.payload.PayloadException;
import io.github.camelpostal.payload.PostalEvent;
import io.github.camelpostal.payload.SendLimitEvent;
import io.github.camelpostal.payload.ServerInfo;
import io.github.camelpostal.payload.UnknownEvent;
import io.github.camelpostal.testing.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventsTest {

    private static final String MESSAGE = "{\"id\":7,\"token\":\"t\",\"direction\":\"outgoing\",\"message_id\":null,\"to\":null,"
            + "\"from\":null,\"subject\":null,\"timestamp\":1,\"spam_status\":\"NotChecked\",\"tag\":null}";

    @Test
    void aDeliveryTellsHowAnAttemptEnded() throws Exception {
        DeliveryEvent event = event("webhooks/MessageSent-sent", DeliveryEvent.class);

        assertThat(event.event()).isEqualTo("MessageSent");
        assertThat(event.uuid()).isEqualTo("f754f7dc-571e-4ce3-8e9e-e900fb990bc7").isEqualTo(event.dedupKey());
        assertThat(event.timestamp()).isEqualTo(Instant.parse("2026-11-20T17:45:41.3768268Z"));
        assertThat(event.message()).isEqualTo(new MessageInfo(127, "Xt1zJaRrXRm93QYe", Direction.OUTGOING,
                "c2ade55d-ef5d-4bf1-a39c-d02998a88ab9@rp.postal.example.com", "ok1@rcpt.test",
                "me@acme.example", "Grüße & <tags> ✓", Instant.parse("2026-11-20T17:45:39.091518Z"),
                "NotChecked", "welcome"));
        assertThat(event.status()).isEqualTo("Sent");
        assertThat(event.details()).isEqualTo("Message for ok1@rcpt.test accepted by 127.0.0.1:2526 (sink.test)");
        assertThat(event.output()).isEqualTo("250 2.0.0 Ok: queued as SINK0112");
        assertThat(event.sentWithSsl()).isEqualTo(false);
        assertThat(event.attempted()).isEqualTo(Instant.parse("2026-11-20T17:45:41.3704329Z"));
        assertThat(event.time()).isEqualTo(Duration.ofMillis(40));
        assertThat(event.outcome()).isEqualTo(Outcome.DELIVERED);
    }

    @Test
    void whereNothingWasTransmittedSslAndTimeAreUnknown() throws Exception {
        DeliveryEvent event = event("webhooks/MessageDeliveryFailed-norcpt", DeliveryEvent.class);

        assertThat(event.message().to()).isNull();
        assertThat(event.sentWithSsl()).isNull();
        assertThat(event.time()).isNull();
        assertThat(event.output()).isEqualTo("");
    }

    @ParameterizedTest
    @CsvSource({"webhooks/MessageSent-sent, delivered", "webhooks/incoming-MessageSent-json-hash-plain, accepted",
            "webhooks/MessageDelayed-soft, deferred", "webhooks/incoming-MessageDelayed-endpoint-s503, deferred",
            "webhooks/MessageDeliveryFailed-hard, failed", "webhooks/incoming-MessageDeliveryFailed-mode-bounce, failed",
            "webhooks/MessageHeld-held-credential, held", "webhooks/MessageBounced, bounced",
            "webhooks/MessageLinkClicked, clicked", "webhooks/MessageLoaded, opened",
            "webhooks/DomainDNSError-all-missing, dns",
            "webhooks/SendLimitApproaching-undocumented, limit", "incoming/json-hash-plain, inbound",
            "incoming/form-raw-plain, inbound"})
    void theOutcomeIsOneWordForAllKinds(String recording, String outcome) throws Exception {
        assertThat(Bodies.decode(Recording.of(recording)).outcome().value()).isEqualTo(outcome);
    }

    @Test
    void aBounceIsAboutTheOriginalMessage() throws Exception {
        BounceEvent event = event("webhooks/MessageBounced", BounceEvent.class);

        assertThat(event.message()).isSameAs(event.originalMessage());
        assertThat(event.message().id()).isEqualTo(138);
        assertThat(event.bounce().id()).isEqualTo(141);
        assertThat(event.bounce().direction()).isEqualTo(Direction.INCOMING);
        assertThat(event.bounce().from()).isNull();
    }

    @Test
    void aClickHasTheLinksOwnToken() throws Exception {
        LinkClickedEvent event = event("webhooks/MessageLinkClicked", LinkClickedEvent.class);

        assertThat(event.url()).isEqualTo("https://shop.example/plain?z=1");
        assertThat(event.token()).isEqualTo("zbnbt0te2O69r3NM");
        assertThat(event.message().token()).isEqualTo("4MqePCkzJ3YCPDlF");
        assertThat(event.ipAddress()).isEqualTo("203.0.113.9");
        assertThat(event.userAgent()).startsWith("Mozilla/5.0");
    }

    @Test
    void aLoadedPixelIsAnOpenedMessage() throws Exception {
        MessageOpenedEvent event = event("webhooks/MessageLoaded", MessageOpenedEvent.class);

        assertThat(event.event()).isEqualTo("MessageLoaded");
        assertThat(event.message().tag()).isEqualTo("tracked");
        assertThat(event.ipAddress()).isEqualTo("203.0.113.9");
    }

    @Test
    void aDnsErrorSaysWhichEntryIsWrong() throws Exception {
        DomainDnsErrorEvent event = event("webhooks/DomainDNSError-all-missing", DomainDnsErrorEvent.class);

        assertThat(event.domain()).isEqualTo("dns.example");
        assertThat(event.domainUuid()).isEqualTo("522ddc57-8c13-4f9c-9870-38663acfa659").isNotEqualTo(event.uuid());
        assertThat(event.server()).isEqualTo(
                new ServerInfo("9902cf1a-7809-4109-b80b-fcd8a4afc776", "Main", "main", "acme"));
        assertThat(event.checked()).isEqualTo(Instant.parse("2026-11-20T17:46:44.686592Z"));
        assertThat(event.spf().ok()).isFalse();
        assertThat(event.returnPath().status()).isEqualTo("Missing");
        assertThat(event.mx().error()).isEqualTo("There are no MX records for dns.example");
    }

    @Test
    void bothLimitEventsAreKnown() throws Exception {
        SendLimitEvent approaching = event("webhooks/SendLimitApproaching-undocumented", SendLimitEvent.class);
        SendLimitEvent exceeded = (SendLimitEvent) Bodies.json(
                Recording.of("webhooks/SendLimitApproaching-undocumented").bodyText().replace("Approaching", "Exceeded"));

        assertThat(approaching.volume()).isEqualTo(135);
        assertThat(approaching.limit()).isEqualTo(5);
        assertThat(approaching.exceeded()).isFalse();
        assertThat(exceeded.exceeded()).isTrue();
        assertThat(exceeded.outcome()).isEqualTo(Outcome.LIMIT);
    }

    @Test
    void anUnknownEventKeepsItsPayload() throws Exception {
        UnknownEvent event = (UnknownEvent) Bodies.json("{\"event\":\"MessageTeleported\",\"timestamp\":1,\"uuid\":\"u-1\","
                + "\"payload\":{\"to\":[\"mars\",{\"x\":1.50}],\"big\":12345678901234567890,\"n\":null,\"ok\":true}}");

        assertThat(event.event()).isEqualTo("MessageTeleported");
        assertThat(event.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(event.payload()).containsEntry("to", List.of("mars", Map.of("x", new BigDecimal("1.50"))))
                .containsEntry("big", new BigInteger("12345678901234567890")).containsEntry("n", null)
                .containsEntry("ok", true);
        assertThat(event.toMap()).containsEntry("payload", event.payload());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "Received a 503 from https://user:p%40ss@hook.example/x?y=1 | Received a 503 from https://hook.example/x?y=1",
            "Received a -2 from http://user:p@ss@hook.example | Received a -2 from http://hook.example",
            "from http://token@hook.example:8080/a@b and http://u:p@other/ | from http://hook.example:8080/a@b and http://other/",
            "Message for me@x.test accepted by 127.0.0.1 | Message for me@x.test accepted by 127.0.0.1",
            "see https://x.test/path/me@x.test | see https://x.test/path/me@x.test"})
    void credentialsInsideUrlsAreRemovedFromDetails(String details, String shown) throws Exception {
        for (String name : List.of("MessageDelayed", "MessageTeleported")) {
            PostalEvent event = (PostalEvent) Bodies
                    .json("{\"event\":\"" + name + "\",\"timestamp\":1,\"uuid\":\"u\",\"payload\":{"
                            + "\"message\":" + MESSAGE + ",\"status\":\"SoftFail\",\"details\":\"" + details
                            + "\",\"timestamp\":1,\"time\":null}}");

            assertThat(event.payload()).containsEntry("details", shown);
        }
    }

    @Test
    void aTimeKeepsEveryDigitAndIsNeverRounded() throws Exception {
        for (String seconds : List.of("1795196741.7438211", "1795196741.000001", "1795196741", "0.1", "1795196740", "-1.5")) {
            PostalEvent event = (PostalEvent) Bodies
                    .json("{\"event\":\"X\",\"timestamp\":" + seconds + ",\"uuid\":\"u\",\"payload\":{}}");

            assertThat(event.toMap().get("timestamp")).hasToString(seconds);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"1795196741.5\"", "1795196741.50", "1.7951967415e9"})
    void aTimeMayBeWrittenInSeveralWays(String seconds) throws Exception {
        PostalEvent event = (PostalEvent) Bodies
                .json("{\"event\":\"X\",\"timestamp\":" + seconds + ",\"uuid\":\"u\",\"payload\":{}}");

        assertThat(event.timestamp()).isEqualTo(Instant.parse("2026-11-20T17:45:41.500Z"));
    }

    @Test
    void oldAndNewerReleasesAreUnderstood() throws Exception {
        DeliveryEvent event = (DeliveryEvent) Bodies
                .json("{\"uuid\":\"u\",\"extra\":{\"a\":[1]},\"payload\":{\"new\":[[]],\"message\":"
                        + MESSAGE.replace("\"id\":7", "\"id\":\"7\",\"more\":1")
                        + ",\"status\":\"Sent\",\"sent_with_ssl\":1,\"timestamp\":\"2.5\",\"time\":\"0.04\"},\"timestamp\":1,\"event\":\"MessageSent\"}");

        assertThat(event.message().id()).isEqualTo(7);
        assertThat(event.sentWithSsl()).isEqualTo(true);
        assertThat(event.attempted()).isEqualTo(Instant.ofEpochSecond(2, 500_000_000));
        assertThat(event.time()).isEqualTo(Duration.ofMillis(40));
        assertThat(event.details()).isNull();
        assertThat(event.output()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"id\":7", "\"token\":\"t\"", "\"direction\":\"outgoing\"", "\"timestamp\":1"})
    void anEventWithoutWhatIdentifiesItsMessageIsRefused(String field) {
        String message = MESSAGE.replace(field, "\"x\":1");

        assertThatThrownBy(
                () -> Bodies.json("{\"event\":\"MessageLoaded\",\"timestamp\":1,\"uuid\":\"u\",\"payload\":{\"message\":"
                        + message + "}}"))
                .isInstanceOf(PayloadException.class).hasMessageContaining("is missing")
                .hasMessageContaining(field.substring(1, field.indexOf('"', 1)));
    }

    @Test
    void whatIsLoggedNamesNobody() throws Exception {
        for (Recording recording : Recording.all("webhooks")) {
            assertThat(Bodies.decode(recording).toString()).as(recording.name()).doesNotContain("@", "203.0.113", "Grüße")
                    .contains(((PostalEvent) Bodies.decode(recording)).uuid());
        }
        for (Recording recording : Recording.all("incoming")) {
            assertThat(Bodies.decode(recording).toString()).matches("inbound mail \\d+");
        }
    }

    private static <T> T event(String recording, Class<T> type) throws Exception {
        return type.cast(Bodies.decode(Recording.of(recording)));
    }
}
