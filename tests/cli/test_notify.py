"""The digest sent to local servers: a mail server and a web server, sound and failing."""

from __future__ import annotations

import email
import email.policy
import json
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from command_line import Office, environment, four_units, register, rows, tables_of

SECRET = "hush-hush-token"
NUMBER = "XF2026-0001"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = four_units(tmp_path)
    register(office, "食堂价格", "--on", "2026-11-02")
    office.must("case", "assign", NUMBER, "A15", "--on", "2026-11-02")
    return office


class Web:
    """What a local web server was sent; ``answer`` is the status it gives."""

    def __init__(self) -> None:
        self.received: list[dict[str, Any]] = []
        self.answer = 200
        self.port = 0

    @property
    def url(self) -> str:
        return f"json://user:{SECRET}@localhost:{self.port}/{SECRET}"


@pytest.fixture
def web() -> Iterator[Web]:
    web = Web()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if web.answer == 200:
                web.received.append(json.loads(body))
            self.send_response(web.answer)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("localhost", 0), Handler)
    web.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield web
    server.shutdown()
    thread.join()
    server.server_close()


class Mailbox:
    """Takes every mail, or refuses it."""

    def __init__(self) -> None:
        self.mails: list[Any] = []

    async def handle_DATA(self, server: object, session: object, envelope: Any) -> str:  # noqa: N802
        self.mails.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        return "250 OK"


@contextmanager
def mail_server(mailbox: Mailbox) -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    yield port
    controller.stop()


def sent_events(office: Office) -> list[str]:
    log = rows(office.must("log", "--format", "plain"))
    return [row[3] for row in log if row[2] == "提醒"]


def test_the_digest_goes_out_once_a_day(office: Office, web: Web) -> None:
    text = office.must("digest").out
    done = office.must("digest", "--notify", web.url)
    assert (done.out, done.err) == ("", "提醒已发送到 json://localhost。\n")
    (received,) = web.received
    assert received["title"] == "【信访期限提醒】2026-11-25 周三"
    assert f"{received['title']}\n{received['message'].strip()}" == text.strip()
    again = office.must("digest", "--notify", web.url)
    assert "今天的提醒已经发送到 json://localhost，没有再发" in again.err
    assert len(web.received) == 1
    assert sent_events(office) == [
        "开始发送提醒到 json://localhost",
        "提醒已发送到 json://localhost",
    ]
    office.must("digest", "--notify", web.url, "--again")
    assert len(web.received) == 2
    office.must("digest", "--notify", web.url, today="2026-11-26")
    assert len(web.received) == 3
    office.must("verify")


@pytest.mark.parametrize(("form", "kind"), [("text", "plain"), ("html", "html")])
def test_a_mail(office: Office, form: str, kind: str) -> None:
    mailbox = Mailbox()
    with mail_server(mailbox) as port:
        url = (
            f"mailto://127.0.0.1:{port}/?from=a@example.invalid&to=b@example.invalid&mode=insecure"
        )
        office.must("digest", "--format", form, "--notify", url)
    (mail,) = mailbox.mails
    assert "信访期限提醒" in mail["Subject"]
    body = mail.get_body((kind,)).get_content()
    assert NUMBER in body
    assert "账本头" in body


def test_a_failure_loses_neither_the_text_nor_the_day(office: Office, web: Web) -> None:
    web.answer = 500
    text = office.must("digest").out
    done = office("digest", "--notify", web.url)
    assert (done.code, done.out) == (7, text)
    assert done.err == (
        "错误：提醒没有发送到 json://localhost；请检查网络和地址，再运行一次会只补发没有发到的。\n"
    )
    web.answer = 200
    office.must("digest", "--notify", web.url)
    assert len(web.received) == 1


def test_only_what_failed_is_sent_again(office: Office, web: Web) -> None:
    mailbox = Mailbox()
    with mail_server(mailbox) as port:
        mail = (
            f"mailto://127.0.0.1:{port}/?from=a@example.invalid&to=b@example.invalid&mode=insecure"
        )
        web.answer = 500
        done = office("digest", "--notify", web.url, "--notify", mail)
        assert (done.code, len(mailbox.mails)) == (7, 1)
        web.answer = 200
        office.must("digest", "--notify", web.url, "--notify", mail)
    assert (len(web.received), len(mailbox.mails)) == (1, 1)


def test_nobody_listening_and_an_output_file(office: Office, tmp_path: Path) -> None:
    target = tmp_path / "提醒.txt"
    done = office("digest", "--notify", "json://localhost:1", "-o", target)
    assert (done.code, done.out) == (7, "")
    assert "【信访期限提醒】" in target.read_text(encoding="utf-8")


def test_runs_at_the_same_time_send_once(office: Office, web: Web) -> None:
    with ThreadPoolExecutor(4) as pool:
        runs = [pool.submit(office.run, "digest", "--notify", web.url) for _ in range(4)]
        done = [each.result() for each in runs]
    assert [each.code for each in done] == [0, 0, 0, 0], [each.err for each in done]
    assert len(web.received) == 1


def test_secrets_are_neither_stored_nor_printed(office: Office, web: Web) -> None:
    web.answer = 500
    urls = (web.url, f"feishu://{SECRET}", f"wecombot://{SECRET}x", f"没有://{SECRET}", SECRET)
    shown = []
    for url in urls:
        done = office("digest", "--notify", url)
        assert done.code in (3, 7)
        assert "【信访期限提醒】" in done.out
        shown += [done.out, done.err]
    web.answer = 200
    done = office.run("digest", "--notify", web.url)
    shown += [done.out, done.err, repr(tables_of(office.path))]
    told = SECRET in "".join(shown)
    assert not told


def test_the_address_may_stand_in_the_environment(
    office: Office, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XFCTL_NOTIFY", web.url)
    assert office.must("digest").out == ""
    assert len(web.received) == 1


def test_on_rest_days_nothing_is_sent(office: Office, web: Web) -> None:
    office.must("digest", "--workdays-only", "--notify", web.url, today="2026-11-28")
    assert web.received == []


def test_without_the_library_the_text_comes_out_and_the_way_to_it_is_told(office: Office) -> None:
    code = (
        "import sys; sys.modules['apprise'] = None\n"
        "from xfctl.cli.main import main; sys.exit(main(sys.argv[1:]))"
    )
    arguments = ("--ledger", str(office.path), "--today", "2026-11-25", "digest")
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments, "--notify", "json://localhost"],
        env=environment({}),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 3
    assert "请运行 pip install 'xfctl[notify]' 后重试" in done.stderr
    assert done.stdout.startswith("【信访期限提醒】")
