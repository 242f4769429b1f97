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

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** The subject of a reply: that of the mail with one {@code Re: } in front, however many it had (RFC 5322, 3.6.5). */
public final class ReplySubject {

    private static final int LONGEST = 250;

    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\u2028\\u2029]+");

    /** Some programs count ({@code Re[2]:}), write it the French way, or with the colon of Chinese. */
    private static final Pattern MARKS = Pattern.compile("^(?:\\s*+re(?:\\[\\d{1,4}\\])?+\\s*+[:\\uff1a])++",
            Pattern.CASE_INSENSITIVE);

    private ReplySubject() {
    }

    /**
     * On one line and not longer than a subject reasonably is: what stands there was written by a stranger.
     *
     * @param subject that of the mail, null for none
     */
    public static String of(@Nullable String subject) {
        String line = UNPRINTABLE.matcher(subject == null ? "" : subject).replaceAll(" ");
        String topic = MARKS.matcher(line).replaceFirst("").strip();
        int end = Math.min(LONGEST, topic.length());
        if (end < topic.length() && Character.isHighSurrogate(topic.charAt(end - 1))) {
            end--;
        }
        return topic.isEmpty() ? "Re:" : "Re: " + topic.substring(0, end);
    }
}
