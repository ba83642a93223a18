"""The sentences about what goes wrong between Deskhand and a vendor. A code may stand in brackets, a vendor's own words behind a colon."""

from .problems import (
    DeskProblem,
    Invalid,
    NotAllowed,
    NotFound,
    NotInPlan,
    Offline,
    OutcomeUnknown,
    SignInNeeded,
    Stale,
    Throttled,
    UnexpectedResponse,
    VendorDown,
)


def problem(what: DeskProblem, vendor: str, *, goes_on: bool) -> str:
    """Return what happened and what to do next; empty for what has nothing to do with a vendor.

    Args:
        goes_on: it is tried again by itself; False where the agent asked once and has to ask again.
    """
    again = "It is tried again by itself." if goes_on else "Try again."
    code = f" ({what.status})" if what.status else ""
    said, own = _said(what), _own(what)
    match what:
        case Offline():
            return f"{vendor} cannot be reached: {what.detail or 'there is no connection'}. {again}"
        case Throttled() if what.status in (429, 503) or not what.detail:
            return f"{vendor} asked for a pause{code}. {again}"
        case Throttled():
            return f"{vendor} cannot be used right now{code}: {_ended(what.detail)} {again}"
        case VendorDown() if what.status or not what.detail:
            return f"{vendor} has a problem of its own{code}. {again}"
        case VendorDown():
            return f"{vendor} gave no whole answer: {_ended(what.detail)} {again}"
        case OutcomeUnknown():
            return f"{vendor} gave no clear answer{code}. Deskhand checks whether it arrived."
        case SignInNeeded():
            return own or f"{vendor} refused these credentials{code}. Check them and sign in again.{said}"
        case NotInPlan():
            return own or f"The plan of this {vendor} account does not include this{code}.{said}"
        case NotAllowed():
            return own or f"These credentials may not do this{code}. Ask an administrator of {vendor}.{said}"
        case NotFound():
            return own or f"{vendor} does not have this any more{code}.{said}"
        case Stale():
            return own or f"Somebody else changed this at {vendor} meanwhile, or it is locked there{code}.{said}"
        case Invalid() if what.status is None:
            return " ".join(
                [own, *(f"{name}: {_ended(why)}" for name, why in what.fields.items() if why not in what.detail)]
            ).strip()
        case Invalid():
            named = "".join(f" {name}: {_ended(why)}" for name, why in what.fields.items())
            return f"{vendor} refused this{code}.{said}{named}"
        case UnexpectedResponse():
            why = f": {_ended(what.detail)}" if what.detail else "."
            between = "A network sign-in page or a wrong address may be in between."
            return f"The answer was not {vendor}'s{code}{why} {between}"
        case _:
            return ""


def _said(what: DeskProblem) -> str:
    """Return what the vendor itself said, as a sentence of ours; only an answer, which has a status, says anything."""
    return f" It said: {_ended(what.detail)}" if what.detail and what.status is not None else ""


def _own(what: DeskProblem) -> str:
    """Return the detail of what was found here, without anybody being asked, as a sentence; empty where it came from an answer."""
    if not what.detail or what.status is not None:
        return ""
    return _ended(what.detail[:1].upper() + what.detail[1:])


def _ended(text: str) -> str:
    """Return a vendor's words so that a sentence of ours can follow."""
    text = text.strip()
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."
