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
import java.util.Objects;
import java.util.Optional;

/**
 * A file that goes with a {@link PostalMessage}, read when the message is sent and not before.
 *
 * @param name        the file name that the recipient sees; Postal refuses an attachment without one
 * @param contentType the media type
 * @param content     the bytes
 * @param contentId   what an HTML body refers to as {@code cid:...}, without angle brackets; only {@code send/raw} can carry it
 * @param inline      whether the mail shows it in place; only {@code send/raw} can carry it
 */
public record PostalAttachment(String name, String contentType, MailContent content, Optional<String> contentId,
        boolean inline) {

    /** What a file is called whose type nobody knows. */
    public static final String UNKNOWN_TYPE = "application/octet-stream";

    /** @param contentType null or blank for {@value #UNKNOWN_TYPE} */
    public PostalAttachment {
        Objects.requireNonNull(content, "content");
        Objects.requireNonNull(contentId, "contentId");
        contentType = contentType == null || contentType.isBlank() ? UNKNOWN_TYPE : contentType;
    }

    /** An attachment whose bytes are in memory. */
    public static PostalAttachment of(String name, String contentType, byte[] content) {
        return of(name, contentType, MailContent.of(content));
    }

    /** An attachment whose bytes are read when it is sent. */
    public static PostalAttachment of(String name, String contentType, MailContent content) {
        return new PostalAttachment(name, contentType, content, Optional.empty(), false);
    }

    /** A file under its own name. */
    public static PostalAttachment of(Path file, String contentType) {
        return of(file.getFileName().toString(), contentType, MailContent.of(file));
    }

    /** A picture or the like that the HTML body shows as {@code cid:contentId}. */
    public static PostalAttachment inline(String contentId, String name, String contentType, MailContent content) {
        return new PostalAttachment(name, contentType, content, Optional.of(contentId), true);
    }

    @Override
    public String toString() {
        return "PostalAttachment[" + contentType + (inline ? ", inline" : "") + "]";
    }
}
