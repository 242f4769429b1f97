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
package io.github.camelpostal.examples.inboxtoworkflow;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.camelpostal.payload.InboundAttachment;
import io.github.camelpostal.payload.InboundMail;
import org.apache.camel.Body;

/** Finds the CSV files among the attachments of a mail, and cuts them into lines. */
final class OrderFile {

    private static final String HEADING = "sku,quantity,note";
    private static final Charset WHAT_EXCEL_WRITES = Charset.forName("windows-1252");
    private static final Pattern CHARSET = Pattern.compile("(?i);\\s*charset=\"?([^\\s\";]+)");
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final long largest;

    /** @param largest number of bytes of a file that is read */
    OrderFile(long largest) {
        this.largest = largest;
    }

    /**
     * A line of a CSV file.
     *
     * @param attachment the place of the file in the mail, from 1
     * @param number     as an editor counts it, from 1; 0 for the file as a whole
     * @param problem    why it is no order line, whatever its text; null when there is nothing against it
     */
    public record Line(int attachment, int number, String text, String problem) {
    }

    /** All lines of all CSV files, without headings and empty lines. */
    public List<Line> lines(@Body InboundMail mail) throws IOException {
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < mail.attachments().size(); i++) {
            InboundAttachment attachment = mail.attachments().get(i);
            if (isCsv(attachment)) {
                addLines(lines, i + 1, attachment);
            }
        }
        return lines;
    }

    /**
     * The text, for Bindy.
     *
     * @throws IllegalArgumentException if it is known to be no order line
     */
    public String content(@Body Line line) {
        if (line.problem() != null) {
            throw new IllegalArgumentException(line.problem());
        }
        return line.text();
    }

    private void addLines(List<Line> lines, int number, InboundAttachment attachment) throws IOException {
        if (attachment.size() > largest) {
            lines.add(new Line(number, 0, "", "The file is larger than " + largest + " bytes"));
            return;
        }
        String[] text = text(attachment).split("\r\n|\n|\r", -1);
        for (int i = 0; i < text.length; i++) {
            boolean heading = i == 0 && HEADING.equals(text[i].replace(" ", "").toLowerCase(Locale.ROOT));
            if (!heading && !text[i].isBlank()) {
                lines.add(new Line(number, i + 1, text[i], null));
            }
        }
    }

    /** Mail programs are of different minds about the type, so the name counts too. */
    private static boolean isCsv(InboundAttachment attachment) {
        return attachment.contentType().toLowerCase(Locale.ROOT).matches("(text|application)/(x-)?csv\\b.*")
                || attachment.name().toLowerCase(Locale.ROOT).endsWith(".csv");
    }

    /** In the charset that the mail says; else in UTF-8, or in what Excel writes where it is none. */
    private static String text(InboundAttachment attachment) throws IOException {
        byte[] bytes;
        try (InputStream in = attachment.content().open()) {
            bytes = in.readAllBytes();
        }
        String text = new String(bytes, charset(attachment.contentType(), bytes));
        return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    }

    private static Charset charset(String contentType, byte[] bytes) {
        Matcher declared = CHARSET.matcher(contentType);
        if (declared.find()) {
            try {
                return Charset.forName(declared.group(1));
            } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
                // as good as none
            }
        }
        if (bytes.length > 1 && (bytes[0] & bytes[1]) != 0 && (bytes[0] ^ bytes[1]) == 1 && (bytes[0] & 0xfe) == 0xfe) {
            return StandardCharsets.UTF_16; // a byte order mark, in either order
        }
        return isUtf8(bytes) ? StandardCharsets.UTF_8 : WHAT_EXCEL_WRITES;
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
