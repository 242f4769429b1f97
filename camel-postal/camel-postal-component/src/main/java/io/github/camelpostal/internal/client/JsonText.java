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
package io.github.camelpostal.internal.client;

/**
 * Strings as they may stand in a request.
 */
public final class JsonText {

    private JsonText() {
    }

    /**
     * Text with every lone surrogate replaced: it has no UTF-8 form, and Postal responds with 400 to its JSON escape.
     */
    public static String wellFormed(String text) {
        int bad = firstLoneSurrogate(text, 0);
        if (bad < 0) {
            return text;
        }
        StringBuilder repaired = new StringBuilder(text);
        while (bad >= 0) {
            repaired.setCharAt(bad, '\uFFFD');
            bad = firstLoneSurrogate(repaired, bad + 1);
        }
        return repaired.toString();
    }

    /**
     * Text for a header field: well-formed, and each run of line breaks and NULs is one space, so that no value can become a
     * field of its own.
     */
    static String oneLine(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (breaksLine(text.charAt(i))) {
                return wellFormed(joined(text));
            }
        }
        return wellFormed(text);
    }

    private static String joined(String text) {
        StringBuilder line = new StringBuilder(text.length());
        boolean broken = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!breaksLine(c)) {
                line.append(c);
            } else if (!broken) {
                line.append(' ');
            }
            broken = breaksLine(c);
        }
        return line.toString();
    }

    private static boolean breaksLine(char c) {
        return c == '\r' || c == '\n' || c == 0;
    }

    private static int firstLoneSurrogate(CharSequence text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                return i;
            }
        }
        return -1;
    }
}
