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

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The response in each situation, which decides whether a mail is kept, delivered or bounced.
 *
 * <p>Postal keeps a mail and tries again for about a day after a 503, and bounces it after nearly any other refusal
 * (protocol 4.5). So whatever may pass is a 503, and nothing is ever a 429, a redirect or another 4xx. All situations of
 * one status have the same text, so that a client that cannot prove to be Postal learns nothing. Texts are short ASCII
 * because a long or non-ASCII response makes Postal deliver again, or freezes an event for ever (protocol 4.5, 5.4).
 */
public enum WebhookResponse implements HttpResponse {

    /** The route completed. */
    COMPLETED(200),
    /** A duplicate of something that was completed before. */
    DUPLICATE(200),
    /** An event that the consumer's {@code events} or {@code direction} leaves out. */
    NOT_WANTED(200),
    /** The route rejected an event; Postal has nobody to pass that on to. */
    EVENT_REJECTED(200),

    /** The route failed, or marked its exchange as rollback-only. */
    FAILED(503),
    /** The route was still running when the response was due. It goes on. */
    NOT_IN_TIME(503),
    /** A duplicate of something that is being worked on. */
    IN_FLIGHT(503),
    /** As many exchanges are being worked on as {@code maxInFlight} allows. */
    FULL(503),
    /** The consumer is suspended, starting or stopping. */
    NOT_OPEN(503),
    /** The idempotent repository could not be read. */
    REPOSITORY_UNREADABLE(503),
    /** There is no room for the body on disk. */
    NO_ROOM(503),
    /** The body did not arrive in full. */
    INCOMPLETE(503),
    /** The signature is missing, or no known key verifies it. */
    UNVERIFIED(503),
    /** The keys could not be fetched. */
    KEYS_UNREACHABLE(503),
    /** The HTTP Basic credentials are missing or wrong. */
    WRONG_CREDENTIALS(503),
    /** An event where only mail is accepted, or the reverse. */
    WRONG_KIND(503),
    /** Signed, but not about a message of the consumer's mail server. */
    FOREIGN(503),
    /** The mail server could not be asked whether a message is its own. */
    TENANT_UNKNOWN(503),
    /** About no message, where only what can be confirmed is accepted. */
    NO_MESSAGE(503),
    /** Signed, but in none of the forms that Postal sends. */
    NOT_UNDERSTOOD(503),
    /** A path below the one where the consumer is mounted. */
    WRONG_PATH(503),
    /** An error of our own. */
    BROKEN(503),

    /** The route rejected the mail permanently: Postal bounces it to its sender. */
    MAIL_REJECTED(422),
    /** Larger than {@code maxBodySize}. */
    TOO_LARGE(413),
    /** Not a POST. */
    WRONG_METHOD(405);

    private final int status;

    WebhookResponse(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }

    /** The body: empty, or a few ASCII words. */
    public String text() {
        return switch (status) {
            case 503 -> "Try again later";
            case 422 -> "Rejected";
            case 413 -> "Too large";
            case 405 -> "POST only";
            default -> "";
        };
    }

    @Override
    public Map<String, String> headers() {
        if (this == WRONG_METHOD) {
            return Map.of("Content-Type", "text/plain", "Allow", "POST");
        }
        return text().isEmpty() ? Map.of() : Map.of("Content-Type", "text/plain");
    }

    @Override
    public byte[] content() {
        return text().getBytes(StandardCharsets.US_ASCII);
    }

    /** Whether the route has done its work, so that a duplicate must not run it again. */
    boolean isCompletion() {
        return this == COMPLETED || this == EVENT_REJECTED;
    }
}
