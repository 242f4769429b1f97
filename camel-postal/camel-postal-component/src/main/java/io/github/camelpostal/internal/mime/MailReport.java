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

import java.util.List;
import java.util.Map;

/** A machine's report about a mail of ours: a bounce or a complaint. */
public sealed interface MailReport {

    /** The header fields of the mail that it is about, names in lower case; empty if it quotes none. */
    Map<String, List<String>> originalHeaders();

    /**
     * A delivery status notification (RFC 3464).
     *
     * @param recipients what became of each recipient
     */
    record DeliveryStatus(List<Recipient> recipients, Map<String, List<String>> originalHeaders) implements MailReport {
    }

    /**
     * What became of one recipient.
     *
     * @param finalRecipient    the address at which it ended, without its type; empty text if not said
     * @param originalRecipient the address that was written to, without its type; empty text if not said
     * @param action            {@code failed}, {@code delayed}, {@code delivered}, {@code relayed}, {@code expanded}
     * @param status            the enhanced status code
     * @param diagnostic        what the server said, with its type
     */
    record Recipient(String finalRecipient, String originalRecipient, String action, String status, String diagnostic) {
    }

    /**
     * A complaint in the abuse reporting format (RFC 5965).
     *
     * @param type       {@code abuse}, {@code fraud}, {@code virus}, {@code not-spam}, ...
     * @param recipients whom the reporter names, {@code Original-Rcpt-To}
     */
    record Feedback(String type, List<String> recipients, Map<String, List<String>> originalHeaders) implements MailReport {
    }
}
