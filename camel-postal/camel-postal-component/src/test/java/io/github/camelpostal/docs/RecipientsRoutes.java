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

import io.github.camelpostal.api.PostalRejectedException;
import org.apache.camel.builder.RouteBuilder;

/** The routes of recipients.md. */
public class RecipientsRoutes extends RouteBuilder {

    @Override
    public void configure() {
        from("postal:webhook?events=MessageDeliveryFailed&suppressionList=#suppressions").routeId("failures")
                .filter(header("CamelPostalReasonSide").in("sender", "postal"))
                .to("direct:operator");

        from("direct:newsletter").routeId("newsletter")
                .onException(PostalRejectedException.class)
                .onWhen(simple("${exception.code} == 'SUPPRESSED'")).handled(true) // whoever has left gets none
                .end()
                .split(body())
                .setHeader("CamelPostalTo", simple("${body[address]}"))
                .setBody(simple("${body[text]}"))
                .to("postal:send?from=news@acme.example&subject=News&stream=news&suppressionList=#suppressions"
                        + "&unsubscribeUrl=https://camel.example.com/unsubscribe");

        from("postal:unsubscribe?path=/unsubscribe&suppressionList=#suppressions").routeId("leaving")
                .log("Somebody left ${header.CamelPostalUnsubscribedStream}");

        from("postal:webhook?path=/leave&accept=mail").routeId("leaving-by-mail")
                .filter(header("CamelPostalMailSubject").regex("[A-Za-z0-9._-]+"))
                .setProperty("token", header("CamelPostalMailSubject"))
                .removeHeaders("*")
                .setHeader("CamelHttpQuery", simple("t=${exchangeProperty.token}"))
                .setBody(constant("List-Unsubscribe=One-Click"))
                .to("{{unsubscribe-page}}?httpMethod=POST&okStatusCodeRange=200-299,404");
    }
}
