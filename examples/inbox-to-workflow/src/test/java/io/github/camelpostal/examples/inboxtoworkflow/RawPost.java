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
package io.github.camelpostal.examples.inboxtoworkflow;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.KeyPair;
import java.security.Signature;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;

/** A mail as Postal posts it to an endpoint of the format RawMessage (contract 4.4). */
record RawPost(byte[] body, String signature) {

    static RawPost sign(KeyPair key, long id, String mailFrom, String rcptTo, byte[] mail) throws Exception {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", id);
        fields.put("rcpt_to", rcptTo);
        fields.put("mail_from", mailFrom);
        fields.put("message", Base64.getEncoder().encodeToString(mail));
        fields.put("base64", true);
        fields.put("size", mail.length);
        byte[] body = new ObjectMapper().writeValueAsBytes(fields);
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(key.getPrivate());
        signature.update(body);
        return new RawPost(body, Base64.getEncoder().encodeToString(signature.sign()));
    }

    int to(URI url) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(url).version(HttpClient.Version.HTTP_1_1)
                .header("Content-Type", "application/json").header("X-Postal-Signature-256", signature)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)).build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
}
