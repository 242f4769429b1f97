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
import java.util.List;

import io.github.camelpostal.sandbox.PostalSandbox;
import org.apache.camel.CamelContext;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Profile;
import org.springframework.core.env.Environment;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/** Places two orders and replies to a confirmation, then shows the orders. Does nothing beside a real Postal. */
@Component
@Profile("dev")
public class Demo implements ApplicationRunner {

    private final CamelContext camel;
    private final Environment environment;

    Demo(CamelContext camel, Environment environment) {
        this.camel = camel;
        this.environment = environment;
    }

    /** Runs until stopped; with {@code --exit}, until the demo is over. */
    public static void main(String[] args) {
        ConfigurableApplicationContext application = SpringApplication.run(MailApplication.class, args);
        if (List.of(args).contains("--exit")) {
            application.close();
        }
    }

    /** Ends the application with an exception when something does not arrive. */
    @Override
    public void run(ApplicationArguments arguments) {
        PostalSandbox postal = camel.getRegistry().findSingleByType(PostalSandbox.class);
        if (postal != null) {
            System.out.println("No Postal is configured: a sandbox plays its part, see " + postal.url());
            play(postal, RestClient.create("http://127.0.0.1:" + environment.getProperty("local.server.port")));
            System.out.println("Demo complete");
        }
    }

    private void play(PostalSandbox postal, RestClient shop) {
        order(shop, "1001", "delivered@customer.example", "a saddle");
        order(shop, "1002", "hardfail@customer.example", "a rope");
        String address = "orders+1001@" + environment.getRequiredProperty("shop.domain");
        postal.receive("delivered@customer.example", address, ("From: delivered@customer.example\r\nTo: " + address
                + "\r\nSubject: Re: Your order 1001\r\n\r\nIn brown, please.\r\n").getBytes(StandardCharsets.UTF_8));
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(get(shop, "/orders"))
                .contains("\"delivered\"", "\"failed\"", "In brown"));
        System.out.println("GET /orders          " + get(shop, "/orders"));
        System.out.println("GET /actuator/health " + get(shop, "/actuator/health"));
    }

    private static String get(RestClient shop, String path) {
        return shop.get().uri(path).retrieve().body(String.class);
    }

    private static void order(RestClient shop, String number, String customer, String item) {
        String order = """
                {"number": "%s", "customer": "%s", "item": "%s"}""".formatted(number, customer, item);
        System.out.println("POST /orders         " + order);
        shop.post().uri("/orders").contentType(MediaType.APPLICATION_JSON).body(order).retrieve().toBodilessEntity();
    }
}
