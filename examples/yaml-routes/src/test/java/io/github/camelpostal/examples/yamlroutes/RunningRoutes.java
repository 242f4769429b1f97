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
package io.github.camelpostal.examples.yamlroutes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.apache.camel.main.Main;

/** The YAML files as they are, in Camel's own Main. */
final class RunningRoutes implements AutoCloseable {

    private static final AtomicInteger NEXT_PORT = new AtomicInteger(
            ThreadLocalRandom.current().nextInt(26_500, 26_900));

    static final String ADDRESS = "support@shop.example";

    private final Main main = new Main();
    private final Path folder;
    private final int port = freePort();

    RunningRoutes(Path folder, URI postal, String apiKey) {
        this.folder = folder;
        main.addOverrideProperty("yaml.folder", folder.toString());
        // on a slow machine the first request takes longer than Postal waits, and Postal's next try is minutes away
        main.addOverrideProperty("camel.component.postal.processing-timeout", "60s");
        main.addOverrideProperty("camel.component.postal.server-url", postal.toString());
        main.addOverrideProperty("camel.component.postal.api-key", apiKey);
        main.addOverrideProperty("camel.server.port", String.valueOf(port));
        main.start();
    }

    /** Where Postal posts to. */
    URI url(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /** Under another name first, so that nobody reads half of it. */
    void drop(String name, String content) throws IOException {
        Path outbox = Files.createDirectories(folder.resolve("outbox"));
        Files.move(Files.writeString(outbox.resolve(name + ".part"), content), outbox.resolve(name));
    }

    /** The files of a subfolder as seen from there, without the time stamps that the routes put in front. */
    List<String> names(String subfolder) {
        Path start = folder.resolve(subfolder);
        if (!Files.exists(start)) {
            return List.of();
        }
        while (true) {
            try (Stream<Path> files = Files.walk(start)) {
                return files.filter(Files::isRegularFile).map(file -> start.relativize(file).toString())
                        .filter(name -> !name.endsWith(".part")).map(name -> name.replaceFirst("^\\d{8}-\\d{9}-", ""))
                        .sorted().toList();
            } catch (UncheckedIOException e) {
                continue; // a route has moved a file meanwhile
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
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
