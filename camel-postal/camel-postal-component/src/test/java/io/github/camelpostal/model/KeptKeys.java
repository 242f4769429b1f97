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
package io.github.camelpostal.model;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.service.ServiceSupport;

/**
 * Keys that outlive the application, as in a database that commits on {@code add}: the worst that Camel has.
 */
final class KeptKeys {

    private final Set<String> keys = ConcurrentHashMap.newKeySet();

    /** In what state the database is. */
    enum State {
        WORKING, READ_ONLY, UNREACHABLE
    }

    /** Where the application dies while it records a key. */
    enum Death {
        NEVER, BEFORE_THE_COMMIT, AFTER_THE_COMMIT
    }

    boolean contains(String key) {
        return key != null && keys.contains(key);
    }

    Connection connect() {
        return new Connection();
    }

    /** The database as one life of the application sees it. */
    final class Connection extends ServiceSupport implements IdempotentRepository {

        volatile State state = State.WORKING;
        volatile Death death = Death.NEVER;
        private volatile boolean cut;

        /** The process is gone: nothing that it still does reaches the database. */
        void cut() {
            cut = true;
        }

        @Override
        public boolean add(String key) {
            if (cut || death == Death.BEFORE_THE_COMMIT || state != State.WORKING) {
                cut |= death == Death.BEFORE_THE_COMMIT;
                throw new IllegalStateException("cannot be written");
            }
            boolean added = keys.add(key);
            cut |= death == Death.AFTER_THE_COMMIT;
            return added;
        }

        @Override
        public boolean contains(String key) {
            if (cut || state == State.UNREACHABLE) {
                throw new IllegalStateException("cannot be read");
            }
            return keys.contains(key);
        }

        @Override
        public boolean confirm(String key) {
            return true; // as in Camel's JDBC repository
        }

        @Override
        public boolean remove(String key) {
            return keys.remove(key);
        }

        @Override
        public void clear() {
            keys.clear();
        }
    }
}
