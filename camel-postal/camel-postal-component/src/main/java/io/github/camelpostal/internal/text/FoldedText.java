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
package io.github.camelpostal.internal.text;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Lower case, without accents and with single spaces: how lines and subjects, and the phrases in them, are compared. All takes
 * time that grows with the text, not with its square.
 */
public final class FoldedText {

    private static final Pattern WHITE_SPACE = Pattern.compile("[\\s\\p{Z}]+");

    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private static final Pattern MARKS = Pattern.compile("\\p{Mn}+");

    private FoldedText() {
    }

    /** @param text not longer than some thousand characters, because folding takes time */
    public static String of(String text) {
        String decomposed = Normalizer.normalize(text, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
        // the Turkish i without a dot becomes one with a dot when a subject is written in capitals
        return oneLine(MARKS.matcher(decomposed).replaceAll("").replace('\u0131', 'i'));
    }

    /** The text with single spaces, on one line. */
    public static String oneLine(String text) {
        return WHITE_SPACE.matcher(text).replaceAll(" ").strip();
    }

    /** The text with each line break, and what is blank around it, as one space; other blanks stay. */
    public static String withoutLineBreaks(String text) {
        if (!hasLineBreak(text)) {
            return text;
        }
        return BLANKS.matcher(text).replaceAll(found -> hasLineBreak(found.group()) ? " " : found.group());
    }

    private static boolean hasLineBreak(String text) {
        return text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0;
    }
}
