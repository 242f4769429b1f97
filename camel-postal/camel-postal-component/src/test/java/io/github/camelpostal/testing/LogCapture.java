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
package io.github.camelpostal.testing;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;
import org.apache.logging.log4j.core.layout.PatternLayout;

/**
 * All that is logged while it is open, stack traces included: by our loggers at TRACE, by all others at INFO.
 */
public final class LogCapture implements AutoCloseable {

    private static final String OURS = "io.github.camelpostal";

    private final LoggerContext context = (LoggerContext) LogManager.getContext(false);
    private final Recorder recorder = new Recorder();
    private final Level rootBefore;
    private final Map<String, Appender> appendersBefore;

    public LogCapture() {
        recorder.start();
        Configuration configuration = context.getConfiguration();
        rootBefore = configuration.getRootLogger().getLevel();
        appendersBefore = configuration.getRootLogger().getAppenders();
        appendersBefore.keySet().forEach(configuration.getRootLogger()::removeAppender);
        configuration.getRootLogger().setLevel(Level.INFO);
        configuration.getRootLogger().addAppender(recorder, Level.ALL, null);
        configuration.addLogger(OURS, new LoggerConfig(OURS, Level.TRACE, true));
        context.updateLoggers();
    }

    public List<String> lines() {
        return recorder.lines;
    }

    @Override
    public void close() {
        Configuration configuration = context.getConfiguration();
        configuration.getRootLogger().removeAppender(recorder.getName());
        configuration.getRootLogger().setLevel(rootBefore);
        appendersBefore.values().forEach(appender -> configuration.getRootLogger().addAppender(appender, null, null));
        configuration.removeLogger(OURS);
        context.updateLoggers();
    }

    private static final class Recorder extends AbstractAppender {

        private final List<String> lines = new CopyOnWriteArrayList<>();

        private Recorder() {
            super("capture", null, PatternLayout.newBuilder().withPattern("%p %c %m %xEx").build(), false,
                    Property.EMPTY_ARRAY);
        }

        @Override
        public void append(LogEvent event) {
            lines.add(getLayout().toSerializable(event).toString());
        }
    }
}
