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
package io.github.camelpostal.internal.suppression;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import io.github.camelpostal.suppression.PostalSuppressionList;
import io.github.camelpostal.suppression.RecipientEvent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The requests of a person or a mail client that leaves a stream (RFC 8058). Only POST acts: scanners of mail follow every
 * link with GET. The body of the POST is not looked at: who holds the token and posts, wants to leave, and a client that
 * leaves out {@code List-Unsubscribe=One-Click} is no reason to go on writing to somebody.
 */
public final class UnsubscribeService {

    private static final Logger LOG = LoggerFactory.getLogger(UnsubscribeService.class);
    private static final int LONGEST_TOKEN = 2000;

    private final PostalSuppressionList list;
    private final UnsubscribeTokens tokens;
    private final UnsubscribePages pages;
    private final Clock clock;

    public UnsubscribeService(PostalSuppressionList list, UnsubscribeTokens tokens, UnsubscribePages pages, Clock clock) {
        this.list = list;
        this.tokens = tokens;
        this.pages = pages;
        this.clock = clock;
    }

    public UnsubscribeResponse handle(UnsubscribeRequest request) {
        boolean post = request.method().equals("POST");
        if (!post && !request.method().equals("GET") && !request.method().equals("HEAD")) {
            return response(405, request, UnsubscribePages.Page.NOT_FOUND, null, null, "Allow", "GET, HEAD, POST");
        }
        Optional<UnsubscribeTokens.Target> target = open(request.token());
        if (target.isEmpty()) {
            return response(404, request, UnsubscribePages.Page.NOT_FOUND, null, null);
        }
        String stream = target.get().stream();
        if (!post) {
            return response(200, request, UnsubscribePages.Page.ASK, stream, null);
        }
        RecipientEvent.Unsubscription left = new RecipientEvent.Unsubscription(target.get().address(), stream,
                clock.instant());
        try {
            list.record(left);
        } catch (RuntimeException e) {
            LOG.error("Somebody could not leave a stream: {}", ListFailure.text(e));
            LOG.debug("The suppression list failed", e);
            return response(503, request, UnsubscribePages.Page.LATER, stream, null, "Retry-After", "120");
        }
        return response(200, request, UnsubscribePages.Page.DONE, stream, left);
    }

    private Optional<UnsubscribeTokens.Target> open(@Nullable String token) {
        return token == null || token.isEmpty() || token.length() > LONGEST_TOKEN ? Optional.empty() : tokens.open(token);
    }

    private UnsubscribeResponse response(int status, UnsubscribeRequest request, UnsubscribePages.Page page,
            @Nullable String stream, RecipientEvent.@Nullable Unsubscription left, String... more) {
        UnsubscribePages.Text text = pages.text(page, stream, request.acceptLanguage());
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "text/html; charset=utf-8");
        headers.put("Content-Language", text.language());
        headers.put("Vary", "Accept-Language");
        headers.put("Cache-Control", "no-store");
        // the address of the page is the token
        headers.put("Referrer-Policy", "no-referrer");
        headers.put("X-Robots-Tag", "noindex, nofollow");
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("Content-Security-Policy", UnsubscribePages.SECURITY_POLICY);
        for (int i = 0; i < more.length; i += 2) {
            headers.put(more[i], more[i + 1]);
        }
        return new UnsubscribeResponse(status, headers, request.method().equals("HEAD") ? "" : text.html(), left);
    }
}
