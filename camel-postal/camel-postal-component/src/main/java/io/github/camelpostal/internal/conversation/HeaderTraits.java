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
package io.github.camelpostal.internal.conversation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

import io.github.camelpostal.internal.mime.EncodedWords;
import io.github.camelpostal.internal.text.FoldedText;

/**
 * What the rules look at: each header field by its name in lower case, and a few things that are read out of the fields,
 * whose names start with a colon. Values are lower case, on one line, and not longer than 1,000 characters, so that a rule
 * takes a bounded time.
 */
final class HeaderTraits {

    private static final int MAX_VALUE = 1000;

    private static final int MAX_FIELDS = 500;

    private static final Pattern COMMENT = Pattern.compile("\\([^()]*\\)");

    /** Gateways put a warning in front of the subject: [EXTERNAL], [EXT], [SPAM?]. */
    private static final Pattern SUBJECT_TAG = Pattern.compile("^(?:\\[[^\\[\\]]{0,30}\\] ?)+");

    private final List<MailHeaders.Field> traits = new ArrayList<>();

    HeaderTraits(MailHeaders headers) {
        headers.fields().stream().limit(MAX_FIELDS).forEach(this::addField);
        Optional<String> sender = Optional.ofNullable(headers.envelope()).or(() -> headers.first("Return-Path"));
        sender.ifPresent(this::addEnvelope);
    }

    boolean any(String name, Pattern value) {
        return traits.stream().anyMatch(trait -> trait.name().equals(name) && value.matcher(trait.value()).find());
    }

    boolean any(Pattern name, Pattern value) {
        return traits.stream()
                .anyMatch(trait -> name.matcher(trait.name()).find() && value.matcher(trait.value()).find());
    }

    private void addField(MailHeaders.Field field) {
        String name = field.name().strip().toLowerCase(Locale.ROOT);
        String value = FoldedText.oneLine(cut(field.value())).toLowerCase(Locale.ROOT);
        traits.add(new MailHeaders.Field(name, value));
        switch (name) {
            case "from" -> addFrom(field.value());
            case "subject" -> addSubject(decodedAndFolded(field.value()));
            case "reply-to" -> addAddress(":reply-to-local", field.value());
            case "auto-submitted" -> add(":auto-submitted", withoutComments(value));
            default -> {
            }
        }
    }

    private void addSubject(String subject) {
        add(":subject", SUBJECT_TAG.matcher(subject).replaceFirst(""));
        // some responders write what they are into the tag
        if (subject.startsWith("[") && subject.indexOf(']') > 0) {
            add(":subject-tag", subject.substring(1, subject.indexOf(']')).strip());
        }
    }

    private void addFrom(String from) {
        String decoded = decodedAndFolded(from);
        addAddress(":from-local", from);
        int address = decoded.lastIndexOf('<');
        add(":from-name", address < 0 ? "" : decoded.substring(0, address).replace("\"", "").strip());
    }

    private void addAddress(String trait, String value) {
        MailAddress.find(value).ifPresent(address -> add(trait, address.localPart()));
    }

    private void addEnvelope(String sender) {
        String bare = sender.strip();
        boolean empty = bare.isEmpty() || bare.equals("<>");
        String local = MailAddress.find(bare).map(MailAddress::localPart)
                .orElseGet(() -> bare.replaceAll("[<>]", "").toLowerCase(Locale.ROOT));
        // an autoresponder of qmail writes as MAILER-DAEMON without a domain: the null sender in another spelling
        add(":null-sender", empty || local.equals("mailer-daemon") ? "yes" : "no");
        add(":envelope-local", empty ? "" : local);
    }

    private void add(String name, String value) {
        traits.add(new MailHeaders.Field(name, value));
    }

    private static String decodedAndFolded(String value) {
        return FoldedText.of(EncodedWords.decode(FoldedText.oneLine(cut(value))));
    }

    /** Comments of RFC 5322, innermost first. A hostile value has many; after some rounds what is left is no keyword. */
    private static String withoutComments(String value) {
        String text = value;
        for (int i = 0; i < 5 && text.indexOf('(') >= 0; i++) {
            text = COMMENT.matcher(text).replaceAll(" ");
        }
        return text.strip();
    }

    private static String cut(String value) {
        return value.length() > MAX_VALUE ? value.substring(0, MAX_VALUE) : value;
    }
}
