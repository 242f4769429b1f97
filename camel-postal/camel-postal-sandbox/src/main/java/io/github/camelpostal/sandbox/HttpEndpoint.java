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
package io.github.camelpostal.sandbox;

import java.net.URI;
import java.time.Duration;

/**
 * Where the mail of a route is sent by HTTP, and in which of Postal's forms (protocol 4.2).
 *
 * @param encoding           how the fields are written
 * @param format             which fields there are
 * @param stripReplies       whether quoted replies are cut out of the text; only in {@link Format#HASH}
 * @param includeAttachments whether the content of attachments is sent along; only in {@link Format#HASH}
 * @param timeout            for the whole request; Postal allows 5 to 60 seconds
 */
public record HttpEndpoint(URI url, Encoding encoding, Format format, boolean stripReplies, boolean includeAttachments,
        Duration timeout) {
    /** Postal's own default. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);

    /** How the fields are written. */
    public enum Encoding {
        /** {@code BodyAsJSON}. */
        JSON,
        /** {@code FormData}: percent-encoded, never multipart. */
        FORM
    }

    /** Which fields there are. */
    public enum Format {
        /** The mail taken apart. */
        HASH,
        /** The mail as it is, base64 encoded: {@code RawMessage}. */
        RAW
    }

    /** With Postal's defaults: JSON, taken apart, with attachments, nothing stripped. */
    public static HttpEndpoint of(URI url) {
        return new HttpEndpoint(url, Encoding.JSON, Format.HASH, false, true, DEFAULT_TIMEOUT);
    }

    public HttpEndpoint withEncoding(Encoding newEncoding) {
        return new HttpEndpoint(url, newEncoding, format, stripReplies, includeAttachments, timeout);
    }

    public HttpEndpoint withFormat(Format newFormat) {
        return new HttpEndpoint(url, encoding, newFormat, stripReplies, includeAttachments, timeout);
    }

    public HttpEndpoint withStripReplies(boolean strip) {
        return new HttpEndpoint(url, encoding, format, strip, includeAttachments, timeout);
    }

    public HttpEndpoint withAttachments(boolean include) {
        return new HttpEndpoint(url, encoding, format, stripReplies, include, timeout);
    }

    public HttpEndpoint withTimeout(Duration newTimeout) {
        return new HttpEndpoint(url, encoding, format, stripReplies, includeAttachments, newTimeout);
    }
}
