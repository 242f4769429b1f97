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
package io.github.camelpostal.sandbox.internal.smtp;

import java.util.List;

import io.github.camelpostal.sandbox.internal.delivery.ServerRuntime;
import io.github.camelpostal.sandbox.internal.format.PostalMail;
import io.github.camelpostal.sandbox.internal.store.MailServer.Credential;

/** A mail server, seen through the credential with which a client has logged in. */
record SmtpAccount(ServerRuntime runtime, Credential credential) {

    /** For CRAM-MD5; for a credential of type SMTP-IP the range of addresses. */
    String key() {
        return credential.key();
    }

    /** {@code organization/server}. */
    String server() {
        return runtime.server().identity().organization() + "/" + runtime.server().permalink();
    }

    boolean isSuspended() {
        return runtime.server().isSuspended();
    }

    /** Whether it is in privacy mode: the {@code Received} line does not tell who has sent. */
    boolean hidesItsClients() {
        return runtime.server().settings().privacyMode();
    }

    /** Whether the From, or where that is allowed the Sender, is one of the server's (protocol 2.6). */
    boolean maySend(byte[] mail) {
        return runtime.server().maySend(PostalMail.of(mail));
    }

    /** Takes outgoing mail; its {@code Received} line is still to be added. */
    void send(Envelope envelope, String rcptTo, byte[] mail) {
        runtime.submit(SmtpBackend.transfer(envelope), credential, List.of(rcptTo), mail);
    }
}
