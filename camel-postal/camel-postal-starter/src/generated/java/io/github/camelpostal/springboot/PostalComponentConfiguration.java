/* Generated from the component's catalog by src/build/PropertiesClass.java at each build: do not edit. */
package io.github.camelpostal.springboot;

import java.time.Duration;
import java.util.Map;

import io.github.camelpostal.AcceptedKinds;
import io.github.camelpostal.BodyFormat;
import io.github.camelpostal.BodyType;
import io.github.camelpostal.EventDirection;
import io.github.camelpostal.PostalConfiguration;
import io.github.camelpostal.PostalServer;
import io.github.camelpostal.SuppressionMode;
import io.github.camelpostal.TenantVerification;
import io.github.camelpostal.Transport;
import io.github.camelpostal.ledger.PostalSendLedger;
import io.github.camelpostal.suppression.PostalSuppressionList;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.spring.boot.ComponentConfigurationPropertiesCommon;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The options of the component in {@code application.yml}: names, types and defaults. What they mean is the
 * component's to know.
 */
@ConfigurationProperties(prefix = "camel.component.postal")
public class PostalComponentConfiguration extends ComponentConfigurationPropertiesCommon {

    /**
     * The options that all endpoints start from.
     */
    private PostalConfiguration configuration;

    /**
     * A file with rules of your own for why mails are not delivered, such as classpath:reasons.txt or
     * file:/etc/mail/reasons.txt. They are asked before those of the component, whose file shows the form.
     */
    private String reasonRules;

    /**
     * Where sends with the header CamelPostalIdempotencyKey are written down, so that repeating them is always safe. A
     * postal:webhook with the same ledger settles lost responses by Postal's events.
     */
    private PostalSendLedger sendLedger;

    /**
     * Several mail servers by name, each with its own apiKey and, where it differs, serverUrl and hostHeader. An
     * endpoint chooses one by the option server, an exchange by the header CamelPostalServer.
     */
    private Map<String, PostalServer> servers;

    /**
     * Base URL of the Postal installation, such as https://postal.example.com. A trailing slash or a path prefix is
     * fine.
     */
    private String serverUrl;

    /**
     * Knows recipients that get no mail. The consumer tells it what happens to mails, and the producer leaves out who
     * is on it. By default there is none.
     */
    private PostalSuppressionList suppressionList;

    /**
     * Which kind of request the route takes.
     */
    private AcceptedKinds accept = AcceptedKinds.ALL;

    /**
     * What the route gets as body: object is one of the types of this component, raw is what Postal posted, byte for
     * byte.
     */
    private BodyFormat bodyFormat = BodyFormat.OBJECT;

    /**
     * Allows for bridging the consumer to the Camel routing Error Handler, which mean any exceptions (if possible)
     * occurred while the Camel consumer is trying to pickup incoming messages, or the likes, will now be processed as a
     * message and handled by the routing Error Handler. Important: This is only possible if the 3rd party component
     * allows Camel to be alerted if an exception was thrown. Some components handle this internally only, and therefore
     * bridgeErrorHandler is not possible. In other situations we may improve the Camel component to hook into the 3rd
     * party component and make this possible for future releases. By default the consumer will use the
     * org.apache.camel.spi.ExceptionHandler to deal with exceptions, that will be logged at WARN or ERROR level and
     * ignored.
     */
    private Boolean bridgeErrorHandler = false;

    /**
     * Makes a reply address count once: where the used ones are remembered. What comes later is mail without a
     * conversation. Automatic mail does not use an address up.
     */
    private IdempotentRepository conversationRepository;

    /**
     * Whether completed requests are remembered in the idempotentRepository.
     */
    private Boolean deduplicate = true;

    /**
     * Events about messages of which direction reach the route. Postal fires events for inbound mail too.
     */
    private EventDirection direction = EventDirection.ALL;

    /**
     * Comma-separated event names; only these reach the route. The others get 200 and are counted.
     */
    private String events;

    /**
     * Remembers what was completed, so that a duplicate gets 200 without running the route. By default 100,000 keys in
     * memory.
     */
    private IdempotentRepository idempotentRepository;

    /**
     * The largest accepted request, in bytes. A larger one gets 413.
     */
    private Long maxBodySize = 67108864L;

    /**
     * How many requests may be worked on at once, late ones included. When it is reached, the response is 503.
     */
    private Integer maxInFlight = 16;

    /**
     * When to respond with 503 to a request whose route has not finished, counted from the arrival of the request. The
     * route goes on.
     */
    private Duration processingTimeout = Duration.ofSeconds(4);

    /**
     * Requests and attachments larger than this, in bytes, are kept in a temporary file.
     */
    private Long attachmentThreshold = 262144L;

    /**
     * How long fetched keys are trusted before they are fetched again in the background.
     */
    private Duration jwksRefresh = Duration.ofHours(1);

    /**
     * The cap on all temporary files of one consumer together, in bytes. When it is reached, the response is 503.
     */
    private Long maxSpoolSize = 1073741824L;

    /**
     * Accepted signature algorithms: sha256, or sha256,sha1 for a Postal before 3.2, which needs a publicKey.
     */
    private String signatureAlgorithms = "sha256";

    /**
     * Directory of the temporary files; by default one of our own below the JVM's.
     */
    private String spoolDirectory;

    /**
     * How many automatic replies a day (UTC) go to one address.
     */
    private Integer autoReplyLimit = 1;

    /**
     * Where the automatic replies of the day are counted. By default in memory, in each instance for itself.
     */
    private IdempotentRepository autoReplyRepository;

    /**
     * The Bcc recipients, where neither header nor body gives any.
     */
    private String bcc;

    /**
     * What a text body is: plain, html, or auto, which follows the Content-Type header and is plain without one.
     */
    private BodyType bodyType = BodyType.AUTO;

    /**
     * The Cc recipients, where neither header nor body gives any.
     */
    private String cc;

    /**
     * How long to wait for a connection to Postal.
     */
    private Duration connectTimeout = Duration.ofSeconds(5);

    /**
     * How long a reply finds its conversation, rounded up to the end of a day (UTC).
     */
    private Duration conversationExpiry = Duration.ofDays(30);

    /**
     * What to read with a message: a comma-separated list of status, details, inspection, plain_body, html_body,
     * attachments, headers, raw_message and activity_entries, or all.
     */
    private String expansions;

    /**
     * The From address, where neither header nor body gives one.
     */
    private String from;

    /**
     * Whether the producer should be started lazy (on the first message). By starting lazy you can use this to allow
     * CamelContext and routes to startup in situations where a producer may otherwise fail during starting and cause
     * the route to fail being started. By deferring this startup to be lazy then the startup failure can be handled
     * during routing messages via Camel's routing error handlers. Beware that when the first message is processed then
     * creating and starting the producer may take a little time and prolong the total processing time of the
     * processing.
     */
    private Boolean lazyStartProducer = false;

    /**
     * The number of pooled connections to Postal, and with it the cap on concurrent calls. Postal ships with five web
     * threads.
     */
    private Integer maxConnections = 5;

    /**
     * Where replies to conversations go: the bare address of a route in Postal. The mails carry it with a signed tag
     * behind a plus sign.
     */
    private String replyAddress;

    /**
     * The Reply-To addresses, where neither header nor body gives any.
     */
    private String replyTo;

    /**
     * How long a recipient must have been absent at Postal before a retry sends to it again; 0 for never. More than
     * ledgerLease, connectTimeout and responseTimeout together.
     */
    private Duration resendAfter = Duration.ofMinutes(10);

    /**
     * How long to wait for the response to a call. A send that times out is reported as uncertain, because Postal may
     * have queued it.
     */
    private Duration responseTimeout = Duration.ofSeconds(30);

    /**
     * The Sender address, where neither header nor body gives one.
     */
    private String sender;

    /**
     * What the mails are for, such as news or invoices: recipients leave a stream, and get the mails of the others.
     */
    private String stream;

    /**
     * The subject, where neither header nor body gives one.
     */
    private String subject;

    /**
     * What to do about recipients on the suppressionList: skip leaves them out, fail refuses the mail, off does not
     * ask. Where the list cannot be asked, skip and fail send nothing.
     */
    private SuppressionMode suppression = SuppressionMode.SKIP;

    /**
     * Postal's tag for the messages, where neither header nor body gives one. 255 characters at most.
     */
    private String tag;

    /**
     * The To recipients, an RFC 5322 address list, where neither header nor body gives any.
     */
    private String to;

    /**
     * Which API call postal:send may use: message is Postal's structured call, raw sends a complete MIME message, auto
     * takes the structured call unless it would refuse or change something.
     */
    private Transport transport = Transport.AUTO;

    /**
     * The public address of a postal:unsubscribe consumer, https://camel.example.com/unsubscribe. Mails get the header
     * fields for the button that mail programs show (RFC 8058), so each goes to one recipient. Needs
     * conversationSecret.
     */
    private String unsubscribeUrl;

    /**
     * How long a send holds its key. After a crash, a retry waits for its end. It should exceed the longest upload.
     */
    private Duration ledgerLease = Duration.ofMinutes(1);

    /**
     * How long the keys of accepted mails are kept. Keys in any other state are never deleted.
     */
    private Duration ledgerRetention = Duration.ofDays(7);

    /**
     * Whether autowiring is enabled. This is used for automatic autowiring options (the option must be marked as
     * autowired) by looking up in the registry to find if there is a single instance of matching type, which then gets
     * configured on the component. This can be used for automatic configuring JDBC data sources, JMS connection
     * factories, AWS Clients, etc.
     */
    private Boolean autowiredEnabled = true;

    /**
     * Value of the Host header, for a Postal that is reached by an internal address: Postal responds with 403 to a Host
     * that is not its own. Applies to every request we make, key fetches included.
     */
    private String hostHeader;

    /**
     * Everything else that Apache HttpClient 5 can do. It cannot switch retries or redirects back on.
     */
    private HttpClientConfigurer httpClientConfigurer;

    /**
     * Used for enabling or disabling all consumer based health checks from this component
     */
    private Boolean healthCheckConsumerEnabled = true;

    /**
     * Used for enabling or disabling all producer based health checks from this component. Notice: Camel has by default
     * disabled all producer based health-checks. You can turn on producer checks globally by setting
     * camel.health.producersEnabled=true.
     */
    private Boolean healthCheckProducerEnabled = true;

    /**
     * Health URL of Postal's SMTP server, such as http://postal-smtp:9091/health, to make its state a health check too.
     */
    private String smtpHealthUrl;

    /**
     * Health URL of Postal's worker, such as http://postal-worker:9090/health, to make its state a health check too.
     */
    private String workerHealthUrl;

    /**
     * Comma-separated hosts that are reached without the proxy; an asterisk stands for anything.
     */
    private String nonProxyHosts;

    /**
     * How to authenticate to the proxy.
     */
    private String proxyAuthMethod;

    /**
     * Password for the proxy.
     */
    private String proxyAuthPassword;

    /**
     * Scheme by which the proxy itself is reached.
     */
    private String proxyAuthScheme;

    /**
     * User name for the proxy.
     */
    private String proxyAuthUsername;

    /**
     * Host of the HTTP proxy through which Postal is reached.
     */
    private String proxyHost;

    /**
     * Port of the HTTP proxy.
     */
    private Integer proxyPort;

    /**
     * Whether keys may be fetched by plain http from elsewhere than a loopback address. Whoever can change the response
     * on the way can then sign mail: only for a network that is yours alone, such as that between two containers.
     */
    private Boolean allowInsecureJwksUrl = false;

    /**
     * The credential of type API of one Postal mail server. It is sent to serverUrl and to no other host.
     */
    private String apiKey;

    /**
     * What signs and verifies conversations, as comma-separated id:secret pairs. An id is one character, a to z or 2 to
     * 7; a secret has 32 bytes or more. The first pair signs, all verify, so that secrets can be renewed.
     */
    private String conversationSecret;

    /**
     * Where the public keys are fetched; by default /.well-known/jwks.json below serverUrl. Used when no publicKey is
     * pinned.
     */
    private String jwksUrl;

    /**
     * Pinned RSA public keys of the Postal installation: PEM, the bare base64 that postal default-dkim-record prints
     * after p=, or a classpath: or file: resource. Several are separated by commas. In a URI wrap base64 in RAW().
     */
    private String publicKey;

    /**
     * TLS settings for the calls to Postal. They win over the global ones.
     */
    private SSLContextParameters sslContextParameters;

    /**
     * Whether to use the TLS settings of the CamelContext where no sslContextParameters are set.
     */
    private Boolean useGlobalSslContextParameters = false;

    /**
     * Whether a request must carry a signature of the Postal installation.
     */
    private Boolean verifySignature = true;

    /**
     * What the API of the endpoint's mail server must confirm before the route gets it, because one key signs for all
     * mail servers of an installation: nothing, messages (mails, and events about a message), or all, which never takes
     * events that are about no message. Needs the apiKey of that mail server.
     */
    private TenantVerification verifyTenant = TenantVerification.OFF;

    /**
     * Password of the HTTP Basic credentials that a request must carry too.
     */
    private String webhookPassword;

    /**
     * User name of the HTTP Basic credentials that a request must carry too.
     */
    private String webhookUsername;

    public PostalConfiguration getConfiguration() {
        return configuration;
    }

    public void setConfiguration(PostalConfiguration configuration) {
        this.configuration = configuration;
    }

    public String getReasonRules() {
        return reasonRules;
    }

    public void setReasonRules(String reasonRules) {
        this.reasonRules = reasonRules;
    }

    public PostalSendLedger getSendLedger() {
        return sendLedger;
    }

    public void setSendLedger(PostalSendLedger sendLedger) {
        this.sendLedger = sendLedger;
    }

    public Map<String, PostalServer> getServers() {
        return servers;
    }

    public void setServers(Map<String, PostalServer> servers) {
        this.servers = servers;
    }

    public String getServerUrl() {
        return serverUrl;
    }

    public void setServerUrl(String serverUrl) {
        this.serverUrl = serverUrl;
    }

    public PostalSuppressionList getSuppressionList() {
        return suppressionList;
    }

    public void setSuppressionList(PostalSuppressionList suppressionList) {
        this.suppressionList = suppressionList;
    }

    public AcceptedKinds getAccept() {
        return accept;
    }

    public void setAccept(AcceptedKinds accept) {
        this.accept = accept;
    }

    public BodyFormat getBodyFormat() {
        return bodyFormat;
    }

    public void setBodyFormat(BodyFormat bodyFormat) {
        this.bodyFormat = bodyFormat;
    }

    public Boolean getBridgeErrorHandler() {
        return bridgeErrorHandler;
    }

    public void setBridgeErrorHandler(Boolean bridgeErrorHandler) {
        this.bridgeErrorHandler = bridgeErrorHandler;
    }

    public IdempotentRepository getConversationRepository() {
        return conversationRepository;
    }

    public void setConversationRepository(IdempotentRepository conversationRepository) {
        this.conversationRepository = conversationRepository;
    }

    public Boolean getDeduplicate() {
        return deduplicate;
    }

    public void setDeduplicate(Boolean deduplicate) {
        this.deduplicate = deduplicate;
    }

    public EventDirection getDirection() {
        return direction;
    }

    public void setDirection(EventDirection direction) {
        this.direction = direction;
    }

    public String getEvents() {
        return events;
    }

    public void setEvents(String events) {
        this.events = events;
    }

    public IdempotentRepository getIdempotentRepository() {
        return idempotentRepository;
    }

    public void setIdempotentRepository(IdempotentRepository idempotentRepository) {
        this.idempotentRepository = idempotentRepository;
    }

    public Long getMaxBodySize() {
        return maxBodySize;
    }

    public void setMaxBodySize(Long maxBodySize) {
        this.maxBodySize = maxBodySize;
    }

    public Integer getMaxInFlight() {
        return maxInFlight;
    }

    public void setMaxInFlight(Integer maxInFlight) {
        this.maxInFlight = maxInFlight;
    }

    public Duration getProcessingTimeout() {
        return processingTimeout;
    }

    public void setProcessingTimeout(Duration processingTimeout) {
        this.processingTimeout = processingTimeout;
    }

    public Long getAttachmentThreshold() {
        return attachmentThreshold;
    }

    public void setAttachmentThreshold(Long attachmentThreshold) {
        this.attachmentThreshold = attachmentThreshold;
    }

    public Duration getJwksRefresh() {
        return jwksRefresh;
    }

    public void setJwksRefresh(Duration jwksRefresh) {
        this.jwksRefresh = jwksRefresh;
    }

    public Long getMaxSpoolSize() {
        return maxSpoolSize;
    }

    public void setMaxSpoolSize(Long maxSpoolSize) {
        this.maxSpoolSize = maxSpoolSize;
    }

    public String getSignatureAlgorithms() {
        return signatureAlgorithms;
    }

    public void setSignatureAlgorithms(String signatureAlgorithms) {
        this.signatureAlgorithms = signatureAlgorithms;
    }

    public String getSpoolDirectory() {
        return spoolDirectory;
    }

    public void setSpoolDirectory(String spoolDirectory) {
        this.spoolDirectory = spoolDirectory;
    }

    public Integer getAutoReplyLimit() {
        return autoReplyLimit;
    }

    public void setAutoReplyLimit(Integer autoReplyLimit) {
        this.autoReplyLimit = autoReplyLimit;
    }

    public IdempotentRepository getAutoReplyRepository() {
        return autoReplyRepository;
    }

    public void setAutoReplyRepository(IdempotentRepository autoReplyRepository) {
        this.autoReplyRepository = autoReplyRepository;
    }

    public String getBcc() {
        return bcc;
    }

    public void setBcc(String bcc) {
        this.bcc = bcc;
    }

    public BodyType getBodyType() {
        return bodyType;
    }

    public void setBodyType(BodyType bodyType) {
        this.bodyType = bodyType;
    }

    public String getCc() {
        return cc;
    }

    public void setCc(String cc) {
        this.cc = cc;
    }

    public Duration getConnectTimeout() {
        return connectTimeout;
    }

    public void setConnectTimeout(Duration connectTimeout) {
        this.connectTimeout = connectTimeout;
    }

    public Duration getConversationExpiry() {
        return conversationExpiry;
    }

    public void setConversationExpiry(Duration conversationExpiry) {
        this.conversationExpiry = conversationExpiry;
    }

    public String getExpansions() {
        return expansions;
    }

    public void setExpansions(String expansions) {
        this.expansions = expansions;
    }

    public String getFrom() {
        return from;
    }

    public void setFrom(String from) {
        this.from = from;
    }

    public Boolean getLazyStartProducer() {
        return lazyStartProducer;
    }

    public void setLazyStartProducer(Boolean lazyStartProducer) {
        this.lazyStartProducer = lazyStartProducer;
    }

    public Integer getMaxConnections() {
        return maxConnections;
    }

    public void setMaxConnections(Integer maxConnections) {
        this.maxConnections = maxConnections;
    }

    public String getReplyAddress() {
        return replyAddress;
    }

    public void setReplyAddress(String replyAddress) {
        this.replyAddress = replyAddress;
    }

    public String getReplyTo() {
        return replyTo;
    }

    public void setReplyTo(String replyTo) {
        this.replyTo = replyTo;
    }

    public Duration getResendAfter() {
        return resendAfter;
    }

    public void setResendAfter(Duration resendAfter) {
        this.resendAfter = resendAfter;
    }

    public Duration getResponseTimeout() {
        return responseTimeout;
    }

    public void setResponseTimeout(Duration responseTimeout) {
        this.responseTimeout = responseTimeout;
    }

    public String getSender() {
        return sender;
    }

    public void setSender(String sender) {
        this.sender = sender;
    }

    public String getStream() {
        return stream;
    }

    public void setStream(String stream) {
        this.stream = stream;
    }

    public String getSubject() {
        return subject;
    }

    public void setSubject(String subject) {
        this.subject = subject;
    }

    public SuppressionMode getSuppression() {
        return suppression;
    }

    public void setSuppression(SuppressionMode suppression) {
        this.suppression = suppression;
    }

    public String getTag() {
        return tag;
    }

    public void setTag(String tag) {
        this.tag = tag;
    }

    public String getTo() {
        return to;
    }

    public void setTo(String to) {
        this.to = to;
    }

    public Transport getTransport() {
        return transport;
    }

    public void setTransport(Transport transport) {
        this.transport = transport;
    }

    public String getUnsubscribeUrl() {
        return unsubscribeUrl;
    }

    public void setUnsubscribeUrl(String unsubscribeUrl) {
        this.unsubscribeUrl = unsubscribeUrl;
    }

    public Duration getLedgerLease() {
        return ledgerLease;
    }

    public void setLedgerLease(Duration ledgerLease) {
        this.ledgerLease = ledgerLease;
    }

    public Duration getLedgerRetention() {
        return ledgerRetention;
    }

    public void setLedgerRetention(Duration ledgerRetention) {
        this.ledgerRetention = ledgerRetention;
    }

    public Boolean getAutowiredEnabled() {
        return autowiredEnabled;
    }

    public void setAutowiredEnabled(Boolean autowiredEnabled) {
        this.autowiredEnabled = autowiredEnabled;
    }

    public String getHostHeader() {
        return hostHeader;
    }

    public void setHostHeader(String hostHeader) {
        this.hostHeader = hostHeader;
    }

    public HttpClientConfigurer getHttpClientConfigurer() {
        return httpClientConfigurer;
    }

    public void setHttpClientConfigurer(HttpClientConfigurer httpClientConfigurer) {
        this.httpClientConfigurer = httpClientConfigurer;
    }

    public Boolean getHealthCheckConsumerEnabled() {
        return healthCheckConsumerEnabled;
    }

    public void setHealthCheckConsumerEnabled(Boolean healthCheckConsumerEnabled) {
        this.healthCheckConsumerEnabled = healthCheckConsumerEnabled;
    }

    public Boolean getHealthCheckProducerEnabled() {
        return healthCheckProducerEnabled;
    }

    public void setHealthCheckProducerEnabled(Boolean healthCheckProducerEnabled) {
        this.healthCheckProducerEnabled = healthCheckProducerEnabled;
    }

    public String getSmtpHealthUrl() {
        return smtpHealthUrl;
    }

    public void setSmtpHealthUrl(String smtpHealthUrl) {
        this.smtpHealthUrl = smtpHealthUrl;
    }

    public String getWorkerHealthUrl() {
        return workerHealthUrl;
    }

    public void setWorkerHealthUrl(String workerHealthUrl) {
        this.workerHealthUrl = workerHealthUrl;
    }

    public String getNonProxyHosts() {
        return nonProxyHosts;
    }

    public void setNonProxyHosts(String nonProxyHosts) {
        this.nonProxyHosts = nonProxyHosts;
    }

    public String getProxyAuthMethod() {
        return proxyAuthMethod;
    }

    public void setProxyAuthMethod(String proxyAuthMethod) {
        this.proxyAuthMethod = proxyAuthMethod;
    }

    public String getProxyAuthPassword() {
        return proxyAuthPassword;
    }

    public void setProxyAuthPassword(String proxyAuthPassword) {
        this.proxyAuthPassword = proxyAuthPassword;
    }

    public String getProxyAuthScheme() {
        return proxyAuthScheme;
    }

    public void setProxyAuthScheme(String proxyAuthScheme) {
        this.proxyAuthScheme = proxyAuthScheme;
    }

    public String getProxyAuthUsername() {
        return proxyAuthUsername;
    }

    public void setProxyAuthUsername(String proxyAuthUsername) {
        this.proxyAuthUsername = proxyAuthUsername;
    }

    public String getProxyHost() {
        return proxyHost;
    }

    public void setProxyHost(String proxyHost) {
        this.proxyHost = proxyHost;
    }

    public Integer getProxyPort() {
        return proxyPort;
    }

    public void setProxyPort(Integer proxyPort) {
        this.proxyPort = proxyPort;
    }

    public Boolean getAllowInsecureJwksUrl() {
        return allowInsecureJwksUrl;
    }

    public void setAllowInsecureJwksUrl(Boolean allowInsecureJwksUrl) {
        this.allowInsecureJwksUrl = allowInsecureJwksUrl;
    }

    public String getApiKey() {
        return apiKey;
    }

    public void setApiKey(String apiKey) {
        this.apiKey = apiKey;
    }

    public String getConversationSecret() {
        return conversationSecret;
    }

    public void setConversationSecret(String conversationSecret) {
        this.conversationSecret = conversationSecret;
    }

    public String getJwksUrl() {
        return jwksUrl;
    }

    public void setJwksUrl(String jwksUrl) {
        this.jwksUrl = jwksUrl;
    }

    public String getPublicKey() {
        return publicKey;
    }

    public void setPublicKey(String publicKey) {
        this.publicKey = publicKey;
    }

    public SSLContextParameters getSslContextParameters() {
        return sslContextParameters;
    }

    public void setSslContextParameters(SSLContextParameters sslContextParameters) {
        this.sslContextParameters = sslContextParameters;
    }

    public Boolean getUseGlobalSslContextParameters() {
        return useGlobalSslContextParameters;
    }

    public void setUseGlobalSslContextParameters(Boolean useGlobalSslContextParameters) {
        this.useGlobalSslContextParameters = useGlobalSslContextParameters;
    }

    public Boolean getVerifySignature() {
        return verifySignature;
    }

    public void setVerifySignature(Boolean verifySignature) {
        this.verifySignature = verifySignature;
    }

    public TenantVerification getVerifyTenant() {
        return verifyTenant;
    }

    public void setVerifyTenant(TenantVerification verifyTenant) {
        this.verifyTenant = verifyTenant;
    }

    public String getWebhookPassword() {
        return webhookPassword;
    }

    public void setWebhookPassword(String webhookPassword) {
        this.webhookPassword = webhookPassword;
    }

    public String getWebhookUsername() {
        return webhookUsername;
    }

    public void setWebhookUsername(String webhookUsername) {
        this.webhookUsername = webhookUsername;
    }
}
