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
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;

import io.github.camelpostal.api.PostalErrorCode;
import io.github.camelpostal.internal.client.Refusal;
import io.github.camelpostal.payload.Content;
import org.apache.camel.StreamCache;

/**
 * Remembers the streams that mails were made of. Camel repeats a failed send with the same exchange, and hands one body to all
 * branches of a multicast: a stream that can be read once is empty then, or the rest of what it was, and so would be the mail.
 */
final class OneTimeStreams {

    private static final String READ_ALREADY = " was read already, by an earlier attempt or another branch of the route; give"
            + " bytes, a file or a stream cache";
    private static final Set<InputStream> READ = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    private OneTimeStreams() {
    }

    /**
     * To be called before a value is read.
     *
     * @param  name    of the header or field, for the error text
     * @throws Refusal if it is a stream that another mail was made of, or the same one before
     */
    static void take(String name, Object value) {
        if (value instanceof InputStream stream && !isFirst(stream)) {
            throw new Refusal(PostalErrorCode.CONTENT_UNREADABLE, name + " is a stream that" + READ_ALREADY);
        }
    }

    /** The same when it is opened. */
    static InputStream opened(InputStream stream) throws IOException {
        if (!isFirst(stream)) {
            throw new IOException("The stream" + READ_ALREADY);
        }
        return stream;
    }

    /** Content of a stream whose owner is the user. */
    static Content content(InputStream stream) {
        return new Content() {
            @Override
            public InputStream open() throws IOException {
                return opened(stream);
            }

            @Override
            public long length() {
                return -1;
            }
        };
    }

    /** A stream cache can be read as often as one likes, from its start. */
    private static boolean isFirst(InputStream stream) {
        if (stream instanceof StreamCache cache) {
            cache.reset();
            return true;
        }
        return READ.add(stream);
    }
}
