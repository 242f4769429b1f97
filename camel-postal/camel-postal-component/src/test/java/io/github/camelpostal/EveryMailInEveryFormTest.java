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
package io.github.camelpostal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import io.github.camelpostal.payload.InboundAttachment;
import io.github.camelpostal.payload.InboundMail;
import io.github.camelpostal.sandbox.HttpEndpoint;
import io.github.camelpostal.sandbox.HttpEndpoint.Encoding;
import io.github.camelpostal.sandbox.HttpEndpoint.Format;
import io.github.camelpostal.sandbox.PostalSandbox;
import io.github.camelpostal.testing.Recording;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every mail that was ever collected, malformed ones above all, reaches its route in each of Postal's four wire forms, and
 * says the same in all of them: through a Postal that signs and retries, with contents in memory and in files.
 */
@Tag("slow")
class EveryMailInEveryFormTest {

    private static final Map<String, HttpEndpoint> FORMS = Map.of("/json-hash", form(Encoding.JSON, Format.HASH), "/json-raw",
            form(Encoding.JSON, Format.RAW), "/form-hash", form(Encoding.FORM, Format.HASH), "/form-raw",
            form(Encoding.FORM, Format.RAW));

    /** Mails that the sandbox, which writes the other format here, or Ruby reads less well: raw mail says more of them. */
    private static final Set<String> RAW_SAYS_MORE = Set.of("12f-content-type.eml", "12j-content-type-twice.eml",
            "14a-uuencode-good.eml", "14b-uuencode-text-no-begin.eml", "14c-uuencode-attachment-broken.eml",
            "19-latin1-is-cp1252.eml",
            "20e-double-semicolon.eml", "20g-unquoted-boundary.eml", "21h-qp-trailing-blank.eml", "32-12.eml", "32-27.eml",
            "32-28.eml");

    /** Mails that Postal itself fails to read, for a transfer encoding that Ruby does not know: posted as raw mail only. */
    private static final Set<String> RAW_ONLY = Set.of("21f-cte.eml");

    private final Map<String, Map<Integer, RoutedExchange>> routed = new ConcurrentHashMap<>();

    /**
     * What a route reads of a mail; of attachments their content, because raw mail has more of
     * their names; Ruby, and with it Postal, rewrites the line ends of text.
     */
    private record RoutedExchange(String plain, String html, List<String> attachments, boolean raw) {
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&attachmentThreshold=0"})
    void isRoutedAndSaysTheSameInAllOfThem(String options) throws Exception {
        List<Map.Entry<String, byte[]>> mails = mails();
        try (PostalSandbox sandbox = PostalSandbox.builder().domain("acme.example").start();
                CamelApp app = app(options + "&publicKey=RAW(" + sandbox.publicKeyBase64() + ")")) {
            sandbox.routeTo("support@acme.example", FORMS.entrySet().stream()
                    .map(form -> new HttpEndpoint(URI.create("http://127.0.0.1:" + app.port() + form.getKey()),
                            form.getValue().encoding(), form.getValue().format(), false, true, Duration.ofSeconds(30)))
                    .toArray(HttpEndpoint[]::new));
            for (int i = 0; i < mails.size(); i++) {
                sandbox.receive("zoe@customer.example", "support+" + i + "@acme.example", mails.get(i).getValue());
            }
            await().atMost(Duration.ofMinutes(5)).untilAsserted(() -> assertThat(missing(mails)).isEmpty());
        }
        SoftAssertions.assertSoftly(softly -> {
            for (int i = 0; i < mails.size(); i++) {
                assertSame(mails.get(i).getKey(), i, softly);
            }
        });
    }

    private List<String> missing(List<Map.Entry<String, byte[]>> mails) {
        List<String> missing = new ArrayList<>();
        for (String form : FORMS.keySet()) {
            for (int i = 0; i < mails.size(); i++) {
                boolean posted = form.endsWith("raw") || !RAW_ONLY.contains(mails.get(i).getKey());
                if (posted && !routed.getOrDefault(form, Map.of()).containsKey(i)) {
                    missing.add(form + " " + mails.get(i).getKey());
                }
            }
        }
        return missing;
    }

    private void assertSame(String name, int i, SoftAssertions softly) {
        RoutedExchange hash = routed.get("/json-hash").get(i);
        RoutedExchange raw = routed.get("/json-raw").get(i);
        softly.assertThat(routed.get("/form-hash").get(i)).as(name).isEqualTo(hash);
        softly.assertThat(routed.get("/form-raw").get(i)).as(name).isEqualTo(raw);
        softly.assertThat(raw.raw()).isTrue();
        if (RAW_ONLY.contains(name)) {
            softly.assertThat(hash).as(name).isNull();
            softly.assertThat(raw.plain()).as(name).isNotEmpty();
            return;
        }
        if (RAW_SAYS_MORE.contains(name)) {
            return;
        }
        if (isWhole(hash.plain())) {
            softly.assertThat(raw.plain()).as(name).isEqualTo(hash.plain());
        }
        if (isWhole(hash.html())) {
            softly.assertThat(raw.html()).as(name).isEqualTo(hash.html());
        }
        softly.assertThat(raw.attachments()).as(name).containsAll(hash.attachments());
    }

    /** The other format gives nothing, or U+FFFD, for what it cannot decode. */
    private static boolean isWhole(String text) {
        return text != null && !text.isEmpty() && text.indexOf('\uFFFD') < 0;
    }

    private CamelApp app(String options) throws Exception {
        return CamelApp.start(new RouteBuilder() {
            @Override
            public void configure() {
                FORMS.keySet().forEach(path -> from("postal:webhook?path=" + path + "&processingTimeout=30000" + options)
                        .process(exchange -> read(path, exchange)));
            }
        });
    }

    private void read(String path, Exchange exchange) throws IOException {
        InboundMail mail = exchange.getMessage().getBody(InboundMail.class);
        List<String> attachments = new ArrayList<>();
        for (InboundAttachment attachment : mail.attachments()) {
            try (InputStream in = attachment.content().open()) {
                attachments.add(lines(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1)));
            }
        }
        routed.computeIfAbsent(path, key -> new ConcurrentHashMap<>()).put(Integer.valueOf(mail.addressTag()),
                new RoutedExchange(lines(mail.plainBody()), lines(mail.htmlBody()), attachments, mail.raw()));
    }

    private static String lines(String text) {
        return text == null ? null : text.replace("\r\n", "\n").strip();
    }

    private static List<Map.Entry<String, byte[]>> mails() throws Exception {
        Map<String, byte[]> mails = new TreeMap<>();
        Path cases = Path.of(EveryMailInEveryFormTest.class.getResource("/cases/mail").toURI());
        try (Stream<Path> files = Files.walk(cases)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".eml")).toList()) {
                mails.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        for (Recording recording : Recording.all("incoming")) {
            String data = Recording.file(recording.name()).path("smtp_input").path("data").asText();
            if (!data.isEmpty() && !recording.name().contains("no-request")) {
                mails.put(recording.name(), data.getBytes(StandardCharsets.UTF_8));
            }
        }
        return List.copyOf(mails.entrySet());
    }

    private static HttpEndpoint form(Encoding encoding, Format format) {
        return HttpEndpoint.of(URI.create("http://unused")).withEncoding(encoding).withFormat(format);
    }
}
