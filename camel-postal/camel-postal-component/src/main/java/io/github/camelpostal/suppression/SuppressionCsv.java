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
package io.github.camelpostal.suppression;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Carries a list from one place to another as CSV (RFC 4180): {@code address,stream,reason,since,expires}, times in ISO
 * 8601, an empty stream for all mail, an empty end for none.
 *
 * <pre>{@code
 * SuppressionCsv.write(oldList, writer);
 * SuppressionCsv.read(reader, newList);
 * }</pre>
 */
public final class SuppressionCsv {

    private static final String HEAD = "address,stream,reason,since,expires";
    private static final int LONGEST_LINE = 10_000;

    private SuppressionCsv() {
    }

    /** Writes all entries that hold now. */
    public static void write(PostalSuppressionList list, Writer out) throws IOException {
        out.write(HEAD + "\r\n");
        try {
            list.forEach(entry -> line(entry, out));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        out.flush();
    }

    /**
     * Adds all entries to the list, those with a reason of a bounce too: they hold until their end, or until a mail arrives.
     *
     * @return                          how many
     * @throws IllegalArgumentException with the number of the line, if the text is not of this form; what stands before
     *                                  that line is on the list then, and reading the corrected text again does no harm
     */
    public static long read(Reader in, PostalSuppressionList list) throws IOException {
        BufferedReader lines = new BufferedReader(in);
        long number = 0;
        long entries = 0;
        @Nullable
        List<String> fields;
        while ((fields = fields(lines)) != null) {
            number++;
            boolean head = number == 1 && fields.get(0).equalsIgnoreCase("address");
            if (!head && !(fields.size() == 1 && fields.get(0).isBlank())) {
                list.add(entry(fields, number));
                entries++;
            }
        }
        return entries;
    }

    private static void line(SuppressionEntry entry, Writer out) {
        try {
            out.write(field(entry.address()) + "," + field(entry.stream() == null ? "" : entry.stream()) + ","
                    + entry.reason().text() + "," + entry.since() + ","
                    + (entry.expires() == null ? "" : entry.expires()) + "\r\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String field(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return plain ? text : "\"" + text.replace("\"", "\"\"") + "\"";
    }

    private static SuppressionEntry entry(List<String> fields, long line) {
        if (fields.size() != 5) {
            throw new IllegalArgumentException("Record " + line + " has " + fields.size() + " fields, not 5: " + HEAD);
        }
        try {
            return new SuppressionEntry(fields.get(0), fields.get(1), SuppressionReason.of(fields.get(2).strip()),
                    Instant.parse(fields.get(3).strip()),
                    fields.get(4).isBlank() ? null : Instant.parse(fields.get(4).strip()));
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new IllegalArgumentException("Record " + line + ": " + (e instanceof DateTimeException
                    ? "a time is written 2026-03-01T10:00:00Z"
                    : e.getMessage()), e);
        }
    }

    private static @Nullable List<String> fields(BufferedReader in) throws IOException {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        boolean any = false;
        int read = 0;
        int c;
        while ((c = in.read()) >= 0) {
            any = true;
            if (++read > LONGEST_LINE) {
                throw new IllegalArgumentException("A record is longer than " + LONGEST_LINE + " characters");
            }
            if (quoted && c == '"') {
                in.mark(1);
                quoted = in.read() == '"';
                if (quoted) {
                    field.append('"');
                } else {
                    in.reset();
                }
            } else if (!quoted && c == '"' && field.length() == 0) {
                quoted = true;
            } else if (!quoted && c == ',') {
                fields.add(field.toString());
                field.setLength(0);
            } else if (!quoted && c == '\n') {
                break;
            } else if (quoted || c != '\r' && c != '\uFEFF') {
                field.append((char) c);
            }
        }
        if (!any) {
            return null;
        }
        fields.add(field.toString());
        return fields;
    }
}
