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
package io.github.camelpostal.examples.quickstart;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;

/** One of the three route builders, started the way {@link Quickstart} starts it, against a given Postal. */
final class RunningRoutes implements AutoCloseable {

    private static final AtomicInteger NEXT_PORT = new AtomicInteger(
            ThreadLocalRandom.current().nextInt(26_000, 26_400));

    static final String ADDRESS = "support@shop.example";

    private final Main main = new Main();
    private final Path folder;
    private final int port = freePort();

    RunningRoutes(Path folder, URI postal, String apiKey) {
        this.folder = folder;
        main.addOverrideProperty("quickstart.folder", folder.toString());
        main.addOverrideProperty("quickstart.ledger", folder.resolve("ledger") + ";DB_CLOSE_DELAY=0");
        main.addOverrideProperty("quickstart.complete", "100");
        main.addOverrideProperty("quickstart.repeat", "500");
        main.addOverrideProperty("quickstart.address", ADDRESS);
        // on a slow machine the first request takes longer than Postal waits, and Postal's next try is minutes away
        main.addOverrideProperty("camel.component.postal.processing-timeout", "60s");
        main.addOverrideProperty("camel.component.postal.server-url", postal.toString());
        main.addOverrideProperty("camel.component.postal.api-key", apiKey);
        main.addOverrideProperty("camel.server.host", "127.0.0.1");
        main.addOverrideProperty("camel.server.port", String.valueOf(port));
    }

    RunningRoutes start(RouteBuilder routes) {
        main.configure().addRoutesBuilder(routes);
        main.start();
        return this;
    }

    /** Where Postal posts to. */
    URI url(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /** The names of what is in a subfolder, without the time stamps that the routes put in front. */
    List<String> names(String subfolder) throws IOException {
        return files(subfolder).stream().map(file -> file.getFileName().toString().replaceFirst("^\\d{8}-\\d{9}-", ""))
                .toList();
    }

    Path file(String subfolder, String nameEnd) throws IOException {
        return files(subfolder).stream().filter(file -> file.toString().endsWith(nameEnd)).findFirst().orElseThrow();
    }

    private List<Path> files(String subfolder) throws IOException {
        Path path = folder.resolve(subfolder);
        if (!Files.exists(path)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.sorted().toList();
        }
    }

    @Override
    public void close() {
        main.stop();
    }

    /**
     * One after the other, from a range of this example's own: others are tested at the same time. Below the ports of outgoing
     * connections, one of which could take what is waited for here.
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
}
