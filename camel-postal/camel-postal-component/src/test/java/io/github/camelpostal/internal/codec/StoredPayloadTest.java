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

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.camelpostal.payload.InboundAttachment;
import io.github.camelpostal.payload.InboundMail;
import io.github.camelpostal.payload.PayloadException;
import io.github.camelpostal.payload.PostalEvent;
import org.junit.jupiter.api.Test;

/** What a map that was stored and is read back may look like, and what is refused. */
class StoredPayloadTest {

    private static final Map<String, Object> MAIL = Map.of("id", 1, "rcpt_to", "a@x", "token", "t", "timestamp", 1.5);

    @Test
    void aMailIsNoEventAndAnEventIsNoMail() throws Exception {
        Map<String, Object> event = Bodies.json("{\"event\":\"X\",\"uuid\":\"u\",\"timestamp\":1,\"payload\":{}}").toMap();

        assertThatThrownBy(() -> PostalEvent.of(MAIL)).isInstanceOf(PayloadException.class)
                .hasMessageContaining("shape of an event");
        assertThatThrownBy(() -> InboundMail.of(event)).isInstanceOf(PayloadException.class)
                .hasMessageContaining("shape of a mail");
        assertThat(PostalEvent.of(event).uuid()).isEqualTo("u");
        assertThat(InboundMail.of(MAIL).token()).isEqualTo("t");
    }

    @Test
    void attachmentsAreBytesOrBase64OrNothing() throws Exception {
        Map<String, Object> bytes = Map.of("filename", "a.txt", "content_type", " ", "data", new byte[]{'h', 'i'});
        Map<String, Object> text = Map.of("filename", "b.txt", "content_type", "text/x-note", "data", "aGk=\n");
        Map<String, Object> none = new HashMap<>(Map.of("filename", "c.txt"));
        none.put("data", null);

        List<InboundAttachment> attachments = mail(List.of(bytes, text, none)).attachments();

        assertThat(attachments).extracting(InboundAttachment::name).containsExactly("a.txt", "b.txt", "c.txt");
        assertThat(attachments).extracting(InboundAttachment::contentType).containsExactly("application/octet-stream",
                "text/x-note", "application/octet-stream");
        assertThat(Bodies.read(attachments.get(0).content())).asString().isEqualTo("hi");
        assertThat(Bodies.read(attachments.get(1).content())).asString().isEqualTo("hi");
        assertThat(Bodies.read(attachments.get(2).content())).isEmpty();
    }

    /** As formats without lists write a list of one. */
    @Test
    void oneAttachmentNeedsNoList() throws Exception {
        assertThat(mail(Map.of("filename", "a.txt", "data", "aGk=")).attachments()).singleElement()
                .returns("a.txt", InboundAttachment::name);
    }

    @Test
    void whatIsNoAttachmentIsRefused() {
        assertThatThrownBy(() -> mail(List.of("a.txt"))).isInstanceOf(PayloadException.class)
                .hasMessageContaining("not an object");
        assertThatThrownBy(() -> mail(List.of(Map.of("data", "AAAAA")))).isInstanceOf(PayloadException.class)
                .hasMessageContaining("not base64");
    }

    @Test
    void ofMoreThanFiveThousandAttachmentsTheFirstAreKept() throws Exception {
        Map<String, Object> attachment = Map.of("filename", "a.txt", "data", "");

        assertThat(mail(Collections.nCopies(5_001, attachment)).attachments()).hasSize(5_000);
        assertThat(mail(Collections.nCopies(5_001, attachment)).truncated()).isTrue();
        assertThat(mail(Collections.nCopies(5_000, attachment)).truncated()).isFalse();
    }

    private static InboundMail mail(Object attachments) throws PayloadException {
        Map<String, Object> map = new LinkedHashMap<>(MAIL);
        map.put("attachments", attachments);
        return InboundMail.of(map);
    }
}
