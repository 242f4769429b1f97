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

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

import io.github.camelpostal.internal.conversation.TokenFault;
import io.github.camelpostal.internal.meters.EnumCounters;
import org.jspecify.annotations.Nullable;

/**
 * What a consumer has received since its path was mounted. Survives a restart of the route.
 */
public final class WebhookCounters {

    private final Clock clock;
    private final EnumCounters<WebhookResponse> responses = new EnumCounters<>(WebhookResponse.class);
    private final LongAdder verified = new LongAdder();
    private final LongAdder ages = new LongAdder();
    private final LongAdder totalAgeMillis = new LongAdder();
    private final LongAdder lateResults = new LongAdder();
    private final LongAdder keysNotStored = new LongAdder();
    private final LongAdder lostRecipientEvents = new LongAdder();
    private final EnumCounters<TokenFault> refusedTokens = new EnumCounters<>(TokenFault.class);
    private final LongAdder recognizedConversations = new LongAdder();
    private final LongAdder usedTokens = new LongAdder();
    private volatile @Nullable Instant lastVerified;
    private volatile @Nullable Duration lastAge;

    public WebhookCounters(Clock clock) {
        this.clock = clock;
    }

    /** How often this was the response. */
    public long sent(WebhookResponse response) {
        return responses.get(response);
    }

    /** All requests that were responded to. */
    public long received() {
        return Arrays.stream(WebhookResponse.values()).mapToLong(responses::get).sum();
    }

    /** All requests with this status in the response. */
    public long receivedWithStatus(int status) {
        return Arrays.stream(WebhookResponse.values()).filter(response -> response.status() == status)
                .mapToLong(responses::get).sum();
    }

    /** Requests with a verified signature. */
    public long verified() {
        return verified.sum();
    }

    /** Work that ended after its response was due. */
    public long lateResults() {
        return lateResults.sum();
    }

    /** Attempts to store a key that the idempotent repository refused. */
    public long keysNotStored() {
        return keysNotStored.sum();
    }

    /** Tokens of conversations that were not accepted for this. */
    public long tokensRefused(TokenFault fault) {
        return refusedTokens.get(fault);
    }

    /** Mails and events that were found to belong to a conversation. */
    public long conversationsRecognized() {
        return recognizedConversations.sum();
    }

    /** Events that the suppression list could not be told of. */
    public long recipientEventsLost() {
        return lostRecipientEvents.sum();
    }

    /** Replies that came with a token that had been used before, where it counts once. */
    public long tokensUsedBefore() {
        return usedTokens.sum();
    }

    /** When a verified request last arrived; empty when there was none. */
    public Optional<Instant> lastVerified() {
        return Optional.ofNullable(lastVerified);
    }

    /** How old the last routed event or mail was when it arrived, by Postal's clock and ours; empty when unknown. */
    public Optional<Duration> lastAge() {
        return Optional.ofNullable(lastAge);
    }

    /** The number of events and mails of which it is known when they happened. */
    public long ages() {
        return ages.sum();
    }

    /** How old all of those were together when they arrived; where Postal's clock is ahead of ours, they count as new. */
    public Duration totalAge() {
        return Duration.ofMillis(totalAgeMillis.sum());
    }

    public WebhookResponse count(WebhookResponse response) {
        responses.increment(response);
        return response;
    }

    void countVerified() {
        verified.increment();
        lastVerified = clock.instant();
    }

    void arrived(Instant happened) {
        Duration age = Duration.between(happened, clock.instant());
        lastAge = age;
        ages.increment();
        totalAgeMillis.add(Math.max(0, age.toMillis()));
    }

    void lateResult() {
        lateResults.increment();
    }

    void tokenRefused(TokenFault fault) {
        refusedTokens.increment(fault);
    }

    void conversationRecognized() {
        recognizedConversations.increment();
    }

    void tokenUsedBefore() {
        usedTokens.increment();
    }

    void recipientEventLost() {
        lostRecipientEvents.increment();
    }

    void keyNotStored() {
        keysNotStored.increment();
    }
}
