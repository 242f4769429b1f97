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
package io.github.camelpostal.benchmarks;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import io.github.camelpostal.benchmarks.Receivers.Way;

/**
 * Signed requests of Postal that differ in what deduplication looks at. They come round again, after so many others that a
 * repository of {@value #REMEMBERED} keys has forgotten them: none is a duplicate.
 */
final class Deliveries {

    static final int REMEMBERED = 50;
    private static final int DIFFERENT = 20 * REMEMBERED;

    private final byte[][] requests;
    private final Map<Way, AtomicInteger> next = new ConcurrentHashMap<>();

    private Deliveries(KeyPair key, IntFunction<String> body) {
        requests = IntStream.range(0, DIFFERENT).parallel().mapToObj(i -> request(key, body.apply(i))).toArray(byte[][]::new);
    }

    /** Events of about 2 kB, which is what a bounced mail with a long subject makes. */
    static Deliveries events(KeyPair key) {
        return new Deliveries(key, i -> """
                {"event":"MessageSent","timestamp":1763650000.123456,"payload":{"message":{"id":%d,"token":"KmQ8VzT5aRn3%04d",\
                "direction":"outgoing","message_id":"8a2d6b94-7e41-4cd3-9a3b-2f0d4a1c7e55@rp.postal.example",\
                "to":"jane@rcpt.test","from":"sales@acme.example","subject":"Your order has been shipped","timestamp":\
                1763649990.54321,"spam_status":"NotChecked","tag":"orders"},"status":"Sent","details":\
                "Message for jane@rcpt.test accepted by 192.0.2.25:25","output":"%s","sent_with_ssl":true,\
                "timestamp":1763650000.11,"time":0.62},"uuid":"0b7f1d52-53a1-4c62-8a58-%012d"}"""
                .formatted(i + 1, i, "250 2.0.0 Ok: queued as 4c1f2a7d\\r\\n".repeat(38), i));
    }

    /** Mails of about 100 kB in the format Hash, with one attachment. */
    static Deliveries mails(KeyPair key) {
        byte[] file = new byte[70_000];
        new Random(1).nextBytes(file);
        String data = Base64.getMimeEncoder(60, new byte[]{'\n'}).encodeToString(file).replace("\n", "\\n");
        return new Deliveries(key, i -> """
                {"id":%d,"rcpt_to":"orders@acme.example","mail_from":"jane@sender.test","token":"Hq7dLw2Xc9Bf%04d",\
                "subject":"Order","message_id":"order-%d@sender.test","timestamp":1763650000.5,"size":98500,\
                "spam_status":"NotSpam","bounce":false,"received_with_ssl":true,"to":"orders@acme.example","cc":null,\
                "from":"Jane Doe <jane@sender.test>","date":"Thu, 20 Nov 2025 14:46:40 +0000","in_reply_to":null,\
                "references":null,"html_body":null,"attachment_quantity":1,"auto_submitted":null,"reply_to":null,\
                "plain_body":"%s","attachments":[{"filename":"order.pdf","content_type":"application/pdf","size":70000,\
                "data":"%s"}]}"""
                .formatted(i + 1, i, i, "Dear Acme, this is what I order.\\n".repeat(60), data));
    }

    /**
     * One after the other without end, for all connections to one receiver. They go on where the last ones to it ended: begun
     * anew, the first could be among those that it remembers.
     */
    Supplier<byte[]> endless(Way receiver) {
        AtomicInteger index = next.computeIfAbsent(receiver, anyWay -> new AtomicInteger());
        return () -> requests[Math.floorMod(index.getAndIncrement(), requests.length)];
    }

    /** Bytes of one body. */
    int size() {
        return requests[0].length - AsciiSearch.after("\r\n\r\n".getBytes(StandardCharsets.US_ASCII), requests[0], 0, 2000);
    }

    private static byte[] request(KeyPair key, String json) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        byte[] head = ("POST /postal HTTP/1.1\r\nHost: app.example\r\nUser-Agent: Postal/3.3.6\r\nContent-Type: application/json\r\n"
                + "X-Postal-Signature-256: " + signature(key, body) + "\r\nContent-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream request = new ByteArrayOutputStream(head.length + body.length);
        request.writeBytes(head);
        request.writeBytes(body);
        return request.toByteArray();
    }

    private static String signature(KeyPair key, byte[] body) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key.getPrivate());
            signature.update(body);
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
