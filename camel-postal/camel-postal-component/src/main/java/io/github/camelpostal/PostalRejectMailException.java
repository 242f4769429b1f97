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
package io.github.camelpostal;

/**
 * Thrown in a route to reject an inbound mail permanently: Postal gives it back to its sender.
 *
 * <pre>{@code
 * from("postal:webhook?serverUrl=https://postal.example.com")
 *         .filter(header("CamelPostalRcptTo").isEqualTo("former@example.com"))
 *         .throwException(new PostalRejectMailException("nobody of this name works here"));
 * }</pre>
 *
 * <p>Every other exception makes Postal try again for about a day (protocol 4.7). Thrown for an event it only ends the
 * work: an event cannot be rejected. The text stays in this process; Postal is told nothing but that the mail is rejected.
 */
public class PostalRejectMailException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * @param reason for the log and for {@code onException}; may be null
     */
    public PostalRejectMailException(String reason) {
        super(reason);
    }

    /**
     * @param reason for the log and for {@code onException}; may be null
     * @param cause  what led to the decision; may be null
     */
    public PostalRejectMailException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
