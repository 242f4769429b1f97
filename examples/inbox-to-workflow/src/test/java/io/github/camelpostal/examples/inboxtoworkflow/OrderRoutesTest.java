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

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CSV files become order lines; what is none is on a list, with its line number. */
class OrderRoutesTest extends InboxTestSupport {

    @Test
    void goodLinesGoOnAndMalformedOnesAreRejectedWithTheirNumber() {
        order("""
                sku,quantity,note
                CAMEL,3,
                SADDLE,many,
                REINS

                BLANKET,2,"red, if possible"
                WATER,0,
                ,1,
                ../etc,1,
                BELL,1,a,b
                LAMP,99999999999,
                "QUOTE,1,
                ROPE,1,last
                """);

        assertThat(book(3)).containsExactly("CAMEL 3 null", "BLANKET 2 red, if possible", "ROPE 1 last");
        assertThat(inbox.rows("select line_number from rejected_line order by line_number"))
                .extracting(row -> row.get("line_number")).containsExactly(3, 4, 7, 8, 9, 10, 11, 12);
        assertThat(inbox.rows("select * from rejected_line where reason is null or reason = ''")).isEmpty();
        assertThat(inbox.row("select line from rejected_line where line_number = 3")).containsEntry("line", "SADDLE,many,");
        assertThat(inbox.row("select body from reply").get("body").toString())
                .contains("Lines taken: 3.", "8 (3, 4, 7, 8, 9, 10, 11, 12)").doesNotContain("SADDLE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sku,quantity,note\n", "\n\n"})
    void aFileWithoutLinesOrdersNothing(String csv) {
        order(csv);

        assertThat(inbox.count("rejected_line")).isZero();
        assertThat(inbox.row("select body from reply").get("body").toString()).contains("nothing was ordered");
    }

    @ParameterizedTest
    @CsvSource({"UTF-8", "windows-1252", "UTF-16"})
    void readsTheCharsetsThatSpreadsheetsWrite(String charset) {
        order("order.csv", "text/csv", "BLANKET,2,grün\n".getBytes(Charset.forName(charset)));

        assertThat(book(1)).containsExactly("BLANKET 2 grün");
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstLine() {
        order("order.csv", "text/csv", "\uFEFFsku,quantity,note\r\nBLANKET,2,\r\n".getBytes(StandardCharsets.UTF_8));

        assertThat(book(1)).containsExactly("BLANKET 2 null");
        assertThat(inbox.count("rejected_line")).isZero();
    }

    @Test
    void readsTheCharsetThatTheMailSays() throws Exception {
        String mail = csvMail("order.csv", "text/csv; charset=iso-8859-5", "BLANKET,2,верблюд\n".getBytes("iso-8859-5"));

        arrive(ORDERS, mail); // in the format Hash it is not known (protocol 4.4)

        assertThat(book(1)).containsExactly("BLANKET 2 верблюд");
    }

    @ParameterizedTest
    @CsvSource({"order.csv,application/octet-stream", "ORDER.CSV,application/vnd.ms-excel", "order,text/csv"})
    void aCsvFileIsKnownByItsNameOrItsType(String name, String type) {
        order(name, type, "CAMEL,1,\n".getBytes(StandardCharsets.UTF_8));

        assertThat(book(1)).containsExactly("CAMEL 1 null");
    }

    @Test
    void aFileThatIsTooLargeIsSavedAndRejectedAsAWhole() throws Exception {
        restart(inbox().with("inbox.largest-order-file", 10));

        order("CAMEL,1,\nCAMEL,2,\n");

        assertThat(inbox.row("select * from rejected_line")).containsEntry("line_number", 0);
        assertThat(inbox.files()).hasSize(1);
    }

    @Test
    void hundredsOfLinesArriveInTheirOrder() throws Exception {
        restart(inbox().with("inbox.poll", 10));
        order(IntStream.rangeClosed(1, 500).mapToObj(number -> "SKU-" + number + ",1,\n").collect(Collectors.joining()));

        List<String> book = book(500);
        assertThat(book).startsWith("SKU-1 1 null", "SKU-2 1 null").endsWith("SKU-500 1 null");
    }

    @Test
    void linesGoToWhateverEndpointIsConfigured() throws Exception {
        BlockingQueue<Map<?, ?>> lines = new LinkedBlockingQueue<>();
        restart(inbox().with("inbox.order-lines-to", "direct:elsewhere").with(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:elsewhere").process(exchange -> lines.add(exchange.getMessage().getBody(Map.class)));
            }
        }));

        order("CAMEL,3,old\n");

        Map<?, ?> line = lines.poll(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        assertThat(line.get("sku")).isEqualTo("CAMEL");
        assertThat(line.get("quantity")).isEqualTo(3);
        assertThat(line.get("note")).isEqualTo("old");
        eventually().untilAsserted(() -> assertThat(inbox.count("order_line")).isZero());
        assertThat(inbox.count("order_book")).isZero();
    }

    @Test
    void aLineThatCannotBeWorkedOnWaitsAndTheOthersPass() throws Exception {
        AtomicBoolean broken = new AtomicBoolean(true);
        restart(inbox().with("inbox.order-lines-to", "direct:picky").with(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:picky")
                        .to("direct:order-book") // an effect in the same transaction, which must not stay
                        .process(exchange -> {
                            if (broken.get() && "BAD".equals(exchange.getMessage().getBody(Map.class).get("sku"))) {
                                throw new IllegalStateException("not today");
                            }
                        });
            }
        }));

        order("BAD,1,\nGOOD,1,\n");

        assertThat(book(1)).containsExactly("GOOD 1 null");
        eventually().untilAsserted(
                () -> assertThat(inbox.row("select sku, attempts from order_line")).containsEntry("sku", "BAD")
                        .containsEntry("attempts", 1));
        broken.set(false);
        inbox.database().sql("update order_line set not_before = current_timestamp").update();
        assertThat(book(2)).contains("BAD 1 null");
    }

    @Test
    void whatIsOnTheQueueSurvivesARestart() throws Exception {
        inbox.stopRoute("order-lines");
        order("CAMEL,1,\n");
        assertThat(inbox.count("order_line")).isEqualTo(1);

        restart(inbox());

        assertThat(book(1)).containsExactly("CAMEL 1 null");
    }

    private void order(String csv) {
        order("order.csv", "text/csv", csv.getBytes(StandardCharsets.UTF_8));
    }

    private void order(String name, String type, byte[] csv) {
        arrive(ORDERS, csvMail(name, type, csv));
    }

    private static String csvMail(String name, String type, byte[] csv) {
        return """
                From: Ann <ann@customer.example>
                To: orders@shop.example
                Subject: order
                Message-ID: <order@customer.example>
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary=b

                --b
                Content-Type: text/plain

                Attached.
                --b
                Content-Type: %s
                Content-Disposition: attachment; filename="%s"
                Content-Transfer-Encoding: base64

                %s
                --b--
                """.formatted(type, name, Base64.getMimeEncoder().encodeToString(csv));
    }

    /** All lines in the order book, when there are so many. */
    private List<String> book(int size) {
        eventually().untilAsserted(() -> assertThat(inbox.count("order_book")).isEqualTo(size));
        return inbox.rows("select * from order_book order by order_line").stream()
                .map(row -> row.get("sku") + " " + row.get("quantity") + " " + row.get("note")).toList();
    }
}
