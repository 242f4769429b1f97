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
package io.github.camelpostal.examples.approvalbymail;

import java.util.UUID;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;

/**
 * The page that the link in the mail leads to. Looking at it decides nothing, because scanners of mail providers fetch each link;
 * its buttons POST. What they decided is shown by a page of its own, because somebody may reload it.
 */
class PageRoutes extends RouteBuilder {

    /** Which answer the button was. */
    private static final String PRESSED = "pressed";

    @Override
    public void configure() {
        // @formatter:off
        from("platform-http:/decide?httpMethodRestrict=GET,POST").routeId("page")
                .choice()
                    .when(PageRoutes::isForged)
                        .process(exchange -> respond(exchange, 404, "This link is not complete."))
                    .when(header(Exchange.HTTP_METHOD).isEqualTo("POST"))
                        .process(PageRoutes::pressed)
                        .to("direct:answers")
                        .process(PageRoutes::goToTheDecision)
                    .otherwise()
                        .process(PageRoutes::show)
                .end();
        // @formatter:on
    }

    private static boolean isForged(Exchange exchange) {
        Message message = exchange.getMessage();
        return !new PageLink(exchange.getContext()).isValid(message.getHeader(Answer.REQUEST, String.class),
                message.getHeader("token", String.class));
    }

    private static void pressed(Exchange exchange) {
        Message message = exchange.getMessage();
        Result result = "yes".equals(message.getHeader("decision", String.class)) ? Result.YES : Result.NO;
        String id = UUID.randomUUID().toString();
        Answer.put(exchange, message.getHeader(Answer.REQUEST, String.class), result, id, "the page");
        exchange.setProperty(PRESSED, id);
    }

    private static void goToTheDecision(Exchange exchange) {
        String request = exchange.getMessage().getHeader(Answer.REQUEST, String.class);
        respond(exchange, 303, "");
        exchange.getMessage().setHeader("Location",
                address(exchange, request) + "&" + PRESSED + "=" + exchange.getProperty(PRESSED));
    }

    private static void show(Exchange exchange) {
        Message message = exchange.getMessage();
        String request = message.getHeader(Answer.REQUEST, String.class);
        String pressed = message.getHeader(PRESSED, String.class);
        String action = address(exchange, request) + "&decision=";
        respond(exchange, 200,
                Decisions.of(exchange.getContext()).find(request).map(decision -> decided(decision, pressed))
                        .orElse("Do you approve?" + button(action, "yes") + button(action, "no")));
    }

    private static String decided(Decisions.Decision decision, String pressed) {
        if (pressed == null) {
            return "It was decided: " + decision.result();
        }
        return decision.answer().equals(pressed)
                ? "Thank you. The result is: " + decision.result()
                : "You are too late. It was decided before: " + decision.result();
    }

    private static String address(Exchange exchange, String request) {
        return "/decide?request=" + PageLink.encoded(request) + "&token=" + new PageLink(exchange.getContext()).token(request);
    }

    private static String button(String action, String decision) {
        return "<form method=\"post\" action=\"" + (action + decision).replace("&", "&amp;") + "\"><button>" + decision
                + "</button></form>";
    }

    private static void respond(Exchange exchange, int status, String content) {
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        message.setHeader(Exchange.CONTENT_TYPE, "text/html; charset=utf-8");
        message.setHeader("Referrer-Policy", "no-referrer");
        message.setBody("<!doctype html><html lang=\"en\"><title>Approval</title><p>" + content + "</p></html>");
    }
}
