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
package io.github.camelpostal.examples.inboxtoworkflow.scaleout;

import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;

/**
 * A TCP load balancer: each connection goes to the next backend in turn that takes it. What a backend leaves unreplied when it
 * dies is cut off for the client too, as with any balancer that looks at connections only.
 */
final class Balancer implements AutoCloseable {

    private static final String LOOPBACK = "127.0.0.1";
    private static final int TIMEOUT_SECONDS = 30;

    private final Vertx vertx = Vertx.vertx();
    private final NetServer server = vertx.createNetServer();
    private final NetClient client = vertx.createNetClient();
    private final List<Integer> backends;
    private final List<? extends Set<NetSocket>> open;
    private final AtomicInteger turn = new AtomicInteger();

    /** @param backends their ports on loopback */
    Balancer(List<Integer> backends) throws Exception {
        this.backends = backends;
        this.open = backends.stream().map(backend -> ConcurrentHashMap.<NetSocket>newKeySet()).toList();
        await(server.connectHandler(this::accept).listen(0, LOOPBACK));
    }

    URI url(String path) {
        return URI.create("http://" + LOOPBACK + ":" + server.actualPort() + path);
    }

    /** Connections to this backend, each of which is a request that waits for its reply. */
    int open(int backend) {
        return open.get(backend).size();
    }

    @Override
    public void close() throws Exception {
        await(vertx.close());
    }

    private void accept(NetSocket caller) {
        caller.pause();
        connect(caller, turn.getAndIncrement(), backends.size());
    }

    private void connect(NetSocket caller, int number, int tries) {
        int backend = Math.floorMod(number, backends.size());
        client.connect(backends.get(backend), LOOPBACK).onSuccess(callee -> join(caller, callee, open.get(backend)))
                .onFailure(refused -> {
                    if (tries > 1) {
                        connect(caller, number + 1, tries - 1);
                    } else {
                        caller.close();
                    }
                });
    }

    private static void join(NetSocket caller, NetSocket callee, Set<NetSocket> open) {
        open.add(callee);
        callee.closeHandler(end -> {
            open.remove(callee);
            caller.close();
        });
        caller.closeHandler(end -> callee.close());
        caller.exceptionHandler(broken -> caller.close());
        callee.exceptionHandler(broken -> callee.close());
        callee.pipeTo(caller);
        caller.pipeTo(callee);
    }

    private static void await(Future<?> future) throws Exception {
        future.toCompletionStage().toCompletableFuture().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }
}
