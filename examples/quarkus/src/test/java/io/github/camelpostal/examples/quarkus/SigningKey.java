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
package io.github.camelpostal.examples.quarkus;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;

/** Signs requests as Postal does. */
final class SigningKey {

    private final KeyPair pair;

    SigningKey() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        pair = generator.generateKeyPair();
    }

    /** What the option {@code publicKey} takes. */
    String publicKey() {
        return Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
    }

    /** A delivery event with this id. */
    HttpRequest event(URI url, String uuid) throws GeneralSecurityException {
        return request(url, "{\"event\":\"MessageSent\",\"timestamp\":1795196741.37,\"payload\":{\"message\":{\"id\":127,"
                + "\"token\":\"Xt1zJaRrXRm93QYe\",\"direction\":\"outgoing\",\"message_id\":\"a@b\",\"to\":\"ok@rcpt.test\","
                + "\"from\":\"me@acme.example\",\"subject\":\"s\",\"timestamp\":1795196739.09,\"spam_status\":\"NotChecked\","
                + "\"tag\":null},\"status\":\"Sent\",\"details\":\"d\",\"output\":\"\",\"sent_with_ssl\":false,"
                + "\"timestamp\":1795196741.37,\"time\":0.04},\"uuid\":\"" + uuid + "\"}");
    }

    HttpRequest request(URI url, String json) throws GeneralSecurityException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(pair.getPrivate());
        signature.update(body);
        return HttpRequest.newBuilder(url).header("Content-Type", "application/json")
                .header("X-Postal-Signature-256", Base64.getEncoder().encodeToString(signature.sign()))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)).build();
    }
}
