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

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;

import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * The body exactly as Postal posted it, as the stream that Camel's processors expect: it can be read again, and a copy of
 * the exchange gets a reader of its own.
 */
final class RawBodyCache extends FilterInputStream implements StreamCache {

    private final BufferedContent body;
    private final RequestBuffers store;

    RawBodyCache(BufferedContent body, RequestBuffers store) {
        super(null); // opened when it is first read
        this.body = body;
        this.store = store;
    }

    @Override
    public synchronized int read() throws IOException {
        return opened().read();
    }

    @Override
    public synchronized int read(byte[] target, int offset, int length) throws IOException {
        return opened().read(target, offset, length);
    }

    @Override
    public synchronized long skip(long count) throws IOException {
        return opened().skip(count);
    }

    @Override
    public synchronized int available() throws IOException {
        return opened().available();
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    @Override
    public synchronized void close() throws IOException {
        if (in != null) {
            in.close();
        }
    }

    @Override
    public synchronized void reset() {
        try {
            close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        in = null;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        try (InputStream all = body.open()) {
            all.transferTo(out);
        }
    }

    @Override
    public StreamCache copy(Exchange exchange) {
        store.hold();
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                store.release();
            }
        });
        return new RawBodyCache(body, store);
    }

    @Override
    public boolean inMemory() {
        return body.inMemory();
    }

    @Override
    public long length() {
        return body.length();
    }

    @Override
    public long position() {
        return 0;
    }

    private InputStream opened() throws IOException {
        if (in == null) {
            in = body.open();
        }
        return in;
    }
}
