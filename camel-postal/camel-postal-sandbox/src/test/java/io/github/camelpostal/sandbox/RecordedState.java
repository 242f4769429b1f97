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

import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.camelpostal.sandbox.store.Route;

/** A sandbox brought into the state that the real Postal was in when an exchange was recorded. */
final class RecordedState implements AutoCloseable {
    private static final Pattern ID = Pattern.compile("\"id\": (\\d+)(?=[,}\\]])");
    private static final String MAIN_KEY = "RecordingApiKeyMain00001";
    private static final byte[] MAIL = "From: alice@sender.test\nSubject: s\nMessage-ID: <a@b>\n\nbody\n".getBytes();
    private static final String HOLDING_KEY = "RecordingApiKeyHold00002";

    private final Recording recording;
    private final PostalSandbox postal;
    private final Receiver receiver = new Receiver();
    private StoredMail subject;

    private RecordedState(Recording recording) {
        this.recording = recording;
        String key = recording.requestHeaders().getOrDefault("X-Server-API-Key", MAIN_KEY);
        boolean development = key.contains("Devel");
        boolean ownServer = development || key.contains("Suspend");
        PostalSandbox.Builder builder = PostalSandbox.builder().keyPair(Signatures.PAIR).virtualTime()
                .apiKey(ownServer ? key : MAIN_KEY)
                .holdingApiKey(HOLDING_KEY)
                .domain("acme.example").domain("dev.example").domain("suspended.example").domain("tracked.example");
        this.postal = (development ? builder.server(ServerSetup::developmentMode) : builder).start();
    }

    static RecordedState before(Recording recording) {
        RecordedState state = new RecordedState(recording);
        if (recording.path().contains("/messages/")) {
            state.prepare();
        }
        if (recording.name().endsWith("server-suspended")) {
            state.postal.suspend();
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
        } else if (name.contains("pending")) {
            subject = sent(MAIN_KEY, "bob@rcpt.test", "");
        } else if (name.contains("self-signed")) {
            selfSigned();
        } else if (name.contains("held-development")) {
            subject = sent(recording.requestHeaders().get("X-Server-API-Key"), "bob@rcpt.test", "");
        } else if (name.contains("held-route")) {
            postal.route(new Route("support@acme.example", Route.Mode.HOLD, Route.SpamMode.MARK, List.of()));
            subject = settled(postal.receive("alice@sender.test", "support@acme.example", MAIL).id());
        } else if (name.contains("no-recipient")) {
            subject = sent(MAIN_KEY, "", "");
        } else if (name.contains("hardfail")) {
            subject = sent(MAIN_KEY, "hardfail@rcpt.test", "");
        } else if (name.contains("softfail")) {
            subject = sent(MAIN_KEY, "softfail@rcpt.test", "");
            laterAttempts();
        } else if (name.contains("held")) {
            subject = sent(HOLDING_KEY, "held@rcpt.test", "");
        } else if (name.contains("activity-entries-tracked")) {
            tracked();
        } else if (name.contains("s403")) {
            inbound(403, "From: alice@sender.test\nSubject: s\nMessage-ID: <a@b>\n\nbody\n");
        } else if (name.contains("refused")) {
            receiver.close();
            inbound(0, "From: alice@sender.test\nSubject: s\nMessage-ID: <a@b>\n\nbody\n");
        } else if (name.contains("empty-body")) {
            inbound(200, "Content-Type: text/plain\nContent-Transfer-Encoding: 8bit\nSubject: s\nMessage-ID: <a@b>\n\n");
            laterAttempts();
        } else if (name.contains("incoming-in")) {
            inbound(200, recordedRaw());
        } else {
            subject = rich();
        }
    }

    private StoredMail bounced() {
        return settled(sent(MAIN_KEY, "bounced@rcpt.test", ",\"tag\":\"bounce-me\"").id());
    }

    /** Until there are as many as when it was recorded. */
    private void laterAttempts() {
        boolean listed = recording.path().endsWith("deliveries") && recording.status() == 200;
        int recorded = listed ? Recording.parse(recording.responseBody()).path("data").size() : 0;
        while (postal.message(subject.id()).orElseThrow().deliveries().size() < recorded) {
            postal.advance(Duration.ofMinutes(1));
        }
    }

    private void selfSigned() {
        try (SelfSigned endpoint = new SelfSigned()) {
            postal.routeTo("support@acme.example", endpoint.url());
            subject = settled(postal.receive("alice@sender.test", "support@acme.example", MAIL).id());
        }
    }

    private void tracked() {
        subject = sent(MAIN_KEY, "delivered@rcpt.test", "");
        postal.open(subject.id());
        postal.open(subject.id());
        List.of("https://shop.example/a", "http://other.example/b", "https://shop.example/a", "https://shop.example/a")
                .forEach(url -> postal.click(subject.id(), url));
    }

    private void inbound(int answer, String mail) {
        if (answer > 0) {
            receiver.answer(answer, ("capture says " + answer).getBytes(StandardCharsets.UTF_8));
        }
        postal.routeTo("support@acme.example", receiver.url("/x"));
        subject = settled(postal.receive("alice@sender.test", "support@acme.example",
                mail.getBytes(StandardCharsets.ISO_8859_1)).id());
    }

    /** The mail that was recorded, without what Postal had put before it. */
    private String recordedRaw() {
        String raw = Recording.parse(recording.responseBody()).at("/data/raw_message").asText();
        String mail = new String(Base64.getMimeDecoder().decode(raw), StandardCharsets.ISO_8859_1);
        return mail.substring(mail.indexOf("\r\n", mail.indexOf("Received:")) + 2);
    }

    private StoredMail settled(long id) {
        if (!recording.name().contains("pending")) {
            postal.advance(Duration.ZERO);
        }
        return postal.message(id).orElseThrow();
    }

    private StoredMail rich() {
        String pdf = Base64.getEncoder().encodeToString(bytesCountingUp(200));
        return send(MAIN_KEY, """
                {"to":["Zoë <rich@rcpt.test>"],"from":"Sales <sales@acme.example>","subject":"Grüße ✓","tag":"rich",
                 "plain_body":"Grüße ✓ text","html_body":"<p>Grüße ✓ <b>html</b></p>","headers":{"X-Custom":"one"},
                 "attachments":[{"name":"a.pdf","content_type":"application/pdf","data":"%s"},
                                {"name":"grüße.txt","content_type":"text/plain","data":"Z3LDvMOfZQo="}]}""".formatted(pdf));
    }

    private StoredMail sent(String key, String to, String more) {
        return send(key,
                "{\"to\":[\"" + to + "\"],\"from\":\"me@acme.example\",\"subject\":\"s\",\"plain_body\":\"b\"" + more + "}");
    }

    private StoredMail send(String key, String json) {
        Client client = new Client(postal);
        client.send(client.request("/api/v1/send/message").header("X-Server-API-Key", key)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
        return postal.sent().isEmpty() ? null : settled(postal.sent().get(0).id());
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
