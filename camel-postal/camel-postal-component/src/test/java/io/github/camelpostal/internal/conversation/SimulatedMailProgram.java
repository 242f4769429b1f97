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
import java.util.Random;

import org.jspecify.annotations.Nullable;

/**
 * What a mail program and the gateways behind it make of a mail that is replied to: only the addresses and fields that a
 * reply carries back.
 *
 * @param honoursReplyTo    writes to Reply-To rather than to From
 * @param dropsTag          Exchange and some gateways remove the plus and what follows
 * @param upperCases        old gateways write addresses in capitals
 * @param sendsInReplyTo    most do
 * @param keepsReferences   how many Message-IDs it keeps in References, the last ones
 * @param forwards          a person forwards the mail, and the reply comes from somebody else
 */
record SimulatedMailProgram(boolean honoursReplyTo, boolean dropsTag, boolean upperCases, boolean sendsInReplyTo,
        int keepsReferences, boolean forwards) {

    static final String STRANGER = "somebody.else@forwarded.example";

    static SimulatedMailProgram any(Random random) {
        return new SimulatedMailProgram(random.nextInt(4) > 0, random.nextInt(4) == 0, random.nextInt(4) == 0,
                random.nextInt(4) > 0, random.nextInt(3) == 0 ? 0 : 10, random.nextInt(5) == 0);
    }

    /** A mail as the program shows it. */
    record ReceivedMail(String replyTo, String from, String messageId, List<String> references, String recipient) {
    }

    ReplyClues reply(ReceivedMail mail) {
        String to = honoursReplyTo ? mail.replyTo() : mail.from();
        if (dropsTag) {
            to = to.replaceFirst("\\+.*@", "@");
        }
        if (upperCases) {
            to = to.toUpperCase(Locale.ROOT);
        }
        return new ReplyClues(to, sendsInReplyTo ? mail.messageId() : null, references(mail),
                forwards ? STRANGER : mail.recipient());
    }

    private @Nullable String references(ReceivedMail mail) {
        List<String> all = new ArrayList<>(mail.references());
        all.add(mail.messageId());
        List<String> kept = all.subList(Math.max(0, all.size() - keepsReferences), all.size());
        return kept.isEmpty() ? null : String.join("\r\n ", kept);
    }
}
