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
package io.github.camelpostal.internal.ledger;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

import io.github.camelpostal.api.Expansion;
import io.github.camelpostal.api.PostalErrorCode;
import io.github.camelpostal.api.PostalException;
import io.github.camelpostal.api.PostalRejectedException;
import io.github.camelpostal.api.StoredMessage;
import io.github.camelpostal.internal.client.ApiCall;
import io.github.camelpostal.internal.client.PostalHttp;
import io.github.camelpostal.internal.client.RequestWriter;
import io.github.camelpostal.internal.client.StoredMessageReader;

/** Reads rows by {@code messages/message}: envelope and status, never content (protocol 2.9). */
final class PostalMessageRows implements MessageRows {

    private static final Set<Expansion> WHAT_SETTLING_LOOKS_AT = Set.of(Expansion.DETAILS, Expansion.STATUS);
    private static final Duration LEAST = Duration.ofMillis(100);

    private final PostalHttp http;

    PostalMessageRows(PostalHttp http) {
        this.http = http;
    }

    @Override
    public Optional<MessageRow> read(long id, Duration atMost) {
        try {
            PostalHttp hurried = http.within(atMost.compareTo(LEAST) < 0 ? LEAST : atMost);
            return Optional
                    .of(row(hurried.post(ApiCall.MESSAGE, new RequestWriter.StoredMessageRequest(id, WHAT_SETTLING_LOOKS_AT),
                            StoredMessageReader::read)));
        } catch (PostalRejectedException e) {
            if (e.code() == PostalErrorCode.MESSAGE_NOT_FOUND) {
                return Optional.empty();
            }
            throw new RowsUnavailableException(e);
        } catch (PostalException e) {
            throw new RowsUnavailableException(e);
        }
    }

    private static MessageRow row(StoredMessage message) {
        StoredMessage.Details details = message.details();
        if (details == null) {
            // nothing is known about the row then, least of all that it is not ours
            throw new RowsUnavailableException(new IllegalStateException("Postal sent a message without its details"));
        }
        boolean pending = message.status() != null && "Pending".equals(message.status().status());
        return new MessageRow(message.id(), message.token(), "outgoing".equals(details.direction()), details.rcptTo(),
                details.messageId(), details.timestamp(), pending);
    }
}
