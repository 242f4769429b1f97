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

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** Message-IDs in the fields of a mail, and the thread that a reply to it belongs to. All are without angle brackets. */
public final class MessageIds {

    /** As Postal's database and this component's sending have it; who writes a longer one gets it from nobody. */
    private static final int LONGEST = 255;

    /** RFC 5322 sets no limit, but a thread of years must not fill the header: mail programs look at the first and the last. */
    private static final int LONGEST_THREAD = 20;

    private static final Pattern ID = Pattern.compile("<([^<>\\s]+)>");

    private static final Pattern FOLDED_ID = Pattern.compile("<([^<>]+)>");

    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private MessageIds() {
    }

    /** The ids of a field, as they stand there. */
    public static List<String> in(@Nullable String field) {
        return found(ID, field);
    }

    /** The id that a Message-ID field says, whatever it looks like. */
    public static @Nullable String of(@Nullable String field) {
        if (field == null) {
            return null;
        }
        String id = field.strip();
        return id.startsWith("<") && id.endsWith(">") ? id.substring(1, id.length() - 1) : id;
    }

    /**
     * The id of a mail as a reply may name it: a program that folds lines anywhere has put blanks into it, a gateway a comment
     * behind it. Empty if it is none, or could not stand in a header field as it is.
     */
    public static Optional<String> parent(@Nullable String messageId) {
        return ids(messageId).stream().findFirst()
                .or(() -> Optional.ofNullable(messageId).map(String::strip).filter(MessageIds::isClean));
    }

    /**
     * What goes into the References of a reply, oldest first (RFC 5322, 3.6.4): the references of the mail, else the one id
     * that it replies to, then the mail itself.
     *
     * @param parent as {@link #parent} has it
     */
    public static List<String> thread(@Nullable String references, @Nullable String inReplyTo, Optional<String> parent) {
        List<String> before = ids(references);
        if (before.isEmpty()) {
            List<String> repliedTo = ids(inReplyTo);
            before = repliedTo.size() == 1 ? repliedTo : List.of();
        }
        Set<String> thread = new LinkedHashSet<>(before);
        parent.ifPresent(id -> {
            thread.remove(id);
            thread.add(id);
        });
        List<String> ids = new ArrayList<>(thread);
        if (ids.size() > LONGEST_THREAD) {
            ids.subList(1, ids.size() - LONGEST_THREAD + 1).clear();
        }
        return List.copyOf(ids);
    }

    private static List<String> ids(@Nullable String field) {
        return found(FOLDED_ID, field).stream().map(id -> BLANKS.matcher(id).replaceAll("")).filter(MessageIds::isClean)
                .toList();
    }

    private static boolean isClean(String id) {
        return !id.isEmpty() && id.length() <= LONGEST && id.chars().allMatch(c -> c > ' ' && c <= '~' && c != '<' && c != '>');
    }

    private static List<String> found(Pattern pattern, @Nullable String field) {
        List<String> ids = new ArrayList<>();
        Matcher id = pattern.matcher(field == null ? "" : field);
        while (id.find()) {
            ids.add(id.group(1));
        }
        return List.copyOf(ids);
    }
}
