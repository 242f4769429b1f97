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
package io.github.camelpostal.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import io.github.camelpostal.PostalComponent;
import io.github.camelpostal.PostalConfiguration;
import io.github.camelpostal.PostalConstants;
import io.github.camelpostal.sandbox.PostalSandbox;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.impl.DefaultCamelContext;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

/** The route of send-once.md is a file here, and it does what the page says. */
class SendOncePageTest {

    private static final Path BASE = Path.of(System.getProperty("basedir", ".")).toAbsolutePath();

    @Test
    void theJavaOfThePageIsCompiledHere() throws IOException {
        String page = Files.readString(BASE.resolve("../../src/docs/send-once.md"));
        String file = Files.readString(BASE.resolve("src/test/java/io/github/camelpostal/docs/OrderMailRoute.java"));

        assertThat(page).contains("```java\n" + file.substring(file.indexOf("public class")) + "```");
    }

    @Test
    void aRecordThatComesTwiceBecomesOneMail() throws Exception {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:send-once-page;DB_CLOSE_DELAY=-1");
        try (PostalSandbox postal = PostalSandbox.builder().domain("shop.example").start();
                DefaultCamelContext camel = new DefaultCamelContext()) {
            PostalConfiguration options = camel.getComponent("postal", PostalComponent.class).getConfiguration();
            options.setServerUrl(postal.url().toString());
            options.setApiKey(postal.apiKey());
            options.setFrom("orders@shop.example");
            camel.addRoutes(new OrderMailRoute(database));
            AdviceWith.adviceWith(camel, "orders", route -> route.replaceFromWith("direct:orders")); // no Kafka here
            camel.start();
            ProducerTemplate kafka = camel.createProducerTemplate();
            Map<String, Object> record = Map.of("kafka.TOPIC", "orders", "kafka.KEY", "4711",
                    PostalConstants.TO, "jane@customer.example", PostalConstants.SUBJECT, "Your order");

            for (boolean duplicate : new boolean[]{false, true}) {
                Exchange exchange = kafka.send("direct:orders", read -> {
                    read.getMessage().setHeaders(new HashMap<>(record));
                    read.getMessage().setBody("On its way.");
                });
                assertThat(exchange.getException()).isNull();
                assertThat(exchange.getMessage().getHeader(PostalConstants.DUPLICATE)).isEqualTo(duplicate);
            }

            assertThat(postal.sent().to("jane@customer.example")).hasSize(1);
        }
    }
}
