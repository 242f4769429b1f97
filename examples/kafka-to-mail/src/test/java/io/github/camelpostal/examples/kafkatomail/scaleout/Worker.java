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
package io.github.camelpostal.examples.kafkatomail.scaleout;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.github.camelpostal.examples.kafkatomail.KafkaToMail;

/** One process of kafka-to-mail, as somebody would start it who has set the properties for a Kafka and a Postal. */
final class Worker implements AutoCloseable {

    /** How many records it works on at a time, and so how many it can have in its hands when it is killed. */
    static final int THREADS = 3;

    private final String name;
    private final LossyProxy proxy;
    private final int port;
    private final Process process;

    private Worker(String name, LossyProxy proxy, int port, Process process) {
        this.name = name;
        this.proxy = proxy;
        this.port = port;
        this.process = process;
    }

    /**
     * All processes know Postal by one URL, as the ledger expects; a hosts file of each leads it to the proxy of its own.
     *
     * @param proxy the way of this process to Postal
     */
    static Worker start(String name, Map<String, String> properties, LossyProxy proxy, Path logs) throws IOException {
        Files.createDirectories(logs);
        int port = freePort();
        Path hosts = Files.writeString(logs.resolve(name + ".hosts"), proxy.address() + " postal.test\n127.0.0.1 localhost "
                + InetAddress.getLocalHost().getHostName() + "\n");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", classPath()));
        properties.forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.add("-Dkafka-to-mail.threads=" + THREADS);
        // its member's id in the group begins with this
        command.add("-Dcamel.component.kafka.client-id=" + name);
        command.add("-Djdk.net.hosts.file=" + hosts.toAbsolutePath());
        command.add("-Dcamel.component.postal.server-url=http://postal.test:" + proxy.port());
        // the name by which the sandbox knows itself
        command.add("-Dcamel.component.postal.host-header=127.0.0.1");
        command.add("-Dcamel.server.host=127.0.0.1");
        command.add("-Dcamel.server.port=" + port);
        command.add(KafkaToMail.class.getName());
        File log = logs.resolve(name + ".log").toFile();
        return new Worker(name, proxy, port, new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start());
    }

    String name() {
        return name;
    }

    LossyProxy proxy() {
        return proxy;
    }

    /** Where it takes Postal's events. */
    URI events() {
        return URI.create("http://127.0.0.1:" + port + "/postal/events");
    }

    /** Waits that long at most. */
    boolean hasEnded(Duration within) throws InterruptedException {
        return process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** SIGKILL: no farewell, no commit. */
    void kill() {
        process.destroyForcibly();
    }

    void awaitEnd() throws InterruptedException {
        process.waitFor();
    }

    /** Ctrl-C. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
        proxy.close();
    }

    /** Ours. Under {@code exec:java} it is not that of the virtual machine. */
    private static String classPath() {
        if (Worker.class.getClassLoader() instanceof URLClassLoader loader) {
            return Arrays.stream(loader.getURLs()).map(url -> Path.of(URI.create(url.toString())).toString())
                    .collect(Collectors.joining(File.pathSeparator));
        }
        return System.getProperty("java.class.path");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }
}
