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

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;

import io.github.camelpostal.testing.Bodies;
import io.github.camelpostal.testing.TestKey;
import io.github.camelpostal.testing.Wire;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a servlet container refuses or cuts by default reaches the route byte for byte, with default limits. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LargeDeliveriesTest {

    private static final String FORM = "Content-Type: application/x-www-form-urlencoded";

    private final BootApp.Kept route = new BootApp.Kept();
    private final Random random = new Random(4);
    private BootApp app;

    @BeforeAll
    void start() {
        // sizes are what counts here, not how busy the machine is
        app = BootApp.start(route, "camel.component.postal.processing-timeout=20s");
    }

    @AfterAll
    void stop() {
        app.close();
    }

    @Test
    void takesAFormWithAnAttachmentOfTenMegabytes() throws Exception {
        byte[] content = bytes(10_000_000);

        assertThat(post(form(attachment(0, "big.bin", content)), FORM).status()).isEqualTo(200);

        assertThat(route.received().remove().attachments().get("big.bin")).isEqualTo(content);
    }

    @Test
    void takesAFormWithAHundredAttachments() throws Exception {
        StringBuilder attachments = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            attachments.append(attachment(i, "file" + i + ".bin", bytes(20_000)));
        }

        assertThat(post(form(attachments.toString()), FORM).status()).isEqualTo(200);

        assertThat(route.received().remove().attachments()).hasSize(100)
                .allSatisfy((name, content) -> assertThat(content).hasSize(20_000));
    }

    @Test
    void takesAnAttachmentOfThirtyMegabytesInJson() throws Exception {
        byte[] content = bytes(30_000_000);

        assertThat(post(json(content)).status()).isEqualTo(200);

        assertThat(route.received().remove().attachments().get("big.bin")).isEqualTo(content);
    }

    @Test
    void respondsWith413ToWhatIsLargerThanMaxBodySizeOnceItHasReadIt() throws Exception {
        try (BootApp small = BootApp.start(new BootApp.Kept(), "camel.component.postal.max-body-size=100000")) {
            byte[] body = json(bytes(5_000_000));

            Wire.Response response = Wire.post(small.port(), "/postal", body, TestKey.SHARED.signature(body));

            assertThat(response.status()).isEqualTo(413);
            assertThat(response.text()).isEqualTo("Too large");
        }
    }

    private Wire.Response post(byte[] body, String... headers) throws Exception {
        String[] signed = Arrays.copyOf(headers, headers.length + 1);
        signed[headers.length] = TestKey.SHARED.signature(body);
        return Wire.post(app.port(), "/postal", body, signed);
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private int nextId() {
        return random.nextInt(1_000_000);
    }

    private byte[] form(String attachments) {
        return ("id=" + nextId()
                + "&rcpt_to=a%40b.test&mail_from&token=tok&subject=Hi&message_id&timestamp=1795196981.06&size=10"
                + "&spam_status=NotSpam&bounce=false&received_with_ssl&to=a%40b.test&cc&from&date&in_reply_to&references&html_body"
                + "&auto_submitted&reply_to&plain_body=%C3%BC&attachment_quantity=1" + attachments)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static String attachment(int index, String name, byte[] content) {
        String prefix = "&attachments%5B" + index + "%5D%5B";
        String data = URLEncoder.encode(Base64.getEncoder().encodeToString(content), StandardCharsets.US_ASCII);
        return prefix + "filename%5D=" + name + prefix + "content_type%5D=application%2Foctet-stream" + prefix + "size%5D="
                + content.length + prefix + "data%5D=" + data;
    }

    private byte[] json(byte[] content) {
        String attachment = "\"attachments\":[{\"filename\":\"big.bin\",\"content_type\":\"application/octet-stream\",\"size\":"
                + content.length + ",\"data\":\"" + Base64.getEncoder().encodeToString(content) + "\"}]";
        return new String(Bodies.mail(nextId(), "tok"), StandardCharsets.US_ASCII).replace("\"attachments\":[]", attachment)
                .getBytes(StandardCharsets.US_ASCII);
    }
}
