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

import io.github.camelpostal.sandbox.internal.page.LetterView.Tab;
import io.github.camelpostal.sandbox.internal.page.Mailbox.Letter;
import io.github.camelpostal.sandbox.internal.page.Mailbox.Server;

/** What can be looked at. Changes nothing. */
final class Views {
    private final Mailbox mailbox;
    private final Templates templates;
    private final Clock clock;

    Views(Mailbox mailbox, Templates templates, Clock clock) {
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
    record Place(String server, String base, long id, Ask ask) {
    }

    /** What surrounds a page that says that something is not there, or could not be done. */
    record Note(Frame frame, String heading, String text) {
    }

    /** Empty when there is no such mail server. */
    Optional<Place> place(Ask ask) {
        List<String> steps = ask.steps();
        return mailbox.servers().stream().map(Server::key).filter(key -> !steps.isEmpty() && key.equals(steps.get(0)))
                .map(key -> new Place(key, Page.base(key),
                        steps.size() > 2 && steps.get(2).matches("\\d{1,18}") ? Long.parseLong(steps.get(2)) : 0, ask))
                .findFirst();
    }

    Reply overview(Place place) {
        return setup("overview", "Messages", place);
    }

    Reply posts(Place place) {
        return setup("posts", "Posts", place);
    }

    private Reply setup(String kind, String title, Place place) {
        Frame frame = frame(title, kind, place, "");
        return Reply.page(200, templates.render(kind, SetupView.of(frame, place.ask().header("Host"),
                mailbox.setup(place.server()), mailbox.posts(place.server()), kind.equals("posts"), clock)));
    }

    Reply draft(Place place, int status, Draft draft, String refusal) {
        List<String> routes = mailbox.setup(place.server()).routes().stream().map(Mailbox.Mapping::pattern)
                .filter(pattern -> pattern.contains("@")).map(pattern -> pattern.replace("*@", "anyone@")).toList();
        return Reply.page(status, templates.render("draft",
                new DraftView(frame("Send a test mail in", "draft", place, ""), draft, refusal, routes, routes.isEmpty())));
    }

    /** The message's page, or one of the things that belong to it. */
    Reply letter(Place place) {
        Optional<Letter> found = mailbox.letter(place.server(), place.id());
        List<String> steps = place.ask().steps();
        if (found.isEmpty() || steps.size() > 5) {
            return nothing(place.ask());
        }
        MailContent content = MailContent.of(found.get().raw());
        if (steps.size() == 5) {
            return steps.get(3).equals("files") ? file(content, steps.get(4), place) : nothing(place.ask());
        }
        String part = steps.size() == 3 ? "" : steps.get(3);
        Tab tab = part.isEmpty() ? content.html() != null ? Tab.HTML : Tab.TEXT : Tab.of(part);
        return switch (part) {
            case "frame" -> frame(content, place);
            case "download" -> Reply.download("message-" + place.id() + ".eml", found.get().raw());
            default -> tab == null ? nothing(place.ask()) : tab(found.get(), content, tab, part, place);
        };
    }

    Reply nothing(Ask ask) {
        return note(place(ask), 404, "Not found", "There is nothing here. Messages are forgotten when the sandbox restarts.");
    }

    Reply refusal(Place place, String text) {
        return note(Optional.of(place), 409, "Not done", text + ".");
    }

    private Reply note(Optional<Place> place, int status, String heading, String text) {
        Place shown = place.orElseGet(() -> {
            String first = mailbox.servers().get(0).key();
            return new Place(first, Page.base(first), 0, new Ask("GET", List.of(), Map.of(), null, null));
        });
        return Reply.page(status, templates.render("note", new Note(frame(heading, "note", shown, ""), heading, text)));
    }

    private Reply tab(Letter letter, MailContent content, Tab tab, String part, Place place) {
        String subject = letter.row().subject() == null ? "(no subject)" : letter.row().subject();
        Frame frame = frame(subject, "letter", place, part.isEmpty() ? "" : "/" + part);
        return Reply.page(200, templates.render("letter",
                LetterView.of(letter, content, tab, wantsImages(place.ask()), frame, clock)));
    }

    private Reply frame(MailContent content, Place place) {
        return content.html() == null
                ? nothing(place.ask())
                : Reply.mail(MailFrame.html(content), wantsImages(place.ask()));
    }

    private Reply file(MailContent content, String number, Place place) {
        int index = number.matches("\\d{1,4}") ? Integer.parseInt(number) : Integer.MAX_VALUE;
        return index < content.files().size()
                ? Reply.download(content.files().get(index).name(), content.files().get(index).data())
                : nothing(place.ask());
    }

    /** Only who looks at the page may ask for pictures from elsewhere, not a link on another site. */
    private static boolean wantsImages(Ask ask) {
        return ask.query("images").equals("1") && !SameOrigin.isLedFromElsewhere(ask);
    }

    private Frame frame(String title, String kind, Place place, String tab) {
        long version = mailbox.version(); // before the list, so that nothing is missed
        List<Server> servers = mailbox.servers();
        String name = servers.stream().filter(server -> server.key().equals(place.server())).findFirst().orElseThrow().name();
        List<Frame.Choice> others = servers.stream().filter(server -> !server.key().equals(place.server()))
                .map(server -> new Frame.Choice(server.name(), Page.base(server.key()))).toList();
        return new Frame(title, kind, place.base(), version, new Frame.Switch(name, others, !others.isEmpty()),
                Listing.of(mailbox.rows(place.server()), Search.of(place.ask()), place.base(), tab, place.id(), clock));
    }
}
