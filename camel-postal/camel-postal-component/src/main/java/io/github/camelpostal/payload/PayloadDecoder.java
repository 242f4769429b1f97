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
package io.github.camelpostal.payload;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.util.Locale;

/**
 * Turns what Postal posted into an event or a mail; the one place where the wire form is chosen.
 *
 * <p>The content type says how the body is written (JSON or form), and its shape what it is: an event, a mail in Postal's
 * format {@code Hash}, or one in the format {@code RawMessage}. The body is read once, from its start to its end, and
 * attachments go to the store while they are decoded.
 *
 * <p>Strict about the shape, tolerant about the rest: unknown fields, nulls, 0 and 1 for booleans and numbers written as text
 * are all fine. Nothing here checks a signature; that has been done on the same bytes before.
 */
public final class PayloadDecoder {

    /** Decodes with attachments and raw messages kept in memory. */
    public Posted decode(String contentType, PostedBody body) throws IOException, PayloadException {
        return decode(contentType, body, ContentStore.inMemory());
    }

    /**
     * @param  contentType      the header as it came, with or without parameters; null where there was none
     * @throws PayloadException if the body is not one of Postal's; whatever bytes it consists of
     * @throws IOException      if the body cannot be read, or the store not written
     */
    public Posted decode(String contentType, PostedBody body, ContentStore store) throws IOException, PayloadException {
        Posting posting;
        try (InputStream in = body.open()) {
            posting = switch (mediaType(contentType)) {
                case "application/json" -> new JsonReader(store).read(in);
                case "application/x-www-form-urlencoded" -> new FormReader(store).read(in);
                default -> throw new PayloadException("Content-Type is neither application/json nor"
                        + " application/x-www-form-urlencoded");
            };
        } catch (CharacterCodingException e) {
            throw new PayloadException("it is not valid UTF-8");
        }
        return switch (posting.shape()) {
            case EVENT -> EventReader.read(posting.fields());
            case HASH_MAIL -> HashMail.read(posting);
            case RAW_MAIL -> RawMail.read(posting);
        };
    }

    private static String mediaType(String contentType) {
        return contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }
}
