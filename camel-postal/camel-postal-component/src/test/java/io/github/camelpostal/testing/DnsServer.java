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
package io.github.camelpostal.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/** A name server on loopback that knows the records which a test gives it, and no other names. */
public final class DnsServer implements AutoCloseable {

    private static final int TTL = 60;

    private final DatagramSocket socket;
    private final InetSocketAddress address;
    private final List<Record> records = new CopyOnWriteArrayList<>();

    public DnsServer() {
        try {
            socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        address = new InetSocketAddress(socket.getLocalAddress(), socket.getLocalPort());
        Thread thread = new Thread(this::serve, "dns");
        thread.setDaemon(true);
        thread.start();
    }

    public InetSocketAddress address() {
        return address;
    }

    /** @param data as in a zone file, such as {@code 10 mx.example.com.}; without quotes for TXT */
    public void add(String name, String type, String data) {
        try {
            Name owner = Name.fromString(name, Name.root);
            if (type.equals("TXT")) {
                records.add(new TXTRecord(owner, DClass.IN, TTL, parts(data)));
            } else {
                records.add(Record.fromString(owner, Type.value(type), DClass.IN, TTL, data, Name.root));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void remove(String name, String type) {
        records.removeIf(record -> record.getName().toString(true).equals(name) && record.getType() == Type.value(type));
    }

    /** A string of a TXT record has 255 characters at most. */
    private static List<String> parts(String text) {
        return List.of(text.split("(?<=\\G.{200})"));
    }

    private void serve() {
        byte[] buffer = new byte[4096];
        while (!socket.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                byte[] response = respond(new Message(Arrays.copyOf(buffer, packet.getLength()))).toWire();
                socket.send(new DatagramPacket(response, response.length, packet.getSocketAddress()));
            } catch (IOException e) {
                // the end, or a query that is none
            }
        }
    }

    private Message respond(Message query) {
        Record question = query.getQuestion();
        Message response = new Message(query.getHeader().getID());
        response.getHeader().setFlag(Flags.QR);
        response.getHeader().setFlag(Flags.AA);
        response.addRecord(question, Section.QUESTION);
        records.stream().filter(record -> record.getName().equals(question.getName()) && record.getType() == question.getType())
                .forEach(record -> response.addRecord(record, Section.ANSWER));
        if (records.stream().noneMatch(record -> record.getName().equals(question.getName()))) {
            response.getHeader().setRcode(Rcode.NXDOMAIN);
        }
        return response;
    }

    @Override
    public void close() {
        socket.close();
    }
}
