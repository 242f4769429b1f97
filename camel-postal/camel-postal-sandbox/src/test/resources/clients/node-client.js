// Drives the published client @atech/postal, unchanged. It knows https and port 443 only, so that its requests are led to the port
// on loopback that is given; everything else is its own.
const [modules, port, key] = process.argv.slice(2);
const http = require('http');
require('https').request = (options, done) => http.request({ ...options, port }, done);
const Postal = require(modules + '/@atech/postal');

async function main() {
  const client = new Postal.Client('127.0.0.1', key);
  const message = new Postal.SendMessage(client);
  message.to('Bob <bob@customer.example>');
  message.cc('carol@customer.example');
  message.from('shop@example.com');
  message.subject('Grüße');
  message.plainBody('text');
  message.header('X-Own', '1');
  message.attach('a.txt', 'text/plain', 'attached');
  const result = await message.send();
  const recipients = result.recipients();
  const sent = Object.keys(recipients).map((to) => [to, recipients[to].id(), recipients[to].token().length]);

  const raw = new Postal.SendRawMessage(client);
  raw.mailFrom('shop@example.com');
  raw.rcptTo('dan@customer.example');
  raw.data('From: shop@example.com\r\nMessage-ID: <own@example.com>\r\n\r\nraw\r\n');
  const rawResult = await raw.send();

  const nobody = new Postal.SendMessage(client);
  nobody.from('shop@example.com');
  const refused = await nobody.send().then(() => 'accepted', (error) => error.code);
  const wrongKey = new Postal.SendMessage(new Postal.Client('127.0.0.1', 'wrong'));
  const denied = await wrongKey.send().then(() => 'accepted', (error) => error.code);
  console.log(JSON.stringify({ sent, raw: Object.keys(rawResult.recipients()), refused, denied }));
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
