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
package io.github.camelpostal.api;

import java.io.InputStream;

import io.github.camelpostal.payload.Content;

/**
 * Messages to send in tests.
 */
final class Messages {

    private Messages() {
    }

    static PostalMessage small() {
        return PostalMessage.builder().from("a@acme.example").to("b@rcpt.test").subject("Hello").plainBody("Hello Bob").build();
    }

    static PostalMessage with(Content content) {
        return small().toBuilder().attachment(PostalAttachment.of("a.bin", "application/octet-stream", content)).build();
    }

    /** Content that says how long it is, and exists nowhere. */
    static Content zeros(long length) {
        return generated(length, length);
    }

    /** Content that does not say how long it is. */
    static Content zerosOfUnknownLength(long length) {
        return generated(length, -1);
    }

    /** Content that says one thing and does another. */
    static Content generated(long length, long announced) {
        return new Content() {
            @Override
            public InputStream open() {
                return new Zeros(length);
            }

            @Override
            public long length() {
                return announced;
            }
        };
    }

    private static final class Zeros extends InputStream {

        private long left;

        private Zeros(long length) {
            this.left = length;
        }

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] bytes, int offset, int count) {
            if (left <= 0) {
                return -1;
            }
            int n = (int) Math.min(count, left);
            java.util.Arrays.fill(bytes, offset, offset + n, (byte) 0);
            left -= n;
            return n;
        }
    }
}
