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
package io.github.camelpostal.internal.health;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import io.github.camelpostal.api.PostalClient;
import io.github.camelpostal.internal.client.ConnectionSettings;
import io.github.camelpostal.internal.client.MailServer;
import io.github.camelpostal.internal.client.PostalHttpClients;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.WritableHealthCheckRepository;
import org.apache.hc.client5.http.classic.HttpClient;
import org.jspecify.annotations.Nullable;

/**
 * The health checks of one component's producers: one for each mail server and way to it, however many endpoints use it, because
 * Postal has five web threads and a poll every few seconds would keep them busy. Gone with the last producer.
 */
public final class HealthChecks {

    private final Supplier<CamelContext> camel;
    private final BooleanSupplier enabled;
    private final PostalHttpClients clients;
    private final Map<Target, WatchedServer> watched = new HashMap<>();
    private final List<ProcessHealthCheck> processes = new ArrayList<>();

    /** @param enabled whether a new check is switched on */
    public HealthChecks(Supplier<CamelContext> camel, BooleanSupplier enabled, PostalHttpClients clients) {
        this.camel = camel;
        this.enabled = enabled;
        this.clients = clients;
    }

    /** Begins to watch the server of a producer; what it returns ends that. */
    public Runnable watch(MailServer server, HttpClient http, PostalClient client) {
        Optional<WritableHealthCheckRepository> repository = repository();
        if (repository.isEmpty()) {
            return () -> {
            };
        }
        Target target = new Target(http, server.access().baseUrl(), server.access().hostHeader(), server.account());
        synchronized (watched) {
            watched.computeIfAbsent(target, t -> {
                HealthCheck check = new ServerHealthCheck(freeId(server), client, server.access());
                return new WatchedServer(added(check, repository.get()));
            }).users++;
        }
        return () -> release(target, repository.get());
    }

    /**
     * Begins to watch one of Postal's processes.
     *
     * @param option     the option that has the URL
     * @param url        its health URL; null for none
     * @param connection how to connect, whatever server that is for
     */
    public void watchProcess(String name, String option, @Nullable String url, Supplier<ConnectionSettings> connection) {
        Optional<WritableHealthCheckRepository> repository = repository();
        if (url == null || repository.isEmpty()) {
            return;
        }
        URI health = processUrl(name, option, url.strip());
        ProcessHealthCheck check = new ProcessHealthCheck(name, health, clients.acquire(connection.get().to(url)));
        processes.add(check);
        added(check, repository.get());
    }

    /** Ends watching the processes. */
    public void stopWatchingProcesses() {
        for (ProcessHealthCheck process : processes) {
            repository().ifPresent(repository -> repository.removeHealthCheck(process));
            process.close();
        }
        processes.clear();
    }

    private static URI processUrl(String name, String option, String url) {
        try {
            URI health = URI.create(url);
            if (ProcessHealthCheck.isUsable(health)) {
                return health;
            }
        } catch (IllegalArgumentException e) {
            // refused below, without the URL: it may hold a password
        }
        throw new IllegalArgumentException("The option " + option
                + " is no URL of a Postal process; write, for example, http://postal-" + name + ":9090/health");
    }

    private <T extends HealthCheck> T added(T check, WritableHealthCheckRepository repository) {
        check.setEnabled(enabled.getAsBoolean());
        repository.addHealthCheck(check);
        return check;
    }

    private void release(Target target, WritableHealthCheckRepository repository) {
        synchronized (watched) {
            WatchedServer entry = watched.get(target);
            if (entry != null && --entry.users == 0) {
                watched.remove(target);
                repository.removeHealthCheck(entry.check);
            }
        }
    }

    /** The server's name, else its host; numbered when another check has that already. */
    private String freeId(MailServer server) {
        String id = "producer:postal-" + server.label();
        String free = id;
        for (int number = 2; isTaken(free); number++) {
            free = id + "-" + number;
        }
        return free;
    }

    private boolean isTaken(String id) {
        return watched.values().stream().anyMatch(entry -> entry.check.getId().equals(id))
                || processes.stream().anyMatch(check -> check.getId().equals(id));
    }

    /** Empty where the application has switched health checks off. */
    private Optional<WritableHealthCheckRepository> repository() {
        return Optional.ofNullable(HealthCheckHelper.getHealthCheckRepository(camel.get(), "producers",
                WritableHealthCheckRepository.class));
    }

    private record Target(HttpClient http, URI baseUrl, @Nullable String hostHeader, MailServer.Account account) {
    }

    private static final class WatchedServer {

        private final HealthCheck check;
        private int users;

        private WatchedServer(HealthCheck check) {
            this.check = check;
        }
    }
}
