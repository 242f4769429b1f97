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
package io.github.camelpostal.internal.webhook;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

import io.github.camelpostal.TenantVerification;
import io.github.camelpostal.payload.InboundMail;
import io.github.camelpostal.payload.MessageEvent;
import io.github.camelpostal.payload.PostalPayload;
import org.jspecify.annotations.Nullable;

/**
 * Lets only pass what is about a message of the consumer's own mail server. The key that signs is that of the installation, so
 * another tenant can have Postal sign things for our URL (protocol 6.4).
 *
 * <p>Whatever does not pass gets 503. A 4xx would make Postal bounce a mail at once that only went to the wrong URL, a 429 or
 * 200 would lose it without a trace (protocol 4.5). With 503 its tenant sees it fail, and has a day to set the URL right.
 */
final class TenantCheck {

    private static final CompletionStage<Void> PASSED = CompletableFuture.completedFuture(null);

    private final TenantVerification mode;
    private final @Nullable MessageRegister register;
    private final RateLimitedLog log;

    /** @param register null only where the mode is off */
    TenantCheck(TenantVerification mode, @Nullable MessageRegister register, RateLimitedLog log) {
        this.mode = mode;
        this.register = register;
        this.log = log;
    }

    /** Completes when the request may pass, else fails with an {@link EarlyResponse}; at once where nobody need be asked. */
    CompletionStage<Void> check(DecodedRequest decoded) {
        if (mode == TenantVerification.OFF || register == null) {
            return PASSED;
        }
        if (!(decoded instanceof DecodedRequest.Payload known)) {
            return refused(WebhookResponse.NOT_UNDERSTOOD, "it has none of the forms that Postal sends, so with verifyTenant"
                    + " nothing says whose it is");
        }
        return check(known.payload(), register);
    }

    private CompletionStage<Void> check(PostalPayload payload, MessageRegister messages) {
        if (payload instanceof MessageEvent event) {
            return confirm(messages, event.message().id(), entry -> entry.token().equals(event.message().token()));
        }
        if (payload instanceof InboundMail mail) {
            return confirm(messages, mail.id(), mail.token() != null
                    ? entry -> entry.token().equals(mail.token())
                    : entry -> hasEnvelope(entry, mail));
        }
        return mode == TenantVerification.MESSAGES
                ? PASSED
                : refused(WebhookResponse.NO_MESSAGE, "it is about no message, so with verifyTenant=all nothing says whose it"
                        + " is. Write verifyTenant=messages to take events about domains and limits");
    }

    private CompletionStage<Void> confirm(MessageRegister messages, long id, Predicate<MessageRegister.Entry> isIt) {
        return messages.find(id).handle((entry, failure) -> failure != null
                ? refused(WebhookResponse.TENANT_UNKNOWN,
                        "its mail server cannot be asked whose it is. See the health check, and"
                                + " whether apiKey is good")
                : entry.filter(isIt).isPresent()
                        ? PASSED
                        : refused(WebhookResponse.FOREIGN, "Postal signed it, but it is not about a message of this"
                                + " consumer's mail server. Either another tenant uses its URL, or apiKey is that of another"
                                + " mail server"))
                .thenCompose(verdict -> verdict);
    }

    /** A mail in the format RawMessage has no token. Postal keeps no difference between no sender and an empty one. */
    private static boolean hasEnvelope(MessageRegister.Entry entry, InboundMail mail) {
        return mail.rcptTo().equals(entry.rcptTo()) && sender(entry.mailFrom()).equals(sender(mail.mailFrom()));
    }

    private static String sender(@Nullable String address) {
        return Optional.ofNullable(address).orElse("");
    }

    private CompletionStage<Void> refused(WebhookResponse response, String reason) {
        log.refused(response, reason);
        return CompletableFuture.failedFuture(new EarlyResponse(response));
    }
}
