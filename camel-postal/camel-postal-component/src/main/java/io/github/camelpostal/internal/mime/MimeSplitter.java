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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import jakarta.mail.Header;

import io.github.camelpostal.internal.mime.SharedRangeStream.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * Finds the parts of a message without copying them: of every part its header fields, and where its body begins and ends.
 *
 * <p>Strangers write these messages, so nothing in them is an error. A delimiter that is missing, wrong or written in a way
 * that Jakarta Mail refuses costs as little of the mail as possible.
 */
final class MimeSplitter {

    static final int DEEPEST_NESTING = 20;
    static final int MOST_PARTS = 10_000;

    private static final int LONGEST_DELIMITER = 1_000;

    private final RandomAccess source;
    private final LineReader lines;
    /** Of the multiparts that are open, from outside to inside. */
    private final List<String> boundaries = new ArrayList<>();
    private int parts;
    private boolean truncated;

    // what ended the content that was read last
    private int level;
    private boolean closing;
    private long contentEnd;

    /**
     * One part.
     *
     * @param fields    in their order, unfolded, values as one char a byte
     * @param bodyStart in the message
     * @param bodyEnd   exclusive
     * @param whole     whether it is a multipart that was nested too deep to be taken apart
     */
    record Part(List<Header> fields, long bodyStart, long bodyEnd, List<Part> children, boolean whole) {

        /** The value of the last field of that name, as Ruby's mail library and with it Postal has it, or null. */
        @Nullable
        String field(String name) {
            for (int i = fields.size() - 1; i >= 0; i--) {
                if (fields.get(i).getName().equalsIgnoreCase(name)) {
                    return fields.get(i).getValue();
                }
            }
            return null;
        }

        FieldParameters contentType() {
            return FieldParameters.of(field("Content-Type"));
        }

        boolean isMultipart() {
            return contentType().kind().toLowerCase(Locale.ROOT).startsWith("multipart/");
        }
    }

    private MimeSplitter(RandomAccess source, InputStream in, long offset) {
        this.source = source;
        this.lines = new LineReader(in, offset);
    }

    /** A message, and whether parts were left out. */
    record Split(Part message, boolean truncated) {
    }

    static Split split(RandomAccess source, long length) throws IOException {
        try (InputStream in = new SharedRangeStream(source, 0, length)) {
            MimeSplitter splitter = new MimeSplitter(source, in, 0);
            Part message = splitter.part(0);
            return new Split(message, splitter.truncated);
        }
    }

    /** Reads a part up to the delimiter of a multipart around it, or to the end. */
    private Part part(int depth) throws IOException {
        List<Header> fields = new ArrayList<>();
        boolean hasBody = header(fields);
        long start = hasBody ? lines.position() : contentEnd;
        Part leaf = new Part(List.copyOf(fields), start, start, List.of(), false);
        if (!hasBody) {
            return leaf;
        }
        String boundary = leaf.isMultipart() ? leaf.contentType().get("boundary") : null;
        boolean whole = boundary != null && depth >= DEEPEST_NESTING;
        truncated |= whole;
        List<Part> children = boundary == null || whole ? List.of() : children(boundary, depth);
        if (boundary == null || whole) {
            skipToDelimiter();
        }
        if (children.isEmpty() && leaf.isMultipart() && depth < DEEPEST_NESTING) {
            children = guessedChildren(start, contentEnd, depth);
        }
        return new Part(leaf.fields(), start, contentEnd, children, whole);
    }

    private List<Part> children(String boundary, int depth) throws IOException {
        List<Part> children = new ArrayList<>();
        int own = boundaries.size();
        boundaries.add(boundary.stripTrailing());
        skipToDelimiter(); // the preamble
        while (level == own && !closing) {
            if (++parts > MOST_PARTS) {
                truncated = true;
                skipToDelimiter();
            } else {
                children.add(part(depth + 1));
            }
        }
        boundaries.remove(own);
        if (level == own) {
            skipToDelimiter(); // the epilogue
        }
        return children;
    }

    /** A multipart without its delimiter: the first line that looks like one, with a part's header behind it, will be it. */
    private List<Part> guessedChildren(long start, long end, int depth) throws IOException {
        try (InputStream in = new SharedRangeStream(source, start, end)) {
            LineReader reader = new LineReader(in, start);
            String candidate = null;
            while (reader.next(LONGEST_DELIMITER)) {
                if (candidate != null && reader.text().regionMatches(true, 0, "Content-", 0, 8)) {
                    return childrenWithin(candidate, start, end, depth);
                }
                candidate = reader.startsWithHyphens() ? reader.text().substring(2).stripTrailing() : null;
            }
        }
        return List.of();
    }

    private List<Part> childrenWithin(String boundary, long start, long end, int depth) throws IOException {
        try (InputStream in = new SharedRangeStream(source, start, end)) {
            MimeSplitter splitter = new MimeSplitter(source, in, start);
            splitter.parts = parts;
            List<Part> children = splitter.children(boundary, depth);
            parts = splitter.parts;
            truncated |= splitter.truncated;
            return children;
        }
    }

    /** Reads a header; false if no body follows, because a delimiter or the end came first. */
    private boolean header(List<Header> fields) throws IOException {
        contentEnd = lines.position();
        StringBuilder field = new StringBuilder(); // may go on in the next line
        while (lines.next(Integer.MAX_VALUE)) {
            String line = lines.text();
            if (line.isEmpty() || isDelimiter()) {
                add(fields, field);
                return line.isEmpty();
            }
            boolean continued = line.charAt(0) == ' ' || line.charAt(0) == '\t';
            if (continued && !field.isEmpty()) {
                field.append(' ').append(line.strip());
            } else {
                add(fields, field);
                field.setLength(0);
                // continuations of a field that is not there (RFC 5322 section 2.2.3) may say something all the same
                field.append(line.stripLeading());
            }
        }
        add(fields, field);
        level = -1;
        contentEnd = lines.position();
        return false;
    }

    /** A line without a colon is no field and says nothing. */
    private static void add(List<Header> fields, StringBuilder field) {
        int colon = field.indexOf(":");
        if (colon > 0) {
            fields.add(new Header(field.substring(0, colon).strip(), field.substring(colon + 1).strip()));
        }
    }

    private void skipToDelimiter() throws IOException {
        long end = lines.position();
        while (lines.next(LONGEST_DELIMITER)) {
            contentEnd = end; // without the line end, which belongs to the delimiter
            if (isDelimiter()) {
                return;
            }
            end = lines.end();
        }
        level = -1;
        contentEnd = lines.position();
    }

    private boolean isDelimiter() {
        if (!lines.startsWithHyphens()) {
            return false;
        }
        String text = lines.text().substring(2).stripTrailing();
        for (int i = boundaries.size() - 1; i >= 0; i--) {
            String boundary = boundaries.get(i);
            if (text.startsWith(boundary)) {
                String rest = text.substring(boundary.length());
                if (rest.isEmpty() || rest.equals("--")) {
                    level = i;
                    closing = !rest.isEmpty();
                    return true;
                }
            }
        }
        return false;
    }
}
