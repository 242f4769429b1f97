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

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tracked links and the pixel respond as those of a real Postal did, and every visit is told and listed (protocol 3.2). */
class RecordedTrackingTest {
    private final Receiver webhook = new Receiver();
    private final PostalSandbox postal = PostalSandbox.builder().keyPair(Signatures.PAIR).virtualTime()
            .server(server -> server.domain("tracked.example").trackDomain(TrackDomain.of("tracked.example"))).start();
    private final Client client = new Client(postal);

    @BeforeEach
    void sendATrackedMail() {
        client.call("/api/v1/send/message", "{'to':['track1@rcpt.test'],'from':'me@tracked.example','subject':'s',"
                + "'plain_body':'see https://shop.example/plain?z=1\\nbye','html_body':"
                + "'<a href=\\\"https://shop.example/a\\\">a</a> <a href=\\\"http://other.example/b\\\">b</a>'}");
        postal.advance(Duration.ZERO);
        postal.postEventsTo(webhook.url("/"));
    }

    @AfterEach
    void stop() {
        postal.close();
        webhook.close();
    }

    @ParameterizedTest
    @MethodSource("all")
    void respondsAsPostalDid(Recording recording) {
        RawHttp.Response response = RawHttp.send(postal.port(), recording.method(), ours(recording.path()),
                recording.requestHeaders(), new byte[0]);
        postal.advance(Duration.ZERO);

        assertThat(response.status()).isEqualTo(recording.status());
        assertThat(comparable(response.headers())).isEqualTo(recordedHeaders(recording));
        if (!recording.contentType().equals("image/png")) { // the picture is the same, the file is not
            assertThat(response.body()).isEqualTo(recording.responseBody());
        }
        assertThat(visits()).isEqualTo(switch (recording.name()) {
            case "image-load" -> "MessageLoaded loads 1 clicks 0";
            case "link-click", "link-click-post", "plain-link-click" -> "MessageLinkClicked loads 0 clicks 1";
            default -> "nothing loads 0 clicks 0";
        });
    }

    static List<Recording> all() {
        return Recording.all("tracking");
    }

    /** The event with who visited, and what the API lists. */
    private String visits() {
        JsonNode entries = client.call("/api/v1/messages/message", "{'id':1,'_expansions':['activity_entries']}")
                .at("/data/activity_entries");
        String event = "nothing";
        if (!webhook.pending().isEmpty()) {
            JsonNode exchange = webhook.next().json();
            event = exchange.path("event").asText();
            assertThat(exchange.at("/payload/ip_address").asText()).isEqualTo("203.0.113.9");
            assertThat(exchange.at("/payload/user_agent").asText()).isEqualTo("Mozilla/5.0 (Recording; TrÃ¶st)");
            assertThat(exchange.at("/payload/message/id").asLong()).isEqualTo(1);
        }
        return event + " loads " + entries.path("loads").size() + " clicks " + entries.path("clicks").size();
    }

    /** The recorded tokens instead of ours: the mail server's, the message's, and those of two links. */
    private String ours(String path) {
        StoredMail mail = postal.sent().get(0);
        return path.replace("pvcevm", "sandbx").replace("4MqePCkzJ3YCPDlF", mail.token())
                .replace("zbnbt0te2O69r3NM", linkToken("https://shop.example/plain?z=1"))
                .replace("qiUL8zW6pjjrrEw1", linkToken("http://other.example/b"));
    }

    private String linkToken(String url) {
        return postal.runtime().router().servers().get(0).server().trackedLinks().find(1, url).orElseThrow().token();
    }

    private static Map<String, String> recordedHeaders(Recording recording) {
        Map<String, String> headers = new LinkedHashMap<>();
        recording.json().at("/response/headers").properties()
                .forEach(header -> headers.put(header.getKey(), header.getValue().asText()));
        return comparable(headers);
    }

    /** Lower-case names; without what the JDK's server says of itself, and without the length of the picture. */
    private static Map<String, String> comparable(Map<String, String> headers) {
        Map<String, String> lower = new LinkedHashMap<>();
        headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
        lower.remove("date");
        lower.remove("connection"); // it closes without saying so
        if ("image/png".equals(lower.get("content-type"))) {
            lower.remove("content-length");
        }
        return lower;
    }
}
