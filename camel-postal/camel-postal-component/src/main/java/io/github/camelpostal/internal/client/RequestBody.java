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

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;
import org.jspecify.annotations.Nullable;

/**
 * The body of one request: writes a document straight into the connection, base64 of its content included, and knows
 * afterwards how far it got. That decides what a failure means: Postal cannot parse a document that was cut off, so nothing
 * was accepted unless the connection took its last byte.
 *
 * <p>The length is announced when that of all content is known. It can be written once.
 */
public final class RequestBody extends AbstractHttpEntity {

    /** Never closes what is open: the brackets after a failed attachment would make the document complete. */
    private static final JsonFactory JSON = JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET).disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM).build();

    private static final String JSON_UTF_8 = ContentType.APPLICATION_JSON.toString();

    private final RequestWriter document;
    private final Runnable abort;
    private final List<Long> contentLengths;
    private final long length;
    private final AtomicBoolean begun = new AtomicBoolean();
    private volatile long written;
    private volatile long sentAt;
    private volatile boolean sent;
    private volatile @Nullable ContentException contentFailure;

    /** @param abort breaks the request off, so that what was sent so far is not taken for all of it */
    RequestBody(RequestWriter document, Runnable abort) {
        this(document, abort, BodyLength.of(document));
    }

    private RequestBody(RequestWriter document, Runnable abort, BodyLength measured) {
        super(JSON_UTF_8, null, measured.length() < 0);
        this.document = document;
        this.abort = abort;
        this.contentLengths = measured.contentLengths();
        this.length = measured.length();
    }

    /** Whether the connection has taken the whole document; while it has not, Postal cannot have accepted anything. */
    boolean isSent() {
        return sent;
    }

    /** The bare addresses that the request is about. */
    Set<String> recipients() {
        return document.recipients();
    }

    /** Whether writing has begun. */
    boolean isBegun() {
        return begun.get();
    }

    /** How many bytes the connection has taken so far, give or take its buffer. */
    long written() {
        return written;
    }

    /** When {@link #isSent()} became true, in {@link System#nanoTime()}. */
    long sentAt() {
        return sentAt;
    }

    /** Why the content could not be read, where that is what broke the request off. */
    Optional<ContentException> contentFailure() {
        return Optional.ofNullable(contentFailure);
    }

    @Override
    public void writeTo(OutputStream connection) throws IOException {
        if (begun.getAndSet(true)) {
            throw new IOException("A request is never sent twice");
        }
        OutputStream out = new ProgressStream(connection);
        Iterator<Long> announced = contentLengths.iterator();
        JsonGenerator json = JSON.createGenerator(out);
        try {
            document.writeTo(json, content -> Base64Content.write(content, announced.next(), json, out));
        } catch (ContentException e) {
            contentFailure = e;
            abort.run();
            throw e;
        }
        json.close();
        // A write that fails has not handed over its last byte; the connection's own flush comes when nobody asks any more.
        out.flush();
        sentAt = System.nanoTime();
        sent = true;
    }

    @Override
    public long getContentLength() {
        return length;
    }

    @Override
    public boolean isRepeatable() {
        return false;
    }

    @Override
    public boolean isStreaming() {
        return false;
    }

    @Override
    public InputStream getContent() {
        throw new UnsupportedOperationException("The body is written, not read");
    }

    @Override
    public void close() {
        // content is closed where it is read
    }

    /** What is known before the first byte is sent; -1 for an unknown length. */
    private record BodyLength(long length, List<Long> contentLengths) {

        static BodyLength of(RequestWriter document) {
            CountingStream counter = new CountingStream();
            List<Long> lengths = new ArrayList<>();
            try (JsonGenerator json = JSON.createGenerator(counter)) {
                document.writeTo(json, content -> {
                    lengths.add(content.length());
                    json.writeString("");
                });
            } catch (IOException e) {
                throw new IllegalStateException("A stream that only counts cannot fail", e);
            }
            return new BodyLength(total(counter.count, lengths), lengths);
        }

        private static long total(long withoutContent, List<Long> lengths) {
            long total = withoutContent;
            for (long length : lengths) {
                if (length < 0) {
                    return -1;
                }
                total += Base64Content.encodedLength(length);
            }
            return total;
        }
    }

    private final class ProgressStream extends FilterOutputStream {

        ProgressStream(OutputStream connection) {
            super(connection);
        }

        @Override
        public void write(byte[] bytes, int offset, int count) throws IOException {
            out.write(bytes, offset, count);
            written += count;
        }
    }

    private static final class CountingStream extends OutputStream {

        private long count;

        @Override
        public void write(int b) {
            count++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            count += length;
        }
    }
}
