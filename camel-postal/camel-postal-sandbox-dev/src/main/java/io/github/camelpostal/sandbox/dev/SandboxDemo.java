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

import java.util.List;

import io.github.camelpostal.sandbox.PostalSandbox;
import org.apache.camel.CamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.main.MainSupport;

/**
 * Shows an application on Camel Main at work: starts it, plays the people and systems around it in its sandbox, and tells the
 * person at the terminal how that went. To be extended in the tests of an application, with a {@code main} method that calls
 * {@link #run}.
 *
 * <p>Beside a real Postal nothing is played. Needs camel-main on the classpath.
 */
public abstract class SandboxDemo extends MainListenerSupport {

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
        main.run();
        return exitCode;
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
