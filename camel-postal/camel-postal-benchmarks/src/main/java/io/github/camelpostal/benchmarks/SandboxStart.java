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
package io.github.camelpostal.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Locale;

import io.github.camelpostal.sandbox.PostalSandbox;

/** How long it takes from the start of a JVM until a sandbox in it has responded a request. Its key is kept from start to start. */
public final class SandboxStart {
    private static final int STARTS = 10;
    private static final String KEY = "key.pkcs8";
    private static final String PUBLIC_KEY = "key.x509";

    private SandboxStart() {
    }

    /** @param arguments the directory with the key: starts, sends one mail, says that it was responded, ends */
    public static void main(String[] arguments) throws Exception {
        try (PostalSandbox postal = PostalSandbox.builder().keyPair(kept(Path.of(arguments[0]))).start()) {
            HttpURLConnection request = (HttpURLConnection) postal.url().resolve("/api/v1/send/message").toURL()
                    .openConnection();
            request.setRequestMethod("POST");
            request.setRequestProperty("X-Server-API-Key", postal.apiKey());
            request.setRequestProperty("Content-Type", "application/json");
            request.setDoOutput(true);
            request.getOutputStream()
                    .write("{\"to\":[\"zoe@customer.example\"],\"from\":\"shop@example.com\",\"plain_body\":\"x\"}"
                            .getBytes(StandardCharsets.UTF_8));
            String response = new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Benchmarks.OUT.println(response.contains("\"success\"") ? "responded" : response);
        }
    }

    static void run(PrintStream out) throws Exception {
        Path directory = Files.createTempDirectory("sandbox-start");
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair pair = generator.generateKeyPair();
        Files.write(directory.resolve(KEY), pair.getPrivate().getEncoded());
        Files.write(directory.resolve(PUBLIC_KEY), pair.getPublic().getEncoded());
        start(directory); // the first reads everything from disk
        double[] seconds = new double[STARTS];
        for (int i = 0; i < STARTS; i++) {
            seconds[i] = start(directory);
        }
        Files.delete(directory.resolve(KEY));
        Files.delete(directory.resolve(PUBLIC_KEY));
        Files.delete(directory);
        out.printf(Locale.ROOT, "%nFrom the start of the JVM to the first response, of %d: %s%n", STARTS,
                Table.spread(seconds, "%.2f s"));
    }

    /** From the outside: the time to make the process is in it too. */
    private static double start(Path directory) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), SandboxStart.class.getName(), directory.toString())
                .redirectErrorStream(true).start();
        String line = process.inputReader(StandardCharsets.UTF_8).readLine();
        double seconds = (System.nanoTime() - start) / 1e9;
        if (!"responded".equals(line) || process.waitFor() != 0) {
            throw new IllegalStateException("The sandbox did not response: " + line);
        }
        return seconds;
    }

    private static KeyPair kept(Path directory) throws IOException, GeneralSecurityException {
        KeyFactory keys = KeyFactory.getInstance("RSA");
        return new KeyPair(keys.generatePublic(new X509EncodedKeySpec(Files.readAllBytes(directory.resolve(PUBLIC_KEY)))),
                keys.generatePrivate(new PKCS8EncodedKeySpec(Files.readAllBytes(directory.resolve(KEY)))));
    }
}
