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
package io.github.camelpostal.api;

import java.util.Objects;

import org.apache.camel.spi.HttpResponseAware;
import org.jspecify.annotations.Nullable;

/**
 * A call to Postal that did not end in success; the subclass tells what may be done about it.
 *
 * <table>
 * <caption>Whether to repeat the call</caption>
 * <tr><td>{@link PostalRejectedException}</td><td>no: this message or id must change</td></tr>
 * <tr><td>{@link PostalAccessException}</td><td>no, or at long intervals: someone has to act first</td></tr>
 * <tr><td>{@link PostalUnavailableException}</td><td>yes: nothing was accepted</td></tr>
 * <tr><td>{@link PostalUncertainException}</td><td>only if a duplicate is acceptable</td></tr>
 * </table>
 *
 * The text names the operation, Postal's error code and the HTTP status where there are any. It never holds the API key, an
 * address or anything of the message.
 */
public abstract class PostalException extends Exception implements HttpResponseAware {

    private static final long serialVersionUID = 1L;

    private final String operation;
    private final @Nullable String rawCode;
    private final int httpStatus;

    protected PostalException(String operation, @Nullable String rawCode, int httpStatus, String text,
            @Nullable Throwable cause) {
        super(text, cause);
        this.operation = operation;
        this.rawCode = rawCode;
        this.httpStatus = httpStatus;
    }

    /** What has gone wrong and what to do; never null. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    /**
     * The operation as written in the URI: {@code send}, {@code sendRaw}, {@code read} or {@code deliveries}; {@code probe}
     * for the health check. What {@code postal:send} had to send as a raw message says {@code sendRaw}.
     */
    public String operation() {
        return operation;
    }

    /** Postal's error code as it came (protocol 2.5), or ours where the call was refused before it was made; null for none. */
    public @Nullable String rawCode() {
        return rawCode;
    }

    /** The HTTP status of the response; 0 when there was none. Most of Postal's refusals have 200 (protocol 2.4). */
    public int httpStatus() {
        return httpStatus;
    }

    // What Camel's health checks read; nobody may change what Postal said.

    @Override
    public int getHttpResponseCode() {
        return httpStatus;
    }

    @Override
    public @Nullable String getHttpResponseStatus() {
        return httpStatus > 0 ? Integer.toString(httpStatus) : null;
    }

    @Override
    public void setHttpResponseCode(int code) {
        throw new UnsupportedOperationException("The HTTP status is Postal's");
    }

    @Override
    public void setHttpResponseStatus(String status) {
        throw new UnsupportedOperationException("The HTTP status is Postal's");
    }
}
