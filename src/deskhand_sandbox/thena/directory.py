"""What Thena's ticket calls refer to: teams, members, statuses, custom fields, forms, accounts and contacts. Read only."""

from collections.abc import Sequence
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request

from deskhand_sandbox.thena.query_params import flag, needed, one_of, paged
from deskhand_sandbox.thena.tickets import Contact
from deskhand_sandbox.thena.vendor_data import VendorData
from deskhand_sandbox.thena.vocabulary import BOT, Team, field_item, form_item, iso, member_item, status_item, team_item

_ACCOUNT_REST = (
    "description",
    "source",
    "logo",
    "statusId",
    "status",
    "statusConfiguration",
    "classification",
    "classificationId",
    "classificationConfiguration",
    "health",
    "healthId",
    "healthConfiguration",
    "industry",
    "industryId",
    "industryConfiguration",
    "secondaryDomain",
    "accountOwner",
    "accountOwnerId",
    "accountOwnerEmail",
    "accountOwnerAvatarUrl",
    "annualRevenue",
    "employees",
    "website",
    "billingAddress",
    "shippingAddress",
)

Listed = list[dict[str, Any]]


class Directory:
    """Answers the reading calls; each method gives what belongs into `data`."""

    def __init__(self, vendor_data: VendorData) -> None:
        self._vendor_data = vendor_data
        self._vocabulary = vendor_data.vocabulary
        self._founded = iso(vendor_data.founded)

    def teams(self, _request: Request) -> Listed:
        """Every team (the path is assumed)."""
        return [
            team_item(team, self._vocabulary.user_id(team.members[0]), self._founded) for team in self._vocabulary.teams
        ]

    def members(self, request: Request) -> Listed:
        """The members of a team, bots only where asked for; not paged."""
        team = self._team(request.path_params["team_id"])
        wanted = request.query_params.get("searchQuery", "").casefold()
        people = (*team.members, BOT) if flag(request, "includeAgents") else team.members
        return [
            member_item(self._vocabulary, person, team, self._founded)
            for person in people
            if wanted in person.name.casefold() or wanted in person.email.casefold()
        ]

    def statuses(self, request: Request) -> Listed:
        """The statuses of a team, or of every team."""
        return [
            status_item(status, team, self._vocabulary.organization, self._founded)
            for team in self._teams(request)
            for status in team.statuses
        ]

    def fields(self, request: Request) -> Sequence[dict[str, Any]]:
        """The custom fields of a team or of all, page by page; the organisation has none but on tickets."""
        flag(request, "onlyTeamFields")
        source = one_of(request, "source", ("ticket", "account", "custom_object", "customer_contact"))
        items = [
            field_item(field, team, self._vocabulary.organization, self._founded)
            for team in self._teams(request)
            for field in team.fields
            if source in (None, "ticket")
        ]
        return paged(items, request)

    def forms(self, request: Request) -> Sequence[dict[str, Any]]:
        """The forms of a team or of all, page by page."""
        flag(request, "onlyTeamForms")
        return paged([form_item(team, team.fields) for team in self._teams(request)], request)

    def accounts(self, request: Request) -> Listed:
        """The customers' companies, page by page."""
        return [self._account(uid, name) for uid, name in paged(list(self._vendor_data.seeding.accounts()), request)]

    def account(self, request: Request) -> dict[str, Any]:
        """One company; the 404 is documented."""
        for uid, name in self._vendor_data.seeding.accounts():
            if uid == request.path_params["account_id"]:
                return self._account(uid, name)
        raise HTTPException(404, "Account not found!")

    def contacts(self, request: Request) -> Listed:
        """The customers, of one company or all; the first page is 1 here."""
        account = request.query_params.get("accountId")
        found = [contact for contact in self._vendor_data.contacts() if account in (None, contact.account_id)]
        return [self._contact(contact) for contact in paged(found, request, first=1)]

    def contacts_by_email(self, request: Request) -> Listed:
        """The customers with an address: one at most."""
        email = needed(request, "email").casefold()
        return [self._contact(one) for one in self._vendor_data.contacts() if one.person.email.casefold() == email]

    def _team(self, uid: str) -> Team:
        team = self._vocabulary.team(uid)
        if team is None:
            raise HTTPException(404, "Team not found!")
        return team

    def _teams(self, request: Request) -> tuple[Team, ...]:
        wanted = request.query_params.get("teamId")
        return self._vocabulary.teams if wanted is None else (self._team(wanted),)

    def _account(self, uid: str, name: str) -> dict[str, Any]:
        domain = "".join(character for character in name.lower() if character.isascii() and character.isalnum())
        return {
            "id": uid,
            "name": name,
            **dict.fromkeys(_ACCOUNT_REST, None),
            "primaryDomain": f"{domain}.example",
            "customFieldValues": [],
            "metadata": {},
            "createdAt": self._founded,
            "updatedAt": self._founded,
        }

    def _contact(self, contact: Contact) -> dict[str, Any]:
        first, last = contact.names
        account = None if contact.account_id is None else {"id": contact.account_id, "name": contact.account}
        return {
            "id": contact.id,
            "firstName": first,
            "lastName": last,
            "email": contact.person.email,
            "phoneNumber": contact.person.phone,
            "avatarUrl": None,
            "accounts": [] if account is None else [account],
            "contactTypeId": None,
            "contactType": None,
            "customFieldValues": [],
            "metadata": {},
            "createdAt": self._founded,
            "updatedAt": self._founded,
        }
