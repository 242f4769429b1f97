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

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

import io.github.camelpostal.RealClient;
import io.github.camelpostal.testing.ScriptedServer;
import org.junit.jupiter.api.Test;

/**
 * Responses of versions before 3.3.1 (protocol 11), of mails whose content Postal has thrown away (protocol 2.16), and what JSON
 * allows without Postal doing it.
 */
class OldResponsesTest {

    @Test
    void zeroAndOneAreBooleansAndTextsAreNumbers() throws Exception {
        StoredMessage message = message("""
                {"id":7,"token":"abcdefghijkl","details":{"rcpt_to":"b@x","mail_from":"a@x","subject":"s","message_id":"m@x",
                 "timestamp":"1795197511.25","direction":"outgoing","size":1766,"bounce":1,"bounce_for_id":"6","tag":null,
                 "received_with_ssl":0},"status":{"status":"Held","last_delivery_attempt":null,"held":"1","hold_expiry":1795197512},
                 "inspection":{"inspected":1,"spam":0,"spam_score":"-1.5","threat":"true","threat_details":"Eicar"}}""");
        StoredMessage.Details details = message.details();
        assertThat(details.bounce()).isTrue();
        assertThat(details.bounceForId()).isEqualTo(6L);
        assertThat(details.size()).isEqualTo(1766L);
        assertThat(details.receivedWithSsl()).isFalse();
        assertThat(details.timestamp()).isEqualTo(Instant.parse("2026-11-20T17:58:31.250Z"));
        assertThat(message.status()).isEqualTo(new StoredMessage.Status("Held", null, true,
                Instant.ofEpochSecond(1795197512)));
        assertThat(message.inspection())
                .isEqualTo(new StoredMessage.Inspection(true, false, -1.5, true, "Eicar"));
    }

    @Test
    void aMailWithoutItsContentIsReadAsFarAsItIsThere() throws Exception {
        StoredMessage message = message(
                """
                {"id":7,"token":"t","details":{"rcpt_to":null,"mail_from":null,"subject":null,"message_id":null,"timestamp":1.5,
                 "direction":"incoming","size":null,"bounce":false,"bounce_for_id":0,"tag":null,"received_with_ssl":null},
                 "plain_body":null,"html_body":null,"attachments":[],"headers":{},"raw_message":"DQoNCg==\\n","activity_entries":null}""");
        assertThat(message.details().size()).isNull();
        assertThat(message.details().bounceForId()).isNull();
        assertThat(message.plainBody()).isNull();
        assertThat(message.attachments()).isEmpty();
        assertThat(message.headers()).isEmpty();
        assertThat(message.rawMessage().length()).isEqualTo(4);
        assertThat(message.expansions()).containsExactlyInAnyOrder(Expansion.DETAILS, Expansion.PLAIN_BODY, Expansion.HTML_BODY,
                Expansion.ATTACHMENTS, Expansion.HEADERS, Expansion.RAW_MESSAGE, Expansion.ACTIVITY_ENTRIES);
        assertThat(message.toMap()).containsEntry("plain_body", null).containsEntry("raw_message", "DQoNCg==")
                .doesNotContainKey("inspection");
    }

    @Test
    void anAttachmentMayLackEverything() throws Exception {
        StoredMessage message = message("""
                {"id":7,"token":"t","attachments":[{"filename":null,"content_type":null,"data":null,"size":null,"hash":null,"new":[{}]},
                 {"data":"QQ\\u003d\\u003d"}]}""");
        assertThat(message.attachments()).hasSize(2);
        assertThat(message.attachments().get(0).size()).isZero();
        assertThat(message.attachments().get(0).contentType()).isEqualTo("application/octet-stream");
        assertThat(message.attachments().get(1).size()).isEqualTo(1);
    }

    @Test
    void membersThatNobodyKnowsAreIgnoredAndTheOrderDoesNotMatter() throws Exception {
        try (ScriptedServer server = ScriptedServer.responding(
                "{\"new\":[{\"status\":1}],\"data\":{\"id\":7,\"token\":\"t\",\"new\":{\"id\":8}},\"flags\":null,\"status\":\"success\"}");
                RealClient real = RealClient.of(server.url())) {
            assertThat(real.client().message(7, EnumSet.noneOf(Expansion.class)).id()).isEqualTo(7);
        }
    }

    @Test
    void credentialsOfAnEndpointAreRemovedFromWhatPostalSaysAboutADelivery() throws Exception {
        try (ScriptedServer server = ScriptedServer.responding("""
                {"status":"success","data":[{"id":1,"status":"SoftFail","timestamp":1.0,"time":null,"log_id":null,"sent_with_ssl":0,
                "output":null,"details":"Connecting to https://user:p%40ss@in.example/x?to=a@b and http://t@h failed"}]}""");
                RealClient real = RealClient.of(server.url())) {
            assertThat(real.client().deliveries(1).get(0).details())
                    .isEqualTo("Connecting to https://in.example/x?to=a@b and http://h failed");
        }
    }

    @Test
    void oldWordsForBrokenCallsAreMattersOfAccess() throws Exception {
        for (String word : List.of("invalid-json", "invalid-controller-or-action")) {
            PostalAccessException failure = failure(PostalAccessException.class, 400,
                    "{\"status\":\"" + word + "\",\"details\":\"x\"}");
            assertThat(failure.rawCode()).isEqualTo(word);
        }
    }

    @Test
    void theOldWordForACrashLeavesASendUncertain() throws Exception {
        PostalUncertainException failure = failure(PostalUncertainException.class, 500,
                "{\"status\":\"internal-server-error\",\"details\":{}}");
        assertThat(failure.rawCode()).isEqualTo("internal-server-error");
    }

    @Test
    void aCodeThatNobodyKnowsIsARefusalAllTheSame() throws Exception {
        PostalRejectedException failure = failure(PostalRejectedException.class, 200,
                "{\"status\":\"error\",\"data\":{\"code\":\"BrandNew\",\"message\":\"secret\"}}");
        assertThat(failure.code()).isEqualTo(PostalErrorCode.UNKNOWN);
        assertThat(failure.rawCode()).isEqualTo("BrandNew");
        assertThat(failure).hasMessageContaining("BrandNew").hasMessageNotContaining("secret");
    }

    @Test
    void aComplaintAboutAParameterNamesItAndNothingElse() throws Exception {
        PostalRejectedException failure = failure(PostalRejectedException.class, 200,
                "{\"status\":\"parameter-error\",\"data\":{\"message\":\"`rcpt_to` is wrong: a@secret.example\"}}");
        assertThat(failure.code()).isEqualTo(PostalErrorCode.PARAMETER_ERROR);
        assertThat(failure).hasMessageContaining("(rcpt_to)").hasMessageNotContaining("secret");
    }

    @Test
    void numbersBeyondAllReasonAreNotPostals() throws Exception {
        for (String data : List.of("{\"id\":1e999999999,\"token\":\"t\"}", "{\"id\":1.5,\"token\":\"t\"}", "{\"token\":\"t\"}",
                "{\"id\":99999999999999999999,\"token\":\"t\"}",
                "{\"id\":1,\"token\":\"t\",\"status\":{\"status\":\"Sent\",\"last_delivery_attempt\":1e300}}",
                "{\"id\":1,\"token\":\"t\",\"status\":{\"status\":\"Sent\",\"last_delivery_attempt\":1e-999999999,\"hold_expiry\":-1}}",
                "{\"id\":1,\"token\":\"t\",\"raw_message\":\"!!!!\"}", "{\"id\":1,\"token\":\"t\",\"headers\":[]}",
                "{\"id\":1,\"token\":\"t\",\"attachments\":{}}", "{\"id\":1,\"token\":\"t\",\"attachments\":[1]}")) {
            try (ScriptedServer server = ScriptedServer.responding("{\"status\":\"success\",\"data\":" + data + "}");
                    RealClient real = RealClient.of(server.url())) {
                assertThat(catchThrowableOfType(PostalException.class,
                        () -> real.client().message(1, EnumSet.allOf(Expansion.class))))
                        .as(data).isInstanceOf(PostalUnavailableException.class);
            }
        }
    }

    @Test
    void aGoodKeyPassesTheProbeAndABadOneDoesNot() throws Exception {
        try (ScriptedServer server = ScriptedServer
                .responding("{\"status\":\"parameter-error\",\"data\":{\"message\":\"`id`\"}}");
                RealClient real = RealClient.of(server.url())) {
            real.client().probe();
            assertThat(server.onlyRequest().bodyText()).isEqualTo("{}");
            assertThat(server.onlyRequest().line()).startsWith("POST /api/v1/messages/message ");
        }
        PostalAccessException failure = probeFailure(
                "{\"status\":\"error\",\"data\":{\"token\":\"k\",\"code\":\"InvalidServerAPIKey\"}}");
        assertThat(failure.rawCode()).isEqualTo("InvalidServerAPIKey");
        assertThat(failure.operation()).isEqualTo("probe");
    }

    @Test
    void aResultHasPostalsNames() throws Exception {
        SendResult result = new SendResult(null, Map.of("b@x", new SendResult.Recipient(1, "t")));
        assertThat(result.toMap()).isEqualTo(new java.util.HashMap<>() {
            {
                put("message_id", null);
                put("messages", Map.of("b@x", Map.of("id", 1L, "token", "t")));
            }
        });
    }

    private static StoredMessage message(String data) throws Exception {
        try (ScriptedServer server = ScriptedServer.responding("{\"status\":\"success\",\"data\":" + data + "}");
                RealClient real = RealClient.of(server.url())) {
            return real.client().message(7, EnumSet.allOf(Expansion.class));
        }
    }

    private static <T extends PostalException> T failure(Class<T> type, int status, String body) throws Exception {
        try (ScriptedServer server = ScriptedServer.responding(status, "application/json", body);
                RealClient real = RealClient.of(server.url())) {
            PostalException failure = catchThrowableOfType(PostalException.class,
                    () -> real.client().sendMessage(Messages.small()));
            assertThat(failure).isInstanceOf(type);
            return type.cast(failure);
        }
    }

    private static PostalAccessException probeFailure(String body) throws Exception {
        try (ScriptedServer server = ScriptedServer.responding(body); RealClient real = RealClient.of(server.url())) {
            return catchThrowableOfType(PostalAccessException.class, () -> real.client().probe());
        }
    }
}
