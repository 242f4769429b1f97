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
package io.github.camelpostal.testing;

import java.nio.charset.StandardCharsets;

/** Bodies as Postal posts them, small ones with a chosen identity. */
public final class Bodies {

    private Bodies() {
    }

    /** {@code MessageSent} about an outgoing message. */
    public static byte[] event(String uuid) {
        return event(uuid, "MessageSent", "outgoing");
    }

    public static byte[] event(String uuid, String event, String direction) {
        return bytes("{\"event\":\"" + event + "\",\"timestamp\":1795196741.37,\"payload\":{\"message\":{\"id\":127,"
                + "\"token\":\"Xt1zJaRrXRm93QYe\",\"direction\":\"" + direction
                + "\",\"message_id\":\"a@b\",\"to\":\"ok@rcpt.test\","
                + "\"from\":\"me@acme.example\",\"subject\":\"s\",\"timestamp\":1795196739.09,\"spam_status\":\"NotChecked\","
                + "\"tag\":null},\"status\":\"Sent\",\"details\":\"d\",\"output\":\"\",\"sent_with_ssl\":false,"
                + "\"timestamp\":1795196741.37,\"time\":0.04},\"uuid\":\"" + uuid + "\"}");
    }

    /** A mail in Postal's format Hash. */
    public static byte[] mail(long id, String token) {
        return mail(id, token, "please help");
    }

    public static byte[] mail(long id, String token, String plainBody) {
        return bytes("{\"id\":" + id + ",\"rcpt_to\":\"support@acme.example\",\"mail_from\":\"alice@sender.test\",\"token\":\""
                + token + "\",\"subject\":\"Hello\",\"message_id\":\"x@sender.test\",\"timestamp\":1795196981.06,"
                + "\"size\":\"422\",\"spam_status\":\"NotSpam\",\"bounce\":false,\"received_with_ssl\":null,"
                + "\"to\":\"support@acme.example\",\"cc\":null,\"from\":\"alice@sender.test\",\"date\":null,"
                + "\"in_reply_to\":null,\"references\":null,\"html_body\":null,\"attachment_quantity\":0,"
                + "\"auto_submitted\":null,\"reply_to\":null,\"plain_body\":\"" + plainBody + "\",\"attachments\":[]}");
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
