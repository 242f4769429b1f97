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
package io.github.camelpostal.testing;

import java.io.BufferedReader;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process of its own, of the JDK and class path that the tests run with, and with JVM options that a test chooses.
 */
public final class ForkedJava implements AutoCloseable {

    private static final String MARK = "report: ";
    private static final int MIB = 1024 * 1024;

    private final Process process;
    private final BufferedReader output;
    private final List<String> said = new ArrayList<>();

    private ForkedJava(Process process) {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
    }

    public static ForkedJava start(Class<?> main, List<String> jvmOptions, String... arguments) throws IOException {
        return start(System.getProperty("java.class.path"), main, jvmOptions, arguments);
    }

    /** With another class path. */
    public static ForkedJava start(String classPath, Class<?> main, List<String> jvmOptions, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:+ExitOnOutOfMemoryError");
        command.addAll(jvmOptions);
        command.add("-cp");
        command.add(classPath);
        command.add(main.getName());
        command.addAll(List.of(arguments));
        return new ForkedJava(new ProcessBuilder(command).redirectErrorStream(true).directory(new File("target")).start());
    }

    /** What it reports next; an error with everything that it said when it ends before. */
    public String report() throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(MARK)) {
                return line.substring(MARK.length());
            }
            said.add(line);
        }
        throw new AssertionError("The process ended with " + exitCode(10) + " and said:\n" + String.join("\n", said));
    }

    /** Asks it to end, as a service manager does (SIGTERM), and waits until it has. */
    public void terminate() {
        process.toHandle().destroy(); // Process.destroy would also close the pipes
        awaitEnd();
    }

    /** Ends it in the middle of whatever it does (SIGKILL). */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    @Override
    public void close() {
        kill();
    }

    private void awaitEnd() {
        if (exitCode(60) < 0) {
            process.destroyForcibly();
            throw new AssertionError("The process did not end within a minute");
        }
    }

    /** -1 as long as it has none. */
    private int exitCode(long seconds) {
        try {
            return process.waitFor(seconds, TimeUnit.SECONDS) ? process.exitValue() : -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }

    // ---- inside the process -----------------------------------------------------------------------------------------

    /** Ends this process when the test's process has ended, however that came about. */
    public static void endWithTheTest() {
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
    }

    /** Tells the test something. */
    public static void tell(String text) {
        try {
            OutputStream out = new FileOutputStream(FileDescriptor.out);
            out.write((MARK + text + '\n').getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The most heap that was in use at once, garbage included, in MiB. */
    public static long peakHeap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream().filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage).mapToLong(usage -> usage.getUsed()).sum() / MIB;
    }
}
