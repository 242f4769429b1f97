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
import java.util.Base64;

/** Base64 as Ruby packs and unpacks it: in short lines, and without ever complaining. */
public final class RubyBase64 {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private static final int LINE = 60;
    private static final int BITS = 6;
    private static final int GROUP = 4;

    private RubyBase64() {
    }

    /** A newline after every 60 characters and at the end; nothing for nothing. */
    public static String lines(byte[] bytes) {
        String text = Base64.getMimeEncoder(LINE, new byte[]{'\n'}).encodeToString(bytes);
        return text.isEmpty() ? text : text + "\n";
    }

    /**
     * Up to the padding; characters outside the alphabet, those of the URL-safe one too, are ignored (protocol 2.8), and so is a
     * padding character where none can stand: at the beginning of four.
     */
    public static byte[] lenient(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        int bits = 0;
        int inGroup = 0;
        for (int i = 0; i < text.length(); i++) {
            int value = ALPHABET.indexOf(text.charAt(i));
            if (value >= 0) {
                bits = bits << BITS | value;
                inGroup++;
            } else if (text.charAt(i) == '=' && inGroup > 1) {
                break;
            }
            if (inGroup == GROUP) {
                write(bytes, bits, GROUP - 1);
                inGroup = 0;
            }
        }
        if (inGroup > 1) {
            write(bytes, bits << BITS * (GROUP - inGroup), inGroup - 1);
        }
        return bytes.toByteArray();
    }

    private static void write(ByteArrayOutputStream bytes, int group, int count) {
        for (int i = 0; i < count; i++) {
            bytes.write(group >> Byte.SIZE * (2 - i));
        }
    }
}
