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
package io.github.camelpostal.examples.deliverytracker;

import java.time.Clock;
import java.time.Duration;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.github.camelpostal.suppression.JdbcSuppressionList;
import io.github.camelpostal.suppression.PostalSuppressionList;
import org.apache.camel.CamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainConfigurationProperties;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.support.CamelContextHelper;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.DatabasePopulatorUtils;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/** Puts the tracker together, once the properties are known: the database with its schema, and the routes. */
final class Tracker extends MainListenerSupport implements AutoCloseable {

    private final Clock clock;
    private HikariDataSource database;

    Tracker(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void beforeConfigure(BaseMainSupport main) {
        CamelContext context = main.getCamelContext();
        TrackerClock now = new TrackerClock(clock);
        database = open(context);
        DatabasePopulatorUtils.execute(new ResourceDatabasePopulator(new ClassPathResource("schema.sql")), database);
        context.getRegistry().bind("dataSource", DataSource.class, database);
        context.getRegistry().bind("clock", now);
        addRoutes(main.configure(), context, now, suppressions(context));
    }

    /** After the routes have stopped. */
    @Override
    public void close() {
        if (database != null) {
            database.close();
        }
    }

    /** Whom not to write to. The component maintains it and asks it: {@code camel.component.postal.suppression-list}. */
    private PostalSuppressionList suppressions(CamelContext context) {
        JdbcSuppressionList suppressions = new JdbcSuppressionList(database, clock, Duration.ofHours(24));
        suppressions.createTables();
        context.getRegistry().bind("suppressions", PostalSuppressionList.class, suppressions);
        return suppressions;
    }

    private static void addRoutes(MainConfigurationProperties main, CamelContext context, TrackerClock clock,
            PostalSuppressionList suppressions) {
        String sender = property(context, "tracker.sender");
        CheckSchedule schedule = new CheckSchedule(duration(context, "tracker.reconcile.after"),
                duration(context, "tracker.reconcile.delivered-after"));
        Ledger ledger = new Ledger(clock, schedule, suppressions);
        Alarm.Rules rules = new Alarm.Rules(sender.substring(sender.lastIndexOf('@') + 1),
                duration(context, "tracker.pause.limit-approaching"), duration(context, "tracker.pause.limit-exceeded"),
                duration(context, "tracker.pause.dns"));
        main.addRoutesBuilder(new EventRoutes(ledger));
        main.addRoutesBuilder(new SendRoutes(ledger, clock));
        main.addRoutesBuilder(new AlarmRoutes(rules, clock));
        main.addRoutesBuilder(new ReconcileRoutes(ledger, schedule, clock));
        main.addRoutesBuilder(new ReportRoutes(clock, Duration.ofDays(Long.parseLong(property(context, "tracker.report.days"))),
                suppressions));
    }

    private static HikariDataSource open(CamelContext context) {
        HikariDataSource database = new HikariDataSource();
        database.setJdbcUrl(property(context, "tracker.database.url"));
        database.setUsername(property(context, "tracker.database.username"));
        database.setPassword(property(context, "tracker.database.password"));
        return database;
    }

    private static Duration duration(CamelContext context, String name) {
        return CamelContextHelper.parseDuration(context, property(context, name));
    }

    private static String property(CamelContext context, String name) {
        return context.resolvePropertyPlaceholders("{{" + name + "}}"); // or an exception that names it
    }
}
