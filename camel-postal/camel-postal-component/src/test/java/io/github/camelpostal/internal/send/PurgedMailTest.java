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

import java.io.InputStream;
import java.util.Map;

import jakarta.activation.DataHandler;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.util.ByteArrayDataSource;

import io.github.camelpostal.api.StoredMessage;
import org.apache.camel.Exchange;
import org.apache.camel.attachment.AttachmentMessage;
import org.junit.jupiter.api.Test;

/** A route that reads a mail whose content Postal has thrown away (protocol 2.16) goes on with what is left. */
class PurgedMailTest extends SendingTestSupport {

    private static final String PURGED = """
            {"id":7,"token":"t7","status":{"status":"Sent","last_delivery_attempt":null,"held":0,"hold_expiry":null},
             "plain_body":null,"html_body":null,"attachments":[],"headers":{},"raw_message":"DQoNCg==\\n"}""";

    @Test
    void theCamelMessageHasNoAttachmentsNotEvenThoseItHadBefore() {
        postal.respondWith(PURGED);
        Exchange exchange = run("postal:read?expansions=all", e -> {
            e.getMessage().setBody(7);
            e.getMessage(AttachmentMessage.class).addAttachment("of the mail that was sent",
                    new DataHandler(new ByteArrayDataSource(new byte[]{1}, "image/png")));
        });
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage(AttachmentMessage.class).getAttachmentNames()).isEmpty();
        assertThat(exchange.getMessage().getBody(StoredMessage.class).plainBody()).isNull();
    }

    @Test
    void itConvertsToMapJsonAndAnEmptyMimeMessage() throws Exception {
        postal.respondWith(PURGED);
        Exchange exchange = send("postal:read?expansions=all", 7);
        assertThat(exchange.getMessage().getBody(Map.class)).containsEntry("plain_body", null).containsEntry("token", "t7");
        assertThat(exchange.getMessage().getBody(String.class)).contains("\"plain_body\":null");
        MimeMessage mime = exchange.getMessage().getBody(MimeMessage.class);
        assertThat(mime.getAllHeaders().hasMoreElements()).isFalse();
        assertThat(mime.getSubject()).isNull();
    }

    @Test
    void anAttachmentOfWhichOnlyTheEntryIsLeftIsEmptyAndHasAName() throws Exception {
        postal.respondWith("{\"id\":7,\"token\":\"t7\",\"attachments\":[{\"filename\":null,\"content_type\":null,\"data\":null,"
                + "\"size\":null,\"hash\":null}]}");
        Exchange exchange = send("postal:read?expansions=attachments", 7);
        DataHandler attachment = exchange.getMessage(AttachmentMessage.class).getAttachment("attachment-1");
        assertThat(attachment.getContentType()).isEqualTo("application/octet-stream");
        try (InputStream in = attachment.getInputStream()) {
            assertThat(in.readAllBytes()).isEmpty();
        }
    }
}
