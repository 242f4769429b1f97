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

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import io.github.camelpostal.testing.TestKey;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.boot.web.servlet.server.ServletWebServerFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** A Spring Boot application on a random port, with the starter and one {@code postal:webhook}. */
final class BootApp implements AutoCloseable {

    private final ConfigurableApplicationContext application;

    private BootApp(ConfigurableApplicationContext application) {
        this.application = application;
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
    static class Application {
    }

    /** An application with these routes and these lines of {@code application.properties}. */
    static BootApp start(RouteBuilder routes, String... properties) {
        return start(0, routes, properties);
    }

    /** The same on another servlet container than Tomcat. */
    static BootApp start(Class<? extends ServletWebServerFactory> container, RouteBuilder routes, String... properties) {
        return start(0, routes, container, properties);
    }

    /** The same on a port that is known before the application is. */
    static BootApp start(int port, RouteBuilder routes, String... properties) {
        return start(port, routes, TomcatServletWebServerFactory.class, properties);
    }

    private static <T extends ServletWebServerFactory> BootApp start(int port, RouteBuilder routes, Class<T> container,
            String... properties) {
        List<String> all = new ArrayList<>(List.of("server.port=" + port, "spring.main.banner-mode=off",
                "camel.main.shutdown-timeout=5",
                "camel.component.postal.public-key=" + TestKey.SHARED.publicKey()));
        all.addAll(List.of(properties));
        return new BootApp(new SpringApplicationBuilder(Application.class)
                .initializers(context -> {
                    ((GenericApplicationContext) context).registerBean("routes", RouteBuilder.class, () -> routes);
                    ((GenericApplicationContext) context).registerBean(container);
                })
                .properties(all.toArray(String[]::new)).run());
    }

    /** A route from {@code postal:webhook} that keeps what it gets. */
    static final class Kept extends RouteBuilder {

        private final BlockingQueue<ReceivedExchange> received = new LinkedBlockingQueue<>();

        @Override
        public void configure() {
            from("postal:webhook").routeId("webhook").process(exchange -> received.add(ReceivedExchange.of(exchange)));
        }

        BlockingQueue<ReceivedExchange> received() {
            return received;
        }
    }

    int port() {
        return ((ServletWebServerApplicationContext) application).getWebServer().getPort();
    }

    CamelContext camel() {
        return application.getBean(CamelContext.class);
    }

    ConfigurableApplicationContext spring() {
        return application;
    }

    @Override
    public void close() {
        application.close();
    }
}
