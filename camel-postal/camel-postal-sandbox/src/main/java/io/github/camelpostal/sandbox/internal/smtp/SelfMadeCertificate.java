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
package io.github.camelpostal.sandbox.internal.smtp;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A certificate for 127.0.0.1 and localhost that nobody has signed but itself, made by the keytool of the running JVM.
 *
 * @param certificate what a client has to trust
 * @param context     what a server needs
 */
public record SelfMadeCertificate(X509Certificate certificate, SSLContext context) {
    private static final String ALIAS = "sandbox";
    private static final String NO_SECRET = "not-a-secret";
    private static final int TIMEOUT_SECONDS = 60;
    private static final Map<String, SelfMadeCertificate> MADE = new HashMap<>();

    /**
     * Made once for all sandboxes of the process, because the keytool takes a second.
     *
     * @throws IOException when the keytool cannot be run or fails
     */
    public static SelfMadeCertificate of(String hostname) throws IOException {
        synchronized (MADE) {
            SelfMadeCertificate made = MADE.get(hostname);
            if (made == null) {
                made = create(hostname);
                MADE.put(hostname, made);
            }
            return made;
        }
    }

    private static SelfMadeCertificate create(String hostname) throws IOException {
        Path folder = Files.createTempDirectory("postal-sandbox");
        Path file = folder.resolve("keys.p12");
        try {
            run(new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair",
                    "-alias", ALIAS, "-keyalg", "EC", "-dname", "CN=" + hostname, "-ext",
                    "SAN=dns:" + hostname + ",dns:localhost,ip:127.0.0.1", "-validity", "3650", "-keystore", file.toString(),
                    "-storetype", "PKCS12", "-storepass", NO_SECRET));
            return read(file);
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(folder);
        }
    }

    private static void run(ProcessBuilder keytool) throws IOException {
        Process process = keytool.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        try {
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("The keytool has not made a certificate within " + TIMEOUT_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while the keytool made a certificate", e);
        }
        if (process.exitValue() != 0) {
            throw new IOException("The keytool has made no certificate: it ended with " + process.exitValue());
        }
    }

    private static SelfMadeCertificate read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, NO_SECRET.toCharArray());
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, NO_SECRET.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return new SelfMadeCertificate((X509Certificate) keys.getCertificate(ALIAS), context);
        } catch (GeneralSecurityException e) {
            throw new IOException("The certificate that was just made cannot be read", e);
        }
    }
}
