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
package io.github.camelpostal;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.camelpostal.api.PostalProcess;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.WritableHealthCheckRepository;
import org.apache.hc.client5.http.classic.HttpClient;

/**
 * The health checks of one component's producers: one for each mail server and way to it, however many endpoints use it, because
 * Postal has five web threads and a poll every few seconds would keep them busy. Gone with the last producer.
 */
final class HealthChecks {

    private final PostalComponent component;
    private final Map<Target, Watched> watched = new HashMap<>();
    private final List<ProcessHealthCheck> processes = new ArrayList<>();

    HealthChecks(PostalComponent component) {
        this.component = component;
    }

    /** Begins to watch the server of a producer; what it returns ends that. */
    Runnable watch(MailServers.MailServer server, ServerCalls calls) {
        Optional<WritableHealthCheckRepository> repository = repository();
        if (repository.isEmpty()) {
            return () -> {
            };
        }
        Target target = new Target(calls.http(), server.access().baseUrl(), server.access().hostHeader(), server.account());
        synchronized (watched) {
            watched.computeIfAbsent(target, t -> {
                HealthCheck check = new ServerHealthCheck(freeId(server), calls.client(), server.access());
                return new Watched(added(check, repository.get()));
            }).users++;
        }
        return () -> release(target, repository.get());
    }

    /** Begins to watch the processes of Postal whose health URL the component has. */
    void watchProcesses() {
        watchProcess("worker", "workerHealthUrl", component.getWorkerHealthUrl());
        watchProcess("smtp", "smtpHealthUrl", component.getSmtpHealthUrl());
    }

    void stopWatchingProcesses() {
        for (ProcessHealthCheck process : processes) {
            repository().ifPresent(repository -> repository.removeHealthCheck(process));
            process.close();
        }
        processes.clear();
    }

    private void watchProcess(String name, String option, String url) {
        if (url == null || repository().isEmpty()) {
            return;
        }
        PostalProcess process;
        try {
            process = new PostalProcess(URI.create(url.strip()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("The option " + option
                    + " is no URL of a Postal process; write, for example, http://postal-" + name + ":9090/health");
        }
        PostalConfiguration options = component.getConfiguration().copy();
        options.setServerUrl(url.strip());
        ProcessHealthCheck check = new ProcessHealthCheck(name, process, component.httpClients().acquire(options));
        processes.add(check);
        added(check, repository().get());
    }

    private <T extends HealthCheck> T added(T check, WritableHealthCheckRepository repository) {
        check.setEnabled(component.isHealthCheckProducerEnabled());
        repository.addHealthCheck(check);
        return check;
    }

    private void release(Target target, WritableHealthCheckRepository repository) {
        synchronized (watched) {
            Watched entry = watched.get(target);
            if (--entry.users == 0) {
                watched.remove(target);
                repository.removeHealthCheck(entry.check);
            }
        }
    }

    /** The server's name, else its host; numbered when another check has that already. */
    private String freeId(MailServers.MailServer server) {
        String id = "producer:postal-" + server.account().name().orElse(server.access().baseUrl().getRawAuthority());
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
        return Optional.ofNullable(HealthCheckHelper.getHealthCheckRepository(component.getCamelContext(), "producers",
                WritableHealthCheckRepository.class));
    }

    private record Target(HttpClient http, URI baseUrl, Optional<String> hostHeader, MailServers.Account account) {
    }

    private static final class Watched {

        private final HealthCheck check;
        private int users;

        private Watched(HealthCheck check) {
            this.check = check;
        }
    }
}
