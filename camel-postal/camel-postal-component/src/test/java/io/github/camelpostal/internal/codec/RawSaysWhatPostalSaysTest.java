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

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

import io.github.camelpostal.payload.InboundAttachment;
import io.github.camelpostal.payload.InboundMail;
import io.github.camelpostal.testing.Recording;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a real Postal made of a mail in its format {@code Hash} is what the same mail says in its raw form. */
class RawSaysWhatPostalSaysTest {

    static List<Recording> hashes() {
        return Recording.all("incoming").stream().filter(recording -> recording.name().contains("-hash-"))
                .filter(recording -> !recording.name().contains("no-request") && !recording.name().contains("strip-replies"))
                .filter(recording -> Recording.file(recording.name()).path("smtp_input").has("data")).toList();
    }

    @ParameterizedTest
    @MethodSource("hashes")
    void textAndAttachmentsAreEqual(Recording recording) throws Exception {
        InboundMail hash = (InboundMail) Bodies.decode(recording);
        String data = Recording.file(recording.name()).path("smtp_input").path("data").textValue();
        InboundMail raw = (InboundMail) Bodies.json("{\"id\":1,\"rcpt_to\":\"a@x\",\"base64\":true,\"message\":\""
                + Base64.getEncoder().encodeToString(data.getBytes(StandardCharsets.UTF_8)) + "\"}");

        if (!Objects.toString(hash.plainBody(), "").contains("\uFFFD")) {
            assertThat(lines(raw.plainBody())).isEqualTo(lines(hash.plainBody()));
        }
        assertThat(lines(raw.htmlBody())).isEqualTo(lines(hash.htmlBody()));
        assertThat(raw.subject() == null ? null : raw.subject().substring(0, Math.min(200, raw.subject().length())))
                .isEqualTo(hash.subject());
        assertThat(raw.messageId()).isEqualTo(hash.messageId());
        assertThat(raw.from()).isEqualTo(hash.from());
        assertThat(contents(raw)).containsAll(contents(hash));
    }

    private static List<String> contents(InboundMail mail) throws IOException {
        List<String> contents = new ArrayList<>();
        for (InboundAttachment attachment : mail.attachments()) {
            contents.add(HexFormat.of().formatHex(Bodies.read(attachment.content())));
        }
        return contents;
    }

    private static String lines(String text) {
        return text == null || text.isBlank() ? "" : text.replace("\r\n", "\n").strip();
    }
}
