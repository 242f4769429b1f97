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
package io.github.camelpostal.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client meets that looks for its own messages by id after a response was lost. */
class MessageFaultsTest {
    private final Stage stage = new Stage();
    private final Client client = new Client(stage.postal);
    private final MessageFaults faults = stage.postal.server().faults();

    @AfterEach
    void stop() {
        stage.close();
    }

    @Test
    void leavesAGapInTheIds() {
        faults.skipIds(3);

        assertThat(id(send("ann@a.test"), "ann@a.test")).isEqualTo(4);
        assertThat(id(send("bob@a.test"), "bob@a.test")).isEqualTo(5);
        assertThat(code(2)).isEqualTo("MessageNotFound");
    }

    @Test
    void putsMessagesOfOtherSendersBetweenThoseOfOneCall() {
        faults.interleaveOtherSenders(2);

        JsonNode response = send("ann@a.test", "bob@a.test");
        stage.settle();

        assertThat(List.of(id(response, "ann@a.test"), id(response, "bob@a.test"))).containsExactly(1L, 4L);
        assertThat(stage.postal.sent()).hasSize(6).allMatch(mail -> mail.status().equals("Sent"));
        assertThat(stage.postal.sent().from("other@elsewhere.example")).hasSize(4).extracting(StoredMail::messageId)
                .doesNotHaveDuplicates().doesNotContain(messageId(response));
    }

    @Test
    void hasIncomingCopiesWithTheSameMessageId() {
        faults.copyBackIn(true);

        JsonNode response = send("ann@a.test");

        StoredMail copy = stage.postal.received().only();
        assertThat(copy.id()).isEqualTo(2);
        assertThat(copy.messageId()).isEqualTo(messageId(response));
        assertThat(copy.rcptTo()).isEqualTo("ann@a.test");
        assertThat(copy.status()).isEqualTo("Processed");
        assertThat(details(2).path("direction").asText()).isEqualTo("incoming");
    }

    @Test
    void storesAMessageTwiceAndNamesTheSecond() {
        faults.storeTwice(1);

        JsonNode response = send("ann@a.test", "bob@a.test");
        stage.settle();

        assertThat(id(response, "ann@a.test")).isEqualTo(2);
        assertThat(stage.postal.sent().to("ann@a.test")).hasSize(2).allMatch(mail -> mail.status().equals("Sent"))
                .extracting(StoredMail::messageId).containsOnly(messageId(response));
        assertThat(stage.postal.sent().to("bob@a.test")).hasSize(1);
    }

    @Test
    void neverQueuesAMessageThatStaysPending() {
        faults.leavePending(1);

        send("ann@a.test", "bob@a.test");
        stage.postal.advance(Duration.ofDays(2));

        assertThat(stage.postal.sent()).extracting(StoredMail::status).containsExactly("Pending", "Sent");
        stage.postal.server().retryNow(1);
        stage.settle();
        assertThat(stage.postal.sent()).extracting(StoredMail::status).containsExactly("Sent", "Sent");
    }

    @Test
    void knowsNothingOfWhatWasPurged() {
        send("ann@a.test", "softfail@a.test", "held@a.test", "eve@a.test");
        stage.settle();

        faults.purge(1, 3);
        stage.postal.advance(Duration.ofDays(8));

        assertThat(stage.postal.sent()).extracting(StoredMail::id).containsExactly(4L);
        assertThat(code(1)).isEqualTo("MessageNotFound");
        assertThat(id(send("mia@a.test"), "mia@a.test")).as("ids are not given again").isEqualTo(5);
    }

    @Test
    void keepsAPurgeOverARestart(@TempDir Path folder) {
        try (PostalSandbox first = PostalSandbox.builder().keyPair(Signatures.PAIR).storage(folder).virtualTime().start()) {
            new Client(first).call("/api/v1/send/message",
                    "{'to':['a@a.test','b@a.test'],'from':'me@example.com','plain_body':'b'}");
            first.server().faults().purge(2, 2);
        }
        try (PostalSandbox second = PostalSandbox.builder().keyPair(Signatures.PAIR).storage(folder).virtualTime().start()) {
            assertThat(second.sent()).extracting(StoredMail::id).containsExactly(1L);
            JsonNode response = new Client(second).call("/api/v1/send/message",
                    "{'to':['c@a.test'],'from':'me@example.com','plain_body':'b'}");
            assertThat(id(response, "c@a.test")).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void losesTheResponseInTheMiddleOfACall(int recipients) {
        stage.postal.apiFaults().on("send/message").next(1).loseResponseAfterRecipients(recipients);

        assertThatThrownBy(() -> send("ann@a.test", "bob@a.test", "eve@a.test")).isInstanceOf(UncheckedIOException.class);
        stage.settle();

        assertThat(stage.postal.sent()).hasSize(recipients).allMatch(mail -> mail.status().equals("Sent"));
        assertThat(send("mia@a.test").path("status").asText()).isEqualTo("success");
    }

    @Test
    void commitsAfterItsClientHasGone() {
        stage.postal.apiFaults().on("send/message").next(1).commitAfterDisconnect(Duration.ofSeconds(20));

        assertThatThrownBy(() -> send("ann@a.test", "bob@a.test")).isInstanceOf(UncheckedIOException.class);
        stage.postal.advance(Duration.ofSeconds(19));
        assertThat(stage.postal.sent()).isEmpty();
        stage.postal.advance(Duration.ofSeconds(2));

        assertThat(stage.postal.sent()).extracting(StoredMail::status).containsExactly("Sent", "Sent");
    }

    @Test
    void commitsLateInRealTimeToo() {
        try (PostalSandbox real = PostalSandbox.builder().keyPair(Signatures.PAIR).start()) {
            real.apiFaults().next(1).commitAfterDisconnect(Duration.ofMillis(50));
            assertThatThrownBy(() -> new Client(real).call("/api/v1/send/message",
                    "{'to':['ann@a.test'],'from':'me@example.com','plain_body':'b'}")).isInstanceOf(UncheckedIOException.class);

            assertThat(real.sent().to("ann@a.test").withStatus("Sent").await()).hasSize(1);
        }
    }

    @Test
    void goesOnAsUsualWhenCleared() {
        faults.skipIds(5);
        faults.interleaveOtherSenders(2);
        faults.copyBackIn(true);
        faults.storeTwice(2);
        faults.leavePending(2);
        faults.clear();

        assertThat(id(send("ann@a.test"), "ann@a.test")).isEqualTo(1);
        assertThat(id(send("bob@a.test"), "bob@a.test")).isEqualTo(2);
    }

    private JsonNode send(String... to) {
        return client.call("/api/v1/send/message",
                "{'to':['" + String.join("','", to) + "'],'from':'me@acme.example','plain_body':'b'}");
    }

    private JsonNode details(long id) {
        return client.call("/api/v1/messages/message", "{'id':" + id + ",'_expansions':['details']}").at("/data/details");
    }

    private String code(long id) {
        return client.call("/api/v1/messages/message", "{'id':" + id + "}").at("/data/code").asText();
    }

    private static String messageId(JsonNode response) {
        return response.at("/data/message_id").asText();
    }

    private static long id(JsonNode response, String to) {
        return response.at("/data/messages/" + to + "/id").asLong();
    }
}
