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
package io.github.camelpostal.examples.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelpostal.sandbox.PostalSandbox;
import io.github.camelpostal.sandbox.StoredMail;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.core.env.Environment;
import org.springframework.test.context.ActiveProfiles;

/** The whole application on a random port. In the profile test, camel-postal-sandbox-dev is its Postal, without any set-up. */
@ActiveProfiles("test")
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class MailApplicationTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    @Autowired
    private TestRestTemplate http;

    @Autowired
    private Orders orders;

    private PostalSandbox sandbox;

    @BeforeEach
    void find(@Autowired CamelContext camel) {
        sandbox = camel.getRegistry().findSingleByType(PostalSandbox.class);
    }

    @Test
    void confirmsAnOrderAndKnowsThatItArrived() {
        place("2001", "zoe@customer.example");

        StoredMail mail = sandbox.awaitSentTo("zoe@customer.example", TIMEOUT);
        assertThat(mail.subject()).isEqualTo("Your order 2001");
        await().atMost(TIMEOUT).until(() -> "delivered".equals(confirmation("2001")));
    }

    @Test
    void knowsThatAConfirmationFailed() {
        place("2002", "hardfail@customer.example");

        await().atMost(TIMEOUT).until(() -> "failed".equals(confirmation("2002")));
    }

    @Test
    void takesAnOrderWhoseConfirmationIsRefused() {
        place("2003", "not an address");

        assertThat(confirmation("2003")).isNull();
    }

    @Test
    void confirmsAnOrderOnceThoughItIsPlacedTwice() {
        place("2004", "once@customer.example");
        place("2004", "once@customer.example");

        assertThat(sandbox.sent().stream().filter(mail -> "once@customer.example".equals(mail.rcptTo()))).hasSize(1);
    }

    @Test
    void readsWhatACustomerReplies() {
        place("2005", "ann@customer.example");
        StoredMail reply = receive("orders+2005@shop.example", "In brown, please.");

        assertThat(sandbox.awaitWebhookRequest(post -> post.isMail() && post.mailId() == reply.id(), TIMEOUT).isAccepted())
                .isTrue();
        assertThat(orders.find("2005").orElseThrow().reply()).contains("In brown");
    }

    @Test
    void takesMailThatIsAboutNoOrder() {
        StoredMail stray = receive("orders@shop.example", "Do you sell llamas?");

        assertThat(sandbox.awaitWebhookRequest(post -> post.isMail() && post.mailId() == stray.id(), TIMEOUT).isAccepted())
                .isTrue();
    }

    /** The sandbox has a Mustache engine, for which Spring Boot would miss a folder of templates. */
    @Test
    void thereIsNoWarningAboutTemplatesOfTheSandbox(@Autowired Environment environment) {
        assertThat(environment.getProperty("spring.mustache.check-template-location")).isEqualTo("false");
    }

    @Test
    void actuatorSaysThatBothDirectionsAreUp() {
        JsonNode health = http.getForObject("/actuator/health", JsonNode.class);

        assertThat(health.path("status").asText()).isEqualTo("UP");
        assertThat(health.toString()).contains("consumer:postal-/postal", "producer:postal-127.0.0.1")
                .doesNotContain(sandbox.apiKey());
    }

    private void place(String number, String customer) {
        assertThat(
                http.postForEntity("/orders", new Order(number, customer, "a saddle", null, null), Order.class).getStatusCode()
                        .value())
                .isEqualTo(202);
    }

    private String confirmation(String number) {
        return orders.find(number).orElseThrow().confirmation();
    }

    private StoredMail receive(String rcptTo, String text) {
        String mail = "From: ann@customer.example\r\nTo: " + rcptTo + "\r\nSubject: Re: Your order\r\n\r\n" + text + "\r\n";
        return sandbox.receive("ann@customer.example", rcptTo, mail.getBytes(StandardCharsets.UTF_8));
    }
}
