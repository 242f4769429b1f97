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
package io.github.camelpostal.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicInteger;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelpostal.api.PostalAttachment;
import io.github.camelpostal.api.PostalMessage;
import io.github.camelpostal.payload.Content;
import org.junit.jupiter.api.Test;

/**
 * How far a request got is known exactly, because that decides whether a mail may have been accepted.
 */
class RequestBodyTest {

    private final AtomicInteger aborts = new AtomicInteger();
    private final ByteArrayOutputStream wire = new ByteArrayOutputStream();

    @Test
    void isSentWhenTheConnectionHasTakenAllOfIt() throws Exception {
        RequestBody body = body(Content.of(new byte[100_000]));
        assertThat(body.isSent()).isFalse();
        body.writeTo(wire);
        assertThat(body.isSent()).isTrue();
        assertThat(wire.size()).isEqualTo((int) body.getContentLength());
        new ObjectMapper().readTree(wire.toByteArray());
    }

    @Test
    void isNotSentWhenTheConnectionRefusesTheLastByte() {
        RequestBody body = body(Content.of(new byte[100]));
        OutputStream refusing = new OutputStream() {
            @Override
            public void write(int b) {
                // into a buffer
            }

            @Override
            public void flush() throws IOException {
                throw new IOException("broken pipe");
            }
        };
        assertThatIOException().isThrownBy(() -> body.writeTo(refusing));
        assertThat(body.isSent()).isFalse();
        assertThat(body.contentFailure()).isEmpty();
        assertThat(aborts).hasValue(0);
    }

    @Test
    void neverEndsADocumentWhoseContentFailed() {
        RequestBody body = body(new Content() {
            @Override
            public InputStream open() throws IOException {
                throw new IOException("disk on fire");
            }

            @Override
            public long length() {
                return -1;
            }
        });
        assertThatIOException().isThrownBy(() -> body.writeTo(wire));
        assertThat(body.isSent()).isFalse();
        assertThat(body.contentFailure()).isPresent();
        assertThat(aborts).hasValue(1);
        assertThatExceptionOfType(JacksonException.class).isThrownBy(() -> new ObjectMapper().readTree(wire.toByteArray()));
    }

    @Test
    void isNeverWrittenTwice() throws Exception {
        RequestBody body = body(Content.of(new byte[1]));
        body.writeTo(wire);
        int once = wire.size();
        assertThatIOException().isThrownBy(() -> body.writeTo(wire)).withMessageContaining("never sent twice");
        assertThat(wire.size()).isEqualTo(once);
        assertThat(body.isRepeatable()).isFalse();
    }

    private RequestBody body(Content content) {
        return new RequestBody(new RequestWriter.ForMessage(PostalMessage.builder().from("a@acme.example").to("b@rcpt.test")
                .plainBody("Hello Bob").attachment(PostalAttachment.of("a.bin", null, content)).build()),
                aborts::incrementAndGet);
    }
}
