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
package io.github.camelpostal.internal.signature;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.security.interfaces.RSAPublicKey;
import java.util.Map;
import java.util.Optional;

import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;

/** Fetches a key set over HTTP. Sends no credential of any kind. */
record JwksSource(HttpClient http, URI url, Optional<String> hostHeader) {

    /** Postal's response has about 500 bytes. */
    static final int LARGEST_RESPONSE = 64 * 1024;

    Request request() {
        HttpGet get = new HttpGet(url);
        get.setHeader(HttpHeaders.ACCEPT, "application/json");
        hostHeader.ifPresent(host -> get.setHeader(HttpHeaders.HOST, host));
        return new Request(http, get);
    }

    @Override
    public String toString() {
        return url.toString();
    }

    /** One request; may be cancelled from another thread. */
    record Request(HttpClient http, HttpGet get) {

        Map<String, RSAPublicKey> keys() throws IOException {
            Map<String, RSAPublicKey> keys = http.execute(get, this::keysIn);
            if (keys.isEmpty()) {
                throw new IOException("the JWKS has no RSA key for signatures");
            }
            return keys;
        }

        void cancel() {
            get.cancel();
        }

        private Map<String, RSAPublicKey> keysIn(ClassicHttpResponse response) throws IOException {
            if (response.getCode() != 200) {
                // Postal responds with 403 to a Host that it does not know (protocol 2.4)
                throw new IOException("the response is HTTP " + response.getCode()
                        + (response.getCode() == 403 ? "; does hostHeader have to be set?" : ""));
            }
            HttpEntity entity = response.getEntity();
            if (entity == null) {
                throw new IOException("the response is empty");
            }
            try (InputStream in = entity.getContent()) {
                byte[] document = in.readNBytes(LARGEST_RESPONSE + 1);
                if (document.length > LARGEST_RESPONSE) {
                    get.cancel(); // or closing the stream would first read an endless response to its end
                    throw new IOException("the response is larger than " + LARGEST_RESPONSE + " bytes");
                }
                return JwksDocument.parse(document);
            }
        }
    }
}
