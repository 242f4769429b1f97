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
package io.github.camelpostal.internal.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;

import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelpostal.internal.codec.PayloadDecoder;
import io.github.camelpostal.internal.text.HtmlText;
import io.github.camelpostal.payload.PostalPayload;
import io.github.camelpostal.testing.Recording;
import org.apache.camel.CamelContext;
import org.apache.camel.TypeConverter;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a route gets when it asks for the body as another type. */
class PayloadConvertersTest {

    private static CamelContext context;
    private static TypeConverter converter;

    @BeforeAll
    static void start() {
        context = new DefaultCamelContext();
        context.start();
        converter = context.getTypeConverter();
    }

    @AfterAll
    static void stop() {
        context.stop();
    }

    @Test
    void turnsAMailIntoItsText() throws Exception {
        assertThat(converter.convertTo(String.class, posted("incoming/json-hash-plain"))).startsWith("Hello support,");
        assertThat(converter.convertTo(String.class, posted("incoming/json-raw-plain"))).isNotBlank()
                .doesNotContain("Received:");
    }

    @Test
    void turnsAMailOfHtmlAloneIntoReadableText() throws Exception {
        assertThat(converter.convertTo(String.class, posted("incoming/json-hash-html-only"))).isNotBlank().doesNotContain("<");
    }

    @Test
    void turnsARawMailIntoTheBytesThatPostalSent() throws Exception {
        PostalPayload mail = posted("incoming/json-raw-attachments");
        byte[] expected = (byte[]) mail.toMap().get("message");

        assertThat(converter.convertTo(byte[].class, mail)).isEqualTo(expected);
        assertThat(converter.convertTo(InputStream.class, mail)).hasBinaryContent(expected);
        assertThat(converter.convertTo(MimeMessage.class, mail).getSubject()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(strings = {"json-hash-attachments", "json-hash-long-unicode-subject", "json-hash-all-optional-headers",
            "json-hash-no-headers-at-all", "json-hash-encoded-from-with-comma", "json-hash-null-sender", "form-hash-unicode"})
    void composesAMimeMessageOfTheFieldsOfAHashMail(String name) throws Exception {
        PostalPayload mail = posted("incoming/" + name);
        Map<String, Object> fields = mail.toMap();

        byte[] bytes = converter.convertTo(byte[].class, mail);
        MimeMessage message = new MimeMessage(null, new ByteArrayInputStream(bytes));

        assertThat(message.getSubject()).isEqualTo(fields.get("subject"));
        assertThat(message.getMessageID())
                .isEqualTo(fields.get("message_id") == null ? null : "<" + fields.get("message_id") + ">");
        assertThat(message.getFrom() == null).isEqualTo(fields.get("from") == null);
        int attachments = ((Number) fields.get("attachment_quantity")).intValue();
        if (attachments > 0) {
            assertThat(((MimeMultipart) message.getContent()).getCount()).isEqualTo(attachments + 1);
        }
    }

    @Test
    void turnsEventsAndMailIntoMapsAndJsonWithPostalsNames() throws Exception {
        for (String name : new String[]{"webhooks/MessageSent-sent", "webhooks/DomainDNSError-all-missing",
                "webhooks/MessageBounced", "incoming/json-hash-attachments"}) {
            PostalPayload posted = posted(name);
            JsonNode original = new ObjectMapper().readTree(Recording.of(name).body());

            assertThat(converter.convertTo(Map.class, posted).keySet().toArray())
                    .containsExactlyInAnyOrder((Object[]) names(original));
            assertThat(names(converter.convertTo(JsonNode.class, posted))).containsExactlyInAnyOrder(names(original));
        }
    }

    @Test
    void turnsAnEventIntoJsonText() throws Exception {
        PostalPayload event = posted("webhooks/MessageHeld-held-credential");
        JsonNode json = new ObjectMapper().readTree(converter.convertTo(String.class, event));

        assertThat(json.path("payload").path("status").asText()).isEqualTo("Held");
        assertThat(converter.convertTo(InputStream.class, event)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"<p>a&amp;b</p><p>c</p>|a&b\nc", "x<br><br>y|x\n\ny", "<style>p{}</style><b>t</b>|t",
            "1 < 2 & 3|1 < 2 & 3",
            "<!-- no -->yes|yes", "&#228;&#xe4;&auml;|äää", "<script>if(a<b)</script>end|end", "<p|", "&amp|&",
            "<a title='x'>l</a>|l"})
    void readsHtmlAsAPersonWould(String htmlAndText) {
        String[] parts = htmlAndText.split("\\|", 2);

        assertThat(HtmlText.of(parts[0])).isEqualTo(parts[1]);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "<table><tr><td>Qty</td><td>10</td><td>20</td></tr><tr><th>Price</th><th>40&euro;</th></tr></table>|Qty\t10\t20 / Price\t40€",
            "<p>Voil&agrave; ma&ntilde;ana &bull; 5 &times; 3 &laquo;ok&raquo; S&atilde;o&#160;Paulo &#8364; &AMP; co</p>|Voilà mañana • 5 × 3 «ok» São Paulo € & co",
            "<p title=\"a > b\">visible</p>|visible",
            "<a href=\"https://example.com/track?id=7\">Track it</a> now|Track it (https://example.com/track?id=7) now",
            "<a href=\"https://example.com/\">https://example.com/</a>|https://example.com/",
            "<a href=\"mailto:a@x.example\">a@x.example</a>|a@x.example", "<a href=\"#top\">top</a>|top"})
    void keepsCellsApartAndEntitiesAndTargetsOfLinks(String html, String text) {
        assertThat(HtmlText.of(html).replace("\n", " / ")).isEqualTo(text);
    }

    @Test
    void readsMuchHtmlSoon() {
        assertTimeout(Duration.ofSeconds(30), () -> {
            HtmlText.of("<div>".repeat(200_000));
            HtmlText.of("<a href='http://x'>".repeat(20_000));
            HtmlText.of("<script>".repeat(200_000));
            HtmlText.of("<td>".repeat(100_000) + "&".repeat(500_000));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"json-hash-attachments", "json-hash-no-headers-at-all", "form-hash-unicode"})
    void theBytesOfAMailAreTheSameForEveryDuplicate(String name) throws Exception {
        byte[] once = converter.convertTo(byte[].class, posted("incoming/" + name));
        await().pollDelay(Duration.ofMillis(1_100)).until(() -> true); // a date that is made up has seconds

        assertThat(converter.convertTo(byte[].class, posted("incoming/" + name))).isEqualTo(once);
        assertThat(converter.convertTo(InputStream.class, posted("incoming/" + name))).hasBinaryContent(once);
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        converter.convertTo(MimeMessage.class, posted("incoming/" + name)).writeTo(message);
        assertThat(message.toByteArray()).isEqualTo(once);
    }

    private static PostalPayload posted(String recording) throws Exception {
        Recording recorded = Recording.of(recording);
        return new PayloadDecoder(Long.MAX_VALUE).decode(recorded.contentType(), BufferedContent.inMemory(recorded.body()));
    }

    private static String[] names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toArray(String[]::new);
    }
}
