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

import java.util.Locale;
import java.util.Optional;

import io.github.camelpostal.internal.mime.DomainName;
import io.github.camelpostal.internal.mime.LocalPart;
import org.jspecify.annotations.Nullable;

/**
 * A bare address in the one form in which addresses are compared here: lower case, the domain in its ASCII form, without
 * quotes that are not needed. Local parts are compared without regard to case too, because gateways change it and no provider
 * tells two mailboxes apart by it.
 */
record MailAddress(String localPart, String domain) {

    /** Reads {@code a@b}, {@code Name <a@b>} or {@code a@b (Name)}; empty if there is no address. */
    static Optional<MailAddress> find(@Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        int open = text.lastIndexOf('<');
        int close = text.indexOf('>', open + 1);
        String bare = open >= 0 && close > open ? text.substring(open + 1, close) : withoutComment(text);
        bare = bare.strip();
        int at = bare.lastIndexOf('@');
        if (at <= 0 || at == bare.length() - 1 || bare.chars().anyMatch(c -> c <= ' ')) {
            return Optional.empty();
        }
        return Optional.of(new MailAddress(LocalPart.unquoted(bare.substring(0, at)).toLowerCase(Locale.ROOT),
                DomainName.comparable(bare.substring(at + 1))));
    }

    /** The mailbox of {@code support+4711@example.com}. */
    MailAddress withoutTag() {
        return new MailAddress(LocalPart.withoutTag(localPart), domain);
    }

    private static String withoutComment(String text) {
        int comment = text.indexOf('(');
        return comment < 0 ? text : text.substring(0, comment);
    }

    @Override
    public String toString() {
        return localPart + '@' + domain;
    }
}
