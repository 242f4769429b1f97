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
package io.github.camelpostal.sandbox.internal.webhook;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLException;

import io.github.camelpostal.sandbox.internal.store.PostalVersion;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.ParseException;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.UnsupportedHttpVersionException;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParserFactory;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Sends one signed request, exactly as Postal's HTTP client does (protocol 4.3): new connection, no redirect, no repeat, no
 * cookie, header names and order as recorded, one time-out over everything. Knows what came back, never what it means.
 */
public final class HttpPoster implements AutoCloseable {
    private static final int KEPT_OF_RESPONSE = 128 * 1024;
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final KeyRing keys;
    private final PostalVersion version;
    private final PrivateTargets privateTargets;
    private final Clock clock;
    private final Duration timeout;
    private final ScheduledExecutorService deadlines;
    private final Set<HttpPost> underWay = new HashSet<>();
    private @Nullable CloseableHttpClient client;
    private boolean closed;

    /**
     * @param version   stands in {@code User-Agent} and decides which signatures there are
     * @param timeout   from DNS to the last byte of the response, for requests without one of their own; 5 seconds unless configured
     *                  (protocol 4.2, 5.1)
     * @param deadlines runs the time-outs, in real time; closed by its owner
     */
    public HttpPoster(KeyRing keys, PostalVersion version, PrivateTargets privateTargets, Clock clock, Duration timeout,
            ScheduledExecutorService deadlines) {
        this.keys = keys;
        this.version = version;
        this.privateTargets = privateTargets;
        this.clock = clock;
        this.timeout = timeout;
        this.deadlines = deadlines;
    }

    /** As the recorded version does it. */
    public HttpPoster(KeyRing keys, Clock clock, Duration timeout, ScheduledExecutorService deadlines) {
        this(keys, PostalVersion.RECORDED, PrivateTargets.reachable(), clock, timeout, deadlines);
    }

    /** Posts now, on the calling thread, and comes back within the time-out. */
    public PostalExchange post(PostalExchange.Request request) {
        Map<String, String> headers = headers(request);
        PostalExchange.Result result = privateTargets.refuse(request.url().getHost())
                ? new PostalExchange.Failure(PostalExchange.Reason.PRIVATE_TARGET, "The target is a private address")
                : send(request, headers);
        return new PostalExchange(request, headers, result, clock.instant());
    }

    /** Ends every request that is under way: the client alone would leave one that is just about to connect. */
    @Override
    public synchronized void close() throws IOException {
        closed = true;
        underWay.forEach(HttpPost::cancel);
        if (client != null) {
            client.close();
        }
    }

    /** Made when first needed: reading the trusted certificates is what would make the start slow. Null when it is closed. */
    private synchronized @Nullable CloseableHttpClient clientFor(HttpPost post) {
        if (closed) {
            return null;
        }
        if (client == null) {
            client = newClient();
        }
        underWay.add(post);
        return client;
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private synchronized void ended(HttpPost post) {
        underWay.remove(post);
    }

    /** Its own timeouts are longer than any request's: it is the deadline that ends a request, whatever is slow. */
    private static CloseableHttpClient newClient() {
        Timeout each = Timeout.of(LONGEST);
        return HttpClients.custom()
                .setRequestExecutor(new EarlyResponseExecutor())
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        // the usual parser skips what is no HTTP; Postal's fails on it, with other consequences
                        .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                                .responseParserFactory(DefaultHttpResponseParserFactory.INSTANCE).build())
                        .setMaxConnTotal(Integer.MAX_VALUE)
                        .setMaxConnPerRoute(Integer.MAX_VALUE)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(each).setSocketTimeout(each).build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(each).setProtocolUpgradeEnabled(false).setExpectContinueEnabled(false).build())
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .disableDefaultUserAgent()
                .disableConnectionState()
                .build();
    }

    private Map<String, String> headers(PostalExchange.Request request) {
        SigningKey key = keys.signing();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Accept-Encoding", "gzip;q=1.0,deflate;q=0.6,identity;q=0.3");
        headers.put("Accept", "*/*");
        headers.put("User-Agent", "Postal/" + version);
        if (request.url().getRawUserInfo() != null) {
            // built from the still percent-encoded user and password (protocol 4.3)
            byte[] credentials = request.url().getRawUserInfo().getBytes(StandardCharsets.UTF_8);
            headers.put("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials));
        }
        headers.put("Content-Type", request.contentType());
        if (version.hasKeySet()) {
            headers.put("X-Postal-Signature-Kid", key.id());
        }
        headers.put("X-Postal-Signature", key.sha1(request.body()));
        if (version.hasKeySet()) {
            headers.put("X-Postal-Signature-256", key.sha256(request.body()));
        }
        headers.put("Connection", "close");
        headers.put("Host", host(request.url()));
        return headers;
    }

    private PostalExchange.Result send(PostalExchange.Request request, Map<String, String> headers) {
        URI url = request.url();
        HttpPost post = new HttpPost(pathAndQuery(url));
        headers.forEach(post::addHeader);
        post.setEntity(new ByteArrayEntity(request.body(), null));
        CloseableHttpClient http = clientFor(post); // made before the time-out begins: the first time takes a while
        if (http == null) {
            return new PostalExchange.Failure(PostalExchange.Reason.CONNECTION, "The sandbox is closed");
        }
        Duration allowed = request.timeout() == null ? timeout : request.timeout();
        ScheduledFuture<?> deadline = deadlines.schedule(post::cancel, allowed.toMillis(), TimeUnit.MILLISECONDS);
        try {
            return http.execute(new HttpHost(url.getScheme(), url.getHost(), url.getPort()), post, HttpPoster::response);
        } catch (IOException e) {
            return failure(e, post.isCancelled() && !isClosed(), allowed);
        } catch (RuntimeException e) {
            return new PostalExchange.Failure(PostalExchange.Reason.CONNECTION,
                    "No connection: " + e.getClass().getSimpleName());
        } finally {
            deadline.cancel(false);
            ended(post);
        }
    }

    private static PostalExchange.Result response(ClassicHttpResponse response) throws HttpException, IOException {
        if (response.getEntity() == null) {
            return new PostalExchange.Response(response.getCode(), new byte[0]);
        }
        try (InputStream body = response.getEntity().getContent()) {
            byte[] kept = body.readNBytes(KEPT_OF_RESPONSE);
            body.transferTo(OutputStream.nullOutputStream());
            return new PostalExchange.Response(response.getCode(), kept);
        }
    }

    private static PostalExchange.Result failure(IOException e, boolean cancelled, Duration allowed) {
        if (cancelled || e instanceof SocketTimeoutException) {
            return new PostalExchange.Failure(PostalExchange.Reason.TIMEOUT,
                    "No complete response within " + allowed.toSeconds() + " s");
        }
        if (e instanceof SSLException) {
            return new PostalExchange.Failure(PostalExchange.Reason.TLS, "TLS failed");
        }
        Throwable cause = e.getCause();
        boolean notHttp = cause instanceof ProtocolException || cause instanceof ParseException
                || cause instanceof UnsupportedHttpVersionException;
        return notHttp
                ? new PostalExchange.Failure(PostalExchange.Reason.NOT_HTTP, "The response is not HTTP")
                : new PostalExchange.Failure(PostalExchange.Reason.CONNECTION, "No connection, or closed before a response");
    }

    private static String pathAndQuery(URI url) {
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
    }

    private static String host(URI url) {
        boolean usual = url.getPort() < 0 || url.getPort() == ("https".equals(url.getScheme()) ? 443 : 80);
        return usual ? url.getHost() : url.getHost() + ":" + url.getPort();
    }
}
