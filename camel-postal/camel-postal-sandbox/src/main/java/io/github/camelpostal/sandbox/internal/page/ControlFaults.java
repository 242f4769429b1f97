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

import java.time.DateTimeException;
import java.time.Duration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelpostal.sandbox.Outcome;
import io.github.camelpostal.sandbox.internal.delivery.ApiFaultPlan;
import io.github.camelpostal.sandbox.internal.delivery.ApiFaultPlan.Fault;
import io.github.camelpostal.sandbox.internal.delivery.OutcomeRules;
import io.github.camelpostal.sandbox.internal.delivery.ServerRuntime;
import io.github.camelpostal.sandbox.internal.page.ControlApi.ProblemException;

/** What the control API lets go wrong, and which outcomes it chooses: the Java API's names, as JSON. */
final class ControlFaults {
    private ControlFaults() {
    }

    /** {@code on} and {@code next} as in the Java API; both may be missing. */
    static void api(ApiFaultPlan plan, ObjectNode json) throws ProblemException {
        String name = text(json, "fault");
        Fault fault = switch (name) {
            case "delay" -> new Fault.Delay(duration(json, "duration"));
            case "resetConnection" -> new Fault.Reset();
            case "respond" -> new Fault.Status(status(json));
            case "failAfterRecipients" -> new Fault.Break(number(json, "recipients"));
            case "delayResponse" -> new Fault.LateResponse(duration(json, "duration"));
            case "loseResponse" -> new Fault.LostResponse();
            case "loseResponseAfterRecipients" -> new Fault.LostAfter(number(json, "recipients"));
            case "commitAfterDisconnect" -> new Fault.LateCommit(duration(json, "duration"));
            default -> throw new ProblemException(400, "There is no such fault of the API");
        };
        plan.add(json.hasNonNull("on") ? json.path("on").asText() : null, fault,
                json.hasNonNull("next") ? number(json, "next") : ApiFaultPlan.UNTIL_CLEARED);
    }

    static void server(ServerRuntime server, ObjectNode json) throws ProblemException {
        switch (text(json, "fault")) {
            case "skipIds" -> server.messageFaults().skipIds(number(json, "count"));
            case "interleaveOtherSenders" -> server.messageFaults().interleave(number(json, "count"));
            case "storeTwice" -> server.messageFaults().storeTwice(number(json, "count"));
            case "leavePending" -> server.messageFaults().leavePending(number(json, "count"));
            case "copyBackIn" -> server.messageFaults().copyBackIn(true);
            case "purge" -> server.store().purge(number(json, "firstId"), number(json, "lastId"));
            case "repeatRequests" -> server.webhookFaults().repeatRequests(number(json, "count"));
            case "holdRequests" -> server.webhookFaults().holdRequests();
            case "freezeEvents" -> server.webhookFaults().freezeEvents(true);
            case "eventsBeforeResponse" -> server.webhookFaults().eventsBeforeResponse(true);
            default -> throw new ProblemException(400, "There is no such fault of a mail server");
        }
    }

    static void outcome(OutcomeRules rules, ObjectNode json) throws ProblemException {
        rules.add(text(json, "recipients"), outcome(json));
    }

    private static Outcome outcome(JsonNode json) throws ProblemException {
        String reply = json.hasNonNull("reply") ? json.path("reply").asText() : null;
        Outcome one = switch (json.path("outcome").asText()) {
            case "delivered" -> Outcome.delivered();
            case "softFail" -> reply == null ? Outcome.softFail() : Outcome.softFail(reply);
            case "hardFail" -> reply == null ? Outcome.hardFail() : Outcome.hardFail(reply);
            case "held" -> Outcome.held();
            case "bounced" -> json.hasNonNull("after") ? Outcome.bounced(duration(json, "after")) : Outcome.bounced();
            case "connectionDropped" -> Outcome.connectionDropped();
            case "unreachable" -> Outcome.unreachable();
            default -> throw new ProblemException(400, "outcome is one of delivered, softFail, hardFail, held, bounced, "
                    + "connectionDropped, unreachable");
        };
        Outcome repeated = json.hasNonNull("times") ? one.times(number(json, "times")) : one;
        return json.hasNonNull("then") ? repeated.then(outcome(json.path("then"))) : repeated;
    }

    static String text(JsonNode json, String name) throws ProblemException {
        if (!json.path(name).isTextual() || json.path(name).textValue().isBlank()) {
            throw new ProblemException(400, "'" + name + "' is missing or no text");
        }
        return json.path(name).textValue();
    }

    /** ISO 8601, such as {@code PT1H30M}. */
    static Duration duration(JsonNode json, String name) throws ProblemException {
        try {
            Duration duration = Duration.parse(text(json, name));
            if (!duration.isNegative()) {
                return duration;
            }
        } catch (DateTimeException e) {
            // told below
        }
        throw new ProblemException(400, "'" + name + "' is a duration such as PT1H30M or PT0.5S");
    }

    private static int number(JsonNode json, String name) throws ProblemException {
        if (!json.path(name).canConvertToInt() || !json.path(name).isIntegralNumber() || json.path(name).intValue() < 0) {
            throw new ProblemException(400, "'" + name + "' is a whole number that is not negative");
        }
        return json.path(name).intValue();
    }

    private static int status(JsonNode json) throws ProblemException {
        int status = number(json, "status");
        if (status < 400 || status > 599) {
            throw new ProblemException(400, "'status' is from 400 to 599");
        }
        return status;
    }
}
