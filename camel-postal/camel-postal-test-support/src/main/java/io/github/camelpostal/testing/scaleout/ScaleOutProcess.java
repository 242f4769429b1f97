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
package io.github.camelpostal.testing.scaleout;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
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

import io.github.camelpostal.testing.ForkedJava;
import io.github.camelpostal.testing.FreePort;

/** One process of an application, as somebody would start it who has set the properties. It ends with the test at the latest. */
final class ScaleOutProcess implements AutoCloseable {

    private final String name;
    private final LossyProxy proxy;
    private final int port;
    private final Process process;

    private ScaleOutProcess(String name, LossyProxy proxy, int port, Process process) {
        this.name = name;
        this.proxy = proxy;
        this.port = port;
        this.process = process;
    }

    /**
     * All processes know Postal by one URL, as the ledger expects; a hosts file of each leads it to the proxy of its own.
     *
     * @param application with a main method
     * @param proxy       the way of this process to Postal
     */
    static ScaleOutProcess start(String name, Class<?> application, Map<String, String> properties, LossyProxy proxy, Path logs)
            throws IOException {
        int port = FreePort.find();
        Path hosts = Files.writeString(logs.resolve(name + ".hosts"), proxy.address() + " postal.test\n127.0.0.1 localhost "
                + InetAddress.getLocalHost().getHostName() + "\n");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", classPath(application)));
        properties.forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.add("-Djdk.net.hosts.file=" + hosts.toAbsolutePath());
        command.add("-Dcamel.component.postal.server-url=http://postal.test:" + proxy.port());
        // the name by which the sandbox knows itself
        command.add("-Dcamel.component.postal.host-header=127.0.0.1");
        // postal.test never leaves this machine
        command.add("-Dcamel.component.postal.allow-insecure-jwks-url=true");
        // how long whatever the killed process had in its hands has to wait
        command.add("-Dcamel.component.postal.ledger-lease=15s");
        // longer than that and the time-outs together, as it has to be, and than mails are stored late
        command.add("-Dcamel.component.postal.resend-after=70s");
        command.add("-Dcamel.server.host=127.0.0.1");
        command.add("-Dcamel.server.port=" + port);
        command.add(ScaleOutProcess.class.getName());
        command.add(application.getName());
        File log = logs.resolve(name + ".log").toFile();
        return new ScaleOutProcess(name, proxy, port,
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start());
    }

    /** Inside the process. */
    public static void main(String[] application) throws ReflectiveOperationException {
        ForkedJava.endWithTheTest();
        Class.forName(application[0]).getMethod("main", String[].class).invoke(null, (Object) new String[0]);
    }

    String name() {
        return name;
    }

    LossyProxy proxy() {
        return proxy;
    }

    /** Where it takes what Postal posts. */
    URI here(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
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
        process.toHandle().destroy(); // Process.destroy would also close the pipe by which it knows that the test is there
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
    private static String classPath(Class<?> application) {
        if (application.getClassLoader() instanceof URLClassLoader loader) {
            return Arrays.stream(loader.getURLs()).map(url -> Path.of(URI.create(url.toString())).toString())
                    .collect(Collectors.joining(File.pathSeparator));
        }
        return System.getProperty("java.class.path");
    }
}
