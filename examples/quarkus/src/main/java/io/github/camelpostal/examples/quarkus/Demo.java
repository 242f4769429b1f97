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

import java.nio.charset.StandardCharsets;

import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;

import io.github.camelpostal.sandbox.PostalSandbox;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.Quarkus;
import io.quarkus.vertx.http.HttpServerStart;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Invites two guests and replies for one of them, then shows the list. Does nothing beside a real Postal, nor in tests. */
@Singleton
class Demo {

    private final CamelContext camel;
    private final ProducerTemplate http;
    private final String address;
    private final boolean exitAfterwards;

    Demo(CamelContext camel, ProducerTemplate http, @ConfigProperty(name = "party.address") String address,
            @ConfigProperty(name = "party.demo.exit", defaultValue = "false") boolean exitAfterwards) {
        this.camel = camel;
        this.http = http;
        this.address = address;
        this.exitAfterwards = exitAfterwards;
    }

    /** Quarkus opens its port when Camel has started. */
    void onPortOpen(@ObservesAsync HttpServerStart server) {
        PostalSandbox postal = camel.getRegistry().findSingleByType(PostalSandbox.class);
        if (postal != null && LaunchMode.current() != LaunchMode.TEST) {
            int exitCode = 1;
            try {
                play(postal, "http://127.0.0.1:" + server.options().getPort());
                System.out.println("Demo complete");
                exitCode = 0;
            } catch (RuntimeException | AssertionError e) {
                System.out.println("The demo stopped: " + e);
            }
            if (exitAfterwards) {
                Quarkus.asyncExit(exitCode);
            }
        }
    }

    private void play(PostalSandbox postal, String application) {
        System.out.println("No Postal is configured: a sandbox plays its part, see " + postal.url());
        for (String guest : new String[]{"delivered@guest.example", "hardfail@guest.example"}) {
            System.out.println("POST /invitations " + guest + ": "
                    + http.requestBody(application + "/invitations", (Object) guest, String.class));
        }
        postal.receive("delivered@guest.example", address, ("From: delivered@guest.example\r\nTo: " + address
                + "\r\nSubject: Re: You are invited\r\n\r\nWe will come.\r\n").getBytes(StandardCharsets.UTF_8));
        // the application has what it has accepted: what became of two mails, and a reply
        postal.webhookRequests().events("MessageSent").accepted().await();
        postal.webhookRequests().events("MessageDeliveryFailed").accepted().await();
        postal.webhookRequests().mail().accepted().await();
        System.out.println("GET  /guests      " + http.requestBody(application + "/guests", null, String.class));
    }
}
