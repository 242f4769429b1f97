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
package io.github.camelpostal.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;

import io.github.camelpostal.sandbox.PostalSandboxExtension;
import io.github.camelpostal.sandbox.StoredMail;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class TicketMailTest {

    @RegisterExtension
    static PostalSandboxExtension postal = new PostalSandboxExtension();

    @LocalServerPort
    int port;

    @DynamicPropertySource
    static void pointAtTheSandbox(DynamicPropertyRegistry properties) {
        properties.add("camel.component.postal.server-url", () -> postal.sandbox().url());
        properties.add("camel.component.postal.api-key", () -> postal.sandbox().apiKey());
    }

    @Test
    void whoWritesToSupportGetsAReceipt() {
        postal.sandbox().routeTo("support@example.com", URI.create("http://127.0.0.1:" + port + "/postal"));

        postal.sandbox().receive("zoe@customer.example", "support@example.com",
                "From: zoe@customer.example\r\nSubject: Help\r\n\r\nHelp!\r\n".getBytes(StandardCharsets.US_ASCII));

        StoredMail receipt = postal.sandbox().sent().to("zoe@customer.example").await().only();
        assertThat(receipt.subject()).isEqualTo("Re: Help");
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Application {

        @Bean
        RouteBuilder receipts() {
            return new RouteBuilder() {
                @Override
                public void configure() {
                    from("postal:webhook?accept=mail")
                            .setHeader("CamelPostalTo", header("CamelPostalMailFrom"))
                            .setHeader("CamelPostalSubject", simple("Re: ${header.CamelPostalMailSubject}"))
                            .setBody(constant("We have your mail."))
                            .removeHeaders("Content-*")
                            .to("postal:send?from=support@example.com");
                }
            };
        }
    }
}
