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
package io.github.camelpostal.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every recorded SMTP session, said again over a real connection, gets the replies of a real Postal: the same lines with the same
 * codes in the same order. What clients read is compared to the letter, sentences for people are not (protocol 7).
 */
class RecordedSmtpTest {
    private static final Pattern READ_BY_CLIENTS = Pattern
            .compile("250[- ](AUTH .*|STARTTLS|postal\\.example\\.com|OK)|334( VXNlcm5hbWU6| UGFzc3dvcmQ6)?");
    private static final Pattern BANNER = Pattern.compile("220 postal\\.example\\.com ESMTP Postal/[A-Z0-9]{8}");
    private static final Pattern CHALLENGE = Pattern.compile("<[0-9a-f]{20}@postal\\.example\\.com>");
    private static final Pattern COUNT = Pattern.compile("<(\\d+) bytes>");
    private static final String BARE_LF = " (bare LF)";
    private static final String END_OF_MAIL = "\r\n.\r\n";

    @ParameterizedTest
    @MethodSource("all")
    void respondsAsPostalDid(Recording recording) {
        try (PostalSandbox postal = SmtpSandbox.asRecorded(recording.name().equals("starttls-enabled"));
                SmtpDialogue dialogue = new SmtpDialogue(postal.smtpPort())) {
            Replay replay = new Replay(postal, dialogue);
            recording.json().path("transcript").forEach(replay::step);
            assertThat(dialogue.line()).as("after the last line").isNull();
        }
    }

    static List<Recording> all() {
        return Recording.all("smtp");
    }

    private static final class Replay {
        private final PostalSandbox postal;
        private final SmtpDialogue dialogue;
        private String recordedChallenge;
        private String challenge;

        Replay(PostalSandbox postal, SmtpDialogue dialogue) {
            this.postal = postal;
            this.dialogue = dialogue;
        }

        void step(JsonNode step) {
            if (step.has("note")) {
                assertThat(step.path("note").asText()).endsWith(dialogue.startTls(postal.smtpCertificate()));
            } else if (step.has("data")) {
                dialogue.send(data(step.path("data").asText()));
            } else if (step.path("from").asText().equals("client")) {
                dialogue.send(line(step.path("line").asText()));
            } else {
                compare(step.path("line").asText());
            }
        }

        private String data(String recorded) {
            var count = COUNT.matcher(recorded);
            if (count.matches()) {
                String head = "From: me@acme.example\r\nSubject: large\r\n\r\n";
                String line = "x".repeat(76) + "\r\n";
                return (head + line.repeat(Integer.parseInt(count.group(1)) / line.length() + 1)) + "." + "\r\n";
            }
            return recorded.endsWith(BARE_LF)
                    ? recorded.replace(BARE_LF, "").replace("\\n", "\n")
                    : recorded + END_OF_MAIL;
        }

        /** As recorded, except that a digest is that of today's challenge, with the same key. */
        private String line(String recorded) {
            if (challenge == null) {
                return recorded;
            }
            String[] response = decoded(recorded.strip()).split(" ");
            boolean rightKey = response[1].equals(hmac(SmtpSandbox.MAIN_KEY, recordedChallenge));
            String digest = hmac(rightKey ? SmtpSandbox.MAIN_KEY : "wrong", challenge);
            challenge = null;
            return Base64.getEncoder().encodeToString((response[0] + " " + digest).getBytes(StandardCharsets.UTF_8)) + "\r\n";
        }

        private void compare(String recorded) {
            if (recorded.startsWith("(no answer")) {
                // one reply, to an end that counts, shows that the bare LFs had none
                compare(dialogue.send(END_OF_MAIL).line(), "250 OK");
                compare(dialogue.send("QUIT\r\n").line(), "221 ");
            } else {
                compare(dialogue.line(), recorded.strip());
            }
        }

        private void compare(String line, String recorded) {
            assertThat(line).isNotNull().startsWith(recorded.substring(0, Math.min(4, recorded.length())));
            if (READ_BY_CLIENTS.matcher(recorded).matches()) {
                assertThat(line).isEqualTo(recorded);
            } else if (recorded.startsWith("334 ")) {
                recordedChallenge = decoded(recorded.substring(4));
                challenge = decoded(line.substring(4));
                assertThat(recordedChallenge).matches(CHALLENGE);
                assertThat(challenge).matches(CHALLENGE);
            } else if (BANNER.matcher(recorded).matches()) {
                assertThat(line).matches(BANNER);
            } else if (recorded.startsWith("235 ")) {
                assertThat(line).endsWith(recorded.substring(recorded.lastIndexOf(' ')));
            }
        }

        private static String decoded(String base64) {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        }

        private static String hmac(String key, String text) {
            try {
                Mac mac = Mac.getInstance("HmacMD5");
                mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacMD5"));
                return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
