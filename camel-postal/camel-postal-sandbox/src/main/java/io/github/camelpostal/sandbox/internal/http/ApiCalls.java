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
package io.github.camelpostal.sandbox.internal.http;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelpostal.sandbox.internal.delivery.MailRouter;
import io.github.camelpostal.sandbox.internal.delivery.ServerRuntime;
import io.github.camelpostal.sandbox.internal.store.Arrival;
import io.github.camelpostal.sandbox.internal.store.Installation;
import io.github.camelpostal.sandbox.internal.store.MailServer;
import io.github.camelpostal.sandbox.internal.store.Message;
import io.github.camelpostal.sandbox.internal.store.PostalVersion;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The four calls of API v1: authenticates, reads the parameters, responds, and only then queues what was stored. */
public final class ApiCalls {
    /** All there are. */
    static final Set<String> NAMES = Set.of("send/message", "send/raw", "messages/message", "messages/deliveries");

    private static final Logger LOG = LoggerFactory.getLogger(ApiCalls.class);
    /** MariaDB's default packet limit; a larger message is an exception in Postal (protocol 2.13). */
    private static final int LARGEST_MESSAGE = 16 * 1024 * 1024;

    private final MailRouter router;
    private final PostalVersion version;
    private final ApiFramework framework;
    private final Clock clock;

    public ApiCalls(MailRouter router, Clock clock) {
        this.router = router;
        this.version = router.installation().version();
        this.framework = version.hasMoonropeApi() ? new MoonropeFramework() : new RailsFramework();
        this.clock = clock;
    }

    /** A response, and what is to be done when it has been sent. */
    record Result(WebResponse response, Runnable afterwards) {
        static Result of(WebResponse response) {
            return new Result(response, () -> {
            });
        }
    }

    /** {@code send/message} and the like; empty when the request is for none of them. */
    Optional<String> name(WebRequest request) {
        return framework.call(request);
    }

    /**
     * @param breaksAfter how many messages are stored before the call crashes
     * @return empty when the request is not for the API's
     */
    Optional<Result> respond(WebRequest request, int breaksAfter) {
        Optional<String> call = framework.call(request);
        if (call.isEmpty()) {
            return framework.withoutCall(request).map(Result::of);
        }
        Attempt attempt = new Attempt(call.get(), request, breaksAfter);
        return Optional.of(attempt.result());
    }

    private ApiCall call(String name, ServerRuntime server) {
        return switch (name) {
            case "send/message" -> new SendMessageCall(server.server(), clock);
            case "send/raw" -> new SendRawCall(server.server());
            case "messages/message" -> new MessageCall(server.store(), version);
            case "messages/deliveries" -> new DeliveriesCall(server.store(), version);
            default -> throw new IllegalArgumentException("Not one of the four calls: " + name);
        };
    }

    /** One request on its way through a call. */
    private final class Attempt {
        private final String name;
        private final WebRequest request;
        private final int breaksAfter;
        private final List<Message> stored = new ArrayList<>();
        private int recipients;
        private boolean authenticated;
        private @Nullable ServerRuntime server;

        Attempt(String name, WebRequest request, int breaksAfter) {
            this.name = name;
            this.request = request;
            this.breaksAfter = breaksAfter;
        }

        Result result() {
            WebResponse response = respond();
            ServerRuntime known = server;
            if (known == null || stored.isEmpty()) {
                return Result.of(response);
            }
            known.beforeResponse(stored);
            return new Result(response, () -> known.afterResponse(stored));
        }

        private WebResponse respond() {
            try {
                CallResult outcome = outcome();
                return framework.respond(outcome, authenticated, request.started());
            } catch (Parameters.WrongParameterException e) {
                return framework.respond(new CallResult.ParameterError(Objects.requireNonNullElse(e.getMessage(), "")), true,
                        request.started());
            } catch (Parameters.MalformedException e) {
                return framework.malformed(request);
            } catch (CrashException | Arrival.TooLongException e) {
                LOG.debug("{} crashes, as in Postal: {}", name, e.getMessage());
                return framework.crashed(request);
            }
        }

        /** Authentication comes before the body is looked at (protocol 2.2). */
        private CallResult outcome() throws Parameters.MalformedException, Parameters.WrongParameterException {
            String key = request.header("X-Server-API-Key");
            if (key == null || framework.isMissing(key)) {
                return framework.accessDenied(name);
            }
            Optional<Installation.Login> login = router.installation().login(MailServer.Credential.Type.API, key);
            if (login.isEmpty()) {
                return CallResult.error(ErrorCode.INVALID_SERVER_API_KEY, "token", key);
            }
            if (login.get().server().isSuspended()) {
                return CallResult.bareError(ErrorCode.SERVER_SUSPENDED);
            }
            if (request.body() == null) {
                throw new CrashException("The body is larger than any database packet");
            }
            authenticated = true;
            ObjectNode parameters = framework.parameters(name, request);
            ServerRuntime known = router.server(login.get().server());
            server = known;
            return call(name, known).respond(login.get().credential(), parameters, arrival -> store(known, arrival));
        }

        private ApiCall.MessageSink.Receipt store(ServerRuntime known, Arrival arrival) {
            if (arrival.raw().length > LARGEST_MESSAGE) {
                throw new CrashException("The message is larger than a database packet");
            }
            if (recipients >= breaksAfter) {
                throw new CrashException("Told to break here");
            }
            ServerRuntime.Submission submission = known.submit(arrival);
            recipients++;
            stored.addAll(submission.queued());
            Message message = submission.named();
            return new ApiCall.MessageSink.Receipt(message.id(), message.token());
        }
    }
}
