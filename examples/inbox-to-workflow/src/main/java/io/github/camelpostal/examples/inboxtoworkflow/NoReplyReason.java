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

/** Why a mail gets no reply. */
enum NoReplyReason {
    BOUNCE("it is a bounce, or like one: nobody can be replied to there"), AUTOMATIC("a program wrote it"), LIST(
            "it came from a mailing list, or to many"), UNWANTED(
                    "it asks for no automatic reply"), SPAM("Postal takes it for spam"), NO_ADDRESS(
                            "it says no address to reply to"), OURSELVES("the reply would come to ourselves"), UNASSIGNED(
                                    "it is for nobody in particular"), REPLIED_TODAY("its sender had a reply today");

    private final String reason;

    NoReplyReason(String reason) {
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
