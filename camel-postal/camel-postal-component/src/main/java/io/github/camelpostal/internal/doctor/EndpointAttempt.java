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
package io.github.camelpostal.internal.doctor;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.camelpostal.api.Delivery;

/** What Postal's attempt to hand a mail to an HTTP endpoint says about the endpoint (protocol 4.5). */
record EndpointAttempt(Delivery attempt, Findings findings) {

    private static final String CHECK = "loop-delivered";

    /** Postal writes the HTTP status there, or a negative number of its own. */
    private static final Pattern CODE = Pattern.compile("Received an? (-?\\d{1,3}) from ");
    private static final double SHORTEST_TIMEOUT = 4.9;

    void explain() {
        int code = code();
        switch (attempt.status()) {
            case "Sent" -> findings.ok(CHECK, "The endpoint has accepted the mail");
            case "Held" ->
                findings.failed(CHECK, "The mail is Held: the mail server is in development mode, or the route holds",
                        "Set the mail server's mode to Live, and the route to its endpoint.");
            case "Processed" -> findings.failed(CHECK, "The route takes the mail and sends it nowhere",
                    "Give the route the HTTP endpoint in Postal's web interface.");
            case "Error" -> findings.failed(CHECK, "Postal itself failed while it delivered the mail",
                    "See that the endpoint responds with HTTP and a short ASCII body, and what the worker's log says.");
            default -> notDelivered(code);
        }
    }

    private void notDelivered(int code) {
        switch (code) {
            case -1 -> findings.failed(CHECK, "The endpoint has not responded within its time-out, which is 5 seconds unless"
                    + " it was changed",
                    "Make the route faster, keep processingTimeout below the time-out, and give the HTTP endpoint a longer one"
                            + " in Postal's web interface, up to 60 seconds.");
            case -2 -> findings.failed(CHECK, "Postal cannot connect to the endpoint, or the connection broke",
                    "See that the application runs, and that the URL of the endpoint can be reached from Postal's machine.");
            case -3 -> findings.failed(CHECK, "Postal does not trust the certificate of the endpoint",
                    "Use a certificate of an authority that Postal's machine trusts; a self-signed one is refused.");
            case -4 -> findings.failed(CHECK, "Postal refuses the endpoint, because its address is private",
                    "Since 3.3.7 Postal posts to public addresses only: add the endpoint's host to"
                            + " POSTAL_ALLOWED_REQUEST_DESTINATIONS on Postal's web and worker processes.");
            default -> responded(code);
        }
    }

    private void responded(int status) {
        if (status == 503) {
            findings.failed(CHECK, "The endpoint responded with 503; Postal will try again",
                    "See the application's log: the line of WARN by WebhookReceiver says why, such as a wrong key.");
        } else if (status > 0) {
            findings.failed(CHECK, "The endpoint responded with " + status + (status < 500 ? ", which is final" : ""),
                    "See that the path of the URL is that of the consumer, and that no proxy in between responds instead.");
        } else if (attempt.time() != null && attempt.time() >= SHORTEST_TIMEOUT) {
            notDelivered(-1);
        } else {
            findings.failed(CHECK, "The mail was not delivered: " + attempt.status(),
                    "See the attempt on the message's page in Postal's web interface.");
        }
    }

    private int code() {
        Matcher code = CODE.matcher(attempt.details() == null ? "" : attempt.details());
        return code.find() ? Integer.parseInt(code.group(1)) : 0;
    }
}
