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
package io.github.camelpostal.examples.springboot.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelpostal.sandbox.PostalSandbox;
import io.github.camelpostal.sandbox.WebhookRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.Environment;

/** Three orders, of which one confirmation does not arrive, and a customer who answers. Looks at the application from outside. */
final class Story {

    private static final Logger CONSOLE = LoggerFactory.getLogger("shop");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newHttpClient();
    private final PostalSandbox sandbox;
    private final URI here;
    private final String domain;

    Story(PostalSandbox sandbox, Environment environment) {
        this.sandbox = sandbox;
        this.here = URI.create("http://127.0.0.1:" + environment.getRequiredProperty("server.port"));
        this.domain = environment.getRequiredProperty("shop.domain");
    }

    /** @return whether everything arrived */
    boolean play() {
        try {
            CONSOLE.info("The shop answers on {}/orders, and Postal is a sandbox on {}", here, sandbox.url());
            order("1001", "delivered@customer.example", "a saddle");
            order("1002", "hardfail@customer.example", "a rope");
            awaitEvent("MessageSent");
            awaitEvent("MessageDeliveryFailed");
            CONSOLE.info("1001 is {}, 1002 is {}", order("1001").path("confirmation").asText(),
                    order("1002").path("confirmation").asText());
            String answer = "From: delivered@customer.example\r\nTo: orders+1001@" + domain
                    + "\r\nSubject: Re: Your order 1001\r\n\r\nIn brown, please.\r\n";
            sandbox.receive("delivered@customer.example", "orders+1001@" + domain, answer.getBytes(StandardCharsets.UTF_8));
            sandbox.awaitWebhookRequest(WebhookRequest::isMail, PATIENCE);
            CONSOLE.info("The customer of 1001 answered: {}", order("1001").path("answer").asText().strip());
            CONSOLE.info("Health is {}", get("/actuator/health").path("status").asText());
            boolean complete = order("1001").path("confirmation").asText().equals("delivered")
                    && order("1002").path("confirmation").asText().equals("failed")
                    && order("1001").path("answer").asText().contains("brown");
            CONSOLE.info(complete ? "Demo complete" : "Missing: an order is not as it should be");
            return complete;
        } catch (IOException | RuntimeException e) {
            CONSOLE.info("Missing: the rest of the story, because of {}", e.toString());
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void awaitEvent(String name) {
        Predicate<WebhookRequest> accepted = post -> name.equals(post.event()) && post.isAccepted();
        sandbox.awaitWebhookRequest(accepted, PATIENCE);
    }

    private void order(String number, String customer, String item) throws IOException, InterruptedException {
        String body = new ObjectMapper().createObjectNode().put("number", number).put("customer", customer).put("item", item)
                .toString();
        HttpResponse<String> answer = http.send(HttpRequest.newBuilder(here.resolve("/orders"))
                .header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body)).build(),
                HttpResponse.BodyHandlers.ofString());
        CONSOLE.info("Order {} of {} was placed: HTTP {}", number, item, answer.statusCode());
    }

    private JsonNode order(String number) throws IOException, InterruptedException {
        for (JsonNode order : get("/orders")) {
            if (order.path("number").asText().equals(number)) {
                return order;
            }
        }
        throw new IllegalStateException("There is no order " + number);
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        return new ObjectMapper().readTree(http.send(HttpRequest.newBuilder(here.resolve(path)).build(),
                HttpResponse.BodyHandlers.ofString()).body());
    }
}
