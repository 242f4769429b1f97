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
package io.github.camelpostal.sandbox.internal.webhook;

import java.io.IOException;
import java.net.SocketException;

import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * Reads the response also if the server stopped reading the request, as Ruby's HTTP client does: a server that refuses a large
 * body sends a 413 and closes, and Postal acts on the 413 instead of seeing no connection.
 */
final class EarlyResponseExecutor extends HttpRequestExecutor {

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, HttpClientConnection connection,
            HttpResponseInformationCallback informationCallback, HttpContext context) throws IOException, HttpException {
        connection.sendRequestHeader(request);
        try {
            if (request.getEntity() != null) {
                connection.sendRequestEntity(request);
            }
            connection.flush();
        } catch (SocketException e) {
            if (!isBrokenPipe(e)) { // Ruby takes a reset for the end, too
                throw e;
            }
        }
        ClassicHttpResponse response = connection.receiveResponseHeader();
        while (response.getCode() < HttpStatus.SC_OK) {
            response = connection.receiveResponseHeader();
        }
        connection.receiveResponseEntity(response);
        return response;
    }

    private static boolean isBrokenPipe(SocketException e) {
        return e.getMessage() != null && e.getMessage().startsWith("Broken pipe");
    }
}
