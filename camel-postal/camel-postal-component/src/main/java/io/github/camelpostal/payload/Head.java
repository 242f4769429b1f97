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

import java.util.List;
import java.util.Optional;

/** The header fields of a mail that Postal passes on in its format {@code Hash}, decoded; of a raw message, the same ones. */
record Head(Optional<String> messageId, Optional<String> subject, Optional<String> to, Optional<String> cc,
        Optional<String> from, List<String> replyTo, Optional<String> date, Optional<String> inReplyTo,
        Optional<String> references, Optional<String> autoSubmitted) {

    static Head read(Fields fields) throws PayloadException {
        return new Head(fields.text("message_id"), fields.text("subject"), fields.text("to"), fields.text("cc"),
                fields.text("from"), fields.texts(Posting.REPLY_TO), fields.text("date"), fields.text("in_reply_to"),
                fields.text("references"), fields.text("auto_submitted"));
    }
}
