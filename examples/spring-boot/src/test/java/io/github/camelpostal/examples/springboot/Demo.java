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

import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import io.github.camelpostal.sandbox.PostalSandbox;
import org.apache.camel.CamelContext;
import org.awaitility.core.ConditionTimeoutException;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.ExitCodeGenerator;
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
public class Demo implements ApplicationRunner, ExitCodeGenerator {

    private final CamelContext camel;
    private final Environment environment;
    private boolean complete;

    Demo(CamelContext camel, Environment environment) {
        this.camel = camel;
        this.environment = environment;
    }

    /** Runs until stopped; with {@code --exit}, until the demo is over. */
    public static void main(String[] args) {
        ConfigurableApplicationContext application = SpringApplication.run(MailApplication.class, args);
        if (List.of(args).contains("--exit")) {
            System.exit(SpringApplication.exit(application));
        }
    }

    @Override
    public int getExitCode() {
        return complete ? 0 : 1;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        PostalSandbox postal = camel.getRegistry().findSingleByType(PostalSandbox.class);
        if (postal != null) {
            play(postal, RestClient.create("http://127.0.0.1:" + environment.getProperty("local.server.port")));
        }
    }

    private void play(PostalSandbox postal, RestClient shop) {
        System.out.println("No Postal is configured: a sandbox plays its part, see " + postal.url());
        order(shop, "1001", "delivered@customer.example", "a saddle");
        order(shop, "1002", "hardfail@customer.example", "a rope");
        String address = "orders+1001@" + environment.getRequiredProperty("shop.domain");
        postal.receive("delivered@customer.example", address, ("From: delivered@customer.example\r\nTo: " + address
                + "\r\nSubject: Re: Your order 1001\r\n\r\nIn brown, please.\r\n").getBytes(StandardCharsets.UTF_8));
        try {
            await().atMost(Duration.ofMinutes(1)).until(() -> isComplete(orders(shop)));
            complete = true;
        } catch (ConditionTimeoutException e) {
            complete = false; // what there is instead is shown below
        }
        System.out.println("GET /orders          " + orders(shop));
        System.out.println("GET /actuator/health " + shop.get().uri("/actuator/health").retrieve().body(String.class));
        System.out.println(complete ? "Demo complete" : "Something did not arrive");
    }

    private static String orders(RestClient shop) {
        return shop.get().uri("/orders").retrieve().body(String.class);
    }

    private static boolean isComplete(String orders) {
        return orders.contains("\"delivered\"") && orders.contains("\"failed\"") && orders.contains("In brown");
    }

    private static void order(RestClient shop, String number, String customer, String item) {
        String order = """
                {"number": "%s", "customer": "%s", "item": "%s"}""".formatted(number, customer, item);
        System.out.println("POST /orders         " + order);
        shop.post().uri("/orders").contentType(MediaType.APPLICATION_JSON).body(order).retrieve().toBodilessEntity();
    }
}
