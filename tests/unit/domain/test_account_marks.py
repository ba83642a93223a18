"""Every account has a colour and an icon, also those of profiles that knew none."""

from deskhand.domain import plain
from deskhand.domain.account_marks import free_mark, with_marks
from deskhand.domain.accounts import ACCOUNT_ICONS, Account, AccountColour, AccountMark
from deskhand.domain.ids import AccountId, VendorId
from deskhand.vendors.registry import REGISTRY

VENDORS = {vendor: spec.info for vendor, spec in REGISTRY.items()}
NEXUSCORE = VENDORS[VendorId("nexuscore")]


def account(name: str, vendor: str = "nexuscore", mark: AccountMark | None = None) -> Account:
    return Account(AccountId(name), VendorId(vendor), name, "https://x.test", mark=mark)


def test_each_vendor_suggests_a_colour_of_its_own_and_an_icon_that_can_be_chosen() -> None:
    first = [info.account_marks[0] for info in VENDORS.values()]
    assert len({mark.colour for mark in first}) == len(VENDORS)
    assert {mark.icon for info in VENDORS.values() for mark in info.account_marks} <= set(ACCOUNT_ICONS)
    assert len(set(ACCOUNT_ICONS)) == 24


def test_a_second_account_of_a_vendor_looks_different_and_a_new_one_gets_the_first_free_colour() -> None:
    shop, other = with_marks([account("EU"), account("UK")], VENDORS)
    assert shop.mark == AccountMark(AccountColour.INDIGO, "shopping-bag")
    assert other.mark == AccountMark(AccountColour.ROSE, "store")
    assert free_mark(NEXUSCORE, [shop, other]).colour is AccountColour.TEAL
    everything = [account(c, mark=AccountMark(c)) for c in AccountColour]
    assert free_mark(NEXUSCORE, everything).colour is AccountColour.INDIGO


def test_what_was_chosen_stays_and_accounts_of_old_profiles_take_what_is_left() -> None:
    chosen = AccountMark(AccountColour.INDIGO, "truck")
    old, mine = with_marks([account("old"), account("mine", mark=chosen)], VENDORS)
    assert mine.mark == chosen
    assert old.mark is not None
    assert old.mark.colour is not AccountColour.INDIGO
    unknown = account("x", vendor="gone")
    assert with_marks([unknown], VENDORS) == (unknown,)
    assert unknown.shown_mark == AccountMark()


def test_a_mark_is_stored_with_its_account_and_an_account_without_one_can_be_read() -> None:
    one = account("EU", mark=AccountMark(AccountColour.SAND, "truck"))
    assert plain.loads(Account, plain.dumps(one)) == one
    stored = plain.dumps(account("EU")).replace('"mark":null,', "").replace(',"mark":null', "")
    assert plain.loads(Account, stored).mark is None
