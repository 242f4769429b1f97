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
package io.github.camelpostal.sandbox.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import com.example.MailApplication;
import io.github.camelpostal.PostalComponent;
import io.github.camelpostal.sandbox.PostalSandbox;
import io.github.camelpostal.suppression.InMemorySuppressionList;
import io.github.camelpostal.testing.FreePort;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who copies what stands in getting-started.md sends a mail and receives one. */
class GettingStartedTest {

    private static final Path MODULE = Path.of(System.getProperty("basedir", "."));
    private static final Pattern LOGGED = Pattern.compile("(?m)^(Postal has|Message \\d|zoe@).*$");

    private final Main main = new Main();

    @AfterEach
    void stop() {
        main.stop();
    }

    @Test
    void theClassOfThePageIsCompiledHere() throws IOException {
        assertThat(withoutIndent(Files.readString(MODULE.resolve("src/test/java/com/example/MailApplication.java"))))
                .endsWith(withoutIndent(block("java", 0)));
    }

    @Test
    void theDependenciesOfThePageAreOfThisRelease() throws IOException {
        String rootPom = Files.readString(MODULE.resolve("../../pom.xml"));

        assertThat(rootPom).contains(group("<camel.version>[^<]+</camel.version>", block("xml", 0)));
        assertThat(rootPom).contains("<revision>" + group("<camel-postal.version>([^<]+)<", block("xml", 0)) + "</revision>");
    }

    @Test
    void theApplicationLogsTheLinesOfThePage() throws Exception {
        LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();
        start(properties(0), new MailApplication(), lines);

        assertThat(next(lines)).isEqualTo("Postal has the mail as 1");
        assertThat(next(lines)).isEqualTo("Message 1 is delivered");
        main.getCamelContext().getRegistry().findSingleByType(PostalSandbox.class).receive("zoe@customer.example",
                "support@example.com", "Subject: Hello\r\n\r\nHello!\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(next(lines)).isEqualTo("zoe@customer.example writes: Hello");
        assertThat(next(lines)).isEqualTo("Message 2 is accepted");

        List<String> onThePage = LOGGED.matcher(page()).results().map(found -> found.group()).toList();
        assertThat(onThePage).containsExactly("Postal has the mail as 1", "Message 1 is delivered",
                "zoe@customer.example writes: Hello", "Message 2 is accepted");
    }

    @Test
    void propertiesFindBeansThatAreBoundToMain() throws Exception {
        InMemorySuppressionList list = new InMemorySuppressionList();
        main.bind("suppressions", list);
        Properties properties = properties(0);
        properties.setProperty("camel.component.postal.suppression-list", "#suppressions");

        start(properties, new MailApplication(), new LinkedBlockingQueue<>());

        assertThat(main.getCamelContext().getComponent("postal", PostalComponent.class).getConfiguration()
                .getSuppressionList()).isSameAs(list);
    }

    private void start(Properties properties, RouteBuilder routes, LinkedBlockingQueue<String> lines) throws Exception {
        properties.forEach((name, value) -> main.addInitialProperty((String) name, (String) value));
        main.addOverrideProperty("camel.server.port", Integer.toString(FreePort.find()));
        main.configure().addRoutesBuilder(routes);
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void afterConfigure(BaseMainSupport configured) {
                configured.getCamelContext().getCamelContextExtension().addLogListener((exchange, logger, line) -> {
                    lines.add(line);
                    return line;
                });
            }
        });
        main.start();
    }

    private static String next(LinkedBlockingQueue<String> lines) throws InterruptedException {
        return lines.poll(60, TimeUnit.SECONDS);
    }

    private static Properties properties(int index) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(block("properties", index)));
        return properties;
    }

    private static String page() throws IOException {
        return Files.readString(MODULE.resolve("../../src/docs/getting-started.md"));
    }

    private static String block(String language, int index) throws IOException {
        return Pattern.compile("(?ms)^```" + language + "\n(.*?)^```$").matcher(page()).results().skip(index).findFirst()
                .orElseThrow().group(1);
    }

    private static String group(String pattern, String text) {
        var matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).isTrue();
        return matcher.group(matcher.groupCount());
    }

    /** The formatter does not know what belongs below a filter. */
    private static String withoutIndent(String java) {
        return java.replaceAll("(?m)^ +", "");
    }
}
