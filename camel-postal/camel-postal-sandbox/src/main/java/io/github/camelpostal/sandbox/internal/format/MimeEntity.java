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

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A mail or one of its parts, taken apart as Postal's mail library does it, with the same losses and as much tolerance of broken
 * structure. Bytes are Latin-1 characters here. Knows nothing of what is shown of it.
 */
final class MimeEntity {
    private static final Pattern BLANK_LINE = Pattern.compile("\r?\n\r?\n");
    private static final Pattern BLANK_LINE_OF_PART = Pattern.compile("\r?\n[ \t]*\r?\n");
    private static final Pattern FIELD = Pattern.compile("([!-9;-~]+):\\s*(.*)", Pattern.DOTALL);
    private static final Pattern FIELD_LINE = Pattern.compile("(?m)^[!-9;-~]+:\\s*.+$");
    private static final Pattern END_OF_FIELD = Pattern.compile("\r?\n(?![ \t])");
    private static final Pattern FOLD = Pattern.compile("\r?\n(?=[ \t])");
    private static final Pattern LINE_END = Pattern.compile("(?<!\r)\n|\r(?!\n)");
    private static final int RANDOM_NAMES = 100_000_000;

    private final Map<String, String> fields = new HashMap<>();
    private final String body;
    private final List<MimeEntity> parts = new ArrayList<>();

    private MimeEntity(String header, String body) {
        for (String line : END_OF_FIELD.split(header)) {
            Matcher field = FIELD.matcher(FOLD.matcher(line).replaceAll(""));
            if (field.matches()) { // the last of two counts
                fields.put(field.group(1).toLowerCase(Locale.ROOT), field.group(2).strip());
            }
        }
        this.body = TransferDecoding.isAscii(body) ? LINE_END.matcher(body).replaceAll("\r\n") : body;
        type().filter(ContentTypeValue::isMultipart).flatMap(type -> type.parameter("boundary")).ifPresent(this::split);
    }

    static MimeEntity ofMail(byte[] raw) {
        String[] halves = BLANK_LINE.split(new String(raw, StandardCharsets.ISO_8859_1), 2);
        return new MimeEntity(halves[0], halves.length < 2 ? "" : halves[1]);
    }

    private static MimeEntity ofPart(String text) {
        String[] halves = BLANK_LINE_OF_PART.split(text, 2);
        return FIELD_LINE.matcher(halves[0]).find()
                ? new MimeEntity(halves[0], halves.length < 2 ? "" : halves[1])
                : new MimeEntity("Content-Type: text/plain", text);
    }

    /** Parts stand between delimiter lines; a part that is blank is none, and the last one needs no end. */
    private void split(String boundary) {
        String delimiter = "--" + boundary;
        List<String> texts = new ArrayList<>();
        Matcher lines = Pattern
                .compile("(?:\\A|\r\n)(" + Pattern.quote(delimiter) + "(?:--)?)(?=[ \\t\\r\\n\\f\\x0b]*(?:\n|\\z))")
                .matcher(body);
        int start = 0;
        String last = "";
        while (lines.find()) {
            texts.add(body.substring(start, lines.start()));
            last = lines.group(1);
            start = lines.end();
        }
        String rest = body.substring(start);
        if (!texts.isEmpty() && !last.endsWith(delimiter + "--") && !rest.isBlank()) {
            texts.add(rest);
        }
        texts.stream().skip(1).filter(text -> !text.isBlank()).map(MimeEntity::ofPart).forEach(parts::add);
    }

    /** Empty without a {@code Content-Type} field. */
    Optional<ContentTypeValue> type() {
        return Optional.ofNullable(fields.get("content-type")).map(ContentTypeValue::ofType);
    }

    boolean isMultipart() {
        return type().filter(ContentTypeValue::isMultipart).isPresent();
    }

    /** Whether it says this type, such as {@code text/plain}. */
    boolean is(String mimeType) {
        return type().filter(type -> type.type().equals(mimeType)).isPresent();
    }

    /** Its parts and theirs, in the order of the mail. */
    Stream<MimeEntity> allParts() {
        return parts.stream().flatMap(part -> Stream.concat(Stream.of(part), part.allParts()));
    }

    /** The parts with a usable name, at any depth; only those without parts of their own. */
    Stream<MimeEntity> attachments() {
        return parts.stream().flatMap(part -> part.parts.isEmpty() && part.filename().isPresent()
                ? Stream.of(part)
                : part.attachments());
    }

    /** By its type before its disposition before its place, decoded; made up for an attached mail without one. */
    Optional<String> filename() {
        Optional<String> name = type().flatMap(MimeEntity::name)
                .or(() -> Optional.ofNullable(fields.get("content-disposition")).flatMap(ContentTypeValue::ofDisposition)
                        .flatMap(MimeEntity::name))
                .or(() -> Optional.ofNullable(fields.get("content-location")).filter(place -> !place.isEmpty()));
        if (name.isEmpty() && is("message/rfc822")) {
            // made up anew at every look, so that two requests with the same mail can differ (protocol 4.4)
            return Optional.of(ThreadLocalRandom.current().nextInt(RANDOM_NAMES) + ".eml");
        }
        return name.map(HeaderText::decoded);
    }

    private static Optional<String> name(ContentTypeValue value) {
        return value.parameter("filename").or(() -> value.parameter("name"));
    }

    TransferDecoding transferDecoding() {
        return TransferDecoding.of(fields.get("content-transfer-encoding"), TransferDecoding.isAscii(body));
    }

    byte[] content() {
        return transferDecoding().decoded(body);
    }

    /** The content as text; without a type it is UTF-8, with a type that names no charset it is ASCII (recorded). */
    String text() {
        Optional<ContentTypeValue> type = type();
        return RubyCharset.decoded(content(),
                type.isPresent() && !isMultipart() ? type.get().parameter("charset").orElse(null) : "utf-8");
    }
}
