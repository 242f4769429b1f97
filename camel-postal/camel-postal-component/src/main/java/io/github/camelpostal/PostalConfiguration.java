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

import io.github.camelpostal.ledger.PostalSendLedger;
import io.github.camelpostal.suppression.PostalSuppressionList;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.Configurer;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.jspecify.annotations.Nullable;

/**
 * Every option that component and endpoint share, as one flat bag, because that is what Camel's generator reads.
 *
 * <p>Nothing but the mapping at start reads it: the code works with small records per topic.
 */
@UriParams
@Configurer
public class PostalConfiguration implements Cloneable {

    @UriParam(label = "common")
    private @Nullable String serverUrl;

    @UriParam(label = "advanced")
    private @Nullable String hostHeader;

    @UriParam(label = "security", secret = true)
    private @Nullable String apiKey;

    @UriParam(label = "producer", defaultValue = "5000", javaType = "java.time.Duration")
    private long connectTimeout = 5000L;

    @UriParam(label = "producer", defaultValue = "30000", javaType = "java.time.Duration")
    private long responseTimeout = 30000L;

    @UriParam(label = "producer", defaultValue = "5")
    private int maxConnections = 5;

    @UriParam(label = "security")
    private @Nullable SSLContextParameters sslContextParameters;

    @UriParam(label = "proxy")
    private @Nullable String proxyHost;

    @UriParam(label = "proxy")
    private @Nullable Integer proxyPort;

    @UriParam(label = "proxy", enums = "http,https")
    private @Nullable String proxyAuthScheme;

    @UriParam(label = "proxy", enums = "Basic,Digest")
    private @Nullable String proxyAuthMethod;

    @UriParam(label = "proxy", secret = true)
    private @Nullable String proxyAuthUsername;

    @UriParam(label = "proxy", secret = true)
    private @Nullable String proxyAuthPassword;

    @UriParam(label = "proxy")
    private @Nullable String nonProxyHosts;

    @UriParam(label = "producer")
    private @Nullable String from;

    @UriParam(label = "producer")
    private @Nullable String to;

    @UriParam(label = "producer")
    private @Nullable String cc;

    @UriParam(label = "producer")
    private @Nullable String bcc;

    @UriParam(label = "producer")
    private @Nullable String replyTo;

    @UriParam(label = "producer")
    private @Nullable String sender;

    @UriParam(label = "producer")
    private @Nullable String subject;

    @UriParam(label = "producer")
    private @Nullable String tag;

    @UriParam(label = "producer", defaultValue = "auto", enums = "auto,plain,html")
    private BodyType bodyType = BodyType.AUTO;

    @UriParam(label = "producer", defaultValue = "auto", enums = "auto,message,raw")
    private Transport transport = Transport.AUTO;

    @UriParam(label = "producer")
    private @Nullable String expansions;

    @UriParam(label = "security", secret = true)
    private @Nullable String conversationSecret;

    @UriParam(label = "producer")
    private @Nullable String replyAddress;

    @UriParam(label = "producer", defaultValue = "2592000000", javaType = "java.time.Duration")
    private long conversationExpiry = 2592000000L;

    @UriParam(label = "producer", defaultValue = "1")
    private int autoReplyLimit = 1;

    @UriParam(label = "producer")
    private @Nullable IdempotentRepository autoReplyRepository;

    @UriParam(label = "consumer")
    private @Nullable IdempotentRepository conversationRepository;

    @UriParam(label = "common")
    private @Nullable PostalSuppressionList suppressionList;

    @UriParam(label = "common")
    private @Nullable String reasonRules;

    @UriParam(label = "producer", defaultValue = "skip", enums = "skip,fail,off")
    private SuppressionMode suppression = SuppressionMode.SKIP;

    @UriParam(label = "producer")
    private @Nullable String stream;

    @UriParam(label = "producer")
    private @Nullable String unsubscribeUrl;

    @UriParam(label = "consumer", defaultValue = "all", enums = "all,events,mail")
    private AcceptedKinds accept = AcceptedKinds.ALL;

    @UriParam(label = "consumer")
    private @Nullable String events;

    @UriParam(label = "consumer", defaultValue = "all", enums = "all,outgoing,incoming")
    private EventDirection direction = EventDirection.ALL;

    @UriParam(label = "consumer,security", defaultValue = "true")
    private boolean verifySignature = true;

    @UriParam(label = "consumer,security")
    private @Nullable String publicKey;

    @UriParam(label = "consumer,security")
    private @Nullable String jwksUrl;

    @UriParam(label = "consumer,security", defaultValue = "false")
    private boolean allowInsecureJwksUrl;

    @UriParam(label = "consumer,advanced", defaultValue = "3600000", javaType = "java.time.Duration")
    private long jwksRefresh = 3600000L;

    @UriParam(label = "consumer,advanced", defaultValue = "sha256")
    private String signatureAlgorithms = "sha256";

    @UriParam(label = "consumer,security", secret = true)
    private @Nullable String webhookUsername;

    @UriParam(label = "consumer,security", secret = true)
    private @Nullable String webhookPassword;

    @UriParam(label = "consumer,security", defaultValue = "off", enums = "off,messages,all")
    private TenantVerification verifyTenant = TenantVerification.OFF;

    @UriParam(label = "consumer", defaultValue = "object", enums = "object,raw")
    private BodyFormat bodyFormat = BodyFormat.OBJECT;

    @UriParam(label = "consumer")
    private @Nullable IdempotentRepository idempotentRepository;

    @UriParam(label = "consumer", defaultValue = "true")
    private boolean deduplicate = true;

    @UriParam(label = "consumer", defaultValue = "4000", javaType = "java.time.Duration")
    private long processingTimeout = 4000L;

    @UriParam(label = "consumer", defaultValue = "16")
    private int maxInFlight = 16;

    @UriParam(label = "consumer", defaultValue = "67108864")
    private long maxBodySize = 67108864L;

    @UriParam(label = "consumer,advanced", defaultValue = "262144")
    private long attachmentThreshold = 262144L;

    @UriParam(label = "consumer,advanced")
    private @Nullable String spoolDirectory;

    @UriParam(label = "consumer,advanced", defaultValue = "1073741824")
    private long maxSpoolSize = 1073741824L;

    @UriParam(label = "common")
    private @Nullable PostalSendLedger sendLedger;

    @UriParam(label = "producer", defaultValue = "600000", javaType = "java.time.Duration")
    private long resendAfter = 600000L;

    @UriParam(label = "producer,advanced", defaultValue = "60000", javaType = "java.time.Duration")
    private long ledgerLease = 60000L;

    @UriParam(label = "producer,advanced", defaultValue = "604800000", javaType = "java.time.Duration")
    private long ledgerRetention = 604800000L;

    /** An independent copy, for an endpoint whose URI changes some options of the component. */
    public PostalConfiguration copy() {
        try {
            return (PostalConfiguration) clone();
        } catch (CloneNotSupportedException e) {
            throw new RuntimeCamelException(e);
        }
    }

    public @Nullable String getServerUrl() {
        return serverUrl;
    }

    /**
     * Base URL of the Postal installation, such as https://postal.example.com. A trailing slash or a path prefix is
     * fine.
     */
    public void setServerUrl(@Nullable String serverUrl) {
        this.serverUrl = serverUrl;
    }

    public @Nullable String getHostHeader() {
        return hostHeader;
    }

    /**
     * Value of the Host header, for a Postal that is reached by an internal address: Postal responds with 403 to a Host that
     * is not its own. Applies to every request we make, key fetches included.
     */
    public void setHostHeader(@Nullable String hostHeader) {
        this.hostHeader = hostHeader;
    }

    public @Nullable String getApiKey() {
        return apiKey;
    }

    /**
     * The credential of type API of one Postal mail server. It is sent to serverUrl and to no other host.
     */
    public void setApiKey(@Nullable String apiKey) {
        this.apiKey = apiKey;
    }

    public long getConnectTimeout() {
        return connectTimeout;
    }

    /**
     * How long to wait for a connection to Postal.
     */
    public void setConnectTimeout(long connectTimeout) {
        this.connectTimeout = connectTimeout;
    }

    public long getResponseTimeout() {
        return responseTimeout;
    }

    /**
     * How long to wait for the response to a call. A send that times out is reported as uncertain, because Postal may
     * have queued it.
     */
    public void setResponseTimeout(long responseTimeout) {
        this.responseTimeout = responseTimeout;
    }

    public int getMaxConnections() {
        return maxConnections;
    }

    /**
     * The number of pooled connections to Postal, and with it the cap on concurrent calls. Postal ships with five web
     * threads.
     */
    public void setMaxConnections(int maxConnections) {
        this.maxConnections = maxConnections;
    }

    public @Nullable SSLContextParameters getSslContextParameters() {
        return sslContextParameters;
    }

    /**
     * TLS settings for the calls to Postal. They win over the global ones.
     */
    public void setSslContextParameters(@Nullable SSLContextParameters sslContextParameters) {
        this.sslContextParameters = sslContextParameters;
    }

    public @Nullable String getProxyHost() {
        return proxyHost;
    }

    /**
     * Host of the HTTP proxy through which Postal is reached.
     */
    public void setProxyHost(@Nullable String proxyHost) {
        this.proxyHost = proxyHost;
    }

    public @Nullable Integer getProxyPort() {
        return proxyPort;
    }

    /**
     * Port of the HTTP proxy.
     */
    public void setProxyPort(@Nullable Integer proxyPort) {
        this.proxyPort = proxyPort;
    }

    public @Nullable String getProxyAuthScheme() {
        return proxyAuthScheme;
    }

    /**
     * Scheme by which the proxy itself is reached.
     */
    public void setProxyAuthScheme(@Nullable String proxyAuthScheme) {
        this.proxyAuthScheme = proxyAuthScheme;
    }

    public @Nullable String getProxyAuthMethod() {
        return proxyAuthMethod;
    }

    /**
     * How to authenticate to the proxy.
     */
    public void setProxyAuthMethod(@Nullable String proxyAuthMethod) {
        this.proxyAuthMethod = proxyAuthMethod;
    }

    public @Nullable String getProxyAuthUsername() {
        return proxyAuthUsername;
    }

    /**
     * User name for the proxy.
     */
    public void setProxyAuthUsername(@Nullable String proxyAuthUsername) {
        this.proxyAuthUsername = proxyAuthUsername;
    }

    public @Nullable String getProxyAuthPassword() {
        return proxyAuthPassword;
    }

    /**
     * Password for the proxy.
     */
    public void setProxyAuthPassword(@Nullable String proxyAuthPassword) {
        this.proxyAuthPassword = proxyAuthPassword;
    }

    public @Nullable String getNonProxyHosts() {
        return nonProxyHosts;
    }

    /**
     * Comma-separated hosts that are reached without the proxy; an asterisk stands for anything.
     */
    public void setNonProxyHosts(@Nullable String nonProxyHosts) {
        this.nonProxyHosts = nonProxyHosts;
    }

    public @Nullable String getFrom() {
        return from;
    }

    /**
     * The From address, where neither header nor body gives one.
     */
    public void setFrom(@Nullable String from) {
        this.from = from;
    }

    public @Nullable String getTo() {
        return to;
    }

    /**
     * The To recipients, an RFC 5322 address list, where neither header nor body gives any.
     */
    public void setTo(@Nullable String to) {
        this.to = to;
    }

    public @Nullable String getCc() {
        return cc;
    }

    /**
     * The Cc recipients, where neither header nor body gives any.
     */
    public void setCc(@Nullable String cc) {
        this.cc = cc;
    }

    public @Nullable String getBcc() {
        return bcc;
    }

    /**
     * The Bcc recipients, where neither header nor body gives any.
     */
    public void setBcc(@Nullable String bcc) {
        this.bcc = bcc;
    }

    public @Nullable String getReplyTo() {
        return replyTo;
    }

    /**
     * The Reply-To addresses, where neither header nor body gives any.
     */
    public void setReplyTo(@Nullable String replyTo) {
        this.replyTo = replyTo;
    }

    public @Nullable String getSender() {
        return sender;
    }

    /**
     * The Sender address, where neither header nor body gives one.
     */
    public void setSender(@Nullable String sender) {
        this.sender = sender;
    }

    public @Nullable String getSubject() {
        return subject;
    }

    /**
     * The subject, where neither header nor body gives one.
     */
    public void setSubject(@Nullable String subject) {
        this.subject = subject;
    }

    public @Nullable String getTag() {
        return tag;
    }

    /**
     * Postal's tag for the messages, where neither header nor body gives one. 255 characters at most.
     */
    public void setTag(@Nullable String tag) {
        this.tag = tag;
    }

    public BodyType getBodyType() {
        return bodyType;
    }

    /**
     * What a text body is: plain, html, or auto, which follows the Content-Type header and is plain without one.
     */
    public void setBodyType(BodyType bodyType) {
        this.bodyType = bodyType;
    }

    public Transport getTransport() {
        return transport;
    }

    /**
     * Which API call postal:send may use: message is Postal's structured call, raw sends a complete MIME message, auto
     * takes the structured call unless it would refuse or change something.
     */
    public void setTransport(Transport transport) {
        this.transport = transport;
    }

    public @Nullable String getExpansions() {
        return expansions;
    }

    /**
     * What to read with a message: a comma-separated list of status, details, inspection, plain_body, html_body,
     * attachments, headers, raw_message and activity_entries, or all.
     */
    public void setExpansions(@Nullable String expansions) {
        this.expansions = expansions;
    }

    public @Nullable String getConversationSecret() {
        return conversationSecret;
    }

    /**
     * What signs and verifies conversations, as comma-separated id:secret pairs. An id is one character, a to z or 2 to 7;
     * a secret has 32 bytes or more. The first pair signs, all verify, so that secrets can be renewed.
     */
    public void setConversationSecret(@Nullable String conversationSecret) {
        this.conversationSecret = conversationSecret;
    }

    public @Nullable String getReplyAddress() {
        return replyAddress;
    }

    /**
     * Where replies to conversations go: the bare address of a route in Postal. The mails carry it with a signed tag behind
     * a plus sign.
     */
    public void setReplyAddress(@Nullable String replyAddress) {
        this.replyAddress = replyAddress;
    }

    public long getConversationExpiry() {
        return conversationExpiry;
    }

    /**
     * How long a reply finds its conversation, rounded up to the end of a day (UTC).
     */
    public void setConversationExpiry(long conversationExpiry) {
        this.conversationExpiry = conversationExpiry;
    }

    public int getAutoReplyLimit() {
        return autoReplyLimit;
    }

    /**
     * How many automatic replies a day (UTC) go to one address.
     */
    public void setAutoReplyLimit(int autoReplyLimit) {
        this.autoReplyLimit = autoReplyLimit;
    }

    public @Nullable IdempotentRepository getAutoReplyRepository() {
        return autoReplyRepository;
    }

    /**
     * Where the automatic replies of the day are counted. By default in memory, in each instance for itself.
     */
    public void setAutoReplyRepository(@Nullable IdempotentRepository autoReplyRepository) {
        this.autoReplyRepository = autoReplyRepository;
    }

    public @Nullable IdempotentRepository getConversationRepository() {
        return conversationRepository;
    }

    /**
     * Makes a reply address count once: where the used ones are remembered. What comes later is mail without a
     * conversation. Automatic mail does not use an address up.
     */
    public void setConversationRepository(@Nullable IdempotentRepository conversationRepository) {
        this.conversationRepository = conversationRepository;
    }

    public @Nullable PostalSuppressionList getSuppressionList() {
        return suppressionList;
    }

    /**
     * Knows recipients that get no mail. The consumer tells it what happens to mails, and the producer leaves out who is on
     * it. By default there is none.
     */
    public void setSuppressionList(@Nullable PostalSuppressionList suppressionList) {
        this.suppressionList = suppressionList;
    }

    public @Nullable String getReasonRules() {
        return reasonRules;
    }

    /**
     * A file with rules of your own for why mails are not delivered, such as classpath:reasons.txt or
     * file:/etc/mail/reasons.txt. They are asked before those of the component, whose file shows the form.
     */
    public void setReasonRules(@Nullable String reasonRules) {
        this.reasonRules = reasonRules;
    }

    public SuppressionMode getSuppression() {
        return suppression;
    }

    /**
     * What to do about recipients on the suppressionList: skip leaves them out, fail refuses the mail, off does not ask.
     * Where the list cannot be asked, skip and fail send nothing.
     */
    public void setSuppression(SuppressionMode suppression) {
        this.suppression = suppression;
    }

    public @Nullable String getStream() {
        return stream;
    }

    /**
     * What the mails are for, such as news or invoices: recipients leave a stream, and get the mails of the others.
     */
    public void setStream(@Nullable String stream) {
        this.stream = stream;
    }

    public @Nullable String getUnsubscribeUrl() {
        return unsubscribeUrl;
    }

    /**
     * The public address of a postal:unsubscribe consumer, https://camel.example.com/unsubscribe. Mails get the header fields
     * for the button that mail programs show (RFC 8058), so each goes to one recipient. Needs conversationSecret.
     */
    public void setUnsubscribeUrl(@Nullable String unsubscribeUrl) {
        this.unsubscribeUrl = unsubscribeUrl;
    }

    public AcceptedKinds getAccept() {
        return accept;
    }

    /**
     * Which kind of request the route takes.
     */
    public void setAccept(AcceptedKinds accept) {
        this.accept = accept;
    }

    public @Nullable String getEvents() {
        return events;
    }

    /**
     * Comma-separated event names; only these reach the route. The others get 200 and are counted.
     */
    public void setEvents(@Nullable String events) {
        this.events = events;
    }

    public EventDirection getDirection() {
        return direction;
    }

    /**
     * Events about messages of which direction reach the route. Postal fires events for inbound mail too.
     */
    public void setDirection(EventDirection direction) {
        this.direction = direction;
    }

    public boolean isVerifySignature() {
        return verifySignature;
    }

    /**
     * Whether a request must carry a signature of the Postal installation.
     */
    public void setVerifySignature(boolean verifySignature) {
        this.verifySignature = verifySignature;
    }

    public @Nullable String getPublicKey() {
        return publicKey;
    }

    /**
     * Pinned RSA public keys of the Postal installation: PEM, the bare base64 that postal default-dkim-record prints
     * after p=, or a classpath: or file: resource. Several are separated by commas. In a URI wrap base64 in RAW().
     */
    public void setPublicKey(@Nullable String publicKey) {
        this.publicKey = publicKey;
    }

    public @Nullable String getJwksUrl() {
        return jwksUrl;
    }

    /**
     * Where the public keys are fetched; by default /.well-known/jwks.json below serverUrl. Used when no publicKey is
     * pinned.
     */
    public void setJwksUrl(@Nullable String jwksUrl) {
        this.jwksUrl = jwksUrl;
    }

    public boolean isAllowInsecureJwksUrl() {
        return allowInsecureJwksUrl;
    }

    /**
     * Whether keys may be fetched by plain http from elsewhere than a loopback address. Whoever can change the response on the
     * way can then sign mail: only for a network that is yours alone, such as that between two containers.
     */
    public void setAllowInsecureJwksUrl(boolean allowInsecureJwksUrl) {
        this.allowInsecureJwksUrl = allowInsecureJwksUrl;
    }

    public long getJwksRefresh() {
        return jwksRefresh;
    }

    /**
     * How long fetched keys are trusted before they are fetched again in the background.
     */
    public void setJwksRefresh(long jwksRefresh) {
        this.jwksRefresh = jwksRefresh;
    }

    public String getSignatureAlgorithms() {
        return signatureAlgorithms;
    }

    /**
     * Accepted signature algorithms: sha256, or sha256,sha1 for a Postal before 3.2, which needs a publicKey.
     */
    public void setSignatureAlgorithms(String signatureAlgorithms) {
        this.signatureAlgorithms = signatureAlgorithms;
    }

    public @Nullable String getWebhookUsername() {
        return webhookUsername;
    }

    /**
     * User name of the HTTP Basic credentials that a request must carry too.
     */
    public void setWebhookUsername(@Nullable String webhookUsername) {
        this.webhookUsername = webhookUsername;
    }

    public @Nullable String getWebhookPassword() {
        return webhookPassword;
    }

    /**
     * Password of the HTTP Basic credentials that a request must carry too.
     */
    public void setWebhookPassword(@Nullable String webhookPassword) {
        this.webhookPassword = webhookPassword;
    }

    public TenantVerification getVerifyTenant() {
        return verifyTenant;
    }

    /**
     * What the API of the endpoint's mail server must confirm before the route gets it, because one key signs for all mail
     * servers of an installation: nothing, messages (mails, and events about a message), or all, which never takes events that
     * are about no message. Needs the apiKey of that mail server.
     */
    public void setVerifyTenant(TenantVerification verifyTenant) {
        this.verifyTenant = verifyTenant;
    }

    public BodyFormat getBodyFormat() {
        return bodyFormat;
    }

    /**
     * What the route gets as body: object is one of the types of this component, raw is what Postal posted, byte for
     * byte.
     */
    public void setBodyFormat(BodyFormat bodyFormat) {
        this.bodyFormat = bodyFormat;
    }

    public @Nullable IdempotentRepository getIdempotentRepository() {
        return idempotentRepository;
    }

    /**
     * Remembers what was completed, so that a duplicate gets 200 without running the route. By default 100,000 keys in
     * memory.
     */
    public void setIdempotentRepository(@Nullable IdempotentRepository idempotentRepository) {
        this.idempotentRepository = idempotentRepository;
    }

    public boolean isDeduplicate() {
        return deduplicate;
    }

    /**
     * Whether completed requests are remembered in the idempotentRepository.
     */
    public void setDeduplicate(boolean deduplicate) {
        this.deduplicate = deduplicate;
    }

    public long getProcessingTimeout() {
        return processingTimeout;
    }

    /**
     * When to respond with 503 to a request whose route has not finished, counted from the arrival of the request. The
     * route goes on.
     */
    public void setProcessingTimeout(long processingTimeout) {
        this.processingTimeout = processingTimeout;
    }

    public int getMaxInFlight() {
        return maxInFlight;
    }

    /**
     * How many requests may be worked on at once, late ones included. When it is reached, the response is 503.
     */
    public void setMaxInFlight(int maxInFlight) {
        this.maxInFlight = maxInFlight;
    }

    public long getMaxBodySize() {
        return maxBodySize;
    }

    /**
     * The largest accepted request, in bytes. A larger one gets 413.
     */
    public void setMaxBodySize(long maxBodySize) {
        this.maxBodySize = maxBodySize;
    }

    public long getAttachmentThreshold() {
        return attachmentThreshold;
    }

    /**
     * Requests and attachments larger than this, in bytes, are kept in a temporary file.
     */
    public void setAttachmentThreshold(long attachmentThreshold) {
        this.attachmentThreshold = attachmentThreshold;
    }

    public @Nullable String getSpoolDirectory() {
        return spoolDirectory;
    }

    /**
     * Directory of the temporary files; by default one of our own below the JVM's.
     */
    public void setSpoolDirectory(@Nullable String spoolDirectory) {
        this.spoolDirectory = spoolDirectory;
    }

    public long getMaxSpoolSize() {
        return maxSpoolSize;
    }

    /**
     * The cap on all temporary files of one consumer together, in bytes. When it is reached, the response is 503.
     */
    public void setMaxSpoolSize(long maxSpoolSize) {
        this.maxSpoolSize = maxSpoolSize;
    }

    public @Nullable PostalSendLedger getSendLedger() {
        return sendLedger;
    }

    /**
     * Where sends with the header CamelPostalIdempotencyKey are written down, so that repeating them is always safe. A
     * postal:webhook with the same ledger settles lost responses by Postal's events.
     */
    public void setSendLedger(@Nullable PostalSendLedger sendLedger) {
        this.sendLedger = sendLedger;
    }

    public long getResendAfter() {
        return resendAfter;
    }

    /**
     * How long a recipient must have been absent at Postal before a retry sends to it again; 0 for never. More than
     * ledgerLease, connectTimeout and responseTimeout together.
     */
    public void setResendAfter(long resendAfter) {
        this.resendAfter = resendAfter;
    }

    public long getLedgerLease() {
        return ledgerLease;
    }

    /**
     * How long a send holds its key. After a crash, a retry waits for its end. It should exceed the longest upload.
     */
    public void setLedgerLease(long ledgerLease) {
        this.ledgerLease = ledgerLease;
    }

    public long getLedgerRetention() {
        return ledgerRetention;
    }

    /**
     * How long the keys of accepted mails are kept. Keys in any other state are never deleted.
     */
    public void setLedgerRetention(long ledgerRetention) {
        this.ledgerRetention = ledgerRetention;
    }

}
