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

import java.util.Optional;

import io.github.camelpostal.internal.mime.DomainName;
import org.jspecify.annotations.Nullable;

/**
 * The address of a route as it becomes a reply address: {@code support@example.com} and a token become
 * {@code support+token@example.com}. Postal finds the route by what stands before the first plus (protocol 4.1), so an
 * address that has a tag of its own keeps it, and the token follows the last plus.
 */
final class ReplyAddress {

    /** RFC 5321, 4.5.3.1.1. */
    private static final int MAX_LOCAL_PART = 64;

    private static final int MAX_ADDRESS = 254;

    private final String localPart;
    private final String domain;
    private final String binding;

    private ReplyAddress(String localPart, String domain, String binding) {
        this.localPart = localPart;
        this.domain = domain;
        this.binding = binding;
    }

    static ReplyAddress parse(String address) {
        String bare = address.strip();
        int at = bare.lastIndexOf('@');
        MailAddress compared = MailAddress.find(bare).filter(a -> at > 0 && bare.indexOf('<') < 0 && isPlain(bare, at))
                .orElseThrow(
                        () -> new ConversationRefusedException("replyAddress must be a bare address like support@example.com:"
                                + " no display name, no quotes, ASCII before the @"));
        // in ASCII, because Reply-To goes out as it is
        return new ReplyAddress(bare.substring(0, at), DomainName.of(bare.substring(at + 1)).ascii()
                .map(DomainName::withoutRoot).orElseThrow(
                        () -> new ConversationRefusedException("replyAddress has a domain that cannot be written in ASCII")),
                compared.toString());
    }

    /** What the signature binds: a token of one route is worth nothing at another. */
    String binding() {
        return binding;
    }

    /** Returns how many characters an escaped id may have: 34 with {@code reply@example.com}. */
    int limit() {
        int byLocalPart = MAX_LOCAL_PART - localPart.length();
        int byAddress = MAX_ADDRESS - localPart.length() - 1 - domain.length();
        return Math.min(byLocalPart, byAddress) - 1 - ConversationToken.FIXED_LENGTH;
    }

    String with(String token) {
        return localPart + '+' + token + '@' + domain;
    }

    /** The token and the route's address of an envelope recipient; empty if there is nothing that could be a token. */
    static Optional<TagOfAddress> split(@Nullable String recipient) {
        return MailAddress.find(recipient).flatMap(address -> {
            int plus = address.localPart().lastIndexOf('+');
            if (plus <= 0) {
                return Optional.empty();
            }
            String route = new MailAddress(address.localPart().substring(0, plus), address.domain()).toString();
            String tag = address.localPart().substring(plus + 1);
            return ConversationToken.looksLikeOne(tag) ? Optional.of(new TagOfAddress(tag, route)) : Optional.empty();
        });
    }

    /** An address tag that has the form of a token, and the address without it. */
    record TagOfAddress(String token, String binding) {
    }

    private static boolean isPlain(String address, int at) {
        return address.chars().limit(at).allMatch(c -> c > ' ' && c < 127 && "\"(),:;<>@[\\]".indexOf(c) < 0);
    }
}
