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
package io.github.camelpostal.internal.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import io.github.camelpostal.PostalConstants;
import io.github.camelpostal.api.PostalMessage;
import org.junit.jupiter.api.Test;

/** Each field comes from the header, else the body, else the endpoint, else the component. */
class PrecedenceTest extends SendingTestSupport {

    private static final String OPTIONS = "postal:send?from=option@x.test&to=to-option@x.test&cc=cc-option@x.test"
            + "&bcc=bcc-option@x.test&replyTo=reply-option@x.test&sender=sender-option@x.test&subject=option&tag=tag-option";

    private static final PostalMessage BODY = PostalMessage.builder().from("body@x.test").to("to-body@x.test")
            .cc("cc-body@x.test").bcc("bcc-body@x.test").replyTo("reply-body@x.test").sender("sender-body@x.test")
            .subject("body").tag("tag-body").plainBody("plain body").htmlBody("html body").bounce(true)
            .header("X-One", "body").header("X-Two", "body").build();

    @Test
    void optionsCountWhereNothingElseSpeaks() {
        assertFields(sent(OPTIONS, "text"), "option");
    }

    @Test
    void theComponentsOptionsCountWhereTheEndpointHasNone() {
        component.getConfiguration().setFrom("component@x.test");
        component.getConfiguration().setTo("component-to@x.test");
        component.getConfiguration().setSubject("component");
        CapturedPostal.Call call = sent("postal:send?subject=endpoint", "text");
        assertThat(call.text("from")).isEqualTo("component@x.test");
        assertThat(call.list("to")).containsExactly("component-to@x.test");
        assertThat(call.text("subject")).isEqualTo("endpoint");
    }

    @Test
    void theBodyWinsOverOptions() {
        CapturedPostal.Call call = sent(OPTIONS, BODY);
        assertFields(call, "body");
        assertThat(call.text("plain_body")).isEqualTo("plain body");
        assertThat(call.text("html_body")).isEqualTo("html body");
        assertThat(call.body().get("bounce").booleanValue()).isTrue();
    }

    @Test
    void headersWinOverTheBody() {
        CapturedPostal.Call call = sent(OPTIONS, BODY, PostalConstants.FROM, "header@x.test", PostalConstants.TO,
                List.of("to-header@x.test"), PostalConstants.CC, new String[]{"cc-header@x.test"}, PostalConstants.BCC,
                "bcc-header@x.test", PostalConstants.REPLY_TO, "reply-header@x.test", PostalConstants.SENDER,
                "sender-header@x.test", PostalConstants.SUBJECT, "header", PostalConstants.TAG, "tag-header",
                PostalConstants.BOUNCE, false, PostalConstants.PLAIN_BODY, "plain header", PostalConstants.HTML_BODY,
                "html header", PostalConstants.HEADERS, Map.of("x-one", "header"));
        assertFields(call, "header");
        assertThat(call.text("plain_body")).isEqualTo("plain header");
        assertThat(call.text("html_body")).isEqualTo("html header");
        assertThat(call.body().has("bounce") && call.body().get("bounce").booleanValue()).isFalse();
        assertThat(call.body().get("headers").toString()).isEqualTo("{\"X-Two\":\"body\",\"x-one\":\"header\"}");
    }

    @Test
    void anEmptyHeaderSwitchesADefaultOff() {
        assertThat(sent(OPTIONS, "text", PostalConstants.CC, "", PostalConstants.TAG, "").body().has("cc")).isFalse();
        assertThat(postal.onlyCall().body().has("tag")).isFalse();
    }

    @Test
    void noHeaderOfTheConsumerIsRead() {
        CapturedPostal.Call call = sent(ENVELOPE, "text", PostalConstants.RCPT_TO, "rcpt@evil.test", PostalConstants.MAIL_FROM,
                "mail-from@evil.test", PostalConstants.MESSAGE_TAG, "evil-tag", PostalConstants.IS_BOUNCE, true,
                PostalConstants.ADDRESS_TAG, "evil", PostalConstants.MESSAGE_ID, "evil@evil.test", PostalConstants.ID, 666,
                PostalConstants.TOKEN, "evil", "to", "evil@evil.test", "Subject", "evil");
        assertThat(call.body().toString()).doesNotContain("evil");
        assertThat(call.body().has("bounce") && call.body().get("bounce").booleanValue()).isFalse();
    }

    private static void assertFields(CapturedPostal.Call call, String source) {
        assertThat(call.isRaw()).isFalse();
        assertThat(call.text("from")).isEqualTo(source + "@x.test");
        assertThat(call.list("to")).containsExactly("to-" + source + "@x.test");
        assertThat(call.list("cc")).containsExactly("cc-" + source + "@x.test");
        assertThat(call.list("bcc")).containsExactly("bcc-" + source + "@x.test");
        assertThat(call.text("reply_to")).isEqualTo("reply-" + source + "@x.test");
        assertThat(call.text("sender")).isEqualTo("sender-" + source + "@x.test");
        assertThat(call.text("subject")).isEqualTo(source);
        assertThat(call.text("tag")).isEqualTo("tag-" + source);
    }
}
