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
package io.github.camelpostal.sandbox.internal.page;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

import io.github.camelpostal.sandbox.internal.page.Mailbox.Act;
import io.github.camelpostal.sandbox.internal.page.Mailbox.RefusedException;
import org.jspecify.annotations.Nullable;

/** What a person does by hand. Whether the request may do anything at all was decided before. */
final class PageActions {
    private final Mailbox mailbox;
    private final Clock clock;

    PageActions(Mailbox mailbox, Clock clock) {
        this.mailbox = mailbox;
        this.clock = clock;
    }

    Mailbox.Place receive(MailDraft draft) throws RefusedException {
        return mailbox.receive(draft.mailFrom(), draft.rcptTo(), draft.mail(clock));
    }

    /** A form, or a bare mail with the envelope in the query. */
    static MailDraft draft(PageRequest request) throws PageRequest.MalformedException {
        Map<String, byte[]> fields = new HashMap<>();
        request.query().forEach((name, value) -> fields.put(name, value.getBytes(StandardCharsets.UTF_8)));
        if (request.isMail()) {
            fields.put("file", request.body());
        } else {
            fields.putAll(request.form());
        }
        return MailDraft.of(fields);
    }

    /**
     * Does it.
     *
     * @return which tab shows what came of it; null when there is no such thing to do
     */
    MessageDetailView.@Nullable Tab act(String server, long id, String what, PageRequest request)
            throws RefusedException, PageRequest.MalformedException {
        switch (what) {
            case "press" -> {
                byte[] url = request.form().get("url");
                mailbox.press(server, id, known(server, id, url == null ? "" : new String(url, StandardCharsets.UTF_8)));
                return MessageDetailView.Tab.ACTIVITY;
            }
            case "open" -> {
                mailbox.open(server, id);
                return MessageDetailView.Tab.ACTIVITY;
            }
            default -> {
                Act act = Arrays.stream(Act.values()).filter(each -> each.path().equals(what)).findFirst().orElse(null);
                if (act == null) {
                    return null;
                }
                mailbox.act(server, id, act);
                return MessageDetailView.Tab.DELIVERIES;
            }
        }
    }

    /** Nobody can press a link that is not there. */
    private String known(String server, long id, String url) throws RefusedException {
        boolean there = mailbox.message(server, id).map(detail -> MailContent.of(detail.raw()).links().contains(url))
                .orElse(false);
        if (!there) {
            throw new RefusedException("This mail has no such link");
        }
        return url;
    }
}
