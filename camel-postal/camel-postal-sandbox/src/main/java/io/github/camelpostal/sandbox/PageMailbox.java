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

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import io.github.camelpostal.sandbox.internal.delivery.ServerOffice;
import io.github.camelpostal.sandbox.internal.delivery.Transfer;
import io.github.camelpostal.sandbox.internal.page.Mailbox;
import io.github.camelpostal.sandbox.internal.store.Arrival;
import io.github.camelpostal.sandbox.internal.store.Delivery;
import io.github.camelpostal.sandbox.internal.store.Direction;
import io.github.camelpostal.sandbox.internal.store.HttpEndpoint;
import io.github.camelpostal.sandbox.internal.store.Installation;
import io.github.camelpostal.sandbox.internal.store.MailServer;
import io.github.camelpostal.sandbox.internal.store.Message;
import io.github.camelpostal.sandbox.internal.store.Route;
import io.github.camelpostal.sandbox.internal.store.TrackedLinks;
import io.github.camelpostal.sandbox.internal.store.VerifiedDomain;
import io.github.camelpostal.sandbox.internal.store.Webhook;
import io.github.camelpostal.sandbox.internal.webhook.Posted;

/** The page's view of the machinery. Translates, and decides only what may be done with a message of which status. */
final class PageMailbox implements Mailbox {
    private final Machinery machinery;

    PageMailbox(Machinery machinery) {
        this.machinery = machinery;
    }

    @Override
    public List<Server> servers() {
        return machinery.postOffice().installation().servers().stream()
                .map(server -> new Server(server.permalink(), server.identity().name())).toList();
    }

    @Override
    public Stream<Row> rows(String server) {
        return office(server).store().newestFirst().map(PageMailbox::row);
    }

    @Override
    public Optional<Letter> letter(String server, long id) {
        ServerOffice office = office(server);
        return office.store().find(id).map(message -> new Letter(row(message), message.token(), message.state().raw(),
                message.state().deliveries().stream().map(PageMailbox::step).toList(),
                message.state().visits().stream().map(PageMailbox::visit).toList(),
                office.log().about(id).stream().map(PageMailbox::post).toList(),
                office.nextAttempt(id).orElse(null), message.state().holdExpiry(), acts(office, message)));
    }

    @Override
    public Setup setup(String server) {
        MailServer configured = office(server).server();
        return new Setup(configured.domains().stream().map(VerifiedDomain::name).sorted().toList(),
                configured.routes().stream().flatMap(PageMailbox::routes).toList(),
                configured.webhooks().stream().map(Webhook::url).toList(), smtp(), configured.isSuspended());
    }

    @Override
    public Stream<Post> posts(String server) {
        List<Posted> all = new ArrayList<>(office(server).log().all());
        Collections.reverse(all);
        return all.stream().map(PageMailbox::post);
    }

    @Override
    public Place receive(String mailFrom, String rcptTo, byte[] rfc5322) throws RefusedException {
        Installation installation = machinery.postOffice().installation();
        String server = installation.destinationOf(rcptTo).map(found -> found.server().permalink())
                .orElseThrow(() -> new RefusedException("no route of any mail server takes this address"));
        try {
            List<Message> stored = machinery.postOffice().receive(Transfer.from(mailFrom), List.of(rcptTo), rfc5322);
            return new Place(server, stored.get(0).id());
        } catch (Arrival.TooLongException e) {
            throw new RefusedException("an address is longer than Postal can store");
        } catch (IllegalArgumentException e) {
            throw new RefusedException("the route rejects this address");
        }
    }

    @Override
    public void press(String server, long id, String url) throws RefusedException {
        attempt(() -> people(server).click(id, whereItLed(server, id, url)));
    }

    /** A tracked link stands in the mail under another URL, which ends in its token; the event names the one it led to. */
    private String whereItLed(String server, long id, String url) {
        return office(server).server().trackedLinks().find(url.substring(url.lastIndexOf('/') + 1))
                .filter(link -> link.messageId() == id).map(TrackedLinks.Link::url).orElse(url);
    }

    @Override
    public void open(String server, long id) throws RefusedException {
        attempt(() -> people(server).open(id));
    }

    @Override
    public void act(String server, long id, Act act) throws RefusedException {
        attempt(() -> {
            switch (act) {
                case RELEASE -> people(server).release(id);
                case CANCEL_HOLD -> people(server).cancelHold(id);
                case RETRY, AGAIN -> people(server).retryNow(id);
            }
        });
    }

    @Override
    public long version() {
        return machinery.changes().count();
    }

    @Override
    public long awaitChange(long seen, Duration timeout) {
        return machinery.changes().await(() -> Optional.of(version()).filter(now -> now != seen), timeout).orElse(seen);
    }

    /** The page can be asked before the other ports are open. */
    private String smtp() {
        OtherPorts ports = machinery.otherPorts();
        return ports == null || !ports.hasSmtp() ? null : "127.0.0.1:" + ports.smtpPort();
    }

    private ServerOffice office(String server) {
        return machinery.postOffice().office(server).orElseThrow();
    }

    private SandboxServer people(String server) {
        return new SandboxServer(machinery, office(server));
    }

    /** The message may have gone, or be in another state by now. */
    private static void attempt(Runnable act) throws RefusedException {
        try {
            act.run();
        } catch (IllegalStateException | IllegalArgumentException e) {
            throw new RefusedException(e.getMessage());
        }
    }

    private static Set<Act> acts(ServerOffice office, Message message) {
        return switch (message.status()) {
            case HELD -> EnumSet.of(Act.RELEASE, Act.CANCEL_HOLD);
            case PENDING -> EnumSet.noneOf(Act.class);
            default -> EnumSet.of(office.nextAttempt(message.id()).isPresent() ? Act.RETRY : Act.AGAIN);
        };
    }

    private static Row row(Message message) {
        int clicks = (int) message.state().visits().stream().filter(visit -> visit.url() != null).count();
        Arrival arrival = message.arrival();
        return new Row(message.id(), message.direction() == Direction.INCOMING, arrival.mailFrom(), arrival.rcptTo(),
                arrival.subject(), message.state().tag(), arrival.messageId(), message.status().text(), message.timestamp(),
                message.size(), message.state().visits().size() - clicks, clicks);
    }

    private static Step step(Delivery delivery) {
        Delivery.Transmission sent = delivery.attempt().transmission();
        return new Step(delivery.attempt().status().text(), delivery.timestamp(), delivery.attempt().details(),
                delivery.attempt().output(), sent == null ? null : new Transmission(sent.tls(), sent.logId(), sent.seconds()));
    }

    private static Visit visit(Message.Visit visit) {
        return new Visit(visit.url(), visit.ipAddress(), visit.userAgent(), visit.timestamp());
    }

    private static Post post(Posted posted) {
        Posted.Order order = posted.order();
        int status = posted.result() instanceof Posted.Answered answered ? answered.status() : 0;
        String answer = posted.result() instanceof Posted.Answered answered
                ? new String(answered.body(), StandardCharsets.UTF_8)
                : ((Posted.Failed) posted.result()).message();
        return new Post(order.event(), order.mailId(), order.url(), order.attempt(), posted.headers(), order.body(), status,
                answer, posted.at());
    }

    private static Stream<Mailbox.Mapping> routes(Route route) {
        return route.endpoints().isEmpty()
                ? Stream.of(new Mailbox.Mapping(route.pattern(), null, "mode " + route.mode().name().toLowerCase(Locale.ROOT)))
                : route.endpoints().stream()
                        .map(endpoint -> new Mailbox.Mapping(route.pattern(), endpoint.url(), form(endpoint)));
    }

    private static String form(HttpEndpoint endpoint) {
        String format = endpoint.format() == HttpEndpoint.Format.HASH ? "Hash" : "RawMessage";
        return endpoint.encoding() == HttpEndpoint.Encoding.JSON ? format + " as JSON" : format + " as form";
    }
}
