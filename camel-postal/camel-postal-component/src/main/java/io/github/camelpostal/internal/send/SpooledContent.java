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

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

import io.github.camelpostal.payload.Content;
import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;
import org.apache.camel.converter.stream.CachedOutputStream;

/**
 * Content that was read already and can be read again, by Camel's stream caching: in memory while it is small, else in a
 * temporary file that goes with the exchange.
 */
final class SpooledContent implements Content {

    private final StreamCache cache;
    private final Exchange exchange;

    private SpooledContent(StreamCache cache, Exchange exchange) {
        this.cache = cache;
        this.exchange = exchange;
    }

    /** @param reader sees every byte too; not closed */
    static SpooledContent read(Content content, OutputStream reader, Exchange exchange) throws IOException {
        try (CachedOutputStream spool = new CachedOutputStream(exchange, true)) {
            content.writeTo(new OutputStream() {
                @Override
                public void write(int b) throws IOException {
                    reader.write(b);
                    spool.write(b);
                }

                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    reader.write(bytes, offset, length);
                    spool.write(bytes, offset, length);
                }
            });
            return new SpooledContent(spool.newStreamCache(), exchange);
        }
    }

    @Override
    public InputStream open() throws IOException {
        StreamCache copy = cache.copy(exchange);
        if (copy instanceof InputStream in) {
            return in;
        }
        throw new IOException("The content cannot be read again");
    }

    @Override
    public long length() {
        return cache.length();
    }
}
