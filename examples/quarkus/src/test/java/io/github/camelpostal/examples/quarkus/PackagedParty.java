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
package io.github.camelpostal.examples.quarkus;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.camelpostal.sandbox.PostalSandbox;

/** The application as it is deployed: {@code java -jar target/quarkus-app/quarkus-run.jar}, in a process of its own. */
final class PackagedParty implements AutoCloseable {

    private static final AtomicInteger NEXT_PORT = new AtomicInteger(
            ThreadLocalRandom.current().nextInt(29_500, 29_900));

    private final Process process;
    private final Path log;
    private final int port;

    private PackagedParty(Process process, Path log, int port) {
        this.process = process;
        this.log = log;
        this.port = port;
    }

    /** Starts it on a port, with these properties of the JVM and the key of a sandbox in its environment, and does not wait for it. */
    static PackagedParty start(int port, List<String> properties) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC", "-Dquarkus.http.host=127.0.0.1", "-Dquarkus.http.port=" + port));
        properties.forEach(property -> command.add("-D" + property));
        command.addAll(List.of("-jar", Path.of("target", "quarkus-app", "quarkus-run.jar").toString()));
        Path log = Files.createTempFile(Path.of("target"), "party-", ".log");
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("POSTAL_API_KEY", PostalSandbox.DEFAULT_API_KEY);
        return new PackagedParty(builder.start(), log, port);
    }

    /**
     * One after the other, from a range of this example's own: others are tested at the same time. Below the ports of outgoing
     * connections: with one of those, a client that finds nobody may connect to itself, and wait for ever.
     */
    static int freePort() {
        while (true) {
            try (ServerSocket free = new ServerSocket(NEXT_PORT.getAndIncrement(), 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            } catch (IOException taken) {
                // the next one
            }
        }
    }

    URI at(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /** Status 0 if there is no connection. */
    static int status(HttpClient client, HttpRequest request) throws InterruptedException {
        try {
            return client.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(at(path)).build(), BodyHandlers.ofString());
    }

    boolean isOpen() throws InterruptedException {
        return status(HttpClient.newHttpClient(), HttpRequest.newBuilder(at("/guests")).build()) == 200;
    }

    String output() throws IOException {
        return Files.readString(log);
    }

    /** The exit code of a process that ends by itself. */
    int awaitEnd() throws InterruptedException {
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            throw new AssertionError("The process did not end within two minutes");
        }
        return process.exitValue();
    }

    /** Asks it to end, as a service manager does (SIGTERM), and waits until it has. */
    void terminate() throws InterruptedException {
        process.destroy();
        awaitEnd();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly();
        awaitEnd();
    }
}
