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
package io.github.camelpostal.benchmarks;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The ways of {@link Receivers} one at a time, for JMH's profilers. */
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class ReceivingBenchmark {

    /** The application. */
    @State(Scope.Benchmark)
    public static class Application {

        @Param({"RESPONSE_ONLY", "BY_HAND", "UNVERIFIED", "FULL"})
        public Receivers.Way way;

        @Param({"false", "true"})
        public boolean mail;

        private Receivers receivers;
        private Contest.Caller caller;

        @Setup
        public void start() throws Exception {
            receivers = new Receivers();
            caller = receivers.caller(way, mail ? receivers.mails() : receivers.events());
        }

        @TearDown
        public void stop() throws Exception {
            receivers.close();
        }
    }

    /** The connection of one thread. */
    @State(Scope.Thread)
    public static class Connection {

        private Contest.Call call;

        @Setup
        public void open(Application application) throws Exception {
            call = application.caller.open();
        }

        @TearDown
        public void close() throws Exception {
            call.close();
        }
    }

    @Benchmark
    public void post(Connection connection) throws Exception {
        connection.call.make();
    }
}
