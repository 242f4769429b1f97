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
package io.github.camelpostal.internal.send;

import io.github.camelpostal.BodyType;
import io.github.camelpostal.Transport;

/**
 * What an endpoint says about every mail it sends, where neither a header nor the body says it.
 *
 * @param from     null when not set, as all addresses and texts here; address fields are RFC 5322 lists
 * @param bodyType what a text body is taken for
 * @param transport which of Postal's calls {@code send} may use
 */
public record MessageDefaults(String from, String to, String cc, String bcc, String replyTo, String sender, String subject,
        String tag, BodyType bodyType, Transport transport) {

    /** @throws IllegalArgumentException naming the option that no mail could be sent with */
    public MessageDefaults {
        try {
            AddressList.parseOne("from", from);
            AddressList.parseOne("sender", sender);
            AddressList.parse("to", to);
            AddressList.parse("cc", cc);
            AddressList.parse("bcc", bcc);
            AddressList.parse("replyTo", replyTo);
        } catch (Refusal refusal) {
            throw new IllegalArgumentException(
                    "An address option cannot be used: " + refusal.getMessage()
                            + "; write, for example, from=sales@example.com",
                    refusal);
        }
        if (tag != null && tag.length() > Mail.LONGEST_SHORT_TEXT) {
            throw new IllegalArgumentException(
                    "The option tag is longer than " + Mail.LONGEST_SHORT_TEXT
                            + " characters; write, for example, tag=newsletter");
        }
    }

    /** Says nothing about any field. */
    public static MessageDefaults none() {
        return new MessageDefaults(null, null, null, null, null, null, null, null, BodyType.AUTO, Transport.AUTO);
    }
}
