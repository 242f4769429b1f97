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

import java.nio.file.Path;

import javax.sql.DataSource;

import io.github.camelpostal.AcceptedKinds;
import io.github.camelpostal.dsl.PostalEndpointBuilderFactory.PostalBuilders;
import org.apache.camel.builder.endpoint.EndpointRouteBuilder;
import org.springframework.dao.DuplicateKeyException;

/**
 * Inbound mail becomes one row, with everything that follows from it, in one transaction. Only when that is committed Postal is
 * told that we have the mail; whatever fails before gets a 503, and Postal posts the mail again.
 *
 * <p>Files are no part of a transaction. They are written before the commit, under names that come from the mail, so that a
 * repeat writes the same ones.
 */
class InboxRoutes extends EndpointRouteBuilder implements PostalBuilders {

    /** Exchange property: the {@link Inbox}. */
    static final String INBOX = "inbox";

    @Override
    public void configure() throws Exception {
        // One transaction is one unit: what fails in a part of it fails all of it, and no part handles it for itself.
        errorHandler(noErrorHandler());
        Addresses addresses = Addresses.of(this);
        MailStore store = new MailStore(getContext().getRegistry().findSingleByType(DataSource.class));
        AttachmentFolder attachments = new AttachmentFolder(Path.of(propertyInject("inbox.folder", String.class)));

        from(postal("webhook").path("/postal/mail").accept(AcceptedKinds.MAIL).idempotentRepository("#completed"))
                .routeId("inbox")
                .doTry()
                .to("direct:mail")
                // Two nodes wrote a first row for the same mail at once. Who was too late tries again, and
                // finds the other's.
                .doCatch(DuplicateKeyException.class)
                .to("direct:mail")
                .end();

        from("direct:mail").routeId("mail")
                .transacted(Database.ONE_TRANSACTION)
                // The repository's key is written after the commit. Who was killed in between has to ask here.
                .filter().method(store, "isNew")
                .setProperty(INBOX, method(addresses, "inboxOf"))
                .bean(store, "add")
                .bean(attachments, "save")
                .bean(store, "addAttachments")
                .choice()
                .when(exchangeProperty(INBOX).isEqualTo(Inbox.ORDERS)).to("direct:orders")
                .when(exchangeProperty(INBOX).isEqualTo(Inbox.SUPPORT)).to("direct:support")
                .otherwise().log("Mail ${header.CamelPostalId} is for nobody in particular")
                .end()
                .to("direct:queue-reply");
    }
}
