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
package io.github.camelpostal.springboot;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import io.github.camelpostal.internal.suppression.UnsubscribeLink;
import io.github.camelpostal.internal.webhook.WebhookHandler;
import io.github.camelpostal.internal.webhook.WebhookRequest;
import io.github.camelpostal.internal.webhook.WebhookResponse;
import io.github.camelpostal.internal.webhook.WebhookServer;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.ClassUtils;
import org.springframework.web.util.UriUtils;

/**
 * Takes Postal's requests out of the servlet container before anybody else sees them: body bytes as they were sent, and
 * responses that are the component's alone.
 *
 * <p>It prevents the loss of mail in three ways. The container accepts connections before there are routes and after they
 * have gone, and would respond with 404, which makes Postal bounce the mail (protocol 4.5): here it is 503. Whoever reads a
 * form before us changes the bytes that were signed. And a later filter may refuse with a status of its own, such as the 403
 * of a CSRF check.
 */
public final class PostalFilter implements Filter, WebhookServer {

    private static final Logger LOG = LoggerFactory.getLogger(PostalFilter.class);
    private static final boolean UNDERTOW = ClassUtils.isPresent("io.undertow.servlet.handlers.ServletRequestContext",
            PostalFilter.class.getClassLoader());

    private final Map<String, WebhookHandler> handlers = new ConcurrentHashMap<>();
    private final AtomicBoolean unmatchedIsReported = new AtomicBoolean();
    private volatile @Nullable CamelContext camelContext;

    /** The context whose routes decide what is mounted; before it is known, none has started. */
    void serve(CamelContext context) {
        camelContext = context;
    }

    @Override
    public void mount(String path, WebhookHandler handler) {
        handlers.put(UriUtils.decode(path, StandardCharsets.UTF_8), handler);
    }

    @Override
    public void doFilter(ServletRequest arrived, ServletResponse open, FilterChain others)
            throws IOException, ServletException {
        HttpServletRequest request = (HttpServletRequest) arrived;
        HttpServletResponse response = (HttpServletResponse) open;
        ServletWebhookRequest postal = new ServletWebhookRequest(request, response);
        Optional<WebhookHandler> handler = handlerOf(postal);
        if (handler.isPresent()) {
            AsyncDispatcher.dispatch(request, response, postal, handler.get());
            return;
        }
        if (UNDERTOW) {
            UndertowBodyLimit.putBack();
        }
        if (postal.isFromPostal()) {
            UnmatchedResponse unmatched = new UnmatchedResponse(response);
            others.doFilter(request, unmatched);
            if (unmatched.isUnmatched() && !request.isAsyncStarted() && !response.isCommitted()) {
                reportUnmatched();
                response.reset();
                AsyncDispatcher.dispatch(request, response, postal, PostalFilter::refuse);
            }
        } else {
            others.doFilter(request, response);
        }
    }

    /** Empty if the request is not for one of our paths. */
    private Optional<WebhookHandler> handlerOf(ServletWebhookRequest request) {
        String path = request.path();
        WebhookHandler exactly = handlers.get(path);
        if (exactly != null) {
            return Optional.of(exactly);
        }
        for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
            WebhookHandler above = handlers.get(path.substring(0, slash));
            if (above != null) {
                return Optional.of(above);
            }
        }
        boolean isOurs = request.isFromPostal() || request.query().filter(UnsubscribeLink::isQuery).isPresent();
        return isOurs && !hasStarted() ? Optional.of(PostalFilter::refuse) : Optional.empty();
    }

    /** Only then is it known what is mounted. */
    private boolean hasStarted() {
        CamelContext context = camelContext;
        return context != null && context.isStarted();
    }

    private static CompletionStage<WebhookResponse> refuse(WebhookRequest request) {
        return request.refuse(WebhookResponse.NOT_OPEN);
    }

    private void reportUnmatched() {
        if (unmatchedIsReported.compareAndSet(false, true)) {
            LOG.warn("Postal posts to a path where nobody listens; it gets 503 and will try again. Compare the URLs of its"
                    + " webhooks and HTTP endpoints with the paths of postal:webhook: {}", handlers.keySet());
        }
    }
}
