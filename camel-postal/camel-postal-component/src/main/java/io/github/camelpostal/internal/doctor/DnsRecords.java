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
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.ReverseMap;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** Asks for DNS records. The only class that knows dnsjava, which an application need not have. Names come without final dot. */
final class DnsRecords {

    /** Nothing came back, so that to ask for something else is only to wait again. */
    static final class NoResponseException extends IOException {

        private static final long serialVersionUID = 1L;

        private NoResponseException(IOException cause) {
            super("no response (" + cause.getClass().getSimpleName() + ")", cause);
        }
    }

    private static final Duration LONGEST_QUERY = Duration.ofSeconds(5);

    private final Resolver resolver;

    /** @param nameServer null for those of this machine */
    DnsRecords(@Nullable InetSocketAddress nameServer) throws UnknownHostException {
        resolver = nameServer == null ? new ExtendedResolver() : new SimpleResolver(nameServer);
        resolver.setTimeout(LONGEST_QUERY);
    }

    /** The records as texts, each put together from its strings. */
    List<String> texts(String name) throws IOException {
        return ask(name(name), Type.TXT).stream().filter(TXTRecord.class::isInstance)
                .map(text -> String.join("", ((TXTRecord) text).getStrings())).toList();
    }

    List<String> mailExchanges(String name) throws IOException {
        return ask(name(name), Type.MX).stream().filter(MXRecord.class::isInstance)
                .map(mx -> text(((MXRecord) mx).getTarget())).filter(target -> !target.isEmpty()).toList();
    }

    List<String> aliases(String name) throws IOException {
        return ask(name(name), Type.CNAME).stream().filter(CNAMERecord.class::isInstance)
                .map(alias -> text(((CNAMERecord) alias).getTarget())).toList();
    }

    List<InetAddress> addresses(String name) throws IOException {
        List<InetAddress> v4 = ask(name(name), Type.A).stream().filter(ARecord.class::isInstance)
                .map(record -> ((ARecord) record).getAddress()).toList();
        return !v4.isEmpty()
                ? v4
                : ask(name(name), Type.AAAA).stream().filter(AAAARecord.class::isInstance)
                        .map(record -> ((AAAARecord) record).getAddress()).toList();
    }

    List<String> namesOf(InetAddress address) throws IOException {
        return ask(ReverseMap.fromAddress(address), Type.PTR).stream().filter(PTRRecord.class::isInstance)
                .map(pointer -> text(((PTRRecord) pointer).getTarget())).toList();
    }

    private List<Record> ask(Name name, int type) throws IOException {
        Message response = send(Message.newQuery(Record.newRecord(name, type, DClass.IN)));
        int code = response.getRcode();
        if (code != Rcode.NOERROR && code != Rcode.NXDOMAIN) {
            throw new IOException("the name server responds " + Rcode.string(code));
        }
        return response.getSection(Section.ANSWER);
    }

    private Message send(Message query) throws NoResponseException {
        try {
            return resolver.send(query);
        } catch (IOException e) {
            throw new NoResponseException(e);
        }
    }

    private static Name name(String text) throws IOException {
        try {
            return Name.fromString(text, Name.root);
        } catch (TextParseException e) {
            throw new IOException("this is no domain name", e);
        }
    }

    private static String text(Name name) {
        return name.toString(true).toLowerCase(Locale.ROOT).replaceFirst("^@$", "");
    }
}
