"""Dutch."""

from deskhand_sandbox.topics.topic import Language, Topic

DUTCH = Language(
    topics=(
        Topic(
            "office",
            "Factuur {order} klopt niet",
            "Goedemiddag,\n\nOp factuur {order} staat € {amount}, maar wij hadden een vast maandbedrag afgesproken. "
            "Kunt u dit nakijken en een nieuwe factuur sturen?",
        ),
        Topic(
            "office",
            "Btw-aangifte tweede kwartaal",
            "Beste,\n\nIk heb de bonnetjes van april tot en met juni in het portaal gezet. Is er nog iets dat u mist voor de aangifte? "
            "Volgens mij moet die voor het einde van de maand binnen zijn.",
        ),
        Topic(
            "office",
            "Nieuwe medewerker aanmelden voor de loonadministratie",
            "Hallo,\n\nPer de eerste begint er een nieuwe collega, 32 uur per week. Welke gegevens hebben jullie nodig?",
        ),
        Topic(
            "office",
            "Kan niet inloggen in het portaal",
            "Goedemorgen,\n\nSinds gisteren krijg ik de melding dat mijn code verlopen is. Een nieuwe code aanvragen lukt ook niet.",
        ),
        Topic(
            "office",
            "Afspraak verzetten",
            "Hoi,\n\nKan de bespreking van donderdag naar volgende week? Dinsdag- of woensdagmiddag komt mij het beste uit.",
        ),
        Topic(
            "office",
            "Jaarrekening: vraag over afschrijving bestelbus",
            "Geachte heer, mevrouw,\n\nDe bestelbus staat voor € {amount} op de balans. Is de afschrijving van dit jaar daarin al verwerkt?",
        ),
        Topic(
            "shop",
            "Bestelling {order} nog niet ontvangen",
            "Goedenavond,\n\nVolgens de bezorger is bestelling {order} dinsdag bij de buren afgegeven, maar daar weten ze van niets.",
        ),
        Topic(
            "shop",
            "Stoel past niet bij de tafel",
            "Hallo,\n\nDe stoel is 4 cm hoger dan op de site staat. Mag ik hem ruilen voor het lagere model? Ordernummer {order}.",
        ),
        Topic(
            "refund",
            "Retour {order}: wanneer krijg ik mijn geld terug?",
            "Beste klantenservice,\n\nTwee weken geleden heb ik mijn retour bij het afgiftepunt gebracht. Het gaat om € {amount}.",
        ),
        Topic(
            "routing",
            "Offerte aanvraag onderhoudscontract",
            "Goedendag,\n\nGraag ontvang ik een offerte voor het onderhoud van drie cv-ketels in ons pand te Zwolle.",
        ),
        Topic(
            "software",
            "Koppeling met de boekhouding geeft een fout",
            "Hallo,\n\nNa de update naar {version} worden facturen niet meer doorgezet. De melding luidt: 'verbinding geweigerd'.",
        ),
    ),
    later=(
        "Bedankt voor de snelle reactie. Ik kijk het na en laat het weten.",
        "Helaas heeft dat niet geholpen. Kunnen we nog iets anders proberen?",
        "Is hier al nieuws over?",
        "Top, het is gelukt. Bedankt!",
        "In de bijlage vindt u wat u vroeg.",
        "Kleine correctie: het nummer is {order}.",
    ),
    answers=(
        "Bedankt voor uw bericht. Ik zoek dit uit en kom er vandaag op terug.",
        "Excuses voor het ongemak. Kunt u ons een foto of schermafdruk sturen?",
        "Goed nieuws: het is geregeld. U ziet het binnen twee werkdagen terug.",
        "Ik heb het doorgezet naar mijn collega en houd het voor u in de gaten.",
        "Schikt donderdag tussen 9 en 12 uur?",
    ),
)
