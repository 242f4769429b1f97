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

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests in any language ask the sandbox and choose what happens, as tests in Java do. */
class ControlApiTest {
    private static final String SERVER = "/control/servers/sandbox";

    private final Stage stage = new Stage();
    private final Client client = new Client(stage.postal);

    @AfterEach
    void stop() {
        stage.close();
    }

    @Test
    void tellsHowToReachTheMailServers() {
        JsonNode server = get("/control/servers").path(0);

        assertThat(server.path("name").asText()).isEqualTo("sandbox");
        assertThat(server.path("apiKey").asText()).isEqualTo(stage.postal.apiKey());
        assertThat(server.path("domains")).hasToString("[\"acme.example\"]");
        assertThat(get(SERVER)).isEqualTo(server);
    }

    @Test
    void listsAndSearchesMessages() {
        stage.send("ann@a.test");
        stage.send("held@b.test");
        stage.settle();

        assertThat(get(SERVER + "/messages").path("total").asInt()).isEqualTo(2);
        assertThat(get(SERVER + "/messages").at("/messages/0/to").asText()).as("newest first").isEqualTo("held@b.test");
        for (String query : List.of("q=ann", "q=to:ann%20status:sent", "to=ANN@a.test", "status=sent",
                "direction=outgoing&limit=1&offset=1",
                "subject=s&from=me@acme.example&to=ann@a.test")) {
            assertThat(get(SERVER + "/messages?" + query).at("/messages/0/to").asText()).as(query).isEqualTo("ann@a.test");
        }
        assertThat(get(SERVER + "/messages?direction=incoming").path("total").asInt()).isZero();
        assertThat(get(SERVER + "/messages?tag=none").path("messages")).isEmpty();
    }

    @Test
    void showsAMessageWholeAndRaw() {
        client.call("/api/v1/send/message",
                "{'to':['ann@a.test'],'from':'me@acme.example','subject':'Gr\u00fc\u00dfe','tag':'t','plain_body':'text',"
                        + "'html_body':'<a href=https://shop.example/>x</a>','attachments':[{'name':'a.txt','data':'YWJj'}]}");
        stage.settle();

        JsonNode message = get(SERVER + "/messages/1");
        assertThat(message.path("subject").asText()).isEqualTo("Gr\u00fc\u00dfe");
        assertThat(message.path("text").asText()).isEqualTo("text");
        assertThat(message.at("/attachments/0"))
                .hasToString("{\"name\":\"a.txt\",\"type\":\"application/octet-stream\",\"size\":3,\"data\":\"YWJj\"}");
        assertThat(message.at("/deliveries/0/status").asText()).isEqualTo("Sent");
        assertThat(message.path("tag").asText()).isEqualTo("t");
        HttpResponse<String> raw = client.send(client.request(SERVER + "/messages/1/raw"));
        assertThat(raw.body()).contains("X-Postal-MsgID: " + message.path("token").asText());
        assertThat(raw.headers().firstValue("Content-Disposition"))
                .hasValueSatisfying(value -> assertThat(value).startsWith("attachment"));
    }

    @Test
    void letsMailComeInFromFieldsOrWhole() {
        stage.postal.routeTo("support@acme.example", stage.endpoint.url("/"));

        HttpResponse<String> fields = change("POST", "/control/messages",
                "{'from':'zoe@customer.example','to':'support@acme.example','subject':'Help','text':'please'}");
        HttpResponse<String> whole = client
                .send(client.request("/control/messages?from=ann@customer.example").header("X-Postal-Sandbox", "1")
                        .header("Content-Type", "message/rfc822")
                        .POST(BodyPublishers.ofString("To: support@acme.example\nSubject: Hi\n\nx\n")));
        stage.settle();

        assertThat(fields.statusCode()).isEqualTo(201);
        assertThat(fields.body()).isEqualTo("{\"server\":\"sandbox\",\"id\":1}");
        assertThat(fields.headers().firstValue("Location")).hasValue(SERVER + "/messages/1");
        assertThat(whole.statusCode()).isEqualTo(201);
        assertThat(stage.postal.received()).extracting(StoredMail::mailFrom)
                .containsExactly("zoe@customer.example", "ann@customer.example");
        assertThat(change("POST", "/control/messages", "{'from':'a@b.test','to':'nobody@acme.example'}").statusCode())
                .isEqualTo(422);
    }

    @Test
    void showsWebhookRequestsWithTheirBodies() {
        StoredMail mail = stage.send("ann@a.test");
        stage.settle();

        JsonNode requests = get(SERVER + "/webhook-requests?event=MessageSent&messageId=" + mail.id());
        assertThat(requests.path("total").asInt()).isEqualTo(1);
        assertThat(requests.at("/webhookRequests/0/status").asInt()).isEqualTo(200);
        assertThat(requests.at("/webhookRequests/0/body").asText()).contains("\"event\":\"MessageSent\"");
        assertThat(requests.at("/webhookRequests/0/headers").has("X-Postal-Signature-256")).isTrue();
        assertThat(get(SERVER + "/webhook-requests?event=mail").path("total").asInt()).isZero();
    }

    @Test
    void choosesOutcomesAndLetsTimePass() {
        assertThat(change("POST", SERVER + "/outcomes",
                "{'recipients':'*@slow.example','outcome':'softFail','reply':'451 Later','times':2,"
                        + "'then':{'outcome':'hardFail','reply':'550 No'}}")
                .statusCode()).isEqualTo(204);
        StoredMail mail = stage.send("ann@slow.example");

        HttpResponse<String> time = change("POST", "/control/time/advance", "{'duration':'PT1H'}");

        assertThat(stage.statuses(mail)).containsExactly("SoftFail", "SoftFail", "HardFail");
        assertThat(time.body()).contains("\"now\":\"" + Stage.START.plusSeconds(3600) + "\"", "\"virtual\":true");
        change("DELETE", SERVER + "/outcomes", "");
        assertThat(stage.settled(stage.send("bob@slow.example")).status()).isEqualTo("Sent");
    }

    @Test
    void letsNoTimePassWhereItPassesByItself() {
        try (PostalSandbox real = PostalSandbox.builder().keyPair(Signatures.PAIR).start()) {
            HttpResponse<String> refused = new Client(real)
                    .send(HttpRequest.newBuilder(URI.create(real.url() + "/control/time/advance"))
                            .header("X-Postal-Sandbox", "1").POST(BodyPublishers.ofString("{\"duration\":\"PT1H\"}")));
            assertThat(refused.statusCode()).isEqualTo(409);
            assertThat(refused.body()).contains("virtualTime");
        }
    }

    @Test
    void makesTheApiFailAndRecover() {
        change("POST", "/control/faults", "{'fault':'respond','status':503,'on':'send/message','next':1}");
        assertThat(client.post("/api/v1/send/message", "{}").statusCode()).isEqualTo(503);
        assertThat(client.post("/api/v1/send/message", "{}").statusCode()).isEqualTo(200);

        change("POST", "/control/faults", "{'fault':'respond','status':502}");
        assertThat(client.post("/api/v1/messages/message", "{}").statusCode()).isEqualTo(502);
        change("DELETE", "/control/faults", "");
        assertThat(client.post("/api/v1/messages/message", "{}").statusCode()).isEqualTo(200);
    }

    @Test
    void makesRowsAndRequestsGoWrong() {
        change("POST", SERVER + "/faults", "{'fault':'skipIds','count':4}");
        change("POST", SERVER + "/faults", "{'fault':'repeatRequests','count':1}");

        assertThat(stage.send("ann@a.test").id()).isEqualTo(5);
        stage.settle();
        assertThat(stage.postal.webhookRequests().events("MessageSent")).hasSize(2);
        change("DELETE", SERVER + "/faults", "");
        stage.send("bob@a.test");
        stage.settle();
        assertThat(stage.postal.webhookRequests().events("MessageSent")).hasSize(3);
    }

    @Test
    void doesWhatAPersonDoes() {
        StoredMail held = stage.send("held@a.test");
        stage.settle();
        assertThat(change("POST", SERVER + "/messages/1/cancel-hold", "").statusCode()).isEqualTo(204);
        assertThat(stage.settled(held).status()).isEqualTo("HoldCancelled");
        assertThat(change("POST", SERVER + "/messages/1/release", "").statusCode()).as("it is no longer held").isEqualTo(409);
        assertThat(change("POST", SERVER + "/messages/1/open", "").statusCode()).isEqualTo(204);
        assertThat(change("POST", SERVER + "/messages/1/click", "{'url':'https://shop.example/'}").statusCode()).isEqualTo(204);
        stage.settle();
        assertThat(stage.events(held)).contains("MessageLoaded", "MessageLinkClicked");
    }

    @Test
    void forgetsEverythingButTheIds() {
        stage.send("ann@a.test");
        stage.settle();

        change("DELETE", SERVER + "/messages", "");

        assertThat(stage.postal.sent()).isEmpty();
        assertThat(stage.postal.webhookRequests()).isEmpty();
        assertThat(stage.send("bob@a.test").id()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"POST, /control/faults", "DELETE, /control/servers/sandbox/messages", "POST, /control/messages",
            "POST, /control/time/advance"})
    void changesNothingForAnotherWebPage(String method, String path) {
        stage.send("ann@a.test");

        for (Map<String, String> headers : List.of(Map.<String, String>of(),
                Map.of("Origin", "https://evil.example", "X-Postal-Sandbox", "1"),
                Map.of("Sec-Fetch-Site", "cross-site", "X-Postal-Sandbox", "1"))) {
            HttpRequest.Builder request = client.request(path).method(method,
                    BodyPublishers.ofString("{\"fault\":\"respond\",\"status\":503}"));
            headers.forEach(request::header);
            assertThat(client.send(request).statusCode()).isEqualTo(403);
        }
        assertThat(stage.postal.sent()).hasSize(1);
        assertThat(client.post("/api/v1/messages/message", "{}").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'fault':'explode'}", "{'fault':'respond'}", "{'fault':'respond','status':200}",
            "{'fault':'delay','duration':'soon'}",
            "{}", "[]", "{", "", "{'fault':'delay','duration':'-PT1S'}"})
    void saysWhatIsWrongWithARequest(String body) {
        HttpResponse<String> response = change("POST", "/control/faults", body);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(Client.json(response).path("error").asText()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/control", "/control/nothing", "/control/servers/nobody", "/control/servers/sandbox/nothing",
            "/control/servers/sandbox/messages/99", "/control/servers/sandbox/messages/x",
            "/control/servers/sandbox/messages/1/raw/x"})
    void saysThatThereIsNothing(String path) {
        assertThat(client.send(client.request(path)).statusCode()).isEqualTo(404);
    }

    @Test
    void describesWhatThereIs() {
        stage.send("held@a.test");
        stage.settle();
        JsonNode description = get("/control/openapi.json");

        description.path("paths").fields()
                .forEachRemaining(path -> Stream.of("get", "post", "delete").filter(path.getValue()::has)
                        .forEach(method -> {
                            String target = "/control" + path.getKey().replace("{server}", "sandbox").replace("{id}", "1");
                            HttpRequest.Builder request = client.request(target).header("X-Postal-Sandbox", "1");
                            int status = client.send(request.method(method.toUpperCase(), BodyPublishers.ofString("{}")))
                                    .statusCode();
                            if (!path.getKey().contains("{id}") || status != 404) {
                                assertThat(status).as(method + " " + target).isNotIn(404, 405, 500);
                            }
                        }));
        assertThat(description.at("/components/schemas/Message/properties").fieldNames()).toIterable()
                .containsExactlyInAnyOrderElementsOf(() -> {
                    stage.send("ann@a.test");
                    return get(SERVER + "/messages").at("/messages/0").fieldNames();
                });
    }

    private JsonNode get(String path) {
        return Client.json(client.send(client.request(path)));
    }

    private HttpResponse<String> change(String method, String path, String json) {
        return client.send(client.request(path).header("X-Postal-Sandbox", "1").header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(json.replace('\'', '"'))));
    }
}
