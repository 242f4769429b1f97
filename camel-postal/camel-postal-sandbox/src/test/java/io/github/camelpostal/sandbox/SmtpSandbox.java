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

/** The mail servers that the SMTP recordings were made with. */
final class SmtpSandbox {
    static final String MAIN_KEY = "RecordingSmtpKeyMain0001";
    static final String DEVELOPMENT_KEY = "RecordingSmtpKeyDevel003";
    static final String MAIN_API_KEY = "RecordingApiKeyMain00001";

    private SmtpSandbox() {
    }

    static PostalSandbox asRecorded(boolean tls) {
        SandboxBuilder builder = builder();
        return (tls ? builder.smtpTls() : builder).start();
    }

    static SandboxBuilder builder() {
        return PostalSandbox.builder().keyPair(Signatures.PAIR).smtpPort(0)
                .server("main", main -> main.organization("acme").domain("acme.example").token("pvcevm")
                        .apiKey(MAIN_API_KEY).smtpKey(MAIN_KEY)
                        .route(Route.of("support@acme.example", Route.Mode.ACCEPT))
                        .route(Route.of("accept@acme.example", Route.Mode.ACCEPT))
                        .route(Route.of("reject@acme.example", Route.Mode.REJECT)))
                .server("dev", dev -> dev.organization("acme").domain("dev.example").smtpKey(DEVELOPMENT_KEY)
                        .developmentMode());
    }
}
