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
package io.github.camelpostal.sandbox.internal.page;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The HTML of a mail as it goes into the frame: with its own pictures in place, otherwise as it came. What it may do there is up
 * to the response's policy, not to any cleaning.
 */
final class MailHtml {
    private static final Pattern CID = Pattern.compile("(?i)\\bcid:([^\"'\\s<>)]+)");
    private static final Pattern REMOTE = Pattern
            .compile("(?i)(?:\\b(?:src|srcset|background|poster)\\s*=\\s*[\"']?\\s*|url\\(\\s*[\"']?)(?:https?:)?//");
    /** Pictures made of pixels; SVG is a program. */
    private static final Set<String> PICTURES = Set.of("image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp");

    private MailHtml() {
    }

    /** @param html of the content */
    static String complete(String html, MailContent content) {
        return CID.matcher(html).replaceAll(match -> Matcher.quoteReplacement(picture(content, match.group(1))
                .orElse(match.group())));
    }

    /** Whether it asks for pictures from elsewhere, as far as can be seen without a browser. */
    static boolean wantsRemoteImages(String html) {
        return REMOTE.matcher(html).find();
    }

    private static Optional<String> picture(MailContent content, String cid) {
        String id = decoded(cid.replace("&amp;", "&"));
        return content.files().stream()
                .filter(file -> id.equals(file.contentId()) && PICTURES.contains(file.type()))
                .map(file -> "data:" + file.type() + ";base64," + Base64.getEncoder().encodeToString(file.data()))
                .findFirst();
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
