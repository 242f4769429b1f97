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

import io.github.camelpostal.PostalConstants;
import io.github.camelpostal.payload.InboundMail;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;

/** Replies of people, and mails that did not arrive. Links that were clicked decide nothing: scanners click, too. */
class AnswerRoutes extends RouteBuilder {

    @Override
    public void configure() {
        from("postal:webhook?path=/postal/mail&accept=mail").routeId("replies")
                .filter(header(PostalConstants.CONVERSATION_ID).isNotNull())
                .filter(header(PostalConstants.AUTOMATIC).isEqualTo("human"))
                .process(AnswerRoutes::reply)
                .to("direct:answers");

        from("postal:webhook?path=/postal/events&accept=events&events=MessageDeliveryFailed,MessageBounced").routeId("failures")
                .filter(header(PostalConstants.CONVERSATION_ID).isNotNull())
                .process(AnswerRoutes::failure)
                .to("direct:answers");
    }

    private static void reply(Exchange exchange) {
        Message message = exchange.getMessage();
        Result result = Result.of(message.getBody(InboundMail.class).replyText());
        String from = message.getHeader(PostalConstants.MAIL_FROM, String.class);
        boolean replyAllowed = message.getHeader(PostalConstants.REPLY_ALLOWED, Boolean.class);
        Answer.put(exchange, message.getHeader(PostalConstants.CONVERSATION_ID, String.class), result,
                message.getHeader(PostalConstants.DEDUP_KEY, String.class), from);
        if (replyAllowed) {
            message.setHeader(Answer.TELL, from);
        }
    }

    private static void failure(Exchange exchange) {
        Message message = exchange.getMessage();
        Answer.put(exchange, message.getHeader(PostalConstants.CONVERSATION_ID, String.class), Result.UNDELIVERABLE,
                message.getHeader(PostalConstants.DEDUP_KEY, String.class), "Postal");
    }
}
