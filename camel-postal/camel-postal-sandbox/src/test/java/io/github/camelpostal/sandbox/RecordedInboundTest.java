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

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelpostal.sandbox.internal.delivery.SmtpTransaction;
import io.github.camelpostal.sandbox.internal.store.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same mail that a real Postal was given leads to the same post, in all four forms, byte for byte (protocol 4.4). */
class RecordedInboundTest {
    /** By which rule the mails were made whose text was not recorded; it shows in {@code json-raw-inspected-spam-marked}. */
    private static final Pattern SUBJECT_BY_RULE = Pattern.compile("extra[ +]([a-z0-9-]+-\\d{10})");

    private final PostalSandbox postal = PostalSandbox.builder().keyPair(Signatures.PAIR).virtualTime().domain("acme.example")
            .start();
    private final Receiver receiver = new Receiver();

    @AfterEach
    void stop() {
        postal.close();
        receiver.close();
    }

    @ParameterizedTest
    @MethodSource("posted")
    void postsWhatPostalPosted(Recording recording) {
        route(recording);

        arrive(recording);
        postal.advance(Duration.ZERO);
        Receiver.Request exchange = receiver.next();

        String contentType = recording.requestHeaders().get("Content-Type");
        assertThat(exchange.headers().getFirst("Content-Type")).isEqualTo(contentType);
        assertThat(PostedForm.of(contentType, exchange.body()).differences(
                PostedForm.of(contentType, recording.requestBody()))).as(recording.name()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("notPosted")
    void postsNothingWherePostalPostedNothing(Recording recording) {
        if (!recording.name().endsWith("no-route")) {
            route(recording);
        }

        Message message = arrive(recording);
        postal.advance(Duration.ZERO);

        assertThat(receiver.pending()).isEmpty();
        // of route mode Bounce it is the bounce whose deliveries were recorded
        long id = recording.name().endsWith("mode-bounce") ? postal.sent().get(0).id() : message.id();
        JsonNode deliveries = new Client(postal).call("/api/v1/messages/deliveries", "{'id':" + id + "}").path("data");
        assertThat(SameShape.differences(recording.json().path("deliveries_from_api"), deliveries, "output"))
                .as(recording.name()).isEmpty();
    }

    static List<Recording> posted() {
        return Recording.all("incoming").stream().filter(recording -> !recording.name().startsWith("no-request")).toList();
    }

    static List<Recording> notPosted() {
        return Recording.all("incoming").stream().filter(recording -> recording.name().startsWith("no-request")).toList();
    }

    /** The routes and the endpoint as they were set up for the recording: its name says how. */
    private void route(Recording recording) {
        String name = recording.name();
        HttpEndpoint endpoint = HttpEndpoint.of(receiver.url("/postal/incoming"))
                .withEncoding(name.startsWith("form-") ? HttpEndpoint.Encoding.FORM : HttpEndpoint.Encoding.JSON)
                .withFormat(name.contains("-raw-") ? HttpEndpoint.Format.RAW : HttpEndpoint.Format.HASH)
                .withStripReplies(name.contains("strip-replies"))
                .withAttachments(!name.contains("attachments-excluded"));
        Route.SpamMode spamMode = name.contains("quarantined") ? Route.SpamMode.QUARANTINE : Route.SpamMode.MARK;
        for (String pattern : List.of("support@acme.example", "*@wild.example", "__returnpath__")) {
            postal.server().route(new Route(pattern, Route.Mode.ENDPOINT, spamMode, List.of(endpoint)));
        }
        for (Route.Mode mode : List.of(Route.Mode.ACCEPT, Route.Mode.HOLD, Route.Mode.BOUNCE)) {
            postal.server().route(new Route(mode.name().toLowerCase(Locale.ROOT) + "@acme.example", mode, Route.SpamMode.MARK,
                    List.of()));
        }
    }

    private Message arrive(Recording recording) {
        boolean tls = recording.name().endsWith("received-with-ssl");
        if (recording.smtpInput().isMissingNode()) {
            return arrive("alice@sender.test", "support@acme.example", byRule(recording), tls);
        }
        String mailFrom = recording.smtpInput().path("mail_from").asText();
        return arrive(mailFrom.isEmpty() ? null : mailFrom, ours(recording.smtpInput().path("rcpt_to").asText()),
                recording.smtpData(), tls);
    }

    private Message arrive(String mailFrom, String rcptTo, byte[] mail, boolean tls) {
        SmtpTransaction clear = SmtpTransaction.from(mailFrom);
        SmtpTransaction transfer = new SmtpTransaction(clear.mailFrom(), clear.helo(), clear.clientAddress(), tls);
        return postal.runtime().router().receive(transfer, List.of(rcptTo), mail).get(0);
    }

    /** The recorded server had another return path and another route token. */
    private String ours(String rcptTo) {
        if (rcptTo.contains("@rp.")) {
            return postal.server().returnPath();
        }
        String token = postal.runtime().router().installation().destinationOf("support@acme.example")
                .map(destination -> destination.route().token()).orElse("none");
        return rcptTo.replaceFirst("^hxiClv8E(\\+x@routes\\.)", token + "$1");
    }

    private static byte[] byRule(Recording recording) {
        String name = name(recording);
        String score = name.contains("over-failure") ? "25" : name.contains("spam") ? "8.5" : "";
        String mail = "From: Alice <alice@sender.test>\r\nTo: <support@acme.example>\r\nSubject: extra " + name
                + "\r\nMessage-ID: <" + name + "@sender.test>\r\n" + (score.isEmpty() ? "" : "X-Test-Score: " + score + "\r\n")
                + "\r\nbody\r\n";
        return mail.getBytes(StandardCharsets.UTF_8);
    }

    /** Stands in the body, or, in the raw form, in the mail inside the body. */
    private static String name(Recording recording) {
        String body = new String(recording.requestBody(), StandardCharsets.UTF_8);
        String message = body.startsWith("{") ? Recording.parse(body).path("message").asText() : "";
        Matcher found = SUBJECT_BY_RULE.matcher(
                body + new String(Base64.getMimeDecoder().decode(message), StandardCharsets.US_ASCII));
        return found.find() ? found.group(1) : recording.name();
    }
}
