"""Web and mail addresses in running text of any script: where each begins, and where the sentence around it goes on.

Scripts without spaces set an address between their own letters, so a host of ASCII letters ends at the first other letter, and
an address ends at the first punctuation that is not ASCII. What programs would read differently becomes no link at all.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from deskhand.content.characters import hides
from deskhand.content.links import MAX_URL, clean_href
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.lazy_pattern import lazy_pattern

_BEGIN = lazy_pattern(
    r"(?<![A-Za-z0-9+])https?://|(?<![A-Za-z0-9_.@/-])www\.(?=[^\W_])|(?<=[\w.%+'-])@(?=[^\W_])", re.IGNORECASE
)
_IP6 = lazy_pattern(r"\[[0-9a-f:.]{2,45}\]", re.IGNORECASE)
_PORT = lazy_pattern(r":\d{1,5}(?![\d@])", re.ASCII)
_OTHERS_HOST = lazy_pattern(r"(?::[^\s/?#@]{0,255})?@|[%\\]|://")
"""What makes other programs read another host than the one before it, or shows that the next address has begun already."""
_TOKEN_END = lazy_pattern(r"\s|\Z")
_TOP = lazy_pattern(r"[A-Za-z]{2,63}\Z")
_LOCAL_BEFORE = lazy_pattern(r"[A-Za-z0-9._+'-]{0,64}\Z")
# Joiners, spaces of no width and marks of direction stand between an address and the word behind it in some scripts.
_MARKS = lazy_pattern("[\u200b-\u200f\u2060\ufeff]*")
_GOES_ON = lazy_pattern(r"[A-Za-z0-9/?#@:%\\_]|[.-](?=\w)")
_HYPHENS: Final = "\u00ad\u2010\u2011\u2043\u2212\ufe63\uff0d"
_LOOKS_JOINED = lazy_pattern(f"[{_HYPHENS}](?=[A-Za-z0-9])")
"""What word processors and PDF files write where a hyphen was typed."""
_IN_ONE_LOCAL = lazy_pattern(
    rf"[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]\Z|[A-Za-z0-9](?:[\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]+|[&\u00b4\u2018\u2019\u201b\u2032\uff07{_HYPHENS}])\Z"
)
"""What shows that a mail address began earlier than the letters that are taken for one: `o’neill@…`, `r&d@…`."""
_NOT_IN_TAIL: Final = frozenset('<>"`|\\^')
_NEXT_ONE = lazy_pattern(r"[,;](?:https?://|www\.)", re.IGNORECASE)
_ENDING: Final = ".,;:!?'*_~([{"
_BRACKETS: Final = {")": "(", "]": "[", "}": "{"}
_UNSPACED = lazy_pattern(
    "[\u0e00-\u0fff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u31ff\u3400-\u9fff\ua000-\ua4cf\ua960-\ua97f"
    "\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef\U0001b000-\U0001b16f\U00020000-\U0003ffff]"
)
"""Letters of scripts that put no space around an address: Thai to Tibetan, Burmese, Khmer, Chinese, Japanese, Korean, full width."""
_HIRAGANA = lazy_pattern("[\u3041-\u309f]")
# Top-level domains of scripts without spaces (IANA, root zone database, 2025); in them nothing else shows where a host ends.
_UNSPACED_TOP_NAMES: Final = (
    "中国 中國 香港 台湾 台灣 澳門 新加坡 公司 网络 网址 网站 网店 商城 商店 商标 集团 在线 中文网 我爱你 移动 手机 信息 政务 政府 机构 组织机构 公益 "
    "慈善 游戏 娱乐 企业 广东 佛山 餐厅 购物 时尚 健康 世界 新闻 招聘 食品 みんな コム クラウド ストア セール ポイント ファッション ไทย คอม ລາວ 한국 삼성 닷컴 닷넷"
)
_UNSPACED_TOPS: Final = tuple(_UNSPACED_TOP_NAMES.split())


@dataclass(frozen=True, slots=True)
class Found:
    """An address in a text.

    Attributes:
        start, end: where it stands.
        target: what a link there may lead to.
    """

    start: int
    end: int
    target: str


def find(text: str) -> Iterator[Found]:
    """Yield the web addresses (with a scheme, or beginning with `www.`) and mail addresses of a text, in order."""
    position = 0
    while (begin := _BEGIN.search(text, position)) is not None:
        start = begin.start()
        if begin[0] == "@":
            start, end, target = _mail(text, start, position)
        else:
            end, target = _web(text, start, begin.end())
        if target is not None:
            yield Found(start, end, target)
        position = max(end, begin.end())


def _web(text: str, start: int, after_scheme: int) -> tuple[int, str | None]:
    """Return where the address ends and what it leads to; where it may be none, the end of the whole word and None."""
    scheme = text[start:after_scheme]
    has_scheme = scheme.endswith("/")
    end = _host_end(text, after_scheme if has_scheme else start)
    if end <= after_scheme:
        return after_scheme, None
    if (port := _PORT.match(text, end)) is not None:
        end = port.end()
    if _OTHERS_HOST.match(text, end) is None:
        if text[end : end + 1] in ("/", "?", "#"):
            end = _tail_end(text, start, end)
        if not _goes_on_unseen(text, end):
            target = clean_href(text[start:end] if has_scheme else f"https://{text[start:end]}")
            if target is not None:
                return end, target
    return _word_end(text, end), None


def _mail(text: str, at: int, since: int) -> tuple[int, int, str | None]:
    """Return where a mail address begins and ends and what it leads to."""
    before = _LOCAL_BEFORE.search(text, max(since, at - 64), at)
    run = before[0] if before is not None else ""
    local = run.lstrip("._+'-")
    start, end = at - len(local), _host_end(text, at + 1)
    host, previous = text[at + 1 : end], text[start - 1 : start] if start else ""
    begins = local and previous not in ("/", "@", "%") and not _began_earlier(text, since, at - len(run))
    if not begins or "." not in host or _goes_on_unseen(text, end):
        return start, max(end, at + 1), None
    if text[end : end + 1] == "@" or not (_TOP.match(top := host.rpartition(".")[2]) or not top.isascii()):
        return start, _word_end(text, end), None
    scheme = "mailto:"
    if text[max(since, start - len(scheme)) : start].lower() == scheme:
        start -= len(scheme)
    return start, end, clean_href(f"mailto:{local}@{host}")


def _began_earlier(text: str, since: int, start: int) -> bool:
    """Tell whether what stands before the ASCII letters of a mail address may be read as a part of it."""
    previous = text[start - 1 : start] if start else ""
    is_spaced = not (previous.isascii() or _UNSPACED.match(previous))
    within_word = is_spaced and (previous.isdecimal() or unicodedata.category(previous)[0] in "LM")
    return within_word or _IN_ONE_LOCAL.search(text, max(since, start - 32), start) is not None


def _word_end(text: str, end: int) -> int:
    found = _TOKEN_END.search(text, end)
    return found.start() if found is not None else len(text)


def _goes_on_unseen(text: str, end: int) -> bool:
    """Tell whether invisible characters follow and then more that may be read as part of the address."""
    behind = _MARKS.match(text, end)
    after = behind.end() if behind is not None else end
    if after == len(text) or text[after].isspace():
        return False
    if _LOOKS_JOINED.match(text, after):
        return True
    return hides(text[after]) or (after > end and _GOES_ON.match(text, after) is not None)


def _host_end(text: str, start: int) -> int:
    """Return where the host that begins at `start` ends; `start` where there is none."""
    if (ip := _IP6.match(text, start)) is not None:
        return ip.end()
    end = start
    while end < len(text) and end - start < 300 and _is_in_host(text, end, start):
        end += 1
    run = text[start:end]
    if not run.isascii():
        run = _without_sentence(run)
    return start + len(run.rstrip("-_."))


def _is_in_host(text: str, at: int, start: int) -> bool:
    sign = text[at]
    if sign == ".":
        return at > start and text[at + 1 : at + 2].isalnum()
    return sign.isalnum() or sign in "-_" or (at > start and unicodedata.category(sign)[0] == "M")


def _without_sentence(run: str) -> str:
    """Cut a run of letters, digits, hyphens and dots where the host in it must have ended."""
    start = 0
    labels = run.split(".")
    for number, label in enumerate(labels):
        other = next((place for place, sign in enumerate(label) if not sign.isascii()), None)
        if other:
            more = number + 1 < len(labels)
            spaced = not _UNSPACED.match(label[other])
            # `www.grün.de` is a name; `example.com` with a word of another script behind it is not.
            is_name = (spaced and more and _TOP.match(labels[-1])) or (number == 0 and more)
            if not is_name:
                return run[: start + other]
        elif other == 0 and number and number + 1 == len(labels):
            top = next((top for top in _UNSPACED_TOPS if label.startswith(top)), None)
            return run[: start + len(top)] if top else run
        start += len(label) + 1
    return run


def _tail_end(text: str, start: int, at: int) -> int:
    """Return where path, query and fragment end, without the punctuation of the sentence around them."""
    still_open = dict.fromkeys(_BRACKETS.values(), 0)
    end = at
    while end < len(text) and end - start <= MAX_URL:
        sign = text[end]
        if sign.isascii():
            if not sign.isprintable() or sign == " " or sign in _NOT_IN_TAIL or _NEXT_ONE.match(text, end):
                break
            if sign in still_open:
                still_open[sign] += 1
            elif sign in _BRACKETS:
                if not still_open[_BRACKETS[sign]]:
                    break
                still_open[_BRACKETS[sign]] -= 1
        elif not _is_in_tail(sign, text[end - 1]):
            break
        end += 1
    while text[end - 1] in _ENDING:
        end -= 1
    return end


def _is_in_tail(sign: str, previous: str) -> bool:
    """Tell whether a character that is not ASCII goes on with a path."""
    kind = unicodedata.category(sign)[0]
    if kind == "M":
        return not previous.isascii()
    if kind not in "LN" or (_HIRAGANA.match(sign) and previous == "/"):
        return False
    return not (_UNSPACED.match(sign) and previous.isascii() and previous.isalnum())
