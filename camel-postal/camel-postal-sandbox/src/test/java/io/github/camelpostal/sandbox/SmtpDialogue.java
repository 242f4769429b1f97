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
package io.github.camelpostal.sandbox;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** Says to an SMTP server exactly what it is told to, right or wrong. */
final class SmtpDialogue implements AutoCloseable {
    private static final int TIMEOUT_MS = 30_000;

    private Socket socket;
    private BufferedReader replies;

    SmtpDialogue(int port) {
        try {
            socket = new Socket("127.0.0.1", port);
            socket.setSoTimeout(TIMEOUT_MS);
            listen();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void listen() throws IOException {
        InputStream in = socket.getInputStream();
        replies = new BufferedReader(new InputStreamReader(in, StandardCharsets.ISO_8859_1));
    }

    SmtpDialogue send(String text) {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    SmtpDialogue send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One line of a reply; null when the server has closed the connection. */
    String line() {
        try {
            return replies.readLine();
        } catch (IOException e) {
            if ("Connection reset".equals(e.getMessage())) {
                return null;
            }
            throw new UncheckedIOException(e);
        }
    }

    /** All lines of one reply. */
    List<String> reply() {
        List<String> lines = new ArrayList<>(List.of(line()));
        while (lines.get(lines.size() - 1).startsWith("-", 3)) {
            lines.add(line());
        }
        return lines;
    }

    /** Sends a command and returns the last line of the reply. */
    String ask(String command) {
        List<String> lines = send(command + "\r\n").reply();
        return lines.get(lines.size() - 1);
    }

    /** Encrypts what follows; returns the protocol. */
    String startTls(X509Certificate trusted) {
        try {
            SSLSocket encrypted = (SSLSocket) trusting(trusted).getSocketFactory()
                    .createSocket(socket, "127.0.0.1", socket.getPort(), true);
            encrypted.startHandshake();
            socket = encrypted;
            listen();
            return encrypted.getSession().getProtocol();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static SSLContext trusting(X509Certificate certificate) {
        try {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            trusted.setCertificateEntry("sandbox", certificate);
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
