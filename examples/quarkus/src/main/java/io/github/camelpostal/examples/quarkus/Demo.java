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

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.github.camelpostal.sandbox.PostalSandbox;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.Quarkus;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.CamelEvent;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Invites two guests and replies for one of them, then shows the list. Does nothing beside a real Postal, nor in tests.
 */
@Singleton
class Demo {

    private final CamelContext camel;
    private final URI application;
    private final String address;
    private final boolean exitAfterwards;

    Demo(CamelContext camel, @ConfigProperty(name = "quarkus.http.port", defaultValue = "8080") int port,
            @ConfigProperty(name = "party.address") String address,
            @ConfigProperty(name = "party.demo.exit", defaultValue = "false") boolean exitAfterwards) {
        this.camel = camel;
        this.application = URI.create("http://127.0.0.1:" + port);
        this.address = address;
        this.exitAfterwards = exitAfterwards;
    }

    void onStart(@Observes CamelEvent.CamelContextStartedEvent started) {
        PostalSandbox postal = camel.getRegistry().findSingleByType(PostalSandbox.class);
        if (postal != null && LaunchMode.current() != LaunchMode.TEST) {
            new Thread(() -> run(postal), "demo").start();
        }
    }

    private void run(PostalSandbox postal) {
        int exitCode = 1;
        try {
            exitCode = play(postal);
        } catch (IOException e) {
            System.out.println("The demo cannot go on: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (exitAfterwards) {
            Quarkus.asyncExit(exitCode);
        }
    }

    private int play(PostalSandbox postal) throws IOException, InterruptedException {
        System.out.println("No Postal is configured: a sandbox plays its part, see " + postal.url());
        awaitHttp();
        invite("delivered@guest.example");
        invite("hardfail@guest.example");
        postal.receive("delivered@guest.example", address, ("From: delivered@guest.example\r\nTo: " + address
                + "\r\nSubject: Re: You are invited\r\n\r\nWe will come.\r\n").getBytes(StandardCharsets.UTF_8));
        String guests = "";
        boolean complete = false;
        for (int tenths = 0; tenths < 600 && !complete; tenths++) {
            Thread.sleep(100);
            guests = call(HttpRequest.newBuilder(application.resolve("/guests")));
            complete = guests.contains("\"delivered\"") && guests.contains("\"failed\"") && guests.contains("We will come");
        }
        System.out.println("GET  /guests      " + guests);
        System.out.println(complete ? "Demo complete" : "Something did not arrive");
        return complete ? 0 : 1;
    }

    /** Quarkus opens its port when Camel has started, so that nobody meets a path without its route. */
    private void awaitHttp() throws IOException, InterruptedException {
        for (int tenths = 0; tenths < 600; tenths++) {
            try {
                call(HttpRequest.newBuilder(application.resolve("/guests")));
                return;
            } catch (ConnectException e) {
                Thread.sleep(100);
            }
        }
    }

    private void invite(String guest) throws IOException, InterruptedException {
        System.out
                .println("POST /invitations " + guest + ": " + call(HttpRequest.newBuilder(application.resolve("/invitations"))
                        .POST(HttpRequest.BodyPublishers.ofString(guest))));
    }

    private static String call(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString()).body();
    }
}
