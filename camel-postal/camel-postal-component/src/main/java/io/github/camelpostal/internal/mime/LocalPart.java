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

/**
 * What stands before the @ of an address. {@code "jane"@example.com} and {@code jane@example.com} are one mailbox (RFC 5321,
 * 4.1.2), so quotes that are not needed must not make somebody who left a list a new recipient.
 */
public final class LocalPart {

    private static final String ATOM_SPECIALS = "!#$%&'*+-/=?^_`{|}~";

    private LocalPart() {
    }

    /** The local part without quotes that are not needed; otherwise as it was given. */
    public static String unquoted(String localPart) {
        int last = localPart.length() - 1;
        if (last < 2 || localPart.charAt(0) != '"' || localPart.charAt(last) != '"') {
            return localPart;
        }
        StringBuilder text = new StringBuilder(last);
        for (int i = 1; i < last; i++) {
            char c = localPart.charAt(i);
            if (c == '\\' && i + 1 < last) {
                c = localPart.charAt(++i);
            }
            text.append(c);
        }
        return isDotAtom(text) ? text.toString() : localPart;
    }

    /** {@code support} of {@code support+4711}: one mailbox, as nearly all providers understand it. */
    public static String withoutTag(String localPart) {
        int plus = localPart.indexOf('+');
        return plus <= 0 ? localPart : localPart.substring(0, plus);
    }

    private static boolean isDotAtom(CharSequence text) {
        boolean dot = true; // none at the start, at the end, or beside another
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.' ? dot : !isAtomText(c)) {
                return false;
            }
            dot = c == '.';
        }
        return !dot;
    }

    private static boolean isAtomText(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || ATOM_SPECIALS.indexOf(c) >= 0;
    }
}
