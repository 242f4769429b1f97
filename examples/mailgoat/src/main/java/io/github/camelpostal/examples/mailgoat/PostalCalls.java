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

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.camelpostal.PostalComponent;
import io.github.camelpostal.PostalConfiguration;
import io.github.camelpostal.PostalConstants;
import io.github.camelpostal.api.Delivery;
import io.github.camelpostal.api.PostalErrorCode;
import io.github.camelpostal.api.PostalMessage;
import io.github.camelpostal.api.PostalRejectedException;
import io.github.camelpostal.api.SendResult;
import io.github.camelpostal.api.StoredMessage;
import io.github.camelpostal.ledger.JdbcSendLedger;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.h2.jdbcx.JdbcConnectionPool;

/** Postal's calls through the {@code postal:} component, without a route: one context for one command. */
final class PostalCalls implements AutoCloseable {

    /** Ids count from 1, so this one is never found: a call that needs a good key and changes nothing. */
    private static final long NO_SUCH_ID = 0;

    private final CamelContext context = new DefaultCamelContext();
    private final ProducerTemplate template;
    private final Optional<JdbcConnectionPool> ledger;

    PostalCalls(Settings settings) {
        this(settings, Optional.empty());
    }

    /** @param ledgerFile where it is written down which keys were sent; created if it is missing */
    PostalCalls(Settings settings, Optional<Path> ledgerFile) {
        PostalComponent postal = new PostalComponent();
        PostalConfiguration configuration = postal.getConfiguration();
        configuration.setServerUrl(settings.serverUrl());
        configuration.setApiKey(settings.apiKey().orElseThrow());
        settings.email().ifPresent(configuration::setFrom);
        ledger = ledgerFile.map(PostalCalls::open);
        ledger.ifPresent(database -> {
            JdbcSendLedger sendLedger = new JdbcSendLedger(database);
            sendLedger.setCreateTables(true);
            configuration.setSendLedger(sendLedger);
        });
        context.addComponent("postal", postal);
        context.start();
        template = context.createProducerTemplate();
    }

    /**
     * With a key among the headers, which needs a ledger, each recipient gets the message once, however often this is called.
     *
     * @param headers of {@link PostalConstants}: RFC 5322 address lists, and the key
     */
    SendResult send(PostalMessage message, Map<String, Object> headers) throws Exception {
        return call("postal:send", message, headers, SendResult.class);
    }

    /** @param expansions Postal's names, comma separated, or {@code all} */
    StoredMessage read(long id, String expansions) throws Exception {
        return call("postal:read?expansions=" + expansions, null, Map.of(PostalConstants.ID, id), StoredMessage.class);
    }

    @SuppressWarnings("unchecked")
    List<Delivery> deliveries(long id) throws Exception {
        return call("postal:deliveries", null, Map.of(PostalConstants.ID, id), List.class);
    }

    /** Whether server and key are good, found out without sending anything. Throws what a send would throw. */
    void probe() throws Exception {
        try {
            read(NO_SUCH_ID, "status");
        } catch (PostalRejectedException e) {
            if (e.code() != PostalErrorCode.MESSAGE_NOT_FOUND) {
                throw e;
            }
        }
    }

    @Override
    public void close() {
        context.stop();
        ledger.ifPresent(JdbcConnectionPool::dispose);
    }

    /** Two commands at the same time share the file: the first one serves the other. */
    private static JdbcConnectionPool open(Path file) {
        return JdbcConnectionPool.create("jdbc:h2:file:" + file.toAbsolutePath() + ";AUTO_SERVER=TRUE", "mailgoat", "");
    }

    private <T> T call(String uri, Object body, Map<String, Object> headers, Class<T> type) throws Exception {
        try {
            return template.requestBodyAndHeaders(uri, body, headers, type);
        } catch (CamelExecutionException e) {
            throw Optional.ofNullable(e.getCause()).filter(Exception.class::isInstance).map(Exception.class::cast).orElse(e);
        }
    }
}
