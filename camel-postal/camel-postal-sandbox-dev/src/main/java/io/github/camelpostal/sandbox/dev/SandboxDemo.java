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
package io.github.camelpostal.sandbox.dev;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import io.github.camelpostal.sandbox.PostalSandbox;
import org.apache.camel.CamelContext;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.main.MainSupport;
import org.apache.camel.util.ObjectHelper;

/**
 * Shows an application on Camel Main at work: starts it, plays the people and systems around it in its sandbox, and tells the
 * person at the terminal how that went. To be extended in the tests of an application, with a {@code main} method that calls
 * {@link #runOrExit}.
 *
 * <p>Beside a real Postal nothing is played. Needs camel-main on the classpath.
 */
public abstract class SandboxDemo extends MainListenerSupport {

    private final Deque<AutoCloseable> surroundings = new ArrayDeque<>();
    private boolean exitAfterwards;
    private int exitCode = 1;

    /** For subclasses. */
    protected SandboxDemo() {
    }

    /**
     * Plays one demo. The routes have started when this is called, on the thread that started them.
     *
     * @param  camel     of the application
     * @param  postal    its Postal
     * @throws Exception or an AssertionError, such as those of Awaitility, when something did not go as it should
     */
    protected abstract void play(CamelContext camel, PostalSandbox postal) throws Exception;

    /**
     * What can be tried when the demo is over, also beside a real Postal.
     *
     * @param  camel of the application
     * @return       the end of the sentence "Now it is your turn: ...", without a full stop
     */
    protected abstract String yourTurn(CamelContext camel);

    /**
     * Runs the application until it is stopped; with {@code --exit} among the arguments, until the demo is over.
     *
     * @param  main      not started yet
     * @param  args      of the command line
     * @return           0; or 1 when something did not go as it should, or nothing was played beside a real Postal
     * @throws Exception if the application does not start
     */
    public final int run(Main main, String... args) throws Exception {
        exitAfterwards = List.of(args).contains("--exit");
        main.addMainListener(this);
        try {
            main.run();
        } finally {
            while (!surroundings.isEmpty()) {
                surroundings.pop().close();
            }
        }
        return exitCode;
    }

    /**
     * {@link #run}, for a {@code main} method: ends this JVM with the exit code, unless that is 0.
     *
     * @param  main      not started yet
     * @param  args      of the command line
     * @throws Exception if the application does not start
     */
    public final void runOrExit(Main main, String... args) throws Exception {
        int code = run(main, args);
        if (code != 0) {
            System.exit(code);
        }
    }

    /**
     * Starts what the application needs beside Postal, such as a broker where none is configured. Called when the application's
     * properties are known, before anything is made of them.
     *
     * @param  main       of the application
     * @param  realPostal whether a Postal is configured, so that nothing will be played
     * @throws Exception  if the application cannot be started with such properties
     */
    protected void prepare(BaseMainSupport main, boolean realPostal) throws Exception {
    }

    /**
     * Closes a part of the application's surroundings when the application has ended, also where it did not start. What was
     * opened last is closed first.
     *
     * @param  <T>  its type
     * @param  part such as a broker
     * @return      the same
     */
    protected final <T extends AutoCloseable> T closeAtEnd(T part) {
        surroundings.push(part);
        return part;
    }

    /**
     * Whether a property of the application has a value.
     *
     * @param  main of the application
     * @param  name of the property
     * @return      false if it is missing or empty
     */
    protected static boolean isSet(BaseMainSupport main, String name) {
        return main.getCamelContext().getPropertiesComponent().resolveProperty(name).filter(ObjectHelper::isNotEmpty)
                .isPresent();
    }

    /**
     * Sets a property of the application, whatever its files say.
     *
     * @param main  of the application, in {@link #prepare}
     * @param name  of the property
     * @param value of the property
     */
    protected static void set(BaseMainSupport main, String name, String value) {
        main.getCamelContext().getPropertiesComponent().addOverrideProperty(name, value);
    }

    /**
     * Presses a button: a POST without a body, as of a page's form, or of the link by which a mail program leaves a list.
     *
     * @param  url                  of the button
     * @throws IOException          if the response is an error, or there is none
     * @throws InterruptedException if the thread is to end
     */
    protected static void press(URI url) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url).POST(HttpRequest.BodyPublishers.noBody()).build();
        int status = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        if (status >= 400) {
            throw new IOException("The button responds with " + status);
        }
    }

    @Override
    public final void beforeConfigure(BaseMainSupport main) {
        try {
            prepare(main, isSet(main, "camel.component.postal.server-url"));
        } catch (Exception e) {
            throw RuntimeCamelException.wrapRuntimeException(e);
        }
    }

    @Override
    public final void afterStart(BaseMainSupport main) {
        CamelContext camel = main.getCamelContext();
        PostalSandbox postal = camel.getRegistry().findSingleByType(PostalSandbox.class);
        if (postal != null) {
            System.out.println("No Postal is configured: a sandbox plays its part, see " + postal.url());
            try {
                play(camel, postal);
                exitCode = 0;
                System.out.println("Demo complete");
            } catch (Exception | AssertionError e) {
                System.out.println("The demo stopped: " + e);
            }
        }
        System.out.println("Now it is your turn: " + yourTurn(camel) + ". Ctrl-C ends it.");
        if (exitAfterwards) {
            ((MainSupport) main).completed();
        }
    }
}
