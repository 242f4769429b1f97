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
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import io.github.camelpostal.internal.webhook.Answer;
import io.github.camelpostal.internal.webhook.Counters;
import io.github.camelpostal.internal.webhook.FrontDoor;
import io.github.camelpostal.internal.webhook.Receiver;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.util.UriUtils;

/**
 * Takes what Postal posts out of the servlet container before anybody else sees it: body bytes as they were sent, and
 * answers that are the component's alone.
 *
 * <p>It prevents the loss of mail in three ways. The container accepts connections before there are routes and after they
 * have gone, and would answer 404, which makes Postal bounce the mail (contract 4.5): here it is 503. Whoever reads a form
 * before us changes the bytes that were signed. And a later filter may refuse with a status of its own, such as the 403
 * of a CSRF check.
 */
public final class PostalFilter implements Filter, FrontDoor {

    private static final Logger LOG = LoggerFactory.getLogger(PostalFilter.class);

    private final Map<String, Receptionist> receptionists = new ConcurrentHashMap<>();
    private final Counters refused = new Counters(Clock.systemUTC());
    private final Arrivals arrivals = new Arrivals();
    private final AtomicBoolean strayIsKnown = new AtomicBoolean();
    private volatile CamelContext camelContext;

    /** The context whose routes decide what is mounted; before it is known, none has started. */
    void serve(CamelContext context) {
        camelContext = context;
    }

    @Override
    public void mount(String path, Receptionist receptionist) {
        receptionists.put(UriUtils.decode(path, StandardCharsets.UTF_8), receptionist);
    }

    @Override
    public void doFilter(ServletRequest arrived, ServletResponse open, FilterChain others)
            throws IOException, ServletException {
        HttpServletRequest request = (HttpServletRequest) arrived;
        HttpServletResponse response = (HttpServletResponse) open;
        ArrivedRequest posted = new ArrivedRequest(request, response);
        Optional<Supplier<Answer>> reception = reception(posted);
        if (reception.isPresent() && request.isAsyncSupported()) {
            arrivals.answer(reception.get(), posted, request.startAsync(request, response));
        } else if (reception.isPresent()) {
            posted.write(reception.get().get());
        } else if (posted.isFromPostal()) {
            others.doFilter(request, new StrayResponse(response, () -> posted.write(refuseStray(posted))));
        } else {
            others.doFilter(request, response);
        }
    }

    /** Empty when the request is none of our business. */
    private Optional<Supplier<Answer>> reception(ArrivedRequest request) {
        String path = request.path();
        Receptionist exactly = receptionists.get(path);
        if (exactly != null) {
            return Optional.of(() -> exactly.at(request));
        }
        for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
            Receptionist above = receptionists.get(path.substring(0, slash));
            if (above != null) {
                return Optional.of(() -> above.below(path, request));
            }
        }
        return request.isFromPostal() && !hasStarted() ? Optional.of(() -> refuse(request)) : Optional.empty();
    }

    /** Only then is it known what is mounted. */
    private boolean hasStarted() {
        CamelContext context = camelContext;
        return context != null && context.isStarted();
    }

    private Answer refuse(ArrivedRequest request) {
        return Receiver.refuse(request, Answer.NOT_OPEN, refused);
    }

    private Answer refuseStray(ArrivedRequest request) {
        if (strayIsKnown.compareAndSet(false, true)) {
            LOG.warn("Postal posts to a path where nobody listens, and is told to try again later. Compare the URLs of its"
                    + " webhooks and HTTP endpoints with the paths of postal:webhook: {}", receptionists.keySet());
        }
        return refuse(request);
    }

    @Override
    public void destroy() {
        arrivals.close();
    }
}
