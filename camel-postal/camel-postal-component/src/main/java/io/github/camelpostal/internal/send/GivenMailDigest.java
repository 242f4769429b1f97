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

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Passes a complete message on without what a program makes anew each time that it builds the same mail: Date, Message-ID and
 * the boundaries between parts. Constant memory, whatever the length of a line.
 */
final class GivenMailDigest extends OutputStream {

    /** No boundary stands in a longer line (RFC 2046, 5.1.1; RFC 5322, 2.1.1). */
    private static final int LONGEST_LINE = 2_000;
    private static final Pattern BOUNDARY = Pattern.compile("(?i)boundary\\s*=\\s*(\"[^\"]*\"|[^\\s;]+)");

    private final Consumer<byte[]> target;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final Set<String> boundaries = new HashSet<>();
    private boolean inHeader = true;
    private boolean inVolatileField;
    private boolean lineIsTooLong;

    GivenMailDigest(Consumer<byte[]> target) {
        this.target = target;
    }

    @Override
    public void write(int b) {
        line.write(b);
        if (b == '\n') {
            endOfLine();
        } else if (line.size() >= LONGEST_LINE) {
            lineIsTooLong = true;
            passOn();
        }
    }

    @Override
    public void close() {
        endOfLine();
    }

    private void endOfLine() {
        if (lineIsTooLong) {
            lineIsTooLong = false;
            passOn();
            return;
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        line.reset();
        if (inHeader && isVolatile(text)) {
            return;
        }
        target.accept(withoutBoundary(text).getBytes(StandardCharsets.ISO_8859_1));
    }

    private boolean isVolatile(String text) {
        if (text.isBlank()) {
            inHeader = false;
            return false;
        }
        if (text.charAt(0) != ' ' && text.charAt(0) != '\t') {
            String lower = text.toLowerCase(Locale.ROOT);
            inVolatileField = lower.startsWith("date:") || lower.startsWith("message-id:");
        }
        return inVolatileField;
    }

    private String withoutBoundary(String text) {
        if (text.startsWith("--")) {
            String delimiter = text.substring(2).stripTrailing();
            return boundaries.contains(delimiter) ? "--" : isEnd(delimiter) ? "----" : text;
        }
        Matcher boundary = BOUNDARY.matcher(text);
        if (!boundary.find()) {
            return text;
        }
        boundaries.add(boundary.group(1).replace("\"", ""));
        return text.substring(0, boundary.start(1)) + text.substring(boundary.end(1));
    }

    private boolean isEnd(String delimiter) {
        return delimiter.endsWith("--") && boundaries.contains(delimiter.substring(0, delimiter.length() - 2));
    }

    private void passOn() {
        target.accept(line.toByteArray());
        line.reset();
    }
}
