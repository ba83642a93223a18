"""German, French and Polish."""

from deskhand_sandbox.topics.topic import Language, Topic

GERMAN = Language(
    topics=(
        Topic(
            "shop",
            "Lieferung unvollständig – Bestellung {order}",
            "Guten Tag,\n\nin der Sendung zur Bestellung {order} fehlten die Füße des Regals. Können Sie diese bitte nachliefern?",
        ),
        Topic(
            "refund",
            "Rückerstattung über {amount} €",
            "Sehr geehrte Damen und Herren,\n\ndie Rücksendung ist laut Sendungsverfolgung seit dem 3. bei Ihnen. "
            "Wann darf ich mit der Erstattung von {amount} € rechnen?",
        ),
        Topic(
            "software",
            "Absturz beim Öffnen großer Dateien (Version {version})",
            "Hallo,\n\nab etwa 200 MB schließt sich das Programm ohne Meldung. Mit der vorigen Version ging es. Protokoll anbei.",
        ),
        Topic(
            "office",
            "Frage zur Rechnung {order}",
            "Guten Morgen,\n\nauf der Rechnung {order} fehlt unsere USt-IdNr. Bitte um Korrektur.",
        ),
        Topic(
            "routing",
            "Rückruf erbeten",
            "Guten Tag,\n\nbitte rufen Sie mich wegen des Angebots {order} zwischen 14 und 16 Uhr an.",
        ),
    ),
    later=(
        "Vielen Dank für die schnelle Antwort, ich probiere es heute Abend aus.",
        "Leider besteht das Problem weiterhin.",
        "Gibt es schon etwas Neues?",
        "Jetzt funktioniert alles, herzlichen Dank!",
    ),
    answers=(
        "Vielen Dank für Ihre Nachricht. Ich kläre das und melde mich noch heute.",
        "Das tut mir leid. Könnten Sie uns ein Foto schicken?",
        "Die Sendung geht morgen an Sie heraus.",
        "Ich habe es an die Kollegen weitergegeben.",
    ),
)

FRENCH = Language(
    topics=(
        Topic(
            "shop",
            "Colis {order} jamais arrivé",
            "Bonjour,\n\nle suivi indique « livré », mais je n'ai rien reçu. Le gardien non plus. Pouvez-vous ouvrir une enquête ?",
        ),
        Topic(
            "refund",
            "Remboursement de {amount} €",
            "Bonjour,\n\nj'ai renvoyé l'article il y a trois semaines. Où en est le remboursement de {amount} € ?",
        ),
        Topic(
            "software",
            "Traduction française incomplète depuis la {version}",
            "Bonjour à tous,\n\nla moitié des menus est repassée en anglais après la mise à jour. Est-ce voulu ?",
        ),
        Topic(
            "routing",
            "Demande de devis n° {order}",
            "Bonjour,\n\npourriez-vous me rappeler au sujet du devis {order} ? Merci d'avance.",
        ),
    ),
    later=(
        "Merci beaucoup pour votre réponse rapide.",
        "Toujours rien de mon côté…",
        "Parfait, c'est réglé. Bonne journée !",
        "Vous trouverez la photo en pièce jointe.",
    ),
    answers=(
        "Merci de votre message. Je vérifie et je reviens vers vous aujourd'hui.",
        "Toutes nos excuses. Pourriez-vous nous envoyer une photo ?",
        "C'est fait : vous recevrez la confirmation sous 48 heures.",
    ),
)

POLISH = Language(
    topics=(
        Topic(
            "shop",
            "Zamówienie {order} – brak przesyłki",
            "Dzień dobry,\n\nzamówienie {order} miało dotrzeć w zeszły piątek. Proszę o informację, gdzie jest paczka.",
        ),
        Topic(
            "refund",
            "Zwrot {amount} zł",
            "Dzień dobry,\n\nodesłałam buty dwa tygodnie temu i nadal czekam na zwrot pieniędzy.",
        ),
        Topic(
            "office",
            "Pytanie o fakturę {order}",
            "Dzień dobry,\n\nczy mogę prosić o duplikat faktury {order}? Oryginał zaginął.",
        ),
    ),
    later=(
        "Dziękuję za szybką odpowiedź!",
        "Niestety to nie pomogło.",
        "Czy są jakieś wieści?",
        "Świetnie, wszystko działa 👍",
    ),
    answers=(
        "Dziękujemy za wiadomość. Sprawdzę to i odezwę się jeszcze dziś.",
        "Przepraszamy za kłopot. Czy możemy prosić o zdjęcie?",
        "Gotowe, zwrot jest w drodze.",
    ),
)
