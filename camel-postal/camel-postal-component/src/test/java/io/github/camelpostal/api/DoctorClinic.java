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
package io.github.camelpostal.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.camelpostal.internal.codec.PayloadDecoder;
import io.github.camelpostal.payload.Content;
import io.github.camelpostal.payload.PayloadException;
import io.github.camelpostal.payload.PostalPayload;
import io.github.camelpostal.sandbox.HttpEndpoint;
import io.github.camelpostal.sandbox.PostalSandbox;
import io.github.camelpostal.sandbox.SandboxBuilder;
import io.github.camelpostal.testing.DnsServer;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;

/** A mail server where everything is right, with its DNS and the application that it posts to, until a test plants a mistake. */
final class DoctorClinic implements AutoCloseable {

    static final String DOMAIN = "ours.test";
    static final String HOST = "postal.test";
    static final String SMTP_KEY = "SmtpKeyNotASecret0000000";
    private static final String DKIM = "postal-AbCdEf._domainkey." + DOMAIN;

    final PostalSandbox postal;
    final DnsServer dns = new DnsServer();
    final HttpServer application;
    final CountDownLatch slow = new CountDownLatch(1);
    String url;
    String host = HOST;
    String key;
    String publicKey;
    String from = "shop@" + DOMAIN;
    Clock clock = Clock.systemUTC();
    boolean isSlow;
    int responds = 200;
    DoctorLoop loop;
    private final List<PostalPayload> received = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    DoctorClinic(UnaryOperator<SandboxBuilder> settings) {
        postal = settings.apply(PostalSandbox.builder().host(HOST).domain(DOMAIN)
                .server(server -> server.smtpKey(SMTP_KEY))).start();
        url = postal.url().toString();
        key = postal.apiKey();
        publicKey = postal.publicKeyBase64();
        try {
            application = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        application.setExecutor(threads);
        application.createContext("/postal", this::receive);
        application.start();
        URI here = URI.create("http://127.0.0.1:" + application.getAddress().getPort() + "/postal");
        postal.routeTo("loop@" + DOMAIN, HttpEndpoint.of(here));
        postal.postEventsTo(here);
        publishDns();
    }

    void sendALoop() {
        loop = DoctorLoop.of("loop@" + DOMAIN, from).withTimeout(Duration.ofSeconds(20)).withReceived(() -> received);
    }

    private void publishDns() {
        dns.add(DOMAIN, "TXT", "v=spf1 a mx include:spf." + HOST + " ~all");
        dns.add(DOMAIN, "TXT", "postal-verification 0123456789abcdef0123456789abcdef");
        dns.add(DOMAIN, "MX", "10 mx." + HOST + ".");
        dns.add(DKIM, "TXT", "v=DKIM1; t=s; h=sha256; p=" + postal.publicKeyBase64() + ";");
        dns.add("psrp." + DOMAIN, "CNAME", "rp." + HOST + ".");
        dns.add("_dmarc." + DOMAIN, "TXT", "v=DMARC1; p=quarantine");
        dns.add(HOST, "A", "192.0.2.10");
        dns.add("mail." + HOST, "A", "192.0.2.10");
        dns.add("10.2.0.192.in-addr.arpa", "PTR", "mail." + HOST + ".");
        dns.add("spf." + HOST, "TXT", "v=spf1 ip4:192.0.2.10 ~all");
        dns.add("rp." + HOST, "MX", "10 mx." + HOST + ".");
    }

    /** Replaces one record of the domain. */
    void publish(String name, String type, String data) {
        String at = name.isEmpty() ? DOMAIN : name + "." + DOMAIN;
        dns.remove(at, type);
        if (data != null) {
            dns.add(at, type, data);
        }
    }

    DoctorReport examine() {
        try (CloseableHttpClient http = HttpClients.custom().disableAutomaticRetries().build()) {
            return PostalDoctor.of(http, new ServerAccess(URI.create(url), () -> key, host)).withPublicKey(publicKey)
                    .withFrom(from).withClock(clock).withNameServer(dns.address()).withLoop(loop)
                    .withDomain(DoctorDomain.of(DOMAIN).withDkimSelector("postal-AbCdEf").withSpfInclude("spf." + HOST)
                            .withReturnPathDomain("rp." + HOST).withMailExchanges(List.of("mx." + HOST)))
                    .examine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void receive(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (isSlow) {
            awaitTheEnd();
        }
        try {
            received.add(new PayloadDecoder(Long.MAX_VALUE).decode(exchange.getRequestHeaders().getFirst("Content-Type"),
                    Content.of(body)));
        } catch (PayloadException e) {
            throw new IOException(e);
        }
        exchange.sendResponseHeaders(responds, -1);
        exchange.close();
    }

    private void awaitTheEnd() {
        try {
            slow.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        slow.countDown();
        postal.close();
        application.stop(0);
        threads.shutdownNow();
        dns.close();
    }
}
