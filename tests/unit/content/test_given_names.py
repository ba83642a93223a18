"""How a letter opens: the given name, or a gap for the agent to fill in."""

import pytest

from deskhand.content.given_names import given_name


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("Jane Doe", "Jane"),
        ("Dr. Jane Doe", "Jane"),
        ("Prof. Dr. Jane Doe", "Jane"),
        ("Herr Jürgen Müller", "Jürgen"),
        ("Mevr. Anna van der Berg", "Anna"),
        ("Doe, Jane", "Jane"),
        ("Doe, Dr. Jane", "Jane"),
        ("van der Berg, Anna", "Anna"),
        ("DUPONT Jean", "Jean"),
        ("Jane Doe (Acme B.V.)", "Jane"),
        ("Jane Doe, PhD", "Jane"),
        ("Jean-Pierre Dupont", "Jean-Pierre"),
        ("Mary Ann O'Brien", "Mary"),
        ("Greta von der Heide", "Greta"),
        ("Joost 't Hart", "Joost"),
        ("Camille d'Arcy", "Camille"),
        ("Иван Петров", "Иван"),
        ("Иван Иванович Петров", "Иван"),
        ("Γιώργος Παπαδόπουλος", "Γιώργος"),
        ("محمد علوي", "محمد"),
        ("Casey Customer-Jones", "Casey"),
    ],
)
def test_a_persons_given_name_is_found(name: str, given: str) -> None:
    assert given_name(name) == given


@pytest.mark.parametrize(
    "name",
    [
        "",
        "Dr.",
        "Dr. Doe",
        "Mr Smith",
        "Frau Müller",
        "Doe,",
        ", Jane",
        "Bloemenhuis",
        "Bloemenhuis De Tulp",
        "Bakkerij Jansen",
        "Acme Ltd",
        "Acme, Inc.",
        "ACME GmbH & Co. KG",
        "Jansen B.V.",
        "Jane & John Doe",
        "Jane and John",
        "Support Team",
        "Ministerie van Zaken",
        "Петров Иван Иванович",
        "Petrova Anna Ivanovna",
        "小林",
        "小林 太郎",
        "김 민수",
        "王小明",
        "Kim Minsu",
        "Nguyễn Văn An",
        "Nagy János",
        "J. Doe",
        "J Doe",
        "jane doe",
        "JANE DOE",
        "van der Berg",
        "De Vries",
        "jane@example.com",
        "Jane2 Doe",
        "Jane Doe via Acme",
        "Klant 4711",
        "Casey",
        "The Flower Shop on the Corner",
    ],
)
def test_where_it_is_not_sure_there_is_none(name: str) -> None:
    assert given_name(name) == ""
