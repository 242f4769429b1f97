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

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

import jakarta.mail.internet.MimeUtility;

import io.github.camelpostal.internal.client.JsonText;

/**
 * Text on its way into a mail header: what must never end a line there, and how non-ASCII is written (RFC 2047).
 *
 * <p>
 * Text from outside may hold anything. A run of control characters, CR, LF and NUL among them, becomes one space, and half a
 * surrogate pair becomes U+FFFD (Postal responds with 400 to it). So nothing in a subject, name, tag, file name, Content-ID,
 * Message-ID or header ever becomes a header of its own, and no mail is refused for it.
 */
public final class HeaderText {

    /** RFC 5322 2.1.1 allows 998 characters a line; a word that long cannot be folded, so it is encoded. */
    private static final int LONGEST_WORD = 900;
    /** An encoded word has 75 characters at most, 12 of them frame; 45 bytes become 60 characters. */
    private static final int ENCODED_WORD_BYTES = 45;

    /** In bytes of UTF-8, as Linux counts; percent-encoded that is 765 characters. */
    private static final int LONGEST_FILE_NAME = 255;
    private static final int LONGEST_EXTENSION = 16;
    private static final Pattern BETWEEN_LINKS = Pattern.compile(">\\s*,\\s*<");

    private HeaderText() {
    }

    /** The text on one line, well-formed. */
    public static String singleLine(String text) {
        return JsonText.wellFormed(hasControl(text) ? withoutControls(text) : text);
    }

    /** A Message-ID or Content-ID without angle brackets, of the printable ASCII characters that it may consist of. */
    public static String identifier(String id) {
        StringBuilder clean = new StringBuilder(id.length());
        id.chars().filter(c -> c > 32 && c < 127 && c != '<' && c != '>').forEach(c -> clean.append((char) c));
        return clean.toString();
    }

    /** A file name on one line; one that no file system takes loses its middle, so that it fits into a line of a header. */
    public static String fileName(String name) {
        String line = singleLine(name).strip();
        if (line.getBytes(StandardCharsets.UTF_8).length <= LONGEST_FILE_NAME) {
            return line;
        }
        int dot = line.lastIndexOf('.');
        String extension = dot >= 0 && line.length() - dot <= LONGEST_EXTENSION ? line.substring(dot) : "";
        StringBuilder shortened = new StringBuilder();
        int room = LONGEST_FILE_NAME - extension.getBytes(StandardCharsets.UTF_8).length;
        for (int i = 0; i < line.length() && room > 0; i += Character.charCount(line.codePointAt(i))) {
            String character = Character.toString(line.codePointAt(i));
            room -= character.getBytes(StandardCharsets.UTF_8).length;
            shortened.append(room >= 0 ? character : "");
        }
        return shortened + extension;
    }

    /**
     * The value of an unstructured field, encoded and folded. Only words that need it are encoded, so that in
     * {@code Jörg <jo@example.com>} the address stays legible to machines. The links of a {@code List-} field are never
     * encoded, however long, because no mail program would find them any more (RFC 2047, 5); they are folded at their commas.
     */
    public static String encoded(String name, String value) {
        StringBuilder encoded = new StringBuilder();
        StringBuilder pending = new StringBuilder(); // words to encode together, because decoders drop the space between two
        boolean links = name.regionMatches(true, 0, "List-", 0, 5);
        String line = singleLine(value);
        for (String word : (links ? BETWEEN_LINKS.matcher(line).replaceAll(">, <") : line).split(" ", -1)) {
            if (hasNonAscii(word) || word.length() > LONGEST_WORD && !links) {
                pending.append(pending.isEmpty() ? "" : " ").append(word);
                continue;
            }
            appendEncoded(encoded, pending);
            encoded.append(encoded.isEmpty() ? "" : " ").append(word);
        }
        appendEncoded(encoded, pending);
        return MimeUtility.fold(name.length() + 2, encoded.toString());
    }

    private static boolean hasControl(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isControl(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isControl(char c) {
        return c != '\t' && Character.isISOControl(c);
    }

    private static String withoutControls(String text) {
        StringBuilder line = new StringBuilder(text.length());
        boolean inControls = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean control = isControl(c);
            if (!control) {
                line.append(c);
            } else if (!inControls) {
                line.append(' ');
            }
            inControls = control;
        }
        return line.toString();
    }

    private static boolean hasNonAscii(String word) {
        return word.chars().anyMatch(c -> c > 126);
    }

    private static void appendEncoded(StringBuilder encoded, StringBuilder words) {
        if (words.isEmpty()) {
            return;
        }
        StringBuilder chunk = new StringBuilder();
        int bytes = 0;
        for (int i = 0; i < words.length();) {
            int codePoint = words.codePointAt(i);
            String character = Character.toString(codePoint);
            int size = character.getBytes(StandardCharsets.UTF_8).length;
            if (bytes + size > ENCODED_WORD_BYTES) {
                appendWord(encoded, chunk);
                bytes = 0;
            }
            chunk.append(character);
            bytes += size;
            i += Character.charCount(codePoint);
        }
        appendWord(encoded, chunk);
        words.setLength(0);
    }

    private static void appendWord(StringBuilder encoded, StringBuilder chunk) {
        encoded.append(encoded.isEmpty() ? "" : " ").append("=?UTF-8?B?")
                .append(Base64.getEncoder().encodeToString(chunk.toString().getBytes(StandardCharsets.UTF_8))).append("?=");
        chunk.setLength(0);
    }
}
