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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.github.camelpostal.sandbox.internal.smtp.SelfMadeCertificate;

/** A sandbox brought into the state that the real Postal was in when an exchange was recorded. */
final class RecordedState implements AutoCloseable {
    private static final Pattern ID = Pattern.compile("\"id\": (\\d+)(?=[,}\\]])");
    private static final String MAIN_KEY = "RecordingApiKeyMain00001";
    private static final String HOLDING_KEY = "RecordingApiKeyHold00002";

    private final Recording recording;
    private final PostalSandbox postal;
    private final Receiver receiver = new Receiver();
    private StoredMail subject;

    private RecordedState(Recording recording) {
        this.recording = recording;
        String key = recording.requestHeaders().getOrDefault("X-Server-API-Key", MAIN_KEY);
        boolean ownServer = key.contains("Devel") || key.contains("Suspend");
        this.postal = PostalSandbox.builder().keyPair(Signatures.PAIR)
                .apiKey(ownServer ? key : MAIN_KEY)
                .holdingApiKey(HOLDING_KEY)
                .domain("acme.example").domain("dev.example").domain("suspended.example").domain("tracked.example")
                .virtualTime().start();
        postal.outcome("grey@*", Outcome.softFail("450 4.2.0 Greylisted, please try again in 300 seconds"));
        postal.outcome("datahard@*", Outcome.hardFail("554 5.7.1 Message rejected as spam"));
    }

    static RecordedState before(Recording recording) {
        RecordedState state = new RecordedState(recording);
        if (recording.path().contains("/messages/")) {
            state.prepare();
            state.waitForAllRows();
        }
        if (recording.name().endsWith("server-suspended")) {
            state.postal.server().suspend();
        }
        return state;
    }

    PostalSandbox postal() {
        return postal;
    }

    /** The request about our message instead of the recorded one; unknown ids stay unknown. */
    String translated(String body) {
        Matcher id = ID.matcher(body);
        if (subject == null || !id.find() || id.group(1).length() > 6) {
            return body.replace("Aa58iNKsbawCY7bo", subject == null ? "" : subject.token());
        }
        return body.substring(0, id.start(1)) + subject.id() + body.substring(id.end(1));
    }

    /** Members whose values come from other addresses and subjects than the recorded ones. */
    String valuesOfItsOwn() {
        if (!recording.path().contains("/messages/") || recording.json().at("/response/body").asText().contains("rich@")) {
            return "output|content-type|received|date|message-id|x-postal-msgid";
        }
        return "size|rcpt_to|mail_from|subject|output|url|plain_body|data|hash|from|to|content-type|received|date|message-id"
                + "|x-postal-.*";
    }

    private void prepare() {
        String name = recording.name();
        if (name.contains("processed-incoming-bounce") || name.contains("incoming-bounce-message")) {
            bounced();
            subject = postal.received().get(0);
        } else if (name.contains("bounced")) {
            subject = bounced();
        } else if (name.contains("bounce-that-postal-sent")) {
            inbound(403, "From: Alice <alice@sender.test>\nTo: support@acme.example\nSubject: s\nMessage-ID: <a@b>\n\nbody\n");
            subject = settled(postal.sent().get(0).id());
        } else if (name.contains("no-recipient")) {
            subject = sent(MAIN_KEY, "", "");
        } else if (name.contains("pending")) {
            send(MAIN_KEY, "{\"to\":[\"ann@rcpt.test\"],\"from\":\"me@acme.example\",\"plain_body\":\"b\"}");
            subject = postal.sent().only();
        } else if (name.contains("held-development")) {
            postal.server().settings(now -> now.withMode(ServerSettings.Mode.DEVELOPMENT));
            subject = sent(postal.apiKey(), "ann@rcpt.test", "");
        } else if (name.contains("held-route")) {
            postal.server().route(Route.of("support@acme.example", Route.Mode.HOLD));
            subject = receive("From: alice@sender.test\nSubject: s\nMessage-ID: <a@b>\n\nbody\n");
        } else if (name.contains("hardfail-at-data")) {
            subject = sent(MAIN_KEY, "datahard@rcpt.test", "");
        } else if (name.contains("hardfail")) {
            subject = sent(MAIN_KEY, "hardfail@rcpt.test", "");
        } else if (name.contains("greylist")) {
            subject = sent(MAIN_KEY, "grey@rcpt.test", "");
        } else if (name.contains("connection-dropped")) {
            subject = sent(MAIN_KEY, "dropped@rcpt.test", "");
        } else if (name.contains("softfail")) {
            subject = sent(MAIN_KEY, "softfail@rcpt.test", "");
        } else if (name.contains("held")) {
            subject = sent(HOLDING_KEY, "held@rcpt.test", "");
        } else if (name.contains("activity-entries-tracked")) {
            tracked();
        } else if (name.contains("s403")) {
            inbound(403, "From: alice@sender.test\nSubject: s\nMessage-ID: <a@b>\n\nbody\n");
        } else if (name.contains("refused")) {
            receiver.close();
            inbound(0, "From: alice@sender.test\nSubject: s\nMessage-ID: <a@b>\n\nbody\n");
        } else if (name.contains("self-signed")) {
            subject = postedToASelfSignedEndpoint();
        } else if (name.contains("empty-body")) {
            inbound(200, "Content-Type: text/plain\nContent-Transfer-Encoding: 8bit\nSubject: s\nMessage-ID: <a@b>\n\n");
        } else if (name.contains("incoming-in")) {
            inbound(200, recordedRaw());
        } else {
            subject = rich();
        }
    }

    /** The recorded history, row by row: later attempts were made meanwhile. */
    private void waitForAllRows() {
        if (!recording.name().startsWith("messages-deliveries") || recording.status() != 200) {
            return;
        }
        JsonNode rows = Recording.parse(recording.responseBody()).path("data");
        while (rows.isArray() && subject != null
                && postal.message(subject.id()).orElseThrow().deliveries().size() < rows.size()) {
            postal.advance(Duration.ofMinutes(1));
        }
    }

    private StoredMail bounced() {
        return sent(MAIN_KEY, "bounced@rcpt.test", ",\"tag\":\"bounce-me\"");
    }

    private StoredMail postedToASelfSignedEndpoint() {
        HttpsServer https = null;
        try {
            https = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            https.setHttpsConfigurator(new HttpsConfigurator(SelfMadeCertificate.of("endpoint.example").context()));
            https.start();
            postal.routeTo("support@acme.example", URI.create("https://127.0.0.1:" + https.getAddress().getPort() + "/x"));
            return receive("From: alice@sender.test\nSubject: s\nMessage-ID: <a@b>\n\nbody\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (https != null) {
                https.stop(0);
            }
        }
    }

    private void tracked() {
        subject = sent(MAIN_KEY, "delivered@rcpt.test", "");
        postal.server().open(subject.id());
        postal.server().open(subject.id());
        List.of("https://shop.example/a", "http://other.example/b", "https://shop.example/a", "https://shop.example/a")
                .forEach(url -> postal.server().click(subject.id(), url));
    }

    private void inbound(int status, String mail) {
        if (status > 0) {
            receiver.respond(status, ("capture says " + status).getBytes(StandardCharsets.UTF_8));
        }
        postal.routeTo("support@acme.example", receiver.url("/x"));
        subject = receive(mail);
    }

    private StoredMail receive(String mail) {
        return settled(postal.receive("alice@sender.test", "support@acme.example",
                mail.getBytes(StandardCharsets.ISO_8859_1)).id());
    }

    /** The mail that was recorded, without what Postal had put before it. */
    private String recordedRaw() {
        String raw = Recording.parse(recording.responseBody()).at("/data/raw_message").asText();
        String mail = new String(Base64.getMimeDecoder().decode(raw), StandardCharsets.ISO_8859_1);
        return mail.substring(mail.indexOf("\r\n", mail.indexOf("Received:")) + 2);
    }

    private StoredMail settled(long id) {
        postal.advance(Duration.ZERO);
        return postal.message(id).orElseThrow();
    }

    private StoredMail rich() {
        String pdf = Base64.getEncoder().encodeToString(bytesCountingUp(200));
        return sent(MAIN_KEY, """
                {"to":["Zoë <rich@rcpt.test>"],"from":"Sales <sales@acme.example>","subject":"Grüße ✓","tag":"rich",
                 "plain_body":"Grüße ✓ text","html_body":"<p>Grüße ✓ <b>html</b></p>","headers":{"X-Custom":"one"},
                 "attachments":[{"name":"a.pdf","content_type":"application/pdf","data":"%s"},
                                {"name":"grüße.txt","content_type":"text/plain","data":"Z3LDvMOfZQo="}]}""".formatted(pdf));
    }

    private StoredMail sent(String key, String to, String more) {
        return sent(key, "{\"to\":[\"" + to + "\"],\"from\":\"me@acme.example\",\"subject\":\"s\",\"plain_body\":\"b\"" + more
                + "}");
    }

    private StoredMail sent(String key, String json) {
        send(key, json);
        return postal.sent().isEmpty() ? null : settled(postal.sent().get(0).id());
    }

    private void send(String key, String json) {
        Client client = new Client(postal);
        client.send(client.request("/api/v1/send/message").header("X-Server-API-Key", key)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    private static byte[] bytesCountingUp(int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }

    @Override
    public void close() {
        postal.close();
        receiver.close();
    }
}
