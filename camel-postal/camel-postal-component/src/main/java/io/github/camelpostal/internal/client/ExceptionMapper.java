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
package io.github.camelpostal.internal.client;

import java.io.EOFException;
import java.io.InterruptedIOException;
import java.net.SocketException;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

import io.github.camelpostal.api.PostalAccessException;
import io.github.camelpostal.api.PostalErrorCode;
import io.github.camelpostal.api.PostalException;
import io.github.camelpostal.api.PostalRejectedException;
import io.github.camelpostal.api.PostalUnavailableException;
import io.github.camelpostal.api.PostalUncertainException;
import org.jspecify.annotations.Nullable;

/**
 * Which exception stands for what went wrong: the whole table, in one place. Texts are made of the call, a code, a status and
 * fixed words; of a response they hold a code at most, never its text.
 */
final class ExceptionMapper {

    private ExceptionMapper() {
    }

    /** Postal understood the call and refused it. */
    static PostalException refused(ApiCall call, ApiResponse.Refusal<?> refusal) {
        PostalErrorCode code = refusal.code();
        String rawCode = refusal.rawCode();
        String text = "Postal refused " + call + ": " + rawCode + ", " + code.meaning()
                + (refusal.parameter() == null ? "" : " (" + refusal.parameter() + ")");
        if (isAboutAccess(code)) {
            return new PostalAccessException(call.operation(), rawCode, 200, text, null);
        }
        return new PostalRejectedException(call.operation(), code, rawCode, 200, text, null);
    }

    /** Whether no message at all will pass until someone acts, as opposed to this one message or id being refused. */
    private static boolean isAboutAccess(PostalErrorCode code) {
        return switch (code) {
            case ACCESS_DENIED, INVALID_SERVER_API_KEY, SERVER_SUSPENDED -> true;
            default -> false;
        };
    }

    /** No call was made, because none could have been let in. */
    static PostalAccessException access(ApiCall call, PostalErrorCode code, String detail) {
        return new PostalAccessException(call.operation(), code.postalName(), 0, call + " was not made: " + detail, null);
    }

    /** The response has another HTTP status than 200; Postal gives those only when a call did not get through to its code. */
    static PostalException status(ApiCall call, RequestBody body, int status, @Nullable String rawCode) {
        String operation = call.operation();
        String text = call + " got HTTP " + status + (rawCode == null ? "" : " " + rawCode) + ": ";
        if (status == 413) {
            PostalErrorCode code = PostalErrorCode.TOO_LARGE;
            return new PostalRejectedException(operation, code, code.postalName(), status, text + code.meaning(), null);
        }
        if (status == 429 || status == 408 || status == 425) {
            return new PostalUnavailableException(operation, rawCode, status, text + "not now; nothing was accepted", null);
        }
        if (status >= 300 && status < 500) {
            return new PostalAccessException(operation, rawCode, status, text + whatToCheck(status), null);
        }
        return doubtful(call, body, rawCode, status, text + "no response of Postal's API", null);
    }

    /** HTTP 200 with something that is not Postal's. */
    static PostalException notUnderstood(ApiCall call, RequestBody body, int status, UnreadableResponseException reason) {
        String text = call + " got HTTP " + status + ", but the response is not Postal's: " + reason.getMessage();
        return doubtful(call, body, null, status, text, null);
    }

    /** No response, or half of one. */
    static PostalException noResponse(ApiCall call, RequestBody body, Exception e) {
        if (body.contentFailure().isPresent()) {
            ContentException failure = body.contentFailure().get();
            PostalErrorCode code = PostalErrorCode.CONTENT_UNREADABLE;
            String text = call + " was broken off, nothing was sent: " + failure.getMessage();
            return new PostalRejectedException(call.operation(), code, code.postalName(), 0, text,
                    failure.getCause() == null ? failure : failure.getCause());
        }
        if (isDistrust(e, body)) {
            String text = call + " was not made: TLS could not be agreed on (" + e.getClass().getSimpleName()
                    + "); check the certificate, sslContextParameters and that serverUrl is an https port";
            return new PostalAccessException(call.operation(), null, 0, text, e);
        }
        if (!body.isSent()) {
            String text = call + " did not reach Postal (" + e.getClass().getSimpleName()
                    + "); nothing was accepted. If this lasts, check serverUrl, DNS, the proxy and the firewall";
            return new PostalUnavailableException(call.operation(), null, 0, text, e);
        }
        String text = call + " got no complete response (" + e.getClass().getSimpleName() + ")";
        return doubtful(call, body, null, 0, text, e);
    }

    /** A complete send without a clear response may have been accepted, in part or as a whole; a read never matters. */
    private static PostalException doubtful(ApiCall call, RequestBody body, @Nullable String rawCode, int status,
            String text, @Nullable Throwable cause) {
        if (call.isSend() && body.isSent()) {
            return new PostalUncertainException(call.operation(), rawCode, status,
                    text + "; the message may have been accepted for none, some or all recipients", body.recipients(), cause);
        }
        return new PostalUnavailableException(call.operation(), rawCode, status, text + "; nothing was accepted", cause);
    }

    private static String whatToCheck(int status) {
        return switch (status) {
            case 400 -> "not understood; check serverUrl and what stands between";
            case 401, 407 -> "a proxy in between wants credentials";
            case 403 ->
                "Postal does not know itself by this Host, or a proxy in between forbids it; check serverUrl and hostHeader";
            case 404, 405 -> "there is no Postal API at this URL; check serverUrl";
            default -> status < 400
                    ? "a redirect, which is never followed; set serverUrl to where it leads, if that is right"
                    : "refused by something in front of Postal; check serverUrl and what stands between";
        };
    }

    /**
     * Whether the two sides could not agree on TLS, which no repetition will change; a handshake that broke off is a broken
     * connection. A server refuses our certificate only when the request is on its way (TLS 1.3), and does not read it.
     */
    private static boolean isDistrust(Exception e, RequestBody body) {
        if (!(e instanceof SSLException) || body.isSent() && !(e instanceof SSLHandshakeException)) {
            return false;
        }
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SocketException || cause instanceof EOFException || cause instanceof InterruptedIOException) {
                return false;
            }
        }
        return true;
    }
}
