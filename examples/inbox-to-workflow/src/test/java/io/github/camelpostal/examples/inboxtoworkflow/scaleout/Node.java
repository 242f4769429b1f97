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
package io.github.camelpostal.examples.inboxtoworkflow.scaleout;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.camelpostal.examples.inboxtoworkflow.Demo;

/** The example in a process of its own, started the way its users start it, with other properties. */
final class Node implements AutoCloseable {

    private static final String IS_UP = "Now it is your turn";
    private static final int TIMEOUT_SECONDS = 120;

    private final Process process;
    private final CompletableFuture<Void> up = new CompletableFuture<>();

    private Node(Process process) {
        this.process = process;
    }

    /**
     * Returns at once.
     *
     * @param log gets what it says
     */
    static Node start(Map<String, String> properties, File log) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx160m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.add("-Dlog4j2.configurationFile=log4j2.properties"); // the example's own, not the one for tests
        properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Node.class.getName()));
        Node node = new Node(new ProcessBuilder(command).redirectErrorStream(true).start());
        Thread listener = new Thread(() -> node.listen(log), "node-output");
        listener.setDaemon(true);
        listener.start();
        return node;
    }

    /** In the process itself. It ends with the test, however that ends. */
    public static void main(String[] args) throws Exception {
        Thread watch = new Thread(() -> {
            try {
                System.in.transferTo(OutputStream.nullOutputStream()); // ends with the other end of the pipe
            } catch (IOException e) {
                // as good as its end
            }
            Runtime.getRuntime().halt(3);
        }, "test-is-there");
        watch.setDaemon(true);
        watch.start();
        Demo.main(args);
    }

    void awaitUp() throws Exception {
        up.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    /** SIGKILL, in the midst of whatever it does. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private void listen(File log) {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
                PrintWriter writer = new PrintWriter(log, StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                writer.println(line);
                writer.flush();
                if (line.startsWith(IS_UP)) {
                    up.complete(null);
                }
            }
            up.completeExceptionally(new IllegalStateException("The process has ended; see " + log));
        } catch (IOException e) {
            up.completeExceptionally(new UncheckedIOException(e));
        }
    }
}
