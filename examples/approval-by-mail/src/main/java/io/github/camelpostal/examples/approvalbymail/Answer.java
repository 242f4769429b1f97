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

import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * The headers of an answer to a request. They are all that an exchange carries on its way to the aggregator, so that nothing of a
 * mail or of a page's request is stored, or believed.
 */
final class Answer {

    static final String REQUEST = "request";
    static final String RESULT = "result";
    /** Which answer it is: the same when it is delivered again. */
    static final String ID = "answer";
    static final String BY = "by";
    /** Whom to tell when it comes too late; absent when nobody may be told by mail. */
    static final String TELL = "tell";

    private Answer() {
    }

    static void put(Exchange exchange, String request, Result result, String id, String by) {
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setBody(null);
        message.setHeader(REQUEST, request);
        message.setHeader(RESULT, result.name());
        message.setHeader(ID, id);
        message.setHeader(BY, by == null ? "unknown" : by);
    }
}
