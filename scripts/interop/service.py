"""The service over HTTP, with the standard library alone."""

import json
import time
import urllib.error
import urllib.request
import uuid
from pathlib import Path

POLL_SECONDS = 0.2
ROUND_SECONDS_MAX = 120


class Service:
    """Requests with one bearer token."""

    def __init__(self, url: str, token: str):
        self.url, self.token = url, token

    def as_client(self, token: str) -> "Service":
        return Service(self.url, token)

    def request(self, method: str, path: str, body: bytes | None = None, content_type: str = "") -> bytes:
        headers = {"Authorization": f"Bearer {self.token}"}
        if content_type:
            headers["Content-Type"] = content_type
        request = urllib.request.Request(self.url + path, data=body, headers=headers, method=method)
        return self.answer(request)[1]

    def answer(self, request: urllib.request.Request) -> tuple[int, bytes]:
        method, path = request.get_method(), request.selector
        try:
            with urllib.request.urlopen(request) as response:
                return response.status, response.read()
        except urllib.error.HTTPError as error:
            raise RuntimeError(f"{method} {path} → {error.code}: {error.read().decode()}") from error

    def json(self, method: str, path: str, value: dict | None = None) -> dict:
        body = None if value is None else json.dumps(value).encode()
        return json.loads(self.request(method, path, body, "" if body is None else "application/json"))

    def submit(self, path: str, num_examples: int, folder: Path) -> dict:
        """Sends the two files that save_pretrained wrote, as a form."""
        boundary = uuid.uuid4().hex
        parts = [("num_examples", None, str(num_examples).encode())]
        for field, name in (("config", "adapter_config.json"), ("adapter", "adapter_model.safetensors")):
            parts.append((field, name, (folder / name).read_bytes()))
        body = b"".join(encode_part(boundary, *part) for part in parts) + f"--{boundary}--\r\n".encode()
        return json.loads(self.request("PUT", path, body, f"multipart/form-data; boundary={boundary}"))

    def wait(self, round_path: str, adapter: str) -> dict:
        """Polls until an adapter of a round is published or has failed."""
        deadline = time.monotonic() + ROUND_SECONDS_MAX
        while time.monotonic() < deadline:
            for found in self.json("GET", f"{round_path}/adapters")["items"]:
                if found["id"] == adapter and found["state"] != "aggregating":
                    return found
            time.sleep(POLL_SECONDS)
        raise RuntimeError(f"adapter {adapter} was not published within {ROUND_SECONDS_MAX} s")

    def made(self, path: str) -> bytes:
        """Asks for a file until it is made."""
        deadline = time.monotonic() + ROUND_SECONDS_MAX
        while time.monotonic() < deadline:
            headers = {"Authorization": f"Bearer {self.token}"}
            status, body = self.answer(urllib.request.Request(self.url + path, headers=headers))
            if status == 200:
                return body
            time.sleep(POLL_SECONDS)
        raise RuntimeError(f"{path} was not made within {ROUND_SECONDS_MAX} s")


def encode_part(boundary: str, field: str, filename: str | None, content: bytes) -> bytes:
    named = f'; filename="{filename}"' if filename else ""
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="{field}"{named}\r\n\r\n'
    return head.encode() + content + b"\r\n"
