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
package io.github.camelpostal.sandbox.internal.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Broken and odd mail is read as Ruby's mail 2.8.1 reads it, the library inside Postal. What stands in {@code mail-library} was
 * given by that library, with what Postal adds to it; it gives for all recorded mail what Postal itself gave.
 */
class MailLibraryTest {

    @TestFactory
    Stream<DynamicTest> readsItAsPostalsLibraryDoes() throws IOException {
        try (InputStream in = getClass().getResourceAsStream("/mail-library/mail-2.8.1.json")) {
            List<DynamicTest> tests = new ArrayList<>();
            new ObjectMapper().readTree(in).forEach(known -> tests.add(
                    DynamicTest.dynamicTest(known.path("name").asText(), () -> check(known))));
            return tests.stream();
        }
    }

    private static void check(JsonNode known) {
        PostalMail mail = PostalMail.of(known.path("mail").asText().getBytes(StandardCharsets.ISO_8859_1));
        List<String> failing = new ArrayList<>();
        known.path("fails").forEach(name -> failing.add(name.asText()));
        if (failing.contains("plain")) {
            assertThatThrownBy(mail::plainBody).isInstanceOf(PostalMail.UnreadableException.class);
        } else {
            assertThat(mail.plainBody()).isEqualTo(known.path("plain").textValue());
        }
        if (failing.contains("html")) {
            assertThatThrownBy(mail::htmlBody).isInstanceOf(PostalMail.UnreadableException.class);
        } else {
            assertThat(mail.htmlBody()).isEqualTo(known.path("html").textValue());
        }
        if (failing.contains("attachments")) {
            assertThatThrownBy(mail::attachments).isInstanceOf(PostalMail.UnreadableException.class);
        } else {
            JsonNode shown = new ObjectMapper().valueToTree(mail.attachments().stream()
                    .map(one -> new Shown(one.filename(), one.contentType(), one.data())).toList());
            assertThat(shown).hasToString(known.path("attachments").toString());
        }
    }

    private record Shown(String filename, String contentType, byte[] data) {
    }
}
