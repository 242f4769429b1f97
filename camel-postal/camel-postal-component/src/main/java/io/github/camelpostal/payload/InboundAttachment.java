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
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * An attachment of an inbound mail.
 *
 * @param name        a file name that is safe to use: a leaf without separators or control characters, never blank, and
 *                    unique within the mail in any case; made up where the mail has none
 * @param filename    what the mail says, which may be anything, such as {@code ../../etc/passwd}; null where it says nothing
 * @param contentType as Postal sent it: the bare type in JSON, the type with its parameters in forms and raw messages
 * @param contentId   without angle brackets; known for raw messages only (protocol 4.4), else null
 * @param inline      whether it is meant to be shown within the text; known for raw messages only
 * @param content     the bytes, decoded while they are read; readable until the exchange is done
 */
public record InboundAttachment(String name, @Nullable String filename, String contentType, @Nullable String contentId,
        boolean inline, Content content) {

    /** The number of bytes of the decoded content, which is read once for that. */
    public long size() {
        return content.length();
    }

    /**
     * Whether the content is decoded. False where the sender named an encoding that is unknown, or wrote something else than
     * it says: then {@link #content()} is what stands in the mail.
     */
    public boolean decoded() {
        return content.decoded();
    }

    /** The same under Postal's field names, also in JSON, with the bytes read into a {@code byte[]}. */
    @JsonValue
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("filename", filename);
        map.put("content_type", contentType);
        byte[] data = bytesOf(content);
        map.put("size", data.length);
        map.put("data", data);
        return map;
    }

    static byte[] bytesOf(Content content) {
        try (InputStream in = content.open()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Not the file name that the sender chose, so that it may be logged. */
    @Override
    public String toString() {
        return (inline ? "inline " : "") + "attachment of a mail";
    }
}
