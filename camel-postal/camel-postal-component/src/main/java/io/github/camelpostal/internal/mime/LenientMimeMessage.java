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
package io.github.camelpostal.internal.mime;

import java.io.IOException;
import java.io.InputStream;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeMessage;

/**
 * A message whose first lines may be continuations of a field that is not there (RFC 5322 section 2.2.3), which Jakarta Mail
 * cannot take. They are skipped, and the first line that says something is the first field.
 */
public final class LenientMimeMessage extends MimeMessage {

    /**
     * Reads the header, and the body too unless the stream is a {@link jakarta.mail.internet.SharedInputStream}; closes
     * nothing.
     *
     * @throws MessagingException if the stream cannot be read
     */
    public LenientMimeMessage(Session session, InputStream in) throws MessagingException {
        super(session, in);
    }

    @Override
    protected InternetHeaders createInternetHeaders(InputStream head) throws MessagingException {
        try {
            skipOrphans(head);
        } catch (IOException e) {
            throw new MessagingException("The head of a message cannot be read", e);
        }
        return super.createInternetHeaders(head);
    }

    /** A line of blanks alone goes with its end; of a line that says something only the blanks in front. */
    private static void skipOrphans(InputStream head) throws IOException {
        boolean orphan = false;
        while (true) {
            head.mark(1);
            int next = head.read();
            if (next == ' ' || next == '\t') {
                orphan = true;
            } else if (orphan && (next == '\r' || next == '\n')) {
                skipLineFeedAfter(next, head);
                orphan = false;
            } else {
                head.reset();
                return;
            }
        }
    }

    private static void skipLineFeedAfter(int lineEnd, InputStream head) throws IOException {
        if (lineEnd == '\r') {
            head.mark(1);
            if (head.read() != '\n') {
                head.reset();
            }
        }
    }
}
