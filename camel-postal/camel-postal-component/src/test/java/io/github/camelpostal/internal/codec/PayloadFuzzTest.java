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
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

import jakarta.mail.util.SharedByteArrayInputStream;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.camelpostal.internal.mime.AttachmentFileNames;
import io.github.camelpostal.internal.mime.MimeReader;
import io.github.camelpostal.payload.Content;
import io.github.camelpostal.payload.InboundAttachment;
import io.github.camelpostal.payload.InboundMail;
import io.github.camelpostal.payload.PayloadException;
import io.github.camelpostal.payload.PostalPayload;
import io.github.camelpostal.testing.Recording;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A fuzzer that watches which code its inputs reach looks for bytes that a decoder cannot take. In every build the inputs that
 * it starts from are run; the profile {@code fuzz} has it look for others.
 */
class PayloadFuzzTest {

    private static final String JSON = "application/json";
    private static final String FORM = "application/x-www-form-urlencoded";

    @MethodSource
    @FuzzTest(maxDuration = "7s")
    void decodesJsonOrRefusesIt(byte[] body) throws IOException {
        decode(JSON, body);
    }

    static Stream<byte[]> decodesJsonOrRefusesIt() {
        return recorded().filter(Recording::isJson).map(Recording::body);
    }

    @MethodSource
    @FuzzTest(maxDuration = "7s")
    void decodesAFormOrRefusesIt(byte[] body) throws IOException {
        decode(FORM, body);
    }

    static Stream<byte[]> decodesAFormOrRefusesIt() {
        return recorded().filter(recording -> !recording.isJson()).map(Recording::body);
    }

    @MethodSource
    @FuzzTest(maxDuration = "7s")
    void readsAnyMessageAsWellAsItCanBeRead(byte[] message) throws IOException {
        MimeReader.ParsedMail parsed = MimeReader.read(new MemoryContent(message)::openAt, message.length);
        assertSafeNames(parsed.attachments().stream().map(MimeReader.Attachment::name).toList());
        for (MimeReader.Attachment attachment : parsed.attachments()) {
            try (InputStream in = attachment.content().open()) {
                in.transferTo(OutputStream.nullOutputStream());
            }
        }
    }

    /** As they came by SMTP: nothing may be decoded here, because the fuzzer's agent is not there yet. */
    static Stream<byte[]> readsAnyMessageAsWellAsItCanBeRead() {
        return Recording.names("incoming").stream().map(name -> Recording.file(name).path("smtp_input").path("data").asText())
                .filter(data -> !data.isEmpty() && data.length() < 100_000).map(data -> data.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource
    @FuzzTest(maxDuration = "7s")
    void makesOfAnyNamesSafeOnes(byte[] names) {
        AttachmentFileNames safe = new AttachmentFileNames();
        List<String> made = new ArrayList<>();
        for (String name : new String(names, StandardCharsets.UTF_8).split("\n", 50)) {
            made.add(safe.next(name, name));
        }
        assertSafeNames(made);
    }

    static Stream<byte[]> makesOfAnyNamesSafeOnes() {
        return Stream.of("../../etc/passwd\na.txt\nA.TXT\na.txt\na-2.txt\nCON\n\n.\n..\na\u202Egpj.exe\nC:\\x\\y.pdf\nx.tar.gz",
                "a".repeat(300) + ".pdf\n" + "\uD83D\uDE00".repeat(100) + "\n\u0000\u0007 \t.\n%2e%2e%2f\nnul.txt")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    private static Stream<Recording> recorded() {
        return Stream.concat(Recording.all("incoming").stream(), Recording.all("webhooks").stream())
                .filter(recording -> recording.body().length < 100_000 && recording.body().length > 0);
    }

    private static void decode(String contentType, byte[] body) throws IOException {
        PostalPayload posted;
        try {
            posted = new PayloadDecoder(Long.MAX_VALUE).decode(contentType, new InMemory(body));
        } catch (PayloadException e) {
            return;
        }
        posted.toMap();
        assertThat(posted.dedupKey()).hasSizeLessThanOrEqualTo(100);
        if (posted instanceof InboundMail mail) {
            mail.subject();
            mail.addressTag();
            mail.referenceIds();
            mail.spamCheck();
            assertSafe(mail.attachments());
        }
    }

    private static void assertSafe(List<InboundAttachment> attachments) {
        assertSafeNames(attachments.stream().map(InboundAttachment::name).toList());
    }

    private static void assertSafeNames(List<String> names) {
        Set<String> unique = new HashSet<>();
        for (String name : names) {
            assertThat(name).isNotBlank().doesNotContain("/", "\\", "\u0000", "\r", "\n", ":").isNotIn(".", "..");
            assertThat(name.getBytes(StandardCharsets.UTF_8).length).isLessThan(256);
            assertThat(unique.add(name.toLowerCase(Locale.ROOT))).isTrue();
        }
    }

    private record InMemory(byte[] bytes) implements Content {

        @Override
        public InputStream open() {
            return new SharedByteArrayInputStream(Arrays.copyOf(bytes, bytes.length));
        }

        @Override
        public long length() {
            return bytes.length;
        }
    }
}
