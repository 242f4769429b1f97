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
package io.github.camelpostal.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.camelpostal.RealClient;
import io.github.camelpostal.payload.Content;
import io.github.camelpostal.testing.LogCapture;
import io.github.camelpostal.testing.ScriptedServer;
import org.apache.camel.support.ExceptionHelper;
import org.junit.jupiter.api.Test;

/**
 * The key goes to Postal and nowhere else, and neither it nor an address nor anything of a mail is in a text of ours.
 */
class SecretsTest {

    private static final String KEY = RealClient.KEY;
    private static final String ADDRESS = "canary.address@rcpt.test";
    private static final String SUBJECT = "Canary subject";

    private final PostalMessage message = PostalMessage.builder().from(ADDRESS).to(ADDRESS).subject(SUBJECT).plainBody(SUBJECT)
            .header("X-Canary", SUBJECT).attachment(PostalAttachment.of(SUBJECT, "text/plain", new byte[]{1})).build();

    @Test
    void noTextOfOursHoldsTheKeyOrTheMailWhateverTheResponse() throws Exception {
        // a response may hold all of it: Postal echoes an unknown key (protocol 2.2)
        String echo = "\"token\":\"" + KEY + "\",\"message\":\"" + KEY + ADDRESS + SUBJECT + "\"";
        List<String> responses = List.of("{\"status\":\"error\",\"data\":{" + echo + ",\"code\":\"InvalidServerAPIKey\"}}",
                "{\"status\":\"error\",\"data\":{" + echo + ",\"code\":\"" + ADDRESS + "\"}}",
                "{\"status\":\"parameter-error\",\"data\":{" + echo + "}}", "{\"status\":\"" + ADDRESS + "\",\"data\":{}}",
                "{\"status\":\"error\",\"data\":{\"token\":\"" + KEY, "{\"status\":\"success\",\"data\":{" + KEY + "}}",
                "{\"status\":\"success\",\"data\":{\"messages\":{\"" + ADDRESS + "\":{\"id\":\"" + KEY + "\"}}}}",
                "{\"status\":\"success\",\"data\":{\"messages\":\"" + ADDRESS + "\"}}", KEY + ADDRESS, "");
        List<String> texts = new ArrayList<>();
        try (LogCapture logs = new LogCapture()) {
            for (int status : new int[]{200, 302, 400, 403, 413, 429, 500}) {
                for (String response : responses) {
                    texts.addAll(textsOfAFailure(status, response));
                }
            }
            texts.addAll(logs.lines());
            assertThat(logs.lines()).as("our own log lines are captured").anyMatch(line -> line.contains("send/message"));
        }
        assertThat(texts).hasSizeGreaterThan(70).noneMatch(text -> text.contains(KEY)).noneMatch(text -> text.contains(ADDRESS))
                .noneMatch(text -> text.contains(SUBJECT));
    }

    @Test
    void noObjectTellsTheKeyOrTheMail() throws Exception {
        ServerAccess access = new ServerAccess(URI.create("http://127.0.0.1"), () -> KEY, "postal.example.com");
        RawMessage raw = new RawMessage(ADDRESS, List.of(ADDRESS), Content.of(SUBJECT.getBytes()), false);
        SendResult result = new SendResult("m@x", Map.of(ADDRESS, new SendResult.Recipient(1, "t")));
        try (RealClient real = RealClient.of(URI.create("http://127.0.0.1"))) {
            assertThat(List.of(access, raw, message, message.attachments(), message.headers(), result, real.client()))
                    .allSatisfy(object -> assertThat(object.toString()).doesNotContain(KEY, ADDRESS, SUBJECT));
        }
    }

    @Test
    void theTargetOfARedirectIsNeverAsked() throws Exception {
        for (int status : new int[]{301, 302, 303, 307, 308}) {
            try (ScriptedServer target = ScriptedServer.responding("{}");
                    ScriptedServer server = ScriptedServer.start(connection -> {
                        connection.readBody();
                        connection.respond(status, Map.of("Location", target.url() + "/api/v1/send/message"), new byte[0]);
                    });
                    RealClient real = RealClient.of(server.url())) {
                assertThat(catchThrowableOfType(PostalException.class, () -> real.client().sendMessage(message)))
                        .isInstanceOf(PostalAccessException.class).hasMessageContaining("redirect");
                server.onlyRequest();
                assertThat(target.connections()).isZero();
            }
        }
    }

    private List<String> textsOfAFailure(int status, String response) throws Exception {
        try (ScriptedServer server = ScriptedServer.responding(status, "application/json", response);
                RealClient real = RealClient.of(server.url())) {
            PostalException failure = catchThrowableOfType(PostalException.class, () -> real.client().sendMessage(message));
            return List.of(failure.getMessage(), failure.toString(), String.valueOf(failure.rawCode()),
                    ExceptionHelper.stackTraceToString(failure));
        }
    }
}
