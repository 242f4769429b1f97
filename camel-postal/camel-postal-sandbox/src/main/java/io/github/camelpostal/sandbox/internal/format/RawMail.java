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
package io.github.camelpostal.sandbox.internal.format;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Mail as bytes: cuts and joins them without understanding MIME, so that nothing is changed on the way. */
public final class RawMail {
    private static final byte[] BLANK_LINE = {'\r', '\n', '\r', '\n'};

    private RawMail() {
    }

    /** Puts header lines (each ending in CRLF) before the mail, as Postal does with everything it adds (protocol 3.1). */
    public static byte[] prepend(String headerLines, byte[] mail) {
        byte[] added = headerLines.getBytes(StandardCharsets.US_ASCII);
        byte[] all = Arrays.copyOf(added, added.length + mail.length);
        System.arraycopy(mail, 0, all, added.length, mail.length);
        return all;
    }

    /**
     * What Postal stores of a raw mail: header and body split at the first blank line (LF or CRLF) and joined with CRLF CRLF;
     * line ends inside either stay as they are (protocol 2.8).
     */
    public static byte[] stored(byte[] mail) {
        int[] gap = blankLine(mail);
        ByteArrayOutputStream out = new ByteArrayOutputStream(mail.length + BLANK_LINE.length);
        out.write(mail, 0, gap[0]);
        out.writeBytes(BLANK_LINE);
        out.write(mail, gap[1], mail.length - gap[1]);
        return out.toByteArray();
    }

    /** Every line end as CRLF, as mail that came over SMTP has them. */
    public static byte[] overSmtp(byte[] mail) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(mail.length + 64);
        for (int i = 0; i < mail.length; i++) {
            if (mail[i] == '\n' && (i == 0 || mail[i - 1] != '\r')) {
                out.write('\r');
            }
            out.write(mail[i]);
        }
        return out.toByteArray();
    }

    /** Start and end of the first blank line; both at the end of the mail when there is none. */
    private static int[] blankLine(byte[] mail) {
        for (int i = 0; i < mail.length; i++) {
            if (mail[i] == '\n') {
                int start = i > 0 && mail[i - 1] == '\r' ? i - 1 : i;
                int next = i + 1 < mail.length && mail[i + 1] == '\r' ? i + 2 : i + 1;
                if (next < mail.length && mail[next] == '\n') {
                    return new int[]{start, next + 1};
                }
            }
        }
        return new int[]{mail.length, mail.length};
    }
}
