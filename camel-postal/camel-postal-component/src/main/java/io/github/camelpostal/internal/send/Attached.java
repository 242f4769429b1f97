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
import java.util.Locale;
import java.util.Optional;

import io.github.camelpostal.api.PostalAttachment;
import io.github.camelpostal.api.PostalErrorCode;

/**
 * An attachment ready to go: safe names, and content whose beginning is known.
 *
 * @param contentId without angle brackets; null when there is none
 */
record Attached(String name, String contentType, PeekedContent content, String contentId, boolean inline) {

    static Attached of(PostalAttachment attachment) {
        String name = attachment.name() == null ? "" : HeaderText.fileName(attachment.name());
        if (name.isEmpty()) {
            throw new Refusal(PostalErrorCode.ATTACHMENT_MISSING_NAME, "an attachment has no name");
        }
        try {
            return new Attached(name, HeaderText.singleLine(attachment.contentType()),
                    PeekedContent.of(attachment.content()),
                    attachment.contentId().map(HeaderText::identifier).filter(id -> !id.isEmpty()).orElse(null),
                    attachment.inline());
        } catch (IOException e) {
            throw new Refusal(PostalErrorCode.CONTENT_UNREADABLE, "an attachment cannot be read", e);
        }
    }

    /** Whether the mail shows it in place, or refers to it. */
    boolean isPartOfBody() {
        return inline || contentId != null;
    }

    /** Whether Postal's structured call may change its bytes. */
    boolean looksLikeText() {
        String type = mediaType();
        return type.startsWith("text/") || type.startsWith("multipart/") || isComposite() || type.endsWith("json")
                || type.endsWith("xml")
                || content.looksLikeText();
    }

    /** Whether MIME forbids to encode it (RFC 2046, 5.2.1). */
    boolean isComposite() {
        return mediaType().startsWith("message/");
    }

    PostalAttachment asPostalAttachment() {
        return new PostalAttachment(name, contentType, content, Optional.ofNullable(contentId), inline);
    }

    String mediaType() {
        int parameters = contentType.indexOf(';');
        return (parameters < 0 ? contentType : contentType.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
    }
}
