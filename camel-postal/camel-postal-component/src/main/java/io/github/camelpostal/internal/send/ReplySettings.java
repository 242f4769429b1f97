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

import io.github.camelpostal.internal.conversation.AutoReplyLimit;
import io.github.camelpostal.internal.conversation.ConversationIssuer;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint says about replies: those that its mails are to bring back, and those that it sends itself.
 *
 * @param conversations  null where there is no {@code conversationSecret}
 * @param replyAddress   the bare address that replies go to, where no header says it; null for none
 * @param autoReplyLimit how many automatic replies go to one address
 */
public record ReplySettings(@Nullable ConversationIssuer conversations, @Nullable String replyAddress,
        AutoReplyLimit autoReplyLimit) {
}
