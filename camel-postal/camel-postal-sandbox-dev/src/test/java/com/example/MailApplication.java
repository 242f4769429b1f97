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
package com.example;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;

public class MailApplication extends RouteBuilder {

    public static void main(String[] args) throws Exception {
        Main main = new Main();
        main.configure().addRoutesBuilder(new MailApplication());
        main.run(args);
    }

    @Override
    public void configure() {
        from("timer:once?repeatCount=1").routeId("out")
                .setHeader("CamelPostalTo", constant("zoe@customer.example"))
                .setHeader("CamelPostalSubject", constant("Welcome"))
                .setBody(constant("Good to have you here."))
                .to("postal:send?from=shop@example.com")
                .log("Postal has the mail as ${header.CamelPostalId}");

        from("postal:webhook?path=/postal").routeId("in")
                .filter(header("CamelPostalKind").isEqualTo("event"))
                .log("Message ${header.CamelPostalId} is ${header.CamelPostalOutcome}")
                .stop()
                .end()
                .log("${header.CamelPostalMailFrom} writes: ${body.subject}");
    }
}
