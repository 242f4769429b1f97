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
package io.github.camelpostal.internal.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;

import io.github.camelpostal.api.PostalMessage;
import io.github.camelpostal.payload.HeaderField;
import org.junit.jupiter.api.Test;

/** A MIME message converts to a message in parts, of which a route may change some. */
class MimeMessageConversionTest extends SendingTestSupport {

    private static final String MAIL = """
            Received: from somewhere
            DKIM-Signature: v=1
            From: =?UTF-8?Q?J=C3=B6rg?= <joerg@x.test>
            To: "Doe, Jane" <jane@x.test>, undisclosed-recipients:;
            Subject: =?UTF-8?Q?Gr=C3=BC=C3=9Fe?=
            Message-ID: <m1@x.test>
            In-Reply-To: <m0@x.test>
            X-Postal-Tag: tag
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary=b1

            --b1
            Content-Type: multipart/alternative; boundary=b2

            --b2
            Content-Type: text/plain; charset=iso-8859-1
            Content-Transfer-Encoding: quoted-printable

            Gr=FC=DFe
            --b2
            Content-Type: text/html

            <p>html</p>
            --b2--
            --b1
            Content-Type: image/png; name="logo.png"
            Content-ID: <logo>
            Content-Disposition: inline; filename="logo.png"
            Content-Transfer-Encoding: base64

            iVBORw==
            --b1
            Content-Type: text/plain; name="notes.txt"
            Content-Disposition: attachment; filename="notes.txt"

            notes
            --b1--
            """.replace("\n", "\r\n");

    @Test
    void itsFieldsBodiesAndAttachmentsAreFound() throws Exception {
        PostalMessage message = camel.getTypeConverter().mandatoryConvertTo(PostalMessage.class, mime());

        assertThat(message.from()).contains("Jörg", "<joerg@x.test>");
        assertThat(message.to()).containsExactly("\"Doe, Jane\" <jane@x.test>");
        assertThat(message.subject()).contains("Grüße");
        assertThat(message.tag()).contains("tag");
        assertThat(message.plainBody()).contains("Grüße");
        assertThat(message.htmlBody()).contains("<p>html</p>");
        assertThat(message.headers()).extracting(HeaderField::name).containsExactly("Message-ID", "In-Reply-To");
        assertThat(message.attachments()).hasSize(2);
        assertThat(message.attachments().get(0).contentId()).contains("logo");
        assertThat(message.attachments().get(0).inline()).isTrue();
        assertThat(message.attachments().get(1).name()).isEqualTo("notes.txt");
        try (InputStream in = message.attachments().get(1).content().open()) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("notes");
        }
    }

    @Test
    void whatWasConvertedCanBeSent() throws Exception {
        PostalMessage message = camel.getTypeConverter().mandatoryConvertTo(PostalMessage.class, mime());
        CapturedPostal.Call call = sent("postal:send", message);
        assertThat(parsed(call).getMessageId()).isEqualTo("<m1@x.test>");
        assertThat(parsed(call).getSubject()).isEqualTo("Grüße");
    }

    private static MimeMessage mime() throws Exception {
        return new MimeMessage(Session.getInstance(new Properties()),
                new ByteArrayInputStream(MAIL.getBytes(StandardCharsets.US_ASCII)));
    }
}
