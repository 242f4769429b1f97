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
package io.github.camelpostal.examples.mailgoat;

import java.util.List;
import java.util.concurrent.Callable;

import io.github.camelpostal.api.Delivery;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code mailgoat deliveries}: what became of a message. */
@Command(name = "deliveries", sortOptions = false, mixinStandardHelpOptions = true, description = "Shows each attempt to deliver a message, oldest first.")
final class DeliveriesCommand implements Callable<Integer> {

    @ParentCommand
    private MailGoat mailGoat;

    @Parameters(paramLabel = "<id>", description = "Postal's number of the message, as 'mailgoat send' has told it.")
    private long id;

    @Override
    public Integer call() throws Exception {
        try (PostalCalls postal = new PostalCalls(mailGoat.settings())) {
            List<Delivery> deliveries = postal.deliveries(id);
            mailGoat.output().result(deliveries.stream().map(Delivery::toMap).toList(), lines -> tell(deliveries, lines));
        }
        return ExitCode.OK.number();
    }

    private static void tell(List<Delivery> deliveries, Output.Lines lines) {
        if (deliveries.isEmpty()) {
            lines.line("No attempt yet.");
        }
        for (Delivery delivery : deliveries) {
            String details = delivery.details() == null ? "" : "  " + delivery.details();
            lines.line(delivery.timestamp() + "  " + delivery.status() + details);
            if (delivery.output() != null) {
                lines.line("    " + delivery.output());
            }
        }
    }
}
