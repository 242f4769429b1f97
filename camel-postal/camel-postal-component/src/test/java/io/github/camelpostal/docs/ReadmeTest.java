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
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import io.github.camelpostal.sandbox.PostalSandbox;
import io.github.camelpostal.sandbox.StoredMail;
import io.github.camelpostal.testing.FreePort;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The routes of the README are these files, and they do what the README says, in Java and in YAML. */
class ReadmeTest {

    private static final Path ROOT = Path.of(System.getProperty("basedir", ".")).toAbsolutePath().resolve("../..");
    private static final Path TESTS = Path.of(System.getProperty("basedir", ".")).resolve("src/test/java")
            .resolve(ReadmeTest.class.getPackageName().replace('.', '/'));

    @ParameterizedTest
    @ValueSource(strings = {"WelcomeRoute", "PostRoomRoute"})
    void theJavaOfTheReadmeIsCompiledHere(String name) throws IOException {
        assertThat(blocks("java", readme())).anySatisfy(block -> {
            assertThat(block).startsWith("public class " + name + " ");
            // the formatter of the build does not know what belongs below a choice()
            assertThat(Files.readString(TESTS.resolve(name + ".java")).replaceAll("(?m)^ +", ""))
                    .endsWith(block.replaceAll("(?m)^ +", ""));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"Run it", "Test it"})
    void thereIsExactlyOneShellBlockToRunAndOneToTest(String heading) throws IOException {
        String section = readme().split("(?m)^## " + heading + "$", 2)[1].split("(?m)^## ", 2)[0];

        assertThat(section.split("(?m)^```sh$", -1)).hasSize(2);
        assertThat(section.split("(?m)^```", -1)).hasSize(3);
    }

    @Test
    void theSmallestSendingRouteSends() throws Exception {
        sends(new WelcomeRoute());
        sends(yaml(0));
    }

    @Test
    void theSmallestReceivingRouteReceivesMailsAndEvents() throws Exception {
        receives(new PostRoomRoute());
        receives(yaml(1));
    }

    private static void sends(Object route) throws Exception {
        try (PostalSandbox postal = PostalSandbox.start()) {
            Main main = main(postal, FreePort.find());
            add(main, route);
            main.getCamelContext().createProducerTemplate().sendBody("direct:welcome",
                    Map.of("email", "zoe@customer.example", "name", "Zoe"));

            StoredMail mail = postal.awaitSentTo("zoe@customer.example", Duration.ofSeconds(60));
            assertThat(mail.subject()).isEqualTo("Welcome");
            assertThat(mail.mailFrom()).isEqualTo("shop@example.com");
            assertThat(new String(mail.raw(), StandardCharsets.US_ASCII)).contains("Good to have you here, Zoe.");
            main.stop();
        }
    }

    private static void receives(Object route) throws Exception {
        BlockingQueue<String> received = new LinkedBlockingQueue<>();
        int port = FreePort.find();
        try (PostalSandbox postal = PostalSandbox.start()) {
            URI here = URI.create("http://127.0.0.1:" + port + "/postal");
            postal.postEventsTo(here);
            postal.routeTo("shop@example.com", here);
            Main main = main(postal, port);
            add(main, new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:mail").process(exchange -> received.add("mail"));
                    from("direct:event").process(exchange -> received.add("event"));
                }
            });
            add(main, route);

            postal.receive("zoe@customer.example", "shop@example.com",
                    "From: zoe@customer.example\r\nSubject: Hello\r\n\r\nHello!\r\n".getBytes(StandardCharsets.US_ASCII));

            // the mail, and Postal's event that we took it
            assertThat(received.poll(60, TimeUnit.SECONDS)).isEqualTo("mail");
            assertThat(received.poll(60, TimeUnit.SECONDS)).isEqualTo("event");
            main.stop();
        }
    }

    private static Main main(PostalSandbox postal, int port) {
        Main main = new Main();
        main.addOverrideProperty("camel.component.postal.server-url", postal.url().toString());
        main.addOverrideProperty("camel.component.postal.api-key", postal.apiKey());
        main.addOverrideProperty("camel.server.enabled", "true");
        main.addOverrideProperty("camel.server.host", "127.0.0.1");
        main.addOverrideProperty("camel.server.port", String.valueOf(port));
        main.start();
        return main;
    }

    private static void add(Main main, Object route) throws Exception {
        if (route instanceof RoutesBuilder java) {
            main.getCamelContext().addRoutes(java);
        } else {
            PluginHelper.getRoutesLoader(main.getCamelContext())
                    .loadRoutes(ResourceHelper.fromString("readme.yaml", (String) route));
        }
    }

    private static String yaml(int number) throws IOException {
        return blocks("yaml", Files.readString(ROOT.resolve("src/docs/component.md"))).get(number);
    }

    private static List<String> blocks(String language, String page) {
        return Pattern.compile("(?ms)^```" + language + "\n(.*?)^```$").matcher(page).results()
                .map(match -> match.group(1)).toList();
    }

    private static String readme() throws IOException {
        return Files.readString(ROOT.resolve("README.md"));
    }
}
