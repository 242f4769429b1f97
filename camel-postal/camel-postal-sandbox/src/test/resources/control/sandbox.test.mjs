// A test in Node against a sandbox that runs elsewhere: needs nothing but Node 18.
import assert from 'node:assert/strict';
import test from 'node:test';

const url = process.env.SANDBOX_URL;
const change = { 'X-Postal-Sandbox': '1', 'Content-Type': 'application/json' };
const get = async path => (await fetch(url + path)).json();
const post = (path, body) => fetch(url + path, { method: 'POST', headers: change, body: JSON.stringify(body) });

test('a mail that is delayed twice is delivered at last', async () => {
  const [server] = await get('/control/servers');
  await post(`/control/servers/${server.name}/outcomes`,
    { recipients: '*@slow.example', outcome: 'softFail', times: 2, then: { outcome: 'delivered' } });
  const sent = await (await fetch(url + '/api/v1/send/message', {
    method: 'POST',
    headers: { 'X-Server-API-Key': server.apiKey, 'Content-Type': 'application/json' },
    body: JSON.stringify({ to: ['node@slow.example'], from: 'shop@example.com', subject: 'Grüße', plain_body: 'from Node' }),
  })).json();
  assert.equal(sent.status, 'success');

  await post('/control/time/advance', { duration: 'PT1H' });

  const { total, messages } = await get(`/control/servers/${server.name}/messages?to=node@slow.example`);
  assert.equal(total, 1);
  assert.equal(messages[0].status, 'Sent');
  const message = await get(`/control/servers/${server.name}/messages/${messages[0].id}`);
  assert.equal(message.subject, 'Grüße');
  assert.deepEqual(message.deliveries.map(delivery => delivery.status), ['SoftFail', 'SoftFail', 'Sent']);
});

test('a lost response leaves a message', async () => {
  const [server] = await get('/control/servers');
  await post('/control/faults', { fault: 'loseResponse', on: 'send/message', next: 1 });
  await assert.rejects(fetch(url + '/api/v1/send/message', {
    method: 'POST',
    headers: { 'X-Server-API-Key': server.apiKey, 'Content-Type': 'application/json' },
    body: JSON.stringify({ to: ['lost@customer.example'], from: 'shop@example.com', plain_body: 'x' }),
  }));
  assert.equal((await get(`/control/servers/${server.name}/messages?to=lost@customer.example`)).total, 1);
});
