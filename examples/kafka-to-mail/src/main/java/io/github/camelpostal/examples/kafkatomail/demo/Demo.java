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
package io.github.camelpostal.examples.kafkatomail.demo;

import java.util.List;

import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.main.MainSupport;

/**
 * Joins in where no Postal or no Kafka is configured: brings what is missing and, without a Postal, tells a story with it. The
 * routes know nothing of it.
 */
public final class Demo extends MainListenerSupport implements AutoCloseable {

    private final boolean exitAfterwards;
    private final Progress progress = new Progress();
    private Surroundings surroundings;
    private int exitCode;

    /** @param exitAfterwards whether to end the process when the story is told */
    public Demo(boolean exitAfterwards) {
        this.exitAfterwards = exitAfterwards;
    }

    /** 0, or 1 when something did not arrive, or when there was nothing to show. */
    public int exitCode() {
        return exitCode;
    }

    /** Properties are known, components are not made yet. */
    @Override
    public void beforeConfigure(BaseMainSupport main) {
        surroundings = new Surroundings(main.getCamelContext().getPropertiesComponent());
        main.getCamelContext().getManagementStrategy().addEventNotifier(progress);
    }

    @Override
    public void afterStart(BaseMainSupport main) {
        boolean sandbox = surroundings.postal() != null;
        Account account = new Account();
        account.opening(surroundings);
        List<String> missing = List.of();
        if (sandbox) {
            Story story = new Story(main.getCamelContext(), surroundings, progress, account);
            missing = story.play();
        }
        account.end(missing, surroundings, exitAfterwards);
        if (exitAfterwards) {
            exitCode = missing.isEmpty() && sandbox ? 0 : 1;
            ((MainSupport) main).completed();
        }
    }

    @Override
    public void close() {
        if (surroundings != null) {
            surroundings.close();
        }
    }
}
