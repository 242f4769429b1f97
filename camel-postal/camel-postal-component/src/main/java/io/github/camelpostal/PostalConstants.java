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

import org.apache.camel.spi.Metadata;

/**
 * The names of the headers that {@code postal:} endpoints read and write.
 */
public final class PostalConstants {

    // ---- read by the producers -------------------------------------------------------------------------------------

    @Metadata(label = "producer", javaType = "String", description = "The operation for this exchange, instead of the endpoint's: send, sendRaw, read or deliveries."
            + " Removed after use.")
    public static final String OPERATION = "CamelPostalOperation";

    @Metadata(label = "producer", javaType = "String", description = "The name of the mail server for this exchange, one of the component's servers, instead of the"
            + " endpoint's. Removed after use.")
    public static final String SERVER = "CamelPostalServer";

    @Metadata(label = "producer", javaType = "String", description = "The From address of the mail.")
    public static final String FROM = "CamelPostalFrom";

    @Metadata(label = "producer", javaType = "String or Collection<String> or String[]", description = "The To recipients: an RFC 5322 address list, or one address an element.")
    public static final String TO = "CamelPostalTo";

    @Metadata(label = "producer", javaType = "String or Collection<String> or String[]", description = "The Cc recipients.")
    public static final String CC = "CamelPostalCc";

    @Metadata(label = "producer", javaType = "String or Collection<String> or String[]", description = "The Bcc recipients; they never appear in a header of the mail.")
    public static final String BCC = "CamelPostalBcc";

    @Metadata(label = "producer", javaType = "String", description = "The Sender address of the mail.")
    public static final String SENDER = "CamelPostalSender";

    @Metadata(label = "producer", javaType = "String or Collection<String> or String[]", description = "The Reply-To address or addresses of the mail.")
    public static final String REPLY_TO = "CamelPostalReplyTo";

    @Metadata(label = "producer", javaType = "String", description = "The subject of the mail.")
    public static final String SUBJECT = "CamelPostalSubject";

    @Metadata(label = "producer", javaType = "String", description = "Postal's tag for the message, 255 characters at most.")
    public static final String TAG = "CamelPostalTag";

    @Metadata(label = "producer", javaType = "Boolean", description = "Marks the message as a bounce: it is sent with the null sender, and nothing bounces back for it.")
    public static final String BOUNCE = "CamelPostalBounce";

    @Metadata(label = "producer", javaType = "String", description = "The plain text body, beside or instead of the message body.")
    public static final String PLAIN_BODY = "CamelPostalPlainBody";

    @Metadata(label = "producer", javaType = "String", description = "The HTML body, beside or instead of the message body.")
    public static final String HTML_BODY = "CamelPostalHtmlBody";

    @Metadata(label = "producer", javaType = "Map<String, Object>", description = "Additional mail headers by name; a Collection as value means several headers of that name.")
    public static final String HEADERS = "CamelPostalHeaders";

    @Metadata(label = "producer", javaType = "String", description = "Your id of what the mail is about, such as an order or a ticket. Replies to the mail and events about"
            + " it bring it back as CamelPostalConversationId. Needs the option conversationSecret.")
    public static final String CONVERSATION = "CamelPostalConversation";

    @Metadata(label = "producer", javaType = "String", description = "The address that replies to a conversation go to, instead of the option replyAddress: the bare"
            + " address of a route in Postal. The mail carries it with a signed tag.")
    public static final String REPLY_ADDRESS = "CamelPostalReplyAddress";

    @Metadata(label = "producer", javaType = "Boolean", description = "Marks the mail as an automatic reply: Auto-Submitted is auto-replied, the envelope sender is null, and"
            + " no more than autoReplyLimit a day go to one address. Whoever has had them gets none, which is no failure:"
            + " the result then has no Message-ID.")
    public static final String AUTO_REPLY = "CamelPostalAutoReply";

    @Metadata(label = "producer", javaType = "String", description = "What the mail is for, such as news or invoices, instead of the option stream.")
    public static final String STREAM = "CamelPostalStream";

    @Metadata(label = "producer", javaType = "String", description = "What identifies the mail, 255 characters at most, the same whenever it is repeated. With the option"
            + " sendLedger, repeating a send with a key is always safe. Removed after success, kept after failure.")
    public static final String IDEMPOTENCY_KEY = "CamelPostalIdempotencyKey";

    @Metadata(label = "producer", javaType = "Boolean", description = "Set by a send with CamelPostalIdempotencyKey: true when an earlier call had succeeded, so that this"
            + " one sent nothing.")
    public static final String DUPLICATE = "CamelPostalDuplicate";

    // ---- written by the producers and by the consumer, read by the operations read and deliveries --------------------

    @Metadata(label = "common", javaType = "Long", description = "The id of a stored message, counted per mail server. Set by send and sendRaw where there is one"
            + " recipient, and by the consumer; read by the operations read and deliveries.")
    public static final String ID = "CamelPostalId";

    @Metadata(label = "common", javaType = "String", description = "The random token of a stored message. Set by send and sendRaw where there is one recipient, and by"
            + " the consumer.")
    public static final String TOKEN = "CamelPostalToken";

    @Metadata(label = "common", javaType = "String", description = "The Message-ID of the mail, without angle brackets. Absent when the mail has none.")
    public static final String MESSAGE_ID = "CamelPostalMessageId";

    // ---- written by the consumer; no producer reads any of these -----------------------------------------------------

    @Metadata(label = "consumer", javaType = "String", enums = "event,mail", description = "What arrived: event or mail.")
    public static final String KIND = "CamelPostalKind";

    @Metadata(label = "consumer", javaType = "String", description = "The name of the event, as Postal writes it.")
    public static final String EVENT = "CamelPostalEvent";

    @Metadata(label = "consumer", javaType = "String", description = "The uuid of the event, the same in all of Postal's attempts to deliver it.")
    public static final String EVENT_ID = "CamelPostalEventId";

    @Metadata(label = "consumer", javaType = "java.time.Instant", description = "When the event happened, or the mail arrived at Postal.")
    public static final String EVENT_TIME = "CamelPostalEventTime";

    @Metadata(label = "consumer", javaType = "String", enums = "outgoing,incoming", description = "The direction of the message that the event is about.")
    public static final String DIRECTION = "CamelPostalDirection";

    @Metadata(label = "consumer", javaType = "String", description = "The tag of the message that the event is about.")
    public static final String MESSAGE_TAG = "CamelPostalMessageTag";

    @Metadata(label = "consumer", javaType = "String", enums = "Sent,SoftFail,HardFail,Held", description = "The delivery status, as Postal writes it.")
    public static final String STATUS = "CamelPostalStatus";

    @Metadata(label = "consumer", javaType = "String", enums = "delivered,deferred,failed,held,bounced,clicked,opened,accepted,inbound,dns,limit,unknown", description = "What happened, normalised over all events.")
    public static final String OUTCOME = "CamelPostalOutcome";

    @Metadata(label = "consumer", javaType = "String", description = "The recipient: of the mail that arrived, or of the message that the event is about.")
    public static final String RCPT_TO = "CamelPostalRcptTo";

    @Metadata(label = "consumer", javaType = "String", description = "The sender that Postal recorded. Absent for the null sender.")
    public static final String MAIL_FROM = "CamelPostalMailFrom";

    @Metadata(label = "consumer", javaType = "String", description = "What follows the first plus sign in the local part of the recipient. Absent when there is none.")
    public static final String ADDRESS_TAG = "CamelPostalAddressTag";

    @Metadata(label = "consumer", javaType = "Boolean", description = "Whether the mail came in by Postal's return path.")
    public static final String IS_BOUNCE = "CamelPostalIsBounce";

    @Metadata(label = "consumer", javaType = "String", enums = "Spam,NotSpam,NotChecked", description = "Postal's verdict on the mail, where it gave one.")
    public static final String SPAM_STATUS = "CamelPostalSpamStatus";

    @Metadata(label = "consumer", javaType = "String", description = "The Auto-Submitted field of the mail (RFC 3834). Absent when the mail has none.")
    public static final String AUTO_SUBMITTED = "CamelPostalAutoSubmitted";

    @Metadata(label = "consumer", javaType = "String", description = "The subject of the mail that arrived, or of the message that the event is about; no producer reads"
            + " it. Absent when there is none.")
    public static final String MAIL_SUBJECT = "CamelPostalMailSubject";

    @Metadata(label = "consumer", javaType = "String", description = "The From field of the mail, decoded, with display names: what its sender wrote there. The sender"
            + " that Postal recorded is in CamelPostalMailFrom. Absent when the mail has none.")
    public static final String MAIL_FROM_HEADER = "CamelPostalMailFromHeader";

    @Metadata(label = "consumer", javaType = "String", description = "The Message-ID of the message that the mail is a reply to, without angle brackets: the first of its"
            + " In-Reply-To field. Absent when the mail has none.")
    public static final String MAIL_IN_REPLY_TO = "CamelPostalMailInReplyTo";

    @Metadata(label = "consumer", javaType = "Boolean", description = "True when the text or an attachment of a raw mail is given as it came, because its encoding is"
            + " unknown or it is not what it says. Otherwise absent.")
    public static final String MAIL_UNDECODED = "CamelPostalMailUndecoded";

    @Metadata(label = "consumer", javaType = "Boolean", description = "True when attachments of the mail were left out, because there are more than 5,000, or were not taken"
            + " apart, because they are nested too deep. Otherwise absent.")
    public static final String MAIL_TRUNCATED = "CamelPostalMailTruncated";

    @Metadata(label = "consumer", javaType = "String", description = "The id that was given in CamelPostalConversation to the mail that this is a reply to, or an event"
            + " about; verified. No producer reads it. Absent when there is none.")
    public static final String CONVERSATION_ID = "CamelPostalConversationId";

    @Metadata(label = "consumer", javaType = "String", enums = "expected,other", description = "Whether the reply comes from one of the addresses that the conversation's mail was sent to."
            + " Absent when the mail belongs to no conversation.")
    public static final String CONVERSATION_SENDER = "CamelPostalConversationSender";

    @Metadata(label = "consumer", javaType = "String", enums = "human,auto-reply,auto-generated,bulk,bounce", description = "Who wrote the mail, as far as its header shows. Endpoints of the format Hash show little of it.")
    public static final String AUTOMATIC = "CamelPostalAutomatic";

    @Metadata(label = "consumer", javaType = "Boolean", description = "Whether an automatic reply to the mail may be sent (RFC 3834).")
    public static final String REPLY_ALLOWED = "CamelPostalReplyAllowed";

    @Metadata(label = "consumer", javaType = "String", description = "Why an outgoing mail was not delivered: unknown-user, mailbox-full, reputation, ... Absent when nothing"
            + " failed.")
    public static final String REASON = "CamelPostalReason";

    @Metadata(label = "consumer", javaType = "String", enums = "mailbox,domain,sender,content,postal", description = "Whose matter the failure is.")
    public static final String REASON_SIDE = "CamelPostalReasonSide";

    @Metadata(label = "consumer", javaType = "Boolean", description = "Whether no later mail to this address will arrive, whoever sends it and whatever it says. Absent when"
            + " nothing failed.")
    public static final String PERMANENT = "CamelPostalPermanent";

    @Metadata(label = "consumer", javaType = "String", description = "Set by postal:unsubscribe: the stream that somebody left. Absent when it was all mail.")
    public static final String UNSUBSCRIBED_STREAM = "CamelPostalUnsubscribedStream";

    @Metadata(label = "consumer", javaType = "String", description = "The key under which the completed work is remembered; the same for every duplicate of the request.")
    public static final String DEDUP_KEY = "CamelPostalDedupKey";

    @Metadata(label = "consumer", javaType = "String", description = "With bodyFormat=raw: Postal's RSA-SHA256 signature over the body, base64.")
    public static final String SIGNATURE_256 = "CamelPostalSignature256";

    @Metadata(label = "consumer", javaType = "String", description = "With bodyFormat=raw: Postal's RSA-SHA1 signature over the body, base64.")
    public static final String SIGNATURE = "CamelPostalSignature";

    @Metadata(label = "consumer", javaType = "String", description = "With bodyFormat=raw: the id of the key that made the signatures.")
    public static final String SIGNATURE_KID = "CamelPostalSignatureKid";

    private PostalConstants() {
    }
}
