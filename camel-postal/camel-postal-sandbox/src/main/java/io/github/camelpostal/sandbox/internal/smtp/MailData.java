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
package io.github.camelpostal.sandbox.internal.smtp;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The mail that is coming in, line by line, and what Postal looks at in its header meanwhile. */
final class MailData {
    private static final byte[] CRLF = {'\r', '\n'};

    private final ByteArrayOutputStream mail = new ByteArrayOutputStream();
    private final long limit;
    private final List<Field> fields = new ArrayList<>();
    private long size;
    private boolean inHeader = true;

    private record Field(String name, StringBuilder value) {
    }

    /**
     * @param added how many bytes will stand before the mail; they count (protocol 2.13)
     * @param limit in bytes
     */
    MailData(int added, long limit) {
        this.size = added;
        this.limit = limit;
    }

    /** Every line ends in CRLF afterwards, however it ended before; two dots at the start become one. */
    void add(Line line) {
        byte[] bytes = line.bytes();
        int skipped = bytes.length > 1 && bytes[0] == '.' && bytes[1] == '.' ? 1 : 0;
        size += bytes.length - skipped + CRLF.length;
        if (isTooLarge()) {
            return; // nobody will read it
        }
        mail.write(bytes, skipped, bytes.length - skipped);
        mail.writeBytes(CRLF);
        if (inHeader) {
            readHeader(new String(bytes, skipped, bytes.length - skipped, StandardCharsets.ISO_8859_1));
        }
    }

    private void readHeader(String line) {
        if (line.isEmpty()) {
            inHeader = false;
        } else if (!Character.isWhitespace(line.charAt(0))) {
            int colon = line.indexOf(':');
            String name = colon < 0 ? line : line.substring(0, colon);
            fields.add(new Field(name.toLowerCase(Locale.ROOT), new StringBuilder(colon < 0 ? "" : line.substring(colon + 1))));
        } else if (!fields.isEmpty()) {
            fields.get(fields.size() - 1).value().append(line);
        }
    }

    byte[] bytes() {
        return mail.toByteArray();
    }

    boolean isTooLarge() {
        return size > limit;
    }

    /** How often it has been at this host already. */
    long timesReceivedBy(String hostname) {
        return fields.stream().filter(field -> field.name().equals("received"))
                .filter(field -> field.value().indexOf("by " + hostname) >= 0).count();
    }

    /** A subject that is no UTF-8 does not fit into Postal's database. */
    boolean hasReadableSubject() {
        return fields.stream().filter(field -> field.name().equals("subject")).allMatch(field -> {
            byte[] subject = field.value().toString().getBytes(StandardCharsets.ISO_8859_1);
            try {
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(subject));
                return true;
            } catch (CharacterCodingException e) {
                return false;
            }
        });
    }
}
