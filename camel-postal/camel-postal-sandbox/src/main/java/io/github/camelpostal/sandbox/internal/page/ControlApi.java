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
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.github.camelpostal.sandbox.internal.delivery.MailRouter;
import io.github.camelpostal.sandbox.internal.delivery.ServerRuntime;
import io.github.camelpostal.sandbox.internal.delivery.SmtpTransaction;
import io.github.camelpostal.sandbox.internal.store.Arrival;
import io.github.camelpostal.sandbox.internal.store.Message;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What tests in any language ask and choose, as JSON over HTTP below {@link #PREFIX}; described by {@code openapi.json}. Reading
 * changes nothing; what changes something needs the same proof as on the page that no other web page has asked for it.
 */
public final class ControlApi implements HttpHandler {
    /** The path under which it lives. */
    public static final String PREFIX = "/control";

    private static final Logger LOG = LoggerFactory.getLogger(ControlApi.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final MailRouter router;

    public ControlApi(MailRouter router) {
        this.router = router;
    }

    /** The request cannot be carried out; the text is for who wrote it. */
    static final class ProblemException extends Exception {
        private static final long serialVersionUID = 1L;

        private final int status;

        ProblemException(int status, @Nullable String text) {
            super(text);
            this.status = status;
        }
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        PageResponse response;
        try {
            response = respond(PageRequest.of(exchange, PREFIX));
        } catch (ProblemException e) {
            response = problem(e.status, e.getMessage());
        } catch (PageRequest.TooLargeException e) {
            response = problem(413, "This is larger than any mail that Postal takes");
        } catch (RuntimeException e) {
            LOG.error("The control API failed", e);
            response = problem(500, "The sandbox failed; its log says more");
        }
        response.send(exchange);
    }

    private PageResponse respond(PageRequest request) throws ProblemException {
        if (!request.reads() && !SameOrigin.mayChange(request)) {
            throw new ProblemException(403, "What changes something needs the header " + SameOrigin.SCRIPT_HEADER + ": 1");
        }
        List<String> steps = request.steps();
        String first = steps.isEmpty() ? "" : steps.get(0);
        String call = (request.method().equals("HEAD") ? "GET" : request.method()) + " " + first;
        if (first.equals("servers") && steps.size() > 1) {
            return ofServer(server(steps.get(1)), steps.subList(2, steps.size()), request);
        }
        if (steps.size() > (first.equals("time") ? 2 : 1)) {
            throw notFound();
        }
        return switch (call) {
            case "GET openapi.json" -> description();
            case "GET servers" -> json(200, servers());
            case "POST messages" -> receive(request);
            case "GET time", "POST time" -> time(request);
            case "POST faults" -> done(() -> ControlFaults.api(router.apiFaults(), body(request)));
            case "DELETE faults" -> done(router.apiFaults()::clear);
            default -> throw notFound();
        };
    }

    private PageResponse ofServer(ServerRuntime server, List<String> steps, PageRequest request) throws ProblemException {
        String method = request.method().equals("HEAD") ? "GET" : request.method();
        String call = method + " " + (steps.isEmpty() ? "" : steps.get(0));
        if (steps.size() > 1) {
            return ofMessage(server, call, steps, request);
        }
        return switch (call) {
            case "GET " -> json(200, ControlJson.server(server.server()));
            case "GET messages" -> json(200, ControlJson.messages(server.store().newestFirst(), request));
            case "DELETE messages" -> done(server::deleteAll);
            case "GET webhook-requests" -> json(200, ControlJson.exchanges(server.log().all(), request));
            case "POST outcomes" -> done(() -> ControlFaults.outcome(server.outcomes(), body(request)));
            case "DELETE outcomes" -> done(server.outcomes()::clear);
            case "POST faults" -> done(() -> ControlFaults.server(server, body(request)));
            case "DELETE faults" -> done(() -> {
                server.messageFaults().clear();
                server.webhookFaults().clear();
            });
            default -> throw notFound();
        };
    }

    private static PageResponse ofMessage(ServerRuntime server, String call, List<String> steps, PageRequest request)
            throws ProblemException {
        if (!steps.get(0).equals("messages") || !steps.get(1).matches("\\d{1,18}") || steps.size() > 3) {
            throw notFound();
        }
        long id = Long.parseLong(steps.get(1));
        Message message = server.store().find(id).orElseThrow(() -> new ProblemException(404, "There is no message " + id));
        return switch (call + (steps.size() > 2 ? " " + steps.get(2) : "")) {
            case "GET messages" -> json(200, ControlJson.whole(message));
            case "GET messages raw" -> PageResponse.download("message-" + id + ".eml", message.state().raw());
            case "POST messages release" -> done(() -> server.release(id));
            case "POST messages cancel-hold" -> done(() -> server.cancelHold(id));
            case "POST messages retry" -> done(() -> server.retryNow(id));
            case "POST messages open" -> done(() -> server.open(id));
            case "POST messages click" -> done(() -> server.click(id, ControlFaults.text(body(request), "url")));
            default -> throw notFound();
        };
    }

    private ArrayNode servers() {
        ArrayNode servers = JSON.createArrayNode();
        router.servers().forEach(server -> servers.add(ControlJson.server(server.server())));
        return servers;
    }

    /** A bare mail with the envelope in the query, or JSON with the fields of the page's form. */
    private PageResponse receive(PageRequest request) throws ProblemException {
        Map<String, byte[]> fields = new HashMap<>();
        if (request.isMail()) {
            request.query().forEach((name, value) -> fields.put(name, value.getBytes(StandardCharsets.UTF_8)));
            fields.put("file", request.body());
        } else {
            body(request).fields().forEachRemaining(field -> fields.put(field.getKey().toLowerCase(Locale.ROOT),
                    field.getValue().asText().getBytes(StandardCharsets.UTF_8)));
        }
        MailDraft draft = MailDraft.of(fields);
        try {
            String rcptTo = draft.rcptTo();
            String server = router.installation().destinationOf(rcptTo).map(found -> found.server().permalink()).orElse("");
            List<Message> stored = router.receive(SmtpTransaction.from(draft.mailFrom()), List.of(rcptTo), draft.mail(clock()));
            ObjectNode created = JSON.createObjectNode().put("server", server).put("id", stored.get(0).id());
            return json(201, created).with("Location", PREFIX + "/servers/" + server + "/messages/" + stored.get(0).id());
        } catch (Mailbox.RefusedException | IllegalArgumentException | Arrival.TooLongException e) {
            throw new ProblemException(422, e.getMessage());
        }
    }

    private PageResponse time(PageRequest request) throws ProblemException {
        if (request.steps().size() == 2) {
            if (request.reads() || !request.steps().get(1).equals("advance")) {
                throw notFound();
            }
            try {
                Duration time = ControlFaults.duration(body(request), "duration");
                router.scheduler().advance(time);
            } catch (IllegalStateException e) {
                throw new ProblemException(409, e.getMessage());
            }
        } else if (!request.reads()) {
            throw notFound();
        }
        return json(200, JSON.createObjectNode().put("now", router.scheduler().now().toString())
                .put("virtual", router.scheduler().isVirtual()));
    }

    private Clock clock() {
        return router.scheduler().clock();
    }

    private ServerRuntime server(String permalink) throws ProblemException {
        return router.server(permalink).orElseThrow(() -> new ProblemException(404, "There is no mail server of that name"));
    }

    private static PageResponse description() {
        try (InputStream in = ControlApi.class.getResourceAsStream("openapi.json")) {
            return PageResponse.asset("application/json", in.readAllBytes());
        } catch (IOException e) {
            throw new IllegalStateException("The jar is damaged", e);
        }
    }

    static ObjectNode body(PageRequest request) throws ProblemException {
        try {
            JsonNode json = JSON.readTree(request.body());
            if (json instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            LOG.debug("A request to the control API is no JSON", e);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        throw new ProblemException(400, "The body must be a JSON object");
    }

    private interface Step {
        void run() throws ProblemException;
    }

    private static PageResponse done(Step step) throws ProblemException {
        try {
            step.run();
            return new PageResponse(204, "application/json", Map.of(), new byte[0]);
        } catch (IllegalStateException e) {
            throw new ProblemException(409, e.getMessage());
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new ProblemException(400, e.getMessage());
        }
    }

    private static ProblemException notFound() {
        return new ProblemException(404, "There is nothing here; " + PREFIX + "/openapi.json says what there is");
    }

    private static PageResponse problem(int status, @Nullable String text) {
        return json(status, JSON.createObjectNode().put("error", text));
    }

    private static PageResponse json(int status, JsonNode json) {
        return new PageResponse(status, "application/json", Map.of(), json.toString().getBytes(StandardCharsets.UTF_8));
    }
}
