"""A test in Python against a sandbox that runs elsewhere: needs nothing but Python 3."""
import json
import os
import unittest
import urllib.request

URL = os.environ["SANDBOX_URL"]


def call(method, path, body=None, content_type="application/json"):
    data = body if isinstance(body, (bytes, type(None))) else json.dumps(body).encode()
    request = urllib.request.Request(URL + path, data=data, method=method,
                                     headers={"X-Postal-Sandbox": "1", "Content-Type": content_type})
    with urllib.request.urlopen(request) as response:
        text = response.read()
        return json.loads(text) if response.headers["Content-Type"] == "application/json" and text else text


class SandboxTest(unittest.TestCase):
    def test_a_mail_comes_in(self):
        mail = b"From: zoe@customer.example\r\nTo: support@example.com\r\nSubject: Help\r\n\r\nplease\r\n"
        stored = call("POST", "/control/messages", mail, "message/rfc822")
        call("POST", "/control/time/advance", {"duration": "PT0S"})

        message = call("GET", f"/control/servers/{stored['server']}/messages/{stored['id']}")
        self.assertEqual(("incoming", "Help", "please"),
                         (message["direction"], message["subject"], message["text"].strip()))
        self.assertIn(b"Subject: Help", call("GET", f"/control/servers/{stored['server']}/messages/{stored['id']}/raw"))

    def test_everything_is_forgotten(self):
        server = call("GET", "/control/servers")[0]["name"]
        call("POST", "/control/messages", {"from": "zoe@customer.example", "to": "support@example.com", "text": "x"})
        self.assertLess(0, call("GET", f"/control/servers/{server}/messages?direction=incoming")["total"])
        call("DELETE", f"/control/servers/{server}/messages")
        self.assertEqual(0, call("GET", f"/control/servers/{server}/messages")["total"])


if __name__ == "__main__":
    unittest.main()
