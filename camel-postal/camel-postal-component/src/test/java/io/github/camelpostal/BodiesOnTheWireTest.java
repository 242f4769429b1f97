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
package io.github.camelpostal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import io.github.camelpostal.payload.InboundAttachment;
import io.github.camelpostal.payload.InboundMail;
import io.github.camelpostal.testing.Bodies;
import io.github.camelpostal.testing.TestKey;
import io.github.camelpostal.testing.Wire;
import org.apache.camel.Processor;
import org.apache.camel.StreamCache;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bodies of every size and pace: raw bytes, bounded, and never the server's own 400 or 413. */
class BodiesOnTheWireTest {

    private static final String FORM = "Content-Type: application/x-www-form-urlencoded";

    @TempDir
    Path spool;

    @Test
    void takesAFormWithAnAttachmentThatTheServerItselfWouldRefuse() throws Exception {
        byte[] content = new byte[10_000_000];
        new Random(1).nextBytes(content);
        List<byte[]> received = new CopyOnWriteArrayList<>();
        try (WebhookApp app = WebhookApp.start(spooling() + "&processingTimeout=60s", exchange -> received.add(
                firstAttachment(exchange.getMessage().getBody(InboundMail.class))))) {
            byte[] form = form(1, Base64.getMimeEncoder(60, new byte[]{'\n'}).encodeToString(content), 1);

            assertThat(app.post(form, FORM).status()).isEqualTo(200);
            assertThat(received).containsExactly(content);
        }
    }

    @Test
    void takesAFormWithMoreFieldsThanTheServerItselfWouldTake() throws Exception {
        try (WebhookApp app = WebhookApp.start()) {
            assertThat(app.post(form(1, "aGVsbG8=", 100), FORM).status()).isEqualTo(200);
            assertThat(app.routed().take().getMessage().getBody(InboundMail.class).attachments()).hasSize(100);
        }
    }

    @Test
    void keepsWhatIsLargeInFilesThatNobodyElseCanReadAndRemovesThemWhenTheExchangeIsDone() throws Exception {
        List<Path> during = new CopyOnWriteArrayList<>();
        List<String> modes = new CopyOnWriteArrayList<>();
        try (CamelApp app = start(exchange -> {
            for (Path file : parts()) {
                during.add(file);
                modes.add(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            }
        })) {
            assertThat(post(app, Bodies.mail(1, "tok", "x".repeat(5000)))).isEqualTo(200);

            assertThat(during).isNotEmpty();
            assertThat(modes).containsOnly("rw-------");
            await().until(() -> parts().isEmpty());
        }
    }

    @Test
    void keepsTheFilesUntilTheExchangeIsDoneWhereItWasHandedTo() throws Exception {
        List<Integer> sizes = new CopyOnWriteArrayList<>();
        var hold = new CountDownLatch(1);
        try (CamelApp app = CamelApp.start(new RouteBuilder() {
            @Override
            public void configure() {
                from("postal:webhook?verifySignature=false&bodyFormat=raw" + spooling() + "&attachmentThreshold=1000")
                        .to("seda:later?waitForTaskToComplete=Never");
                from("seda:later").process(exchange -> hold.await())
                        .process(exchange -> sizes.add(exchange.getMessage().getBody(byte[].class).length));
            }
        })) {
            byte[] body = Bodies.mail(1, "tok", "x".repeat(5000));
            assertThat(Wire.post(app.port(), "/postal", body).status()).isEqualTo(200);
            assertThat(parts()).isNotEmpty();
            hold.countDown();

            await().until(() -> parts().isEmpty());
            assertThat(sizes).containsExactly(body.length);
        }
    }

    @Test
    void removesTheFileOfABodyThatWasRefused() throws Exception {
        try (WebhookApp app = WebhookApp.start(spooling() + "&attachmentThreshold=1000&maxBodySize=3000", exchange -> {
        })) {
            assertThat(app.post(Bodies.mail(1, "tok", "x".repeat(5000))).status()).isEqualTo(413);
            assertThat(app.send("POST", "/postal", Bodies.mail(1, "tok", "x".repeat(1500))).status()).isEqualTo(503);

            await().until(() -> parts().isEmpty());
        }
    }

    @Test
    void refusesAChunkedBodyThatIsTooLargeAlthoughItAnnouncesNothing() throws Exception {
        try (WebhookApp app = WebhookApp.start("&maxBodySize=1000", exchange -> {
        }); Socket socket = new Socket("127.0.0.1", app.port())) {
            OutputStream out = socket.getOutputStream();
            out.write("POST /postal HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
                    .getBytes(ISO_8859_1));
            for (int i = 0; i < 100; i++) {
                out.write(("400\r\n" + "x".repeat(1024) + "\r\n").getBytes(ISO_8859_1));
            }
            out.write("0\r\n\r\n".getBytes(ISO_8859_1));

            assertThat(Wire.read(socket.getInputStream()).status()).isEqualTo(413);
        }
    }

    @Test
    void respondsInTimeWhenTheBodyNeverEnds() throws Exception {
        try (WebhookApp app = WebhookApp.start("&processingTimeout=500ms", exchange -> {
        }); Socket socket = new Socket("127.0.0.1", app.port())) {
            socket.getOutputStream().write(Wire.head("POST", "/postal", 1000));
            socket.getOutputStream().write("{\"id\":".getBytes(ISO_8859_1));

            assertThat(Wire.read(socket.getInputStream()).status()).isEqualTo(503);
            assertThat(socket.getInputStream().read()).as("the connection is closed").isEqualTo(-1);
            assertThat(app.routed()).isEmpty();
        }
    }

    @Test
    void forgetsABodyWhoseConnectionBreaks() throws Exception {
        try (WebhookApp app = WebhookApp.start(spooling() + "&attachmentThreshold=10", exchange -> {
        })) {
            try (Socket socket = new Socket("127.0.0.1", app.port())) {
                socket.getOutputStream().write(Wire.head("POST", "/postal", 1_000_000));
                socket.getOutputStream().write("x".repeat(100_000).getBytes(ISO_8859_1));
                socket.getOutputStream().flush();
                await().until(() -> !parts().isEmpty());
            }
            await().until(() -> parts().isEmpty());
            assertThat(app.routed()).isEmpty();
        }
    }

    @Test
    void handsTheBytesOnUntouchedWithTheSignatureHeadersWhenTheFormatIsRaw() throws Exception {
        List<byte[]> twice = new CopyOnWriteArrayList<>();
        try (WebhookApp app = WebhookApp.start("&bodyFormat=raw", exchange -> {
            twice.add(exchange.getMessage().getBody(byte[].class));
            ((StreamCache) exchange.getMessage().getBody()).reset();
            twice.add(exchange.getMessage().getBody(byte[].class));
        })) {
            byte[] form = form(1, "aGVsbG8=", 2);
            assertThat(app.post(form, FORM, "X-Postal-Signature: c2hhMQ==").status()).isEqualTo(200);

            assertThat(twice).containsExactly(form, form);
            var headers = app.routed().take().getMessage().getHeaders();
            assertThat(TestKey.SHARED.signature(form)).endsWith(headers.get(PostalConstants.SIGNATURE_256).toString());
            assertThat(headers).containsEntry(PostalConstants.SIGNATURE, "c2hhMQ==")
                    .containsEntry("Content-Type", "application/x-www-form-urlencoded")
                    .containsEntry(PostalConstants.KIND, "mail").doesNotContainKey(PostalConstants.SIGNATURE_KID);
        }
    }

    private String spooling() {
        return "&spoolDirectory=" + spool;
    }

    private List<Path> parts() throws IOException {
        return SpoolFiles.below(spool);
    }

    private CamelApp start(Processor work) throws Exception {
        return CamelApp.start(new RouteBuilder() {
            @Override
            public void configure() {
                from("postal:webhook?verifySignature=false" + spooling() + "&attachmentThreshold=1000")
                        .process(work);
            }
        });
    }

    private static int post(CamelApp app, byte[] body) throws IOException {
        return Wire.post(app.port(), "/postal", body).status();
    }

    private static byte[] firstAttachment(InboundMail mail) throws IOException {
        InboundAttachment attachment = mail.attachments().get(0);
        try (var in = attachment.content().open()) {
            return in.readAllBytes();
        }
    }

    private static byte[] form(long id, String base64, int attachments) {
        StringBuilder form = new StringBuilder("id=" + id + "&rcpt_to=a%40b.test&mail_from&token=tok&subject=Hi&message_id"
                + "&timestamp=1795196981.06&size=10&spam_status=NotSpam&bounce=false&received_with_ssl&to=a%40b.test&cc&from"
                + "&date&in_reply_to&references&html_body&auto_submitted&reply_to&plain_body=x&attachment_quantity="
                + attachments);
        String data = URLEncoder.encode(base64, StandardCharsets.UTF_8);
        for (int i = 0; i < attachments; i++) {
            String prefix = "&attachments%5B" + i + "%5D%5B";
            form.append(prefix).append("filename%5D=f.bin").append(prefix).append("content_type%5D=application%2Foctet-stream")
                    .append(prefix).append("size%5D=5").append(prefix).append("data%5D=").append(data);
        }
        return form.toString().getBytes(ISO_8859_1);
    }
}
