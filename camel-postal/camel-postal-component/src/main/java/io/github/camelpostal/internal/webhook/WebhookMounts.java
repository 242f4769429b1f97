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
package io.github.camelpostal.internal.webhook;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import org.apache.camel.CamelContext;
import org.apache.camel.Ordered;
import org.apache.camel.StartupListener;
import org.apache.camel.support.service.ServiceSupport;

/**
 * The mounted paths of one CamelContext, each mounted once and for as long as the context lives.
 *
 * <p>Postal takes a 404 as final and bounces the mail (protocol 4.5), and that is the response of a server on the path of a
 * stopped route. So a mount is never taken down with its route; without one it responds with 503.
 */
public final class WebhookMounts extends ServiceSupport implements StartupListener, Ordered {

    /** Without what has a meaning to some server: parameters, wildcards, queries. */
    private static final Pattern PLAIN_PATH = Pattern.compile("(/[A-Za-z0-9._~-]+)+|/");
    private static final Pattern PATH_PARAMETERS = Pattern.compile(";[^/]*");
    private static final Pattern SLASHES_AT_THE_END = Pattern.compile("(?<=.)/+$");
    /** platform-http takes every path that starts like this for an HTTP proxy of its own. */
    private static final String PROXY_PREFIX = "/proxy";

    private final Map<String, WebhookMount> byPath = new ConcurrentHashMap<>();

    private WebhookMounts() {
    }

    public static WebhookMounts of(CamelContext context) throws Exception {
        synchronized (context) {
            WebhookMounts mounts = context.hasService(WebhookMounts.class);
            if (mounts == null) {
                mounts = new WebhookMounts();
                context.addService(mounts, true, true);
                context.addStartupListener(mounts);
            }
            return mounts;
        }
    }

    /**
     * The mount of a path, which is opened when the HTTP server is there.
     *
     * @param  methods                  what it is for, as a list with commas
     * @param  server                   looked for when the path is new
     * @param  owner                    who has the path until it is released
     * @throws IllegalArgumentException if the path is no plain path, or another owner has it
     */
    public synchronized WebhookMount claim(String path, String methods, Supplier<WebhookServer> server, Object owner) {
        String plain = plain(path);
        WebhookMount mount = byPath.get(plain);
        if (mount == null) {
            mount = new WebhookMount(plain, methods, server.get(), this);
            byPath.put(plain, mount);
        }
        mount.claim(owner);
        return mount;
    }

    /** The HTTP server is there and no route has begun: the time to mount, also what is not started automatically. */
    @Override
    public void onCamelContextStarted(CamelContext started, boolean alreadyStarted) throws Exception {
        for (WebhookMount mount : byPath.values()) {
            mount.open(started);
        }
    }

    /** The owner's route is gone: another one may have the path. */
    public static void release(CamelContext context, Object owner) {
        WebhookMounts mounts = context.hasService(WebhookMounts.class);
        if (mounts != null) {
            mounts.byPath.values().forEach(mount -> mount.release(owner));
        }
    }

    /** The mount of exactly this path; on every server, parameters and slashes at its end make no difference. */
    Optional<WebhookMount> at(String requestPath) {
        WebhookMount exactly = byPath.get(requestPath);
        if (exactly != null) { // nearly always, so that no pattern is matched
            return Optional.of(exactly);
        }
        String withoutParameters = PATH_PARAMETERS.matcher(requestPath).replaceAll("");
        return Optional.ofNullable(byPath.get(SLASHES_AT_THE_END.matcher(withoutParameters).replaceAll("")));
    }

    /** After Camel's own listener of this order, which has been there longer, has started the HTTP server. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST;
    }

    /** The HTTP server, which stops after us, drops its paths itself; until then they respond with 503. */
    @Override
    protected void doStop() {
        byPath.values().forEach(WebhookMount::forget);
        byPath.clear();
    }

    private static String plain(String path) {
        String withSlash = path.startsWith("/") ? path : "/" + path;
        String plain = SLASHES_AT_THE_END.matcher(withSlash).replaceAll("");
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
