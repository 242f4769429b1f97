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
package io.github.camelpostal.memory;

import java.io.InputStream;
import java.io.OutputStream;

import io.github.camelpostal.CamelApp;
import io.github.camelpostal.payload.InboundMail;
import io.github.camelpostal.testing.ForkedJava;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/**
 * A process that receives mail on Vert.x, reads its attachments and tells of each mail how many bytes these had, and the most
 * heap that was needed so far.
 */
public final class LargeReceive {

    private LargeReceive() {
    }

    /** @param arguments public key, further options of the endpoint */
    public static void main(String[] arguments) throws Exception {
        CamelApp app = CamelApp.start(new RouteBuilder() {
            @Override
            public void configure() {
                from("postal:webhook?publicKey=RAW(" + arguments[0] + ")" + arguments[1]).process(LargeReceive::tellOf);
            }
        });
        ForkedJava.tell(String.valueOf(app.port()));
    }

    private static void tellOf(Exchange exchange) throws Exception {
        long total = 0;
        InboundMail mail = exchange.getMessage().getBody(InboundMail.class);
        for (var attachment : mail.attachments()) {
            try (InputStream content = attachment.content().open()) {
                total += content.transferTo(OutputStream.nullOutputStream());
            }
        }
        ForkedJava.tell(total + " " + ForkedJava.peakHeap());
    }
}
