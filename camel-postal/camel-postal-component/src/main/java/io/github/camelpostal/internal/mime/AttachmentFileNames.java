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

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Makes file names out of what strangers wrote: one leaf, usable on any file system, unique within one mail.
 *
 * <p>{@code ../../etc/passwd} becomes {@code passwd}, a second {@code a.txt} becomes {@code a-2.txt}, and no name at all
 * becomes {@code attachment-1.pdf}, with an ending that fits the type.
 */
public final class AttachmentFileNames {

    // of UTF-8; file systems take 255, and a user may want to put an id in front
    private static final int LONGEST_BYTES = 200;
    private static final int LONGEST_ENDING = 16;

    // control, format (among them those that turn text around), private and unassigned characters; what Windows refuses
    private static final Pattern UNSAFE = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}:*?\"<>|]");
    private static final Pattern RESERVED = Pattern.compile("(?i)(con|prn|aux|nul|com\\d|lpt\\d)(\\..*)?");
    private static final Pattern EDGES = Pattern.compile("^[.\\s]+|[.\\s]+$");
    private static final Map<String, String> ENDINGS = Map.of("application/pdf", ".pdf", "text/plain", ".txt", "text/html",
            ".html", "text/calendar", ".ics", "image/png", ".png", "image/jpeg", ".jpg", "image/gif", ".gif", "message/rfc822",
            ".eml", "application/zip", ".zip");

    private final Set<String> taken = new HashSet<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private int number;

    /**
     * A name for the next attachment of the mail.
     *
     * @param filename what the mail says; null where it says nothing
     */
    public String next(@Nullable String filename, String contentType) {
        number++;
        String leaf = filename == null ? "" : leaf(filename);
        String wanted = leaf.isEmpty() ? "attachment-" + number + ending(contentType) : leaf;
        String name = wanted;
        while (!taken.add(name.toLowerCase(Locale.ROOT))) {
            name = numbered(wanted, counts.merge(wanted, 1, Integer::sum) + 1);
        }
        return name;
    }

    private static String leaf(String filename) {
        String leaf = filename.substring(Math.max(filename.lastIndexOf('/'), filename.lastIndexOf('\\')) + 1);
        if (leaf.length() > 2 * LONGEST_BYTES) { // before anything takes time that grows with its square
            leaf = leaf.substring(0, LONGEST_BYTES) + leaf.substring(leaf.length() - LONGEST_BYTES);
        }
        String clean = UNSAFE.matcher(Normalizer.normalize(leaf, Normalizer.Form.NFC)).replaceAll("_");
        String trimmed = EDGES.matcher(clean).replaceAll("");
        return shortened(RESERVED.matcher(trimmed).matches() ? "_" + trimmed : trimmed);
    }

    private static String shortened(String name) {
        int dot = endingAt(name);
        String stem = name.substring(0, dot);
        String ending = name.substring(dot);
        while (!stem.isEmpty() && (stem + ending).getBytes(StandardCharsets.UTF_8).length > LONGEST_BYTES) {
            stem = stem.substring(0, stem.offsetByCodePoints(stem.length(), -1));
        }
        return stem + ending;
    }

    private static String numbered(String name, int number) {
        int dot = endingAt(name);
        return name.substring(0, dot) + "-" + number + name.substring(dot);
    }

    private static int endingAt(String name) {
        int dot = name.lastIndexOf('.');
        return dot > 0 && name.length() - dot <= LONGEST_ENDING ? dot : name.length();
    }

    private static String ending(String contentType) {
        return ENDINGS.getOrDefault(contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT), ".bin");
    }
}
