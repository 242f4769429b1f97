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
package io.github.camelpostal.jbang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import io.github.camelpostal.sandbox.PostalSandbox;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands of jbang.md, word for word, with the files of that page. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class JBangTest {

    private static final Duration LONG = Duration.ofMinutes(4);
    private static final String ZOE = "zoe@customer.example";
    private static final int CLOSED = 0;
    /** Below the ports of outgoing connections, one of which could take what is waited for here. */
    private static final AtomicInteger NEXT_PORT = new AtomicInteger(ThreadLocalRandom.current().nextInt(30_000, 30_400));

    private final PostalSandbox postal = PostalSandbox.start();
    private final List<Process> started = new ArrayList<>();
    private final int port = freePort();

    @TempDir
    Path folder;

    @BeforeEach
    void writeTheFilesOfThePage() throws IOException {
        Files.writeString(folder.resolve("mail.camel.yaml"), block("yaml", 0));
        Files.writeString(folder.resolve("application.properties"),
                block("properties", 0).replace("https://postal.example.com", postal.url().toString()));
        postal.postEventsTo(URI.create("http://127.0.0.1:" + port + "/postal"));
    }

    @AfterEach
    void stop() throws InterruptedException {
        for (Process process : started) {
            process.destroyForcibly().waitFor();
        }
        postal.close();
    }

    @Test
    void runSendsAndHearsThatTheMailArrived() throws Exception {
        camel(1);

        postal.awaitSentTo(ZOE, LONG);
        assertThat(postal.awaitWebhookRequest(request -> request.isEvent("MessageSent"), LONG).isAccepted()).isTrue();
    }

    @Test
    void runPlaysPostalInTheProfileDev() throws Exception {
        Files.delete(folder.resolve("application.properties"));

        camel(2);

        await().atMost(LONG).until(this::output, text -> text.contains("is delivered"));
        assertThat(output()).contains("No mail leaves this machine");
    }

    @Test
    void devLoadsAChangedFileAndNoRequestGets404() throws Exception {
        Map<Integer, Integer> responses = new ConcurrentHashMap<>();
        CountDownLatch enough = new CountDownLatch(1);
        Thread poster = new Thread(() -> post(responses, enough));
        camel(3);
        postal.awaitSentTo(ZOE, LONG);
        poster.start();
        await().atMost(LONG).until(() -> responses.getOrDefault(503, 0) > 20);

        Files.writeString(folder.resolve("mail.camel.yaml"), block("yaml", 0).replace(ZOE, "ann@customer.example"));

        postal.awaitSentTo("ann@customer.example", LONG);
        int before = responses.get(503);
        await().atMost(LONG).until(() -> responses.get(503) > before + 20);
        enough.countDown();
        poster.join();
        assertThat(responses.keySet()).isSubsetOf(503, CLOSED); // unsigned requests never get 200
    }

    @Test
    void exportForMainHasTheComponent() throws Exception {
        assertThat(export(4)).contains("<artifactId>camel-postal</artifactId>", "<artifactId>camel-main</artifactId>");
    }

    @Test
    void exportForSpringBootHasTheStarter() throws Exception {
        assertThat(export(5)).contains("<artifactId>camel-postal-starter</artifactId>", "spring-boot");
    }

    @Test
    void exportForQuarkusHasTheComponentAndWhatItNeedsAsExtensions() throws Exception {
        assertThat(export(6)).contains("<artifactId>camel-postal</artifactId>",
                "<artifactId>camel-quarkus-platform-http</artifactId>", "<artifactId>camel-quarkus-http</artifactId>",
                "<artifactId>camel-quarkus-jackson</artifactId>", "<artifactId>quarkus-maven-plugin</artifactId>");
        assertThat(folder.resolve("project/src/main/resources/application.properties")).content()
                .contains("quarkus.http.limits.max-body-size=64M", "camel.component.postal.server-url=");
    }

    private String export(int command) throws Exception {
        assertThat(camel(command).waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(folder.resolve("project/src/main/resources")).isDirectoryRecursivelyContaining("glob:**/mail.camel.yaml");
        return Files.readString(folder.resolve("project/pom.xml"));
    }

    /** Starts the nth command of the page. */
    private Process camel(int index) throws IOException {
        String command = block("sh", index).replace("\\\n", " ").strip().replaceFirst("^camel ", "")
                .replace("0.1.0-SNAPSHOT", System.getProperty("camel-postal.version"))
                .replace("--port=8080", "--port=" + port);
        List<String> line = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), CamelCommand.class.getName()));
        line.addAll(List.of(command.split("\\s+")));
        line.add("--camel-version=" + System.getProperty("camel.version"));
        ProcessBuilder builder = new ProcessBuilder(line).directory(folder.toFile()).redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.log").toFile());
        builder.environment().put("POSTAL_API_KEY", postal.apiKey());
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private String output() throws IOException {
        return Files.readString(folder.resolve("output.log"));
    }

    private void post(Map<Integer, Integer> responses, CountDownLatch enough) {
        HttpRequest unsigned = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/postal"))
                .header("X-Postal-Signature-256", "eA==").POST(HttpRequest.BodyPublishers.ofString("{}")).build();
        HttpClient client = HttpClient.newHttpClient();
        try {
            while (!enough.await(5, TimeUnit.MILLISECONDS)) {
                responses.merge(status(client, unsigned), 1, Integer::sum);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int status(HttpClient client, HttpRequest request) throws InterruptedException {
        try {
            return client.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return CLOSED;
        }
    }

    private static String block(String language, int index) throws IOException {
        String page = Files.readString(Path.of("../../src/docs/jbang.md"));
        List<MatchResult> found = Pattern.compile("(?ms)^```" + language + "\n(.*?)^```$").matcher(page).results().toList();
        return found.get(index).group(1);
    }

    private static int freePort() {
        while (true) {
            try (ServerSocket free = new ServerSocket(NEXT_PORT.getAndIncrement(), 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            } catch (IOException taken) {
                // the next one
            }
        }
    }
}
