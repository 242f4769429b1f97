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

import io.github.camelpostal.api.PostalAccessException;
import io.github.camelpostal.api.PostalErrorCode;
import io.github.camelpostal.api.PostalException;
import io.github.camelpostal.api.PostalUnavailableException;
import io.github.camelpostal.internal.client.PostalHttp;

/** Whether a mail server can be used at all: one probe, which Postal refuses at the first thing that is wrong (protocol 2.2). */
public final class ServerExamination {

    private static final int FORBIDDEN = 403;

    private final PostalHttp api;
    private final Findings findings;

    public ServerExamination(PostalHttp api, Findings findings) {
        this.api = api;
        this.findings = findings;
    }

    /** @return whether calls get through */
    public boolean examine() {
        try {
            api.probe();
            findings.ok("server", "Postal can be reached");
            findings.ok("host", "Postal knows itself by this name");
            findings.ok("key", "The key is good, and of type API");
            findings.ok("suspended", "The mail server is not suspended");
            return true;
        } catch (PostalException e) {
            explain(e);
            return false;
        }
    }

    private void explain(PostalException e) {
        PostalErrorCode code = e instanceof PostalAccessException ? PostalErrorCode.of(e.rawCode()) : PostalErrorCode.UNKNOWN;
        if (code == PostalErrorCode.SERVER_SUSPENDED) {
            reached();
            findings.ok("key", "The key is good, and of type API");
            findings.failed("suspended", "The mail server, or its organization, is suspended: nothing is sent or delivered",
                    "Ask the administrator of Postal why, and to lift the suspension in the web interface.");
        } else if (code == PostalErrorCode.INVALID_SERVER_API_KEY || code == PostalErrorCode.ACCESS_DENIED) {
            keyRefused(e, code);
        } else if (e.httpStatus() == FORBIDDEN) {
            findings.ok("server", "Something can be reached at this address");
            findings.failed("host", "The response is HTTP 403: Postal does not know itself by this name",
                    "Set hostHeader, or the host of serverUrl, to the web_hostname of Postal's configuration."
                            + " A proxy in between must pass Host on, and set no other X-Forwarded-Host.");
        } else if (e instanceof PostalUnavailableException) {
            findings.failed("server", e.getMessage(), "See whether serverUrl is right, whether Postal's web process runs, and"
                    + " whether a firewall or a proxy is in between.");
        } else {
            findings.failed("server", e.getMessage(), "Set serverUrl to the address of Postal's web interface, without"
                    + " /api. If it is right, see what stands between here and Postal.");
        }
    }

    private void keyRefused(PostalException e, PostalErrorCode code) {
        if (e.httpStatus() != 0) {
            reached();
        }
        findings.failed("key", code == PostalErrorCode.ACCESS_DENIED
                ? "There is no key"
                : "Postal knows no API credential with this key; of credentials of type SMTP it says the same",
                "In Postal's web interface, open the mail server, Credentials, and take the key of one of type API, not SMTP.");
    }

    private void reached() {
        findings.ok("server", "Postal can be reached");
        findings.ok("host", "Postal knows itself by this name");
    }

    /** Whether the mail server may send from this address. */
    public static void examineSender(PostalHttp api, String from, Findings findings) {
        try {
            if (api.probeSender(from)) {
                findings.ok("sender", "The mail server may send from this domain");
            } else {
                findings.failed("sender", "The mail server may not send from this domain: it is not verified for it or its"
                        + " organization",
                        "In Postal's web interface, add the domain to the mail server and verify it. Subdomains count as other"
                                + " domains.");
            }
        } catch (PostalException e) {
            findings.failed("sender", "Whether the mail server may send from this domain cannot be said: " + e.getMessage(),
                    "Try again.");
        }
    }
}
