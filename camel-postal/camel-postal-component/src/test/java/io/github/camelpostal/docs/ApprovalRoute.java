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
package io.github.camelpostal.docs;

import org.apache.camel.builder.RouteBuilder;

public class ApprovalRoute extends RouteBuilder {

    @Override
    public void configure() {
        from("direct:approvals")
                .setHeader("CamelPostalTo", simple("${body[approver]}"))
                .setHeader("CamelPostalSubject", simple("Order ${body[id]}"))
                .setHeader("CamelPostalConversation", simple("${body[id]}")) // your id, such as order-4711
                .setBody(simple("Do you approve order ${body[id]}? Please reply yes or no."))
                .to("postal:send");

        from("postal:webhook")
                .filter(header("CamelPostalConversationId").isNotNull())
                .filter(header("CamelPostalAutomatic").isEqualTo("human")) // an out-of-office note decides nothing
                .setBody(simple("${body.replyText}"))
                .to("direct:decide");
    }
}
