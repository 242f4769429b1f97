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

import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;

import io.github.camelpostal.payload.Content;
import org.jspecify.annotations.Nullable;

/**
 * A file that goes with a {@link PostalMessage}, read when the message is sent and not before.
 *
 * @param name        the file name that the recipient sees; an attachment without one is refused when it is sent
 * @param contentType the media type
 * @param content     the bytes
 * @param contentId   what an HTML body refers to as {@code cid:...}, without angle brackets; null for none; only
 *                    {@code send/raw} can carry it
 * @param inline      whether the mail shows it in place; only {@code send/raw} can carry it
 */
public record PostalAttachment(@Nullable String name, String contentType, Content content, @Nullable String contentId,
        boolean inline) {

    /** What a file is called whose type nobody knows. */
    public static final String UNKNOWN_TYPE = "application/octet-stream";

    /** @param contentType null or blank for {@value #UNKNOWN_TYPE} */
    public PostalAttachment {
        Objects.requireNonNull(content, "content");
        contentType = contentType == null || contentType.isBlank() ? UNKNOWN_TYPE : contentType;
    }

    /** An attachment whose bytes are in memory. */
    public static PostalAttachment of(@Nullable String name, @Nullable String contentType, byte[] content) {
        return of(name, contentType, Content.of(content));
    }

    /** An attachment whose bytes are read when it is sent. */
    public static PostalAttachment of(@Nullable String name, @Nullable String contentType, Content content) {
        return new PostalAttachment(name, contentType == null ? UNKNOWN_TYPE : contentType, content, null, false);
    }

    /** A file under its own name. */
    public static PostalAttachment of(Path file, @Nullable String contentType) {
        return of(file.getFileName().toString(), contentType, Content.of(file));
    }

    /** A picture or the like that the HTML body shows as {@code cid:contentId}. */
    public static PostalAttachment inline(String contentId, String name, String contentType, Content content) {
        return new PostalAttachment(name, contentType, content, contentId, true);
    }

    /** The content type without parameters, in lower case. */
    public String mediaType() {
        int parameters = contentType.indexOf(';');
        return (parameters < 0 ? contentType : contentType.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return "PostalAttachment[" + contentType + (inline ? ", inline" : "") + "]";
    }
}
