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

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.camelpostal.api.PostalErrorCode;
import io.github.camelpostal.api.PostalException;
import io.github.camelpostal.api.PostalRejectedException;
import io.github.camelpostal.api.PostalUnavailableException;
import io.github.camelpostal.api.PostalUncertainException;
import io.github.camelpostal.api.SendResult;
import io.github.camelpostal.internal.ledger.SendOnceResult;

/** How an exchange ends that sent with a key: the whole table, in one place. */
final class SendOnceReport {

    private SendOnceReport() {
    }

    static SendResult result(SendOnceResult.Sent sent) {
        Map<String, SendResult.Recipient> recipients = new LinkedHashMap<>();
        sent.copies().forEach((address, copy) -> recipients.put(address, new SendResult.Recipient(copy.id(), copy.token())));
        return new SendResult(sent.messageId(), recipients, sent.suppressed());
    }

    /** @param refused the recipients of a call that changed nothing */
    static Exception failure(String operation, SendOnceResult result, List<String> refused) {
        if (result instanceof SendOnceResult.Uncertain uncertain) {
            return uncertain(operation, uncertain);
        } else if (result instanceof SendOnceResult.NotTaken notTaken) {
            return notTaken.accepted().isEmpty() ? notTaken.cause() : partly(operation, notTaken, refused);
        } else if (result instanceof SendOnceResult.KeyReused) {
            return PostalRejectedException.beforeCall(operation, PostalErrorCode.KEY_REUSED, null);
        } else if (result instanceof SendOnceResult.LedgerAway away) {
            return new PostalUnavailableException(operation, null, 0,
                    operation + " was not made: the send ledger cannot be used; nothing was accepted", away.cause());
        }
        throw new IllegalArgumentException("not a failure");
    }

    private static PostalUncertainException uncertain(String operation, SendOnceResult.Uncertain result) {
        PostalException cause = result.cause() instanceof PostalException ofPostal ? ofPostal : null;
        String text = operation + " is uncertain: " + result.reason() + "; " + result.accepted().size()
                + " recipients accepted, "
                + result.missing().size() + " missing, " + result.unknown().size()
                + " unknown; send it again with the same key, later";
        return new PostalUncertainException(operation, cause == null ? null : cause.rawCode(),
                cause == null ? 0 : cause.httpStatus(), text, result.accepted(), result.missing(), result.unknown(),
                result.cause());
    }

    /** An earlier call had reached some: an exception without them would hide that. */
    private static PostalUncertainException partly(String operation, SendOnceResult.NotTaken result, List<String> refused) {
        PostalException cause = result.cause() instanceof PostalException ofPostal ? ofPostal : null;
        Set<String> missing = new LinkedHashSet<>(refused);
        missing.removeAll(result.accepted());
        return new PostalUncertainException(operation, cause == null ? null : cause.rawCode(),
                cause == null ? 0 : cause.httpStatus(),
                operation + " reached some recipients by an earlier call, and the call for the others took nothing: "
                        + result.cause().getMessage(),
                result.accepted(), missing, Set.of(), result.cause());
    }
}
