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
package io.github.camelpostal.internal.doctor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.github.camelpostal.api.DoctorDomain;
import io.github.camelpostal.api.ServerAccess;
import io.github.camelpostal.internal.mime.DomainName;
import io.github.camelpostal.internal.signature.PinnedKeys;
import org.jspecify.annotations.Nullable;

/** What the DNS says about a domain, compared with what Postal wants (protocol 9), and about the server's address. */
public final class DnsExamination {

    private static final String LIBRARY = "org.xbill.DNS.Resolver";

    private final DnsRecords dns;
    private final DoctorDomain domain;
    private final String name;
    private final String postal;
    private final Findings findings;

    private DnsExamination(DnsRecords dns, DoctorDomain domain, String postal, Findings findings) {
        this.dns = dns;
        this.domain = domain;
        this.name = ascii(domain.name());
        this.postal = postal;
        this.findings = findings;
    }

    /** @param nameServer null for those of this machine */
    public static void examine(DoctorDomain domain, ServerAccess server, @Nullable InetSocketAddress nameServer,
            Findings findings) {
        String host = server.hostHeader() == null ? String.valueOf(server.baseUrl().getHost()) : server.hostHeader();
        try {
            Class.forName(LIBRARY, false, DnsExamination.class.getClassLoader());
            DnsRecords records = new DnsRecords(nameServer);
            new DnsExamination(records, domain, host.replaceFirst(":\\d+$", ""), findings).examineAll();
        } catch (ClassNotFoundException e) {
            findings.warning("dns", "DNS was not looked at, because the library dnsjava is not there",
                    "Add the dependency dnsjava:dnsjava.");
        } catch (IOException | IllegalArgumentException e) {
            findings.failed("dns", "The name server cannot be asked: " + e.getMessage(),
                    "See that the name server can be reached from here, by UDP and TCP on its port 53.");
        }
    }

    private void examineAll() throws DnsRecords.NoResponseException {
        look("spf", this::spf);
        look("dkim", this::dkim);
        look("mx", this::mx);
        look("return-path", this::returnPath);
        look("dmarc", this::dmarc);
        if (!findings.hasFailed("host")) { // whose name would be looked up
            look("rdns", this::reverse);
        }
    }

    /** One kind of record. */
    @FunctionalInterface
    private interface Look {

        void look() throws IOException;
    }

    private void look(String check, Look records) throws DnsRecords.NoResponseException {
        try {
            records.look();
        } catch (DnsRecords.NoResponseException e) {
            throw e;
        } catch (IOException e) {
            findings.failed(check, "The records cannot be read: " + e.getMessage(),
                    "See that the domain is delegated to a name server that responds.");
        }
    }

    private void spf() throws IOException {
        List<String> records = dns.texts(name).stream().filter(text -> text.toLowerCase(Locale.ROOT).startsWith("v=spf1"))
                .toList();
        String include = domain.spfInclude() == null ? "spf." + postal : domain.spfInclude();
        String wanted = "v=spf1 a mx include:" + include + " ~all";
        if (records.isEmpty()) {
            findings.failed("spf", "There is no SPF record", "Add a TXT record at " + name + ": " + wanted);
        } else if (records.size() > 1) {
            findings.failed("spf", "There are " + records.size() + " SPF records, so none counts (RFC 7208)",
                    "Make one of them, with include:" + include);
        } else if (List.of(records.get(0).toLowerCase(Locale.ROOT).split("\\s+"))
                .contains("include:" + include.toLowerCase(Locale.ROOT))) {
            findings.ok("spf", "The SPF record includes " + include);
        } else {
            guessOrFact(domain.spfInclude() != null || !dns.texts(include).isEmpty(), "spf",
                    "The SPF record does not include " + include,
                    "Add include:" + include + " to the TXT record at " + name + ", before its 'all'.");
        }
    }

    /** What follows from a name that we only suppose is no more than a warning. */
    private void guessOrFact(boolean fact, String check, String finding, String remedy) {
        if (fact) {
            findings.failed(check, finding, remedy);
        } else {
            findings.warning(check, finding, remedy + " If Postal's name there is another one, say which.");
        }
    }

    private void dkim() throws IOException {
        String selector = domain.dkimSelector();
        if (selector == null) {
            findings.warning("dkim", "The domain's DKIM record was not looked at, because its selector is not known",
                    "Say the selector that Postal's page of the domain shows, such as postal-AbCdEf, or run a loop.");
            return;
        }
        String at = selector + "._domainkey." + name;
        List<String> records = dns.texts(at);
        String remedy = "Add one TXT record at " + at + " with the text that Postal's page of the domain shows.";
        if (records.isEmpty()) {
            findings.failed("dkim", "There is no DKIM record at " + at + ": Postal signs with the installation's key instead,"
                    + " for its own domain", remedy);
        } else if (records.size() > 1) {
            findings.failed("dkim", "There are " + records.size() + " records at " + at + ", so Postal counts none", remedy);
        } else if (!isKey(records.get(0))) {
            findings.failed("dkim", "The record at " + at + " holds no usable key", remedy);
        } else {
            findings.ok("dkim", "There is one DKIM record at " + at + ", with a usable key");
        }
    }

    private static boolean isKey(String record) {
        try {
            return record.toLowerCase(Locale.ROOT).replace(" ", "").startsWith("v=dkim1")
                    && PinnedKeys.parse(List.of(record)).keyIds().size() == 1;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private void mx() throws IOException {
        List<String> found = dns.mailExchanges(name);
        List<String> missing = new ArrayList<>(domain.mailExchanges().stream().map(mx -> mx.toLowerCase(Locale.ROOT)).toList());
        missing.removeAll(found);
        if (!missing.isEmpty()) {
            findings.failed("mx",
                    found.isEmpty() ? "There is no MX record" : "The MX records lack " + String.join(", ", missing),
                    "Add MX records at " + name + " for " + String.join(", ", missing)
                            + ", or mail for the domain does not come"
                            + " to Postal.");
        } else if (found.isEmpty()) {
            findings.warning("mx", "There is no MX record: nobody can reply to mail from this domain",
                    "Add MX records at " + name + " for whoever takes its mail.");
        } else {
            findings.ok("mx", "Mail for the domain goes to " + String.join(", ", found));
        }
    }

    private void returnPath() throws IOException {
        String at = "psrp." + name;
        String wanted = domain.returnPathDomain() == null ? "rp." + postal : domain.returnPathDomain();
        List<String> found = dns.aliases(at);
        String remedy = "Add a CNAME record at " + at + " for " + wanted + ".";
        if (found.isEmpty()) {
            findings.warning("return-path",
                    "There is no CNAME record at " + at + ": bounces go to the installation's own domain,"
                            + " and SPF does not count for this one",
                    remedy);
        } else if (found.equals(List.of(wanted.toLowerCase(Locale.ROOT)))) {
            findings.ok("return-path", "Bounces to the domain come to Postal");
        } else {
            guessOrFact(domain.returnPathDomain() != null || !dns.mailExchanges(wanted).isEmpty(), "return-path",
                    "The CNAME record at " + at + " leads to " + String.join(", ", found) + ", not to " + wanted, remedy);
        }
    }

    private void dmarc() throws IOException {
        String at = "_dmarc." + name;
        List<String> records = dns.texts(at).stream().filter(text -> text.toLowerCase(Locale.ROOT).startsWith("v=dmarc1"))
                .toList();
        String remedy = "Add one TXT record at " + at + ", to begin with: v=DMARC1; p=none; rua=mailto:postmaster@" + name;
        if (records.isEmpty()) {
            findings.warning("dmarc", "There is no DMARC record, which large mailbox providers want", remedy);
        } else if (records.size() > 1 || !records.get(0).toLowerCase(Locale.ROOT).matches(
                ".*;\\s*p\\s*=\\s*(none|quarantine|reject)\\b.*")) {
            findings.failed("dmarc", records.size() > 1
                    ? "There are several DMARC records, so none counts"
                    : "The DMARC record has no valid policy p=", remedy);
        } else {
            findings.ok("dmarc", "There is a DMARC record");
        }
    }

    /** Of the web name's address. Where mail leaves from another one, only its administrator can say which. */
    private void reverse() throws IOException {
        List<InetAddress> addresses = dns.addresses(postal);
        if (addresses.isEmpty()) {
            findings.warning("rdns", "The name of the server, " + postal + ", has no address in the DNS",
                    "Say the name that Postal has to the outside as hostHeader.");
            return;
        }
        for (InetAddress address : addresses) {
            if (!isConfirmed(address)) {
                findings.failed("rdns", "The address " + address.getHostAddress() + " of " + postal
                        + " has no reverse DNS that leads back to it: many servers refuse mail from it",
                        "Have whoever runs the network set the PTR record of " + address.getHostAddress() + " to Postal's SMTP"
                                + " host name, whose A or AAAA record leads back.");
                return;
            }
        }
        findings.ok("rdns", "The reverse DNS of " + postal + " leads back to it");
    }

    private boolean isConfirmed(InetAddress address) throws IOException {
        for (String pointer : dns.namesOf(address)) {
            if (dns.addresses(pointer).contains(address)) {
                return true;
            }
        }
        return false;
    }

    private static String ascii(String domain) {
        return DomainName.of(domain).text().toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
    }
}
