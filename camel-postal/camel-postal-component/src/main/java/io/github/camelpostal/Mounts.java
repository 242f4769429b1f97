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

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

import org.apache.camel.CamelContext;
import org.apache.camel.Ordered;
import org.apache.camel.StartupListener;
import org.apache.camel.support.service.ServiceSupport;

/**
 * The paths of one CamelContext on which Postal finds us, each mounted once and for as long as the context lives.
 *
 * <p>Postal takes a 404 as final and bounces the mail (contract 4.5), which is what a server answers on the path of a
 * stopped route. So a mount is never taken down with its route; without one it answers 503.
 */
final class Mounts extends ServiceSupport implements StartupListener, Ordered {

    /** Without what has a meaning to some server: parameters, wildcards, queries. */
    private static final Pattern PLAIN_PATH = Pattern.compile("(/[A-Za-z0-9._~-]+)+|/");
    /** platform-http takes every path that starts like this for an HTTP proxy of its own. */
    private static final String PROXY_PREFIX = "/proxy";

    private final CamelContext context;
    private final Map<String, Mount> byPath = new ConcurrentHashMap<>();

    private Mounts(CamelContext context) {
        this.context = context;
    }

    static Mounts of(CamelContext context) throws Exception {
        synchronized (context) {
            Mounts mounts = context.hasService(Mounts.class);
            if (mounts == null) {
                mounts = new Mounts(context);
                context.addService(mounts, true, true);
                context.addStartupListener(mounts);
            }
            return mounts;
        }
    }

    /**
     * The mount of the endpoint's path, which is opened when the HTTP server is there.
     *
     * @throws IllegalArgumentException if the path is no plain path, or another endpoint has it
     */
    synchronized Mount claim(PostalEndpoint endpoint) throws Exception {
        String path = plain(endpoint.getPath());
        Mount mount = byPath.get(path);
        if (mount == null) {
            mount = new Mount(path, HttpServer.find(context, endpoint.getHttpServerComponent()), this);
            byPath.put(path, mount);
        }
        mount.claim(endpoint);
        return mount;
    }

    /** The HTTP server is there and no route has begun: the time to mount, also what is not started automatically. */
    @Override
    public void onCamelContextStarted(CamelContext started, boolean alreadyStarted) throws Exception {
        for (Mount mount : byPath.values()) {
            mount.open(started);
        }
    }

    /** The endpoint's route is gone for good: another one may have the path. */
    static void release(PostalEndpoint endpoint) {
        Mounts mounts = endpoint.getCamelContext().hasService(Mounts.class);
        if (mounts != null) {
            mounts.byPath.values().forEach(mount -> mount.release(endpoint));
        }
    }

    /** The mount that a request to a path below another mount means, when there is one. */
    Optional<Mount> meantBy(String requestPath, Mount outer) {
        return byPath.values().stream()
                .filter(mount -> mount.path().startsWith(outer.path() + "/") && requestPath.endsWith(mount.path()))
                .max(Comparator.comparingInt(mount -> mount.path().length()));
    }

    /** After Camel's own listener of this order, which has been there longer, has started the HTTP server. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST;
    }

    /** The HTTP server, which stops after us, drops its paths itself; until then they go on answering 503. */
    @Override
    protected void doStop() {
        byPath.values().forEach(Mount::forget);
        byPath.clear();
    }

    private static String plain(String path) {
        String withSlash = path.startsWith("/") ? path : "/" + path;
        String plain = withSlash.length() > 1 && withSlash.endsWith("/")
                ? withSlash.substring(0, withSlash.length() - 1)
                : withSlash;
        if (!PLAIN_PATH.matcher(plain).matches()) {
            throw new IllegalArgumentException("path=" + path + " is not a plain path. Write for example path=/postal/billing,"
                    + " of letters, digits and - . _ ~");
        }
        if (plain.startsWith(PROXY_PREFIX)) {
            throw new IllegalArgumentException("path=" + path + " cannot be mounted, because platform-http takes paths that"
                    + " start with /proxy for a proxy of its own. Write for example path=/postal" + plain);
        }
        return plain;
    }
}
