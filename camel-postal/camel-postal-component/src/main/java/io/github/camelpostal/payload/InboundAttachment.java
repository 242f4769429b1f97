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

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An attachment of an inbound mail.
 *
 * @param name        a file name that is safe to use: a leaf without separators or control characters, never blank, and
 *                    unique within the mail in any case; made up where the mail has none
 * @param filename    what the mail says, which may be anything, such as {@code ../../etc/passwd}
 * @param contentType as Postal posted it: the bare type in JSON, the type with its parameters in forms and raw messages
 * @param contentId   without angle brackets; known for raw messages only (contract 4.4)
 * @param inline      whether it is meant to be shown within the text; known for raw messages only
 * @param content     the bytes, decoded; readable until the exchange is done
 */
public record InboundAttachment(String name, Optional<String> filename, String contentType, Optional<String> contentId,
        boolean inline, PostedBody content) {

    /** The number of bytes of the decoded content. */
    public long size() {
        return content.length();
    }

    /** The same under Postal's field names, with the bytes read into a {@code byte[]}. */
    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("filename", filename.orElse(null));
        map.put("content_type", contentType);
        map.put("size", size());
        map.put(AttachmentList.DATA, Bytes.of(content));
        return map;
    }

    /** Not the file name that the sender chose, so that it may be logged. */
    @Override
    public String toString() {
        return "attachment of " + size() + " bytes";
    }
}
