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
package io.github.camelpostal.internal.mime.compose;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import io.github.camelpostal.api.PostalErrorCode;
import io.github.camelpostal.internal.client.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * The header of a complete message, byte for byte as it came except where it must change.
 *
 * <p>
 * Reading repairs what Postal would send along (protocol 2.8): blank lines and mbox {@code From } lines in front, line ends
 * that are a bare LF, and bare CR and NUL, which other servers might take for a line end. Bytes above 127 stay what they are.
 */
public final class HeaderBlock {

    private static final int LONGEST_HEADER = 1 << 20;
    /** Not {@code From :}, which old programs write for {@code From:} (RFC 5322, 4.5). */
    private static final Pattern MBOX_LINE = Pattern.compile("^>?From (?! *:)");

    /** One field with its folded lines, CRLF between them and none at the end; bytes as ISO-8859-1. */
    private record Field(String name, String text) {

        String value() {
            return text.substring(text.indexOf(':') + 1).replace("\r\n", "").strip();
        }

        boolean is(String other) {
            return name.equalsIgnoreCase(other);
        }
    }

    private final List<Field> fields;

    private HeaderBlock(List<Field> fields) {
        this.fields = fields;
    }

    /** Reads up to and including the blank line that ends the header; the stream then stands at the body. */
    public static HeaderBlock read(InputStream in) throws IOException {
        List<Field> fields = new ArrayList<>();
        int size = 0;
        String line = firstHeaderLine(in);
        while (line != null && !line.isEmpty()) {
            size += line.length();
            if (size > LONGEST_HEADER) {
                throw new Refusal(PostalErrorCode.TOO_LONG,
                        "the header of the message is longer than " + LONGEST_HEADER + " bytes");
            }
            add(fields, line);
            line = nextLine(in);
        }
        if (fields.stream().allMatch(field -> field.name().isEmpty())) {
            throw new Refusal(PostalErrorCode.PARAMETER_ERROR,
                    "the body is no complete RFC 5322 message: it does not begin with"
                            + " a header; use postal:send to have one built");
        }
        return new HeaderBlock(fields);
    }

    public boolean has(String name) {
        return fields.stream().anyMatch(field -> field.is(name));
    }

    /** The unfolded values of all fields of that name, bytes as ISO-8859-1. */
    public List<String> rawValues(String name) {
        return fields.stream().filter(field -> field.is(name)).map(Field::value).toList();
    }

    /** The unfolded values, bytes read as UTF-8 (RFC 6532). */
    public List<String> values(String name) {
        return rawValues(name).stream()
                .map(raw -> new String(raw.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8)).toList();
    }

    /** Whether the bytes of every field of that name are UTF-8, as ASCII is. */
    public boolean isUtf8(String name) {
        return rawValues(name).stream().allMatch(raw -> {
            try {
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(raw.getBytes(StandardCharsets.ISO_8859_1)));
                return true;
            } catch (CharacterCodingException e) {
                return false;
            }
        });
    }

    public void remove(String name) {
        fields.removeIf(field -> field.is(name));
    }

    /** Adds a field at the end; the value is encoded and folded. */
    public void add(String name, String value) {
        addLiteral(name, HeaderText.encoded(name, value));
    }

    /** Adds a field whose value is encoded and folded already. */
    public void addLiteral(String name, String value) {
        fields.add(new Field(name, name + ": " + value));
    }

    /** The fields in order and the blank line. */
    /** The header as it goes out, with the blank line. */
    public byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Field field : fields) {
            bytes.writeBytes(field.text().getBytes(StandardCharsets.ISO_8859_1));
            bytes.writeBytes(new byte[]{'\r', '\n'});
        }
        bytes.writeBytes(new byte[]{'\r', '\n'});
        return bytes.toByteArray();
    }

    private static void add(List<Field> fields, String line) {
        char first = line.charAt(0);
        if ((first == ' ' || first == '\t') && !fields.isEmpty()) {
            Field last = fields.remove(fields.size() - 1);
            fields.add(new Field(last.name(), last.text() + "\r\n" + line));
            return;
        }
        int colon = line.indexOf(':');
        String name = colon < 0 ? "" : line.substring(0, colon).stripTrailing();
        boolean valid = !name.isEmpty() && name.chars().allMatch(c -> c > 32 && c < 127);
        // a line that is no field stays where it is, nameless: it may be part of something signed
        fields.add(new Field(valid ? name : "", line));
    }

    private static @Nullable String firstHeaderLine(InputStream in) throws IOException {
        String line = nextLine(in);
        if (line != null && line.startsWith("\u00EF\u00BB\u00BF")) {
            line = line.substring(3); // the byte order mark that some editors leave in an .eml file
        }
        while (line != null && (line.isBlank() || MBOX_LINE.matcher(line).find())) {
            line = nextLine(in);
        }
        return line;
    }

    /** The next line without its end, or null at the end of the stream. */
    private static @Nullable String nextLine(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder(80);
        int b = in.read();
        if (b < 0) {
            return null;
        }
        while (b >= 0 && b != '\n' && line.length() <= LONGEST_HEADER) {
            line.append((char) b);
            b = in.read();
        }
        int end = line.length();
        if (end > 0 && line.charAt(end - 1) == '\r') {
            line.setLength(end - 1);
        }
        return line.toString().replace('\r', ' ').replace('\0', ' ');
    }
}
