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
    private byte[] rest = new byte[0];
    private boolean padded;

    Base64Lines(OutputStream out) {
        this.out = out;
    }

    void decode(byte[] piece, int length) throws IOException, PayloadException {
        byte[] characters = Arrays.copyOf(rest, rest.length + length);
        int count = rest.length;
        for (int i = 0; i < length; i++) {
            if (piece[i] != '\n' && piece[i] != '\r') {
                characters[count++] = piece[i];
            }
        }
        int whole = count - count % GROUP;
        rest = Arrays.copyOfRange(characters, whole, count);
        if (whole > 0) {
            decodeGroups(Arrays.copyOf(characters, whole));
        }
    }

    void complete() throws PayloadException {
        if (rest.length > 0) {
            throw notBase64();
        }
    }

    private void decodeGroups(byte[] groups) throws IOException, PayloadException {
        if (padded) {
            throw notBase64(); // nothing follows the end
        }
        padded = groups[groups.length - 1] == '=';
        byte[] decoded;
        try {
            decoded = Base64.getDecoder().decode(groups);
        } catch (IllegalArgumentException e) {
            throw notBase64();
        }
        out.write(decoded);
    }

    private static PayloadException notBase64() {
        return new PayloadException("an attachment or a message is not base64");
    }
}
