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
package io.github.camelpostal.examples.kafkatomail;

import io.github.camelpostal.api.PostalException;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** Why a record was put aside: headers beside the record, whose key, value and own headers stay as they were. */
final class FailureHeaders {

    static final String CODE = "failure-code";
    static final String TEXT = "failure-text";
    static final String RECORD = "failure-record";
    static final String TOPIC = "failure-topic";
    static final String PARTITION = "failure-partition";
    static final String OFFSET = "failure-offset";

    private FailureHeaders() {
    }

    static void attach(Exchange exchange) {
        Exception why = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        SourceRecord record = SourceRecord.of(exchange);
        Message message = exchange.getMessage();
        message.setBody(record.value());
        message.setHeader(CODE, code(why));
        message.setHeader(TEXT, why.getMessage());
        message.setHeader(RECORD, record.toString());
        message.setHeader(TOPIC, record.partition().topic());
        message.setHeader(PARTITION, String.valueOf(record.partition().partition()));
        message.setHeader(OFFSET, String.valueOf(record.offset()));
    }

    /** Postal's word for it where there is one. */
    private static String code(Exception why) {
        if (why instanceof PostalException postal && postal.rawCode() != null) {
            return postal.rawCode();
        }
        return why.getClass().getSimpleName().replaceFirst("^Postal|(Record)?Exception$", "")
                .replaceFirst("Exception$", "");
    }
}
