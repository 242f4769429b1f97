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

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.sun.net.httpserver.Headers;
import io.github.camelpostal.sandbox.internal.page.Mailbox.MessageDetail;
import io.github.camelpostal.sandbox.internal.page.Mailbox.Server;
import io.github.camelpostal.sandbox.internal.page.MessageDetailView.Tab;
import org.jspecify.annotations.Nullable;

/** What can be looked at. Changes nothing. */
final class PageViews {
    private final Mailbox mailbox;
    private final Templates templates;
    private final Clock clock;

    PageViews(Mailbox mailbox, Templates templates, Clock clock) {
        this.mailbox = mailbox;
        this.templates = templates;
        this.clock = clock;
    }

    /**
     * Where a request leads.
     *
     * @param server the mail server's key
     * @param base   the URL of its page
     * @param id     of the message; 0 without
     */
    record Place(String server, String base, long id, PageRequest request) {
    }

    /** What surrounds a page that says that something is not there, or could not be done. */
    record Note(Layout frame, String heading, String text) {
    }

    /** Empty when there is no such mail server. */
    Optional<Place> place(PageRequest request) {
        List<String> steps = request.steps();
        return mailbox.servers().stream().map(Server::key).filter(key -> !steps.isEmpty() && key.equals(steps.get(0)))
                .map(key -> new Place(key, Page.base(key),
                        steps.size() > 2 && steps.get(2).matches("\\d{1,18}") ? Long.parseLong(steps.get(2)) : 0, request))
                .findFirst();
    }

    PageResponse overview(Place place) {
        return setup("overview", "Messages", place);
    }

    PageResponse posts(Place place) {
        return setup("posts", "Webhook requests", place);
    }

    private PageResponse setup(String kind, String title, Place place) {
        Layout frame = frame(title, kind, place, "");
        return PageResponse.page(200, templates.render(kind, SetupView.of(frame, place.request().host(),
                mailbox.setup(place.server()), mailbox.posts(place.server()), kind.equals("posts"), clock)));
    }

    PageResponse draft(Place place, int status, MailDraft draft, @Nullable String refusal) {
        List<String> routes = mailbox.setup(place.server()).routes().stream().map(Mailbox.Mapping::pattern)
                .filter(pattern -> pattern.contains("@")).map(pattern -> pattern.replace("*@", "anyone@")).toList();
        return PageResponse.page(status, templates.render("draft",
                new MailDraftView(frame("Send a test mail in", "draft", place, ""), draft, refusal, routes, routes.isEmpty())));
    }

    /** The message's page, or one of the things that belong to it. */
    PageResponse message(Place place) {
        Optional<MessageDetail> found = mailbox.message(place.server(), place.id());
        List<String> steps = place.request().steps();
        if (found.isEmpty() || steps.size() > 5) {
            return nothing(place.request());
        }
        MailContent content = MailContent.of(found.get().raw());
        if (steps.size() == 5) {
            return steps.get(3).equals("files") ? file(content, steps.get(4), place) : nothing(place.request());
        }
        String part = steps.size() == 3 ? "" : steps.get(3);
        Tab tab = part.isEmpty() ? content.html() != null ? Tab.HTML : Tab.TEXT : Tab.of(part);
        return switch (part) {
            case "frame" -> frame(content, place);
            case "download" -> PageResponse.download("message-" + place.id() + ".eml", found.get().raw());
            default -> tab == null ? nothing(place.request()) : tab(found.get(), content, tab, part, place);
        };
    }

    PageResponse nothing(PageRequest request) {
        return note(place(request), 404, "Not found",
                "There is nothing here. Messages are forgotten when the sandbox restarts.");
    }

    PageResponse refusal(Place place, @Nullable String text) {
        return note(Optional.of(place), 409, "Not done", text + ".");
    }

    private PageResponse note(Optional<Place> place, int status, String heading, String text) {
        Place shown = place.orElseGet(() -> {
            String first = mailbox.servers().get(0).key();
            return new Place(first, Page.base(first), 0,
                    new PageRequest("GET", List.of(), Map.of(), new Headers(), new byte[0]));
        });
        return PageResponse.page(status, templates.render("note", new Note(frame(heading, "note", shown, ""), heading, text)));
    }

    private PageResponse tab(MessageDetail detail, MailContent content, Tab tab, String part, Place place) {
        String subject = detail.row().subject() == null ? "(no subject)" : detail.row().subject();
        Layout frame = frame(subject, "message", place, part.isEmpty() ? "" : "/" + part);
        return PageResponse.page(200, templates.render("message",
                MessageDetailView.of(detail, content, tab, wantsImages(place.request()), frame, clock)));
    }

    private PageResponse frame(MailContent content, Place place) {
        String html = content.html();
        return html == null
                ? nothing(place.request())
                : PageResponse.mail(MailHtml.complete(html, content), wantsImages(place.request()));
    }

    private PageResponse file(MailContent content, String number, Place place) {
        int index = number.matches("\\d{1,4}") ? Integer.parseInt(number) : Integer.MAX_VALUE;
        return index < content.files().size()
                ? PageResponse.download(content.files().get(index).name(), content.files().get(index).data())
                : nothing(place.request());
    }

    /** Only who looks at the page may ask for pictures from elsewhere, not a link on another site. */
    private static boolean wantsImages(PageRequest request) {
        return request.query("images").equals("1") && !SameOrigin.isLedFromElsewhere(request);
    }

    private Layout frame(String title, String kind, Place place, String tab) {
        long version = mailbox.version(); // before the list, so that nothing is missed
        List<Server> servers = mailbox.servers();
        String name = servers.stream().filter(server -> server.key().equals(place.server())).findFirst().orElseThrow().name();
        List<Layout.Choice> others = servers.stream().filter(server -> !server.key().equals(place.server()))
                .map(server -> new Layout.Choice(server.name(), Page.base(server.key()))).toList();
        return new Layout(title, kind, place.base(), version, new Layout.Switch(name, others, !others.isEmpty()),
                MessageList.of(mailbox.rows(place.server()), PageSearch.of(place.request()), place.base(), tab, place.id(),
                        clock));
    }
}
