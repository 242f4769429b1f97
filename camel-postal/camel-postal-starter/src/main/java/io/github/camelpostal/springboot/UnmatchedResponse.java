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
package io.github.camelpostal.springboot;

import java.io.IOException;
import java.util.Set;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;

/**
 * The response to something that Postal sent to a path that is not ours. The application may respond as it likes; but where
 * nothing in it matches the path, Postal must not get a 404, or it bounces the mail (protocol 4.5).
 */
final class UnmatchedResponse extends HttpServletResponseWrapper {

    /** What a container and Spring MVC say of a path without a handler; 405 because resources are served to GET. */
    private static final Set<Integer> NO_HANDLER = Set.of(SC_NOT_FOUND, SC_METHOD_NOT_ALLOWED);

    private boolean unmatched;

    UnmatchedResponse(HttpServletResponse response) {
        super(response);
    }

    /** Whether the application knows no such path. Then nothing has been written yet. */
    boolean isUnmatched() {
        return unmatched;
    }

    @Override
    public void sendError(int status) throws IOException {
        if (NO_HANDLER.contains(status)) {
            unmatched = true;
        } else {
            super.sendError(status);
        }
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        if (NO_HANDLER.contains(status)) {
            unmatched = true;
        } else {
            super.sendError(status, message);
        }
    }
}
