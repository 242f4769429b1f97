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
package io.github.camelpostal.sandbox.internal.page;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** {@code Content-Disposition} for a name that somebody else chose (RFC 6266, RFC 8187): no byte of it gets into the header raw. */
final class DispositionHeader {
    private static final String PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._";
    private static final int LONGEST = 120;

    private DispositionHeader() {
    }

    static String attachment(String filename) {
        String name = safe(filename);
        StringBuilder ascii = new StringBuilder();
        name.codePoints().forEach(c -> ascii.appendCodePoint(c == ' ' || PLAIN.indexOf(c) >= 0 ? c : '_'));
        StringBuilder encoded = new StringBuilder();
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            if (PLAIN.indexOf(b) >= 0 && b > 0) {
                encoded.append((char) b);
            } else {
                encoded.append(String.format(Locale.ROOT, "%%%02X", b & 0xff));
            }
        }
        return "attachment; filename=\"" + ascii + "\"; filename*=UTF-8''" + encoded;
    }

    /** Without directories, control characters and those that turn the direction of writing; not too long, never empty. */
    private static String safe(String filename) {
        StringBuilder kept = new StringBuilder();
        String last = filename.substring(Math.max(filename.lastIndexOf('/'), filename.lastIndexOf('\\')) + 1);
        last.codePoints()
                .filter(c -> !Character.isISOControl(c) && Character.getType(c) != Character.FORMAT
                        && Character.getType(c) != Character.SURROGATE)
                .limit(LONGEST).forEach(kept::appendCodePoint);
        String name = kept.toString().strip().replaceAll("^\\.+", "");
        return name.isEmpty() ? "unnamed" : name;
    }
}
