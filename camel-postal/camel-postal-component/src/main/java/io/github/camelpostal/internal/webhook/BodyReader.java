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

import java.io.IOException;
import java.io.InputStream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a body in full before anything else happens with it, and never more than the largest size that is accepted,
 * whatever the request announces.
 */
final class BodyReader {

    private static final Logger LOG = LoggerFactory.getLogger(BodyReader.class);
    private static final int BUFFER_SIZE = 16 * 1024;

    private final long maxBodySize;

    BodyReader(long maxBodySize) {
        this.maxBodySize = maxBodySize;
    }

    /**
     * @throws Answered if it is too large, not complete in time, or there is no room for it
     */
    Stored read(HttpRequest request, DeliveryStore store, Deadline deadline) throws Answered {
        long announced = announcedLength(request);
        checkSize(announced);
        try (DeliveryStore.Keeping kept = store.keep(announced)) {
            InputStream in = request.body(deadline);
            byte[] buffer = new byte[announced < 0 ? BUFFER_SIZE : (int) Math.min(announced + 1, BUFFER_SIZE)];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                checkSize(kept.length() + count);
                kept.write(buffer, 0, count);
            }
            return kept.complete();
        } catch (Spool.NoRoomException e) {
            LOG.error("A delivery of Postal cannot be kept on disk", e);
            throw new Answered(Answer.NO_ROOM);
        } catch (IOException e) {
            LOG.debug("A body was not complete", e);
            throw new Answered(Answer.INCOMPLETE);
        }
    }

    /** @throws Answered if it is larger than the largest that is accepted */
    void checkSize(long length) throws Answered {
        if (length > maxBodySize) {
            throw new Answered(Answer.TOO_LARGE);
        }
    }

    private static long announcedLength(HttpRequest request) {
        try {
            return request.header("Content-Length").map(Long::parseLong).orElse(-1L);
        } catch (NumberFormatException e) { // the server has its own rules for that; the bytes are counted anyway
            return -1;
        }
    }
}
