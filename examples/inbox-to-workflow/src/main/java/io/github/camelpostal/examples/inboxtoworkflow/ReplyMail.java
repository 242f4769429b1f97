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
package io.github.camelpostal.examples.inboxtoworkflow;

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.camelpostal.PostalConstants;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultMessage;

/** Makes a mail of a row of the outbox, such that it stays in the thread, in its conversation, and starts no loop. */
final class ReplyMail implements Processor {

    @Override
    public void process(Exchange exchange) {
        Map<?, ?> row = exchange.getMessage().getBody(Map.class);
        Message mail = new DefaultMessage(exchange.getContext());
        mail.setHeader(PostalConstants.TO, row.get("recipient"));
        mail.setHeader(PostalConstants.FROM, row.get("sender"));
        mail.setHeader(PostalConstants.SUBJECT, row.get("subject"));
        mail.setHeader(PostalConstants.CONVERSATION, row.get("conversation"));
        mail.setHeader(PostalConstants.AUTO_REPLY, true);
        mail.setHeader(PostalConstants.HEADERS, headers(row));
        mail.setBody(row.get("body"));
        exchange.setMessage(mail);
    }

    private static Map<String, Object> headers(Map<?, ?> row) {
        Map<String, Object> headers = new LinkedHashMap<>();
        if (row.get("message_id") != null) {
            headers.put("Message-ID", "<" + row.get("message_id") + ">");
        }
        headers.put("X-Auto-Response-Suppress", "All"); // what Exchange asks before it replies
        if (row.get("in_reply_to") != null) {
            headers.put("In-Reply-To", row.get("in_reply_to"));
            headers.put("References", row.get("refs"));
        }
        return headers;
    }
}
