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
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Base64;

/**
 * Decodes base64 that comes in pieces, with line breaks anywhere and nothing else that does not belong. The JDK's strict
 * decoder knows no line breaks, and its MIME decoder reads over every other character too.
 */
final class Base64Lines {

    private static final int GROUP = 4;

    private final OutputStream out;
    private final byte[] characters = new byte[1024 * GROUP];
    private final byte[] decoded = new byte[characters.length];
    private int count;
    private boolean padded;

    Base64Lines(OutputStream out) {
        this.out = out;
    }

    void decode(byte[] piece, int length) throws IOException, PayloadException {
        for (int i = 0; i < length; i++) {
            if (piece[i] != '\n' && piece[i] != '\r') {
                if (count == characters.length) {
                    flush(characters);
                }
                characters[count++] = piece[i];
            }
        }
    }

    void complete() throws IOException, PayloadException {
        if (count % GROUP != 0) {
            throw notBase64();
        }
        if (count > 0) {
            flush(Arrays.copyOf(characters, count));
        }
    }

    private void flush(byte[] groups) throws IOException, PayloadException {
        if (padded) {
            throw notBase64(); // nothing follows the end
        }
        padded = groups[groups.length - 1] == '=';
        count = 0;
        int length;
        try {
            length = Base64.getDecoder().decode(groups, decoded);
        } catch (IllegalArgumentException e) {
            throw notBase64();
        }
        out.write(decoded, 0, length);
    }

    private static PayloadException notBase64() {
        return new PayloadException("an attachment or a message is not base64");
    }
}
