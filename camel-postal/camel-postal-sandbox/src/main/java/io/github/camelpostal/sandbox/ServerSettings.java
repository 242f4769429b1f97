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
package io.github.camelpostal.sandbox;

import org.jspecify.annotations.Nullable;

/**
 * What can be switched on a mail server while it runs. Immutable; {@link #defaults()} are Postal's own.
 *
 * @param mode                  {@link Mode#DEVELOPMENT} holds everything
 * @param suspended             every call is refused and everything queued is held
 * @param sendLimit             outgoing messages in a rolling hour; null for no limit (protocol 2.14)
 * @param spamThreshold         a score above it marks incoming mail as spam
 * @param spamFailureThreshold  a score from here on fails incoming mail
 * @param outboundSpamThreshold a score from here on fails outgoing mail; null when outgoing mail is not inspected
 * @param allowSender           whether a verified {@code Sender} makes up for an unverified {@code From} (protocol 2.6)
 * @param privacyMode           whether {@code Received} headers leave out who sent
 */
public record ServerSettings(Mode mode, boolean suspended, @Nullable Integer sendLimit, double spamThreshold,
        double spamFailureThreshold,
        @Nullable Double outboundSpamThreshold, boolean allowSender, boolean privacyMode) {
    private static final double SPAM_THRESHOLD = 5;
    private static final double SPAM_FAILURE_THRESHOLD = 20;

    /** Whether mail is delivered at all. */
    public enum Mode {
        LIVE, DEVELOPMENT
    }

    public static ServerSettings defaults() {
        return new ServerSettings(Mode.LIVE, false, null, SPAM_THRESHOLD, SPAM_FAILURE_THRESHOLD, null, false, false);
    }

    public boolean isDevelopment() {
        return mode == Mode.DEVELOPMENT;
    }

    public ServerSettings withMode(Mode newMode) {
        return new ServerSettings(newMode, suspended, sendLimit, spamThreshold, spamFailureThreshold, outboundSpamThreshold,
                allowSender, privacyMode);
    }

    public ServerSettings withSuspended(boolean suspend) {
        return new ServerSettings(mode, suspend, sendLimit, spamThreshold, spamFailureThreshold, outboundSpamThreshold,
                allowSender, privacyMode);
    }

    /** @param perHour null for no limit */
    public ServerSettings withSendLimit(@Nullable Integer perHour) {
        return new ServerSettings(mode, suspended, perHour, spamThreshold, spamFailureThreshold, outboundSpamThreshold,
                allowSender, privacyMode);
    }

    public ServerSettings withSpamThresholds(double spam, double failure) {
        return new ServerSettings(mode, suspended, sendLimit, spam, failure, outboundSpamThreshold, allowSender, privacyMode);
    }

    /** @param threshold null to inspect no outgoing mail */
    public ServerSettings withOutboundSpamThreshold(@Nullable Double threshold) {
        return new ServerSettings(mode, suspended, sendLimit, spamThreshold, spamFailureThreshold, threshold, allowSender,
                privacyMode);
    }

    public ServerSettings withAllowSender(boolean allow) {
        return new ServerSettings(mode, suspended, sendLimit, spamThreshold, spamFailureThreshold, outboundSpamThreshold, allow,
                privacyMode);
    }

    public ServerSettings withPrivacyMode(boolean hide) {
        return new ServerSettings(mode, suspended, sendLimit, spamThreshold, spamFailureThreshold, outboundSpamThreshold,
                allowSender, hide);
    }
}
