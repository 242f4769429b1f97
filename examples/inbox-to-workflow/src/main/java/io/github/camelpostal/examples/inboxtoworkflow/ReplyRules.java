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
package io.github.camelpostal.examples.inboxtoworkflow;

import java.util.Optional;

import io.github.camelpostal.payload.InboundMail;

/** Who gets an automatic reply: whoever the component says may have one, except for what only this inbox can know. */
final class ReplyRules {

    static final String PROGRAM = "a program wrote it: ";
    static final String NOT_ALLOWED = "no automatic reply may go there";
    static final String RETURN_PATH = "it came by Postal's return path";
    static final String SPAM = "Postal takes it for spam";
    static final String OURSELVES = "the reply would come to ourselves";
    static final String UNASSIGNED = "it is for nobody in particular";
    static final String REPLIED_TODAY = "its sender had a reply today";

    private final Addresses ours;

    ReplyRules(Addresses ours) {
        this.ours = ours;
    }

    /**
     * Why this mail gets no reply; empty when it may have one.
     *
     * @param automatic the header CamelPostalAutomatic
     * @param allowed   the header CamelPostalReplyAllowed
     */
    Optional<String> noReply(InboundMail mail, String automatic, boolean allowed) {
        if (!allowed) {
            return Optional.of(automatic.equals("human") ? NOT_ALLOWED : PROGRAM + automatic);
        }
        if (Boolean.TRUE.equals(mail.bounce())) {
            return Optional.of(RETURN_PATH);
        }
        if ("Spam".equals(mail.spamStatus())) {
            return Optional.of(SPAM);
        }
        boolean others = mail.canReply() && !ours.isOurs(mail.reply().to().get(0));
        return others ? Optional.empty() : Optional.of(OURSELVES);
    }
}
