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
package io.github.camelpostal.examples.jmstomail;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.camelpostal.sandbox.PostalSandbox;
import org.apache.camel.builder.NotifyBuilder;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.component.jms.JmsEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jms.connection.JmsTransactionManager;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.DefaultTransactionStatus;

/** The broker is lost between the mail and the commit. */
class CommitFailsTest {

    // a second one commits as well, having received nothing
    private static final Map<String, String> ONE_CONSUMER = Map.of("jms-to-mail.consumers", "1");

    @TempDir
    Path folder;

    @Test
    void aMailWhoseCommitFailedIsNotSentAgain() {
        try (PostalSandbox sandbox = PostalSandbox.builder().domain("shop.example").start();
                RunningRoutes routes = new RunningRoutes(folder, sandbox.port(), sandbox.apiKey(), ONE_CONSUMER)) {
            AtomicBoolean failed = failTheNextCommit(routes, sandbox);
            NotifyBuilder takenTwice = new NotifyBuilder(routes.camel()).fromRoute(MailQueueRoutes.ROUTE).whenDone(2).create();
            routes.put(RunningRoutes.order("1", "zoe@customer.example"));
            RunningRoutes.eventually(failed::get);

            assertThat(takenTwice.matches(RunningRoutes.TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(sandbox.sent()).hasSize(1);
        }
    }

    /** The next mail goes out, and then its transaction cannot be committed. */
    private static AtomicBoolean failTheNextCommit(RunningRoutes routes, PostalSandbox sandbox) {
        JmsComponent jms = routes.camel().getComponent("jms", JmsComponent.class);
        AtomicBoolean failed = new AtomicBoolean();
        restart(routes, new JmsTransactionManager(jms.getConfiguration().getConnectionFactory()) {
            private static final long serialVersionUID = 1L;

            @Override
            protected void doCommit(DefaultTransactionStatus status) {
                if (!sandbox.sent().isEmpty() && !failed.getAndSet(true)) {
                    super.doRollback(status);
                    throw new TransactionSystemException("The broker is gone");
                }
                super.doCommit(status);
            }
        });
        return failed;
    }

    /** The listener of the route holds the transaction manager that it was built with. */
    private static void restart(RunningRoutes routes, JmsTransactionManager manager) {
        try {
            routes.camel().getRouteController().stopRoute(MailQueueRoutes.ROUTE);
            ((JmsEndpoint) routes.camel().getRoute(MailQueueRoutes.ROUTE).getEndpoint()).setTransactionManager(manager);
            routes.camel().getRouteController().startRoute(MailQueueRoutes.ROUTE);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
