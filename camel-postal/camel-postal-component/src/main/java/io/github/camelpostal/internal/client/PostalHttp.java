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
package io.github.camelpostal.internal.client;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

import com.fasterxml.jackson.core.JsonParser;
import io.github.camelpostal.api.PostalAccessException;
import io.github.camelpostal.api.PostalErrorCode;
import io.github.camelpostal.api.PostalException;
import io.github.camelpostal.api.ServerAccess;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.Configurable;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.net.URIAuthority;
import org.apache.hc.core5.util.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes one HTTP request for a call and reads its response. Knows where Postal is and what HTTP needs; not what the JSON
 * says.
 *
 * <p>A connection goes back to the pool only when its response was read to the end that HTTP gave it. Any other is closed, so that
 * no doubt about one call reaches the next.
 */
public final class PostalHttp {

    private static final Logger LOG = LoggerFactory.getLogger(PostalHttp.class);
    private static final String KEY_HEADER = "X-Server-API-Key";
    /** Without it errors are HTML pages (protocol 2.4). */
    private static final Header ACCEPT_JSON = new BasicHeader(HttpHeaders.ACCEPT, "application/json");

    private final HttpClient http;
    private final ServerAccess server;
    private final HttpHost target;
    private final URIAuthority authority;
    private final Map<ApiCall, URI> paths = new EnumMap<>(ApiCall.class);
    private final RequestConfig requestConfig;

    public PostalHttp(HttpClient http, ServerAccess server) {
        this.http = http;
        this.server = server;
        this.target = target(server.baseUrl());
        this.authority = new URIAuthority(target);
        for (ApiCall call : ApiCall.values()) {
            paths.put(call, URI.create(prefix(server.baseUrl()) + call.path()));
        }
        RequestConfig config = http instanceof Configurable configurable ? configurable.getConfig() : null;
        this.requestConfig = RequestConfig.copy(config == null ? RequestConfig.DEFAULT : config).setRedirectsEnabled(false)
                .build();
    }

    private PostalHttp(PostalHttp other, RequestConfig requestConfig) {
        this.http = other.http;
        this.server = other.server;
        this.target = other.target;
        this.authority = other.authority;
        this.paths.putAll(other.paths);
        this.requestConfig = requestConfig;
    }

    /** The same server, for calls that wait so long at most for a connection, and so long again for a response. */
    public PostalHttp within(Duration time) {
        Timeout timeout = Timeout.of(time);
        return new PostalHttp(this, RequestConfig.copy(requestConfig).setConnectionRequestTimeout(timeout)
                .setResponseTimeout(timeout).build());
    }

    /** Makes the call. */
    public <T> T post(ApiCall call, RequestWriter document, ResponseReader.Data<T> data) throws PostalException {
        return exchange(call, document, data).dataOf(call);
    }

    /** Makes the probe, for which Postal's complaint about the missing id is the success. */
    public void probe() throws PostalException {
        ApiResponse<Boolean> response = exchange(ApiCall.PROBE, new RequestWriter.ForProbe(), PostalHttp::skip);
        if (!(response instanceof ApiResponse.Refusal<Boolean> refusal && refusal.code() == PostalErrorCode.PARAMETER_ERROR)) {
            response.dataOf(ApiCall.PROBE);
        }
    }

    /** Whether Postal lets the mail server send from this address; sends nothing. */
    public boolean probeSender(String from) throws PostalException {
        ApiResponse<Boolean> response = exchange(ApiCall.SENDER_PROBE, new RequestWriter.ForSenderProbe(from),
                PostalHttp::skip);
        if (response instanceof ApiResponse.Refusal<Boolean> refusal) {
            switch (refusal.code()) {
                case ATTACHMENT_MISSING_NAME :
                    return true;
                case UNAUTHENTICATED_FROM_ADDRESS :
                    return false;
                default :
                    response.dataOf(ApiCall.SENDER_PROBE);
            }
        }
        return true; // never, unless Postal no longer minds
    }

    /** Nobody needs what Postal says to a probe beyond its code. */
    private static boolean skip(JsonParser json) throws IOException {
        json.skipChildren();
        return true;
    }

    private <T> ApiResponse<T> exchange(ApiCall call, RequestWriter document, ResponseReader.Data<T> data)
            throws PostalException {
        HttpPost request = request(call);
        RequestBody body = new RequestBody(document, request::abort);
        request.setEntity(body);
        try (CallTimeout timeout = CallTimeout.start(call, body, requestConfig.getResponseTimeout(), request::abort)) {
            return read(call, http.executeOpen(target, request, null), body, data);
        } catch (IOException | RuntimeException e) {
            throw ExceptionMapper.noResponse(call, body, e);
        } finally {
            // Closes the connection, unless the response was read to its end and it is back in the pool. Closing the response
            // instead would read on, and might turn a response that was complete into a failure.
            request.abort();
        }
    }

    private <T> ApiResponse<T> read(ApiCall call, ClassicHttpResponse response, RequestBody body, ResponseReader.Data<T> data)
            throws PostalException, IOException {
        int status = response.getCode();
        LOG.debug("{}: HTTP {}", call, status);
        if (status != HttpStatus.SC_OK) {
            throw ExceptionMapper.status(call, body, status, ResponseReader.statusWord(response.getEntity()));
        }
        try {
            return ResponseReader.read(response.getEntity(), call, data);
        } catch (UnreadableResponseException e) {
            throw ExceptionMapper.notUnderstood(call, body, status, e);
        }
    }

    private HttpPost request(ApiCall call) throws PostalAccessException {
        HttpPost request = new HttpPost(paths.get(call));
        request.setScheme(target.getSchemeName());
        request.setAuthority(authority);
        request.setConfig(requestConfig);
        if (server.hostHeader() != null) {
            request.setHeader(HttpHeaders.HOST, server.hostHeader());
        }
        request.setHeader(ACCEPT_JSON);
        request.setHeader(new ApiKeyHeader(key(call)));
        return request;
    }

    private String key(ApiCall call) throws PostalAccessException {
        String given = server.apiKey().get();
        String key = given == null ? "" : given.trim();
        if (key.isEmpty()) {
            throw ExceptionMapper.access(call, PostalErrorCode.ACCESS_DENIED, "there is no API key; set apiKey");
        }
        if (!isVisibleAscii(key)) {
            throw ExceptionMapper.access(call, PostalErrorCode.INVALID_SERVER_API_KEY,
                    "the API key has characters that no key of Postal has; it consists of letters and digits");
        }
        return key;
    }

    /** HttpClient's DEBUG log of headers writes them by their text, so that text is without the key. */
    private static final class ApiKeyHeader extends BasicHeader {

        private static final long serialVersionUID = 1L;

        ApiKeyHeader(String key) {
            super(KEY_HEADER, key, true);
        }

        @Override
        public String toString() {
            return KEY_HEADER + ": (hidden)";
        }
    }

    private static boolean isVisibleAscii(String key) {
        for (int i = 0; i < key.length(); i++) {
            if (key.charAt(i) <= 0x20 || key.charAt(i) >= 0x7f) {
                return false;
            }
        }
        return true;
    }

    private static HttpHost target(URI baseUrl) {
        try {
            // not getHost(): it is null for names with an underscore, which containers often have
            URIAuthority authority = URIAuthority.create(baseUrl.getRawAuthority());
            return new HttpHost(baseUrl.getScheme(), authority.getHostName(), authority.getPort());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("The URL of the Postal server names no usable host", e);
        }
    }

    private static String prefix(URI baseUrl) {
        String path = baseUrl.getRawPath() == null ? "" : baseUrl.getRawPath();
        while (path.endsWith("/")) {
            path = path.substring(0, path.length() - 1);
        }
        return path + "/api/v1/";
    }
}
