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
package io.github.camelpostal.sandbox.internal.page;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.github.camelpostal.sandbox.internal.delivery.MailRouter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything under {@link #PREFIX}: finds what was asked for and responds. Whoever calls it has checked the Host. A GET never
 * changes anything; a POST must come from the page itself.
 */
public final class Page implements HttpHandler, AutoCloseable {
    /** The path under which the page lives. */
    public static final String PREFIX = "/ui";
    private static final Logger LOG = LoggerFactory.getLogger(Page.class);

    private final Mailbox mailbox;
    private final PageViews views;
    private final PageActions acts;
    private final Templates templates = new Templates();
    private final LiveUpdates updates;

    /**
     * @param smtpAddress host and port where mail is taken; null if there is no SMTP server
     * @param clock   what time it is now, and in which zone times are shown
     * @param threads on which open pages wait for news
     */
    public Page(MailRouter router, @Nullable String smtpAddress, Clock clock, ThreadFactory threads) {
        this.mailbox = new Mailbox(router, smtpAddress);
        this.views = new PageViews(mailbox, templates, clock);
        this.acts = new PageActions(mailbox, clock);
        this.updates = new LiveUpdates(mailbox, threads);
    }

    /** The URL of a mail server's page. */
    static String base(String server) {
        return PREFIX + "/" + URLEncoder.encode(server, StandardCharsets.UTF_8);
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try {
            PageRequest request = PageRequest.of(exchange, PREFIX);
            if (request.reads() && request.steps().equals(List.of("changes"))) {
                updates.respond(exchange, seen(request));
            } else {
                respond(request).send(exchange);
            }
        } catch (PageRequest.TooLargeException e) {
            PageResponse.text(413, "This is larger than any mail that Postal takes.\n").send(exchange);
        } catch (RuntimeException e) {
            LOG.error("The page failed", e);
            PageResponse.text(500, "The page failed; the sandbox's log says more.\n").send(exchange);
        }
    }

    /** Postal's own pages begin with a login, which the sandbox has not: it leads to the page. */
    public void leadHere(HttpExchange exchange) throws IOException {
        PageResponse.seeOther(PREFIX).send(exchange);
    }

    @Override
    public void close() {
        updates.close();
    }

    private PageResponse respond(PageRequest request) {
        if (request.reads()) {
            return show(request);
        }
        if (!request.method().equals("POST")) {
            return PageResponse.text(405, "Only GET and POST.\n").with("Allow", "GET, HEAD, POST");
        }
        if (!SameOrigin.mayChange(request)) {
            LOG.debug("Refused a POST that does not come from the page");
            return PageResponse.text(403,
                    "What changes something must come from the page itself. A program that is no browser sends "
                            + SameOrigin.SCRIPT_HEADER + ": 1\n");
        }
        return change(request);
    }

    private PageResponse show(PageRequest request) {
        List<String> steps = request.steps();
        if (steps.isEmpty()) {
            return PageResponse.seeOther(base(mailbox.servers().get(0).key()));
        }
        if (steps.size() == 2 && steps.get(0).equals("assets") && templates.hasAsset(steps.get(1))) {
            return templates.asset(steps.get(1));
        }
        Optional<PageViews.Place> place = views.place(request);
        if (place.isEmpty()) {
            return views.nothing(request);
        }
        return switch (steps.size()) {
            case 1 -> views.overview(place.get());
            case 2 -> switch (steps.get(1)) {
                case "posts" -> views.posts(place.get());
                case "receive" -> views.draft(place.get(), 200, MailDraft.EMPTY, null);
                default -> views.nothing(request);
            };
            default -> steps.get(1).equals("messages") ? views.message(place.get()) : views.nothing(request);
        };
    }

    private PageResponse change(PageRequest request) {
        List<String> steps = request.steps();
        Optional<PageViews.Place> place = views.place(request);
        try {
            if (place.isPresent() && steps.size() == 2 && steps.get(1).equals("receive")) {
                return receive(place.get(), PageActions.draft(request));
            }
            if (place.isPresent() && steps.size() == 4 && steps.get(1).equals("messages") && place.get().id() > 0) {
                MessageDetailView.Tab tab = acts.act(place.get().server(), place.get().id(), steps.get(3), request);
                return tab == null
                        ? views.nothing(request)
                        : PageResponse.seeOther(place.get().base() + "/messages/" + place.get().id() + "/" + tab.path());
            }
            return views.nothing(request);
        } catch (Mailbox.RefusedException e) {
            return views.refusal(place.orElseThrow(), e.getMessage());
        } catch (PageRequest.MalformedException e) {
            return PageResponse.text(400, "This is not a form that a browser would send.\n");
        }
    }

    private PageResponse receive(PageViews.Place place, MailDraft draft) {
        try {
            Mailbox.Place arrived = acts.receive(draft);
            return PageResponse.seeOther(base(arrived.server()) + "/messages/" + arrived.id());
        } catch (Mailbox.RefusedException e) {
            return views.draft(place, 422, draft, e.getMessage());
        }
    }

    private static long seen(PageRequest request) {
        return request.query("since").matches("\\d{1,18}") ? Long.parseLong(request.query("since")) : -1;
    }
}
