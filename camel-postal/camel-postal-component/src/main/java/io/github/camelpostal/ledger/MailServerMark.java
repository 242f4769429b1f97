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
package io.github.camelpostal.ledger;

import org.jspecify.annotations.Nullable;

/**
 * What a ledger keeps per mail server: the highest message id learned, and how far the search for uncertain mails has come.
 *
 * @param mailServer the mail server
 * @param revision   0 for the first, one more with every write; {@link PostalSendLedger#advanceMark} compares it
 * @param mark       the highest message id learned; null before the first one, and after Postal's ids went back
 * @param scan       the state of the search, at most 1,000 ASCII characters, opaque to the ledger; empty before the first
 */
public record MailServerMark(String mailServer, long revision, @Nullable MessageMark mark, String scan) {

    /** The first entry of a mail server. */
    public static MailServerMark first(String mailServer) {
        return new MailServerMark(mailServer, 0, null, "");
    }

    /** The same with another mark, as the next revision. */
    public MailServerMark withMark(MessageMark newMark) {
        return new MailServerMark(mailServer, revision + 1, newMark, scan);
    }

    /** The same with another state of the search, as the next revision. */
    public MailServerMark withScan(String newScan) {
        return new MailServerMark(mailServer, revision + 1, mark, newScan);
    }

    /** The same without a mark, and with another state of the search, as the next revision. */
    public MailServerMark withoutMark(String newScan) {
        return new MailServerMark(mailServer, revision + 1, null, newScan);
    }
}
