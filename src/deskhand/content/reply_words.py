"""What people write above a quotation that tells what they make of it: closing words, greetings, "see my answers below", "FYI"."""

import re
from collections.abc import Sequence
from typing import Final

_REGARDS = re.compile(
    r"(?:(?:best|kind|warm|warmest|many)\s)?(?:regards|wishes)|sincerely|yours\b|"
    r"mit (?:freundlichen|besten|lieben)|(?:viele|liebe|beste|freundliche|schöne) grü(?:ß|ss)e|grü(?:ß|ss)e|mfg|lg\b|"
    r"(?:met |hartelijke |vriendelijke |beste )*(?:vriendelijke |hartelijke )?groet|mvg|"
    r"(?:bien )?cordialement|(?:meilleures |sincères )?salutations|saludos|un saludo|atentamente|"
    r"(?:cordiali |distinti )?saluti|(?:atenciosamente|cumprimentos)|"
    r"(?:med )?v[äe]nliga? h[äi]ls|h[äi]lsning|hilsen|mvh|med v[ae]nn?lig|(?:ystävällisin )?terveisin|pozdrawiam|z poważaniem|"
    r"s pozdrav|с уважением|з повагою|saygılar|üdvözlettel|cu stimă|με εκτίμηση|lijep pozdrav|敬具|此致|祝好|مع التحية|مع أطيب|בברכה",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?:(?:[^\W\d_]\.|[^\W\d_][^\W\d_.'’-]*(?:[-'’][^\W\d_]+)*\.?)(?: |\Z)){2,4}")
_CONTACT = re.compile(
    r"\b(?:tel|telefon\w*|phone|ph|fax|mobile?|cell|handy|t|m|f|e|e-?mail|web|tlf|tél|teléfono|telefone|puh|тел)\b\.?:? *[+(\d@\w]|\+\d|www\.|https?:|@",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"\w\W+\w+\W+\w+[.!?？。]\Z")
_LONGEST_CARD: Final = 12
_THANKS = re.compile(
    r"(?:many\s)?thanks|cheers|thank you|danke|vielen dank|bedankt|alvast bedankt|merci|gracias|grazie|obrigad[oa]|kiitos|dziękuję|děkuji|"
    r"спасибо|teşekkür|よろしく|ありがとう|谢谢|감사합니다|شكرا|תודה",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|hallo|guten (?:tag|morgen|abend)|liebe[r]?|sehr geehrte|moin|beste|geachte|goede|"
    r"bonjour|bonsoir|cher|chère|madame|monsieur|hola|buenos|buenas|estimad|ciao|buongiorno|gentile|salve|olá|oi|bom dia|boa|prezad|caro|cara|"
    r"hej|hejsan|kære|kjære|hei|moi|terve|dzień dobry|cześć|szanown|dobrý den|ahoj|vážen|здравствуйте|добрый|уважаем|привет|merhaba|sayın|"
    r"您好|你好|尊敬的|안녕|שלום|مرحبا|السلام)(?!\w)",
    re.IGNORECASE,
)


def is_closing(text: str) -> bool:
    """Tell whether a line is "Kind regards" and the like."""
    return _is_regards(text) or (_is_short(text) and _THANKS.match(text) is not None)


def _is_regards(text: str) -> bool:
    return _is_short(text) and _REGARDS.match(text) is not None


def _is_short(text: str) -> bool:
    return 2 <= len(text) <= 60 and len(text.split()) <= 5


def is_greeting(text: str) -> bool:
    """Tell whether a line is nothing but "Hello Ann,"."""
    number = len(text.split())
    ends = text.endswith((",", "!", ".", ":", ";", "，", "、", "！", "。"))
    return len(text) <= 60 and (number > 1 or ends) and number <= 5 and _GREETING.match(text) is not None


def says_nothing(lines: Sequence[str]) -> bool:
    """Tell whether lines are a greeting and what a program puts below every mail: "Kind regards, Ann Lee, Shop Ltd", or a card."""
    rest = lines[1:] if lines and is_greeting(lines[0]) else lines
    return not rest or _is_regards(rest[0]) or _is_card(rest)


def _is_card(lines: Sequence[str]) -> bool:
    """Tell whether lines are a name and how to reach the person."""
    name = _NAME.fullmatch(lines[0])
    if (
        name is None
        or not all(word[0].isupper() for word in lines[0].split())
        or not 2 <= len(lines) <= _LONGEST_CARD
        or _THANKS.match(lines[0])
    ):
        return False
    return any(map(_CONTACT.search, lines[1:])) and not any(map(_SENTENCE.search, lines))


# --- people who say where their answers are

_ANSWERS_AND_PLACES: Final = (
    (
        r"see|read|answers?|answered|comments?|commented|replies|replied|reply|responses?|responded|notes?|remarks?",
        r"below|inline|in-line|in line|in (?:bold|caps|colou?r|italics|the text|your (?:mail|text|message))|between|underneath|interspersed",
    ),
    (
        r"details?|infos?|information|requested|required|fill\w*|complet\w*|added|updated|inserted|data|list\w*",
        r"below(?! (?:the|a|an|zero|average|\W?\d))|inline|underneath",
    ),
    (
        r"siehe|s\.|antwort\w*|beantwort\w*|anmerkung\w*|kommentar\w*|hinweise?|ausgefüllt|ergänz\w*|eingetragen|eingefügt|vermerkt|angaben",
        r"unten\w*|nachstehend\w*|darunter|weiter unten|im text|u\.",
    ),
    (
        r"zie|antwoord\w*|beantwoord\w*|opmerking\w*|reacties?|commentaar",
        r"hieronder|onder|onderstaand\w*|beneden|verderop|in de tekst",
    ),
    (
        r"voir|voyez|réponses?|réponds|répondu|commentaires?|remarques?",
        r"ci-dessous|plus bas|en dessous|dans le (?:texte|corps)",
    ),
    (r"vea|ver|véase|lea|respond\w*|respuestas?|contest\w*|comentarios?", r"abajo|a continuación|debajo|en el texto"),
    (r"ved[ia]|rispond\w*|rispost[ae]|commenti", r"sotto|di seguito|qui sotto|nel testo"),
    (r"vej[ao]|ver|respond\w*|respostas?|comentários?", r"abaixo|a seguir|no texto"),
    (r"se|svar\w*|besvar\w*|kommentar\w*", r"nedan\w*|nedenfor|nedenunder|herunder|under|i teksten|i texten"),
    (r"katso|ks\.|vasta\w*|kommen\w*", r"alla|alapuolella|alempana|tekstissä"),
    (r"zobacz|patrz|odpowied\w*|odpowiadam|komentarz\w*|uwagi", r"poniżej|niżej|w tekście"),
    (r"viz|odpověd\w*|odpovíd\w*|komentář\w*|poznámk\w*", r"níže|v textu|dole"),
    (r"смотри\w*|см\.|ответ\w*|отвеч\w*|комментар\w*", r"ниже|в тексте|внизу"),
    (r"bakın\w*|cevap\w*|yanıt\w*|yorum\w*", r"aşağıda\w*|metin\w*"),
    (r"відпов\w*|дивіться|див\.|комент\w*", r"нижче|внизу|у тексті"),
    (r"lásd|válasz\w*|megjegyzés\w*", r"lent|lentebb|alább|alul|a szövegben"),
    (r"vezi|răspuns\w*|răspund\w*|comentari\w*", r"mai jos|dedesubt|în text"),
    (r"δείτε|απαντήσ\w*|απαντώ|σχόλι\w*", r"παρακάτω|πιο κάτω|στο κείμενο"),
    (r"vidi|pogledaj\w*|odgovor\w*|komentar\w*", r"ispod|niže|spodaj|u tekstu|v besedilu"),
    (r"виж\w*|отговор\w*|коментар\w*", r"по-долу|отдолу|в текста"),
    (r"pozri|odpoved\w*|komentár\w*", r"nižšie|v texte"),
)
_LOOKS: Final = (
    r"in (?:red|blue|green|yellow|orange|purple|pink|gr[ae]y|bold|caps|capitals?|upper-?case|italics|(?:another|a different) colou?r)|highlight\w*|"
    r"in (?:rot|blau|grün|gelb|orange|lila|rosa|grau|fett|kursiv|farbe|gro(?:ß|ss)buchstaben)|markiert|hinterlegt|unterlegt|hervorgehoben|fettgedruckt|farbig|"
    r"in (?:rood|blauw|groen|geel|oranje|paars|vet|cursief|kleur|hoofdletters|het (?:rood|blauw|groen|geel|oranje|paars|vet|cursief))|vetgedrukt|gemarkeerd|"
    r"gearceerd|en (?:rouge|bleu|vert|jaune|orange|violet|gras|italique|majuscules|couleur)|surlign\w*|"
    r"en (?:rojo|azul|verde|amarillo|naranja|morado|negrita|cursiva|mayúsculas|color)|resaltad\w*|subrayad\w*|"
    r"(?:in )?(?:rosso|blu|verde|giallo|arancione|grassetto|corsivo|maiuscol[oe])|evidenziat\w*|"
    r"(?:em|a) (?:vermelho|azul|verde|amarelo|laranja|roxo|negrito|itálico|maiúsculas)|destacad\w*|realçad\w*|"
    r"(?:i|med) (?:rött|blått|grönt|gult|rødt|blåt|grønt|rød skrift|fet(?:stil)?|fed|kursiv|versaler)|markerad\w*|markeret|uthevet|fremhævet|"
    r"punaisella|sinisellä|vihreällä|keltaisella|lihavoi\w*|korostet\w*|na (?:czerwono|niebiesko|zielono|żółto)|pogrubi\w*|zaznacz\w*|"
    r"červeně|modře|zeleně|žlutě|tučně|zvýrazn\w*|красным|синим|зел[её]ным|ж[её]лтым|жирным|цветом|выделен\w*|kırmızı|mavi|yeşil|sarı|kalın|vurgula\w*|"
    r"червоним|синім|зеленим|жирним|pirossal|kékkel|zölddel|félkövér\w*|cu (?:roșu|albastru|verde)|με κόκκιν\w*|με μπλε|με πράσιν\w*|"
    r"crven\w*|plav\w*|rdeč\w*|червено|"
    r"rote[nrs]?|blaue[nrs]?|grüne[nrs]?"
)
"""How answers look that stand between the lines of a quotation."""
_PAIRS: Final = (*_ANSWERS_AND_PLACES, ("|".join(answers for answers, _ in _ANSWERS_AND_PLACES), _LOOKS))
_POINTING = re.compile(
    r"\b(?:inline|in-line|interspersed|(?:between|zwischen|tussen|entre|tra|mellan|mellem|mellom|между)\s(?:\w+\s){0,2}(?:lines|zeilen|regels|lignes|"
    r"líneas|linhas|righe|raderna|linjerne|linjene|строк)|(?:mail|message|text|thread|conversation) below|below (?:mail|message|e-?mail)|"
    + "|".join(rf"(?:{a})\b[^.!?\n]{{0,40}}\b(?:{p})|(?:{p})\b[^.!?\n]{{0,40}}\b(?:{a})" for a, p in _PAIRS)
    + r")(?!\w)"
    r"|(?:下記|以下|文中)[^。\n]{0,12}(?:回答|返信|返答|お答え|コメント)|赤字|青字|黄色|太字|ハイライト|マーカー|インライン|(?:如下|以下|下方|下面|文中)[^。\n]{0,8}(?:回复|回覆|答复|答覆|批注)|"
    r"(?:回复|回覆|答复|答覆|请看|請看|见|見)[^。\n]{0,6}(?:如下|下方|下面|文中|下文)|[红紅]色?(?:字|标|標|部分)|用[红紅]色|标[黄红]|標[黃紅]|高亮|加粗|黄色|黃色|아래[^.\n]{0,12}(?:답|회신|참조)|빨간|노란|굵게|강조|"
    r"أدناه|بالأحمر|להלן|למטה|באדום",
    re.IGNORECASE,
)
_OWN_ANSWERS = re.compile(
    r"\b(?:my|our) (?:answers|replies|responses|comments|remarks|notes)\b|(?:\A|[\n.!:,] ?)(?:the )?(?:answers|replies|responses|comments)\b(?! to my)|"
    r"\b(?:answered|answers (?:to|under|after|behind|beneath|next to)|repl(?:ied|y) to|commented on) (?:each|every|all|both|the|your) (?:of )?(?:your |the )?(?:questions?|points?|items?)\b|"
    r"\b(?:meine|unsere) (?:antworten|anmerkungen|kommentare|ergänzungen)\b|(?:\A|[\n.!:,] ?)(?:die )?antworten\b(?! (?:sie|bitte|du|an)\b)|\bantworten (?:unter|hinter|neben|zu) (?:ihr|dein|eur|den|die)|"
    r"\b(?:mijn|onze) (?:antwoorden|opmerkingen|reacties)\b|\b(?:mes|nos) (?:réponses|commentaires|remarques)\b|\b(?:mis|nuestras) (?:respuestas|comentarios)\b|"
    r"\ble mie (?:risposte|note)\b|\bi miei commenti\b|\bminhas respostas\b|\bmeus comentários\b|\bmin[ae] (?:svar|kommentar\w*)\b|\bvastaukseni\b|\bkommenttini\b|"
    r"\bmoje (?:odpowiedzi|komentarze|uwagi|odpovědi|komentáře|odpovede)\b|\bodpowiedzi w treści\b|\b(?:мои (?:ответы|комментарии)|мої (?:відповіді|коментарі)|моите отговори)\b|"
    r"\b(?:cevaplarım|yanıtlarım|válaszaim|răspunsurile mele|οι απαντήσεις μου|moji odgovori)\b|回答は|回答を(?:記|書|追)|我的(?:回复|回覆|答复|答覆|回答)|"
    r"(?:답변|답)(?:은|을)\s?(?:아래|밑)|ردودي|إجاباتي|(?:ال)?إجابات باللون|תשובותיי?\b|תשובות בגוף|\bs\. ?u\.",
    re.IGNORECASE,
)
"""How people speak of answers that they wrote between the lines, wherever they say these are."""
_MARKED_ANSWER = re.compile(
    r"(?:\[[^\]\d:]{1,20}\]:?\s+|(?:[-=]+>|→|➔|⇒|»|\*{2,3}|#{2,3}|[-=]{2})\s*|[A-Z]{2,3}[:>]\s)\w"
)
_PASSING_ON = re.compile(
    r"\b(?:fyi|for your information|forwarded|forwarding|(?:i|to|please|we) forward|fwd?|pass(?:ing)? (?:this|it) on|please (?:handle|see)|z\.?\s?k\.?|zur (?:info|information|kenntnis\w*)|weitergeleitet|"
    r"weiterleit\w*|leite ich|bitte (?:um )?(?:erledig|bearbeit|beantwort|prüf)\w*|ter (?:info|informatie|kennisgeving)|doorgestuurd|stuur ik|doorsturen|pour (?:info|information)|transf[eéè]r\w*|para (?:su|tu) información|"
    r"reenv[ií]\w*|per (?:conoscenza|informazione)|inoltr\w*|encaminh\w*|reencaminh\w*|vidarebefordr\w*|videresend\w*|för kännedom|til orientering|"
    r"tiedoksi|välit\w* eteenpäin|przesyłam|przekazuj\w*|do wiadomości|přepos\w*|posílám|пересыл\w*|bilginize|iletiyorum)\b|転送|转发|轉寄|전달",
    re.IGNORECASE,
)
_SHOWING = re.compile(
    r"\b(?:(?:is|was) th(?:is|at) (?:\w+ )?(?:real|genuine|legit\w*|true|spam|phishing|a scam|fake|from you)|(?:got|received|get|send|sent|sending) (?:me |you |us )?(?:this|the following)|"
    r"(?:send|sent|sending|resend\w*) (?:\w+ ){0,2}(?:mail|e-?mail|message|request) (?:once )?(?:again|once more)|my (?:\w+ )?(?:mail|e-?mail|message|request) (?:from|of)|"
    r"ist d(?:as|ies) (?:echt|wahr|von ihnen|von euch|spam|phishing|betrug)|(?:folgende|diese) (?:e-?mail|mail|nachricht)|meine (?:e-?mail|mail|nachricht|anfrage) vo[mn]|nochmals? meine|"
    r"is dit (?:echt|spam|phishing|van jullie)|(?:kreeg|ontving|krijg) (?:ik )?(?:dit|deze|het volgende)|(?:j'ai|j’ai|nous avons) reçu ce(?:ci|la|t|tte)?|est-ce (?:un |une )?(?:vrai|authentique|spam|arnaque)|"
    r"(?:he|hemos) recibido est[eoa]|es (?:esto |este correo )?(?:real|auténtico|spam|una estafa)|ho ricevuto quest[oa]|è (?:vera|vero|autentica|una truffa)|recebi est[ea])\b",
    re.IGNORECASE,
)
"""What people say who show a mail to somebody; a reply may say it too."""
_FORM = re.compile(
    r"\b(?:contact ?form|web ?form|form submission|submitted|kontaktformular|kontaktanfrage|contact request|web request|formular|contactformulier|formulier|formulaire|formulario|modulo|formulário|kontaktformulär|"
    r"formularz|formulář|форм[аыу]|iletişim formu|new (?:message|inquiry|enquiry|lead|submission)|neue (?:anfrage|nachricht)|nieuw (?:bericht|aanvraag)|nouveau message|nouvelle demande|"
    r"nuevo mensaje|nueva consulta|nuov[oa] (?:messaggio|richiesta)|nova (?:mensagem|solicitação)|nytt meddelande|ny besked|nowa wiadomość|nová zpráva|новое сообщение)\b|フォーム|表单|表單",
    re.IGNORECASE,
)


def points_below(text: str) -> bool:
    """Tell whether a text says that something of one's own stands below: "see my answers in red"."""
    return _POINTING.search(text) is not None or _OWN_ANSWERS.search(text) is not None


def is_marked_answer(text: str) -> bool:
    """Tell whether a line begins as people begin an answer between the lines: with their name in brackets, or an arrow."""
    return _MARKED_ANSWER.match(text) is not None


def passes_on(text: str) -> bool:
    """Tell whether a text presents what follows as its content: "FYI", or a form's notice."""
    return _PASSING_ON.search(text) is not None or _FORM.search(text) is not None


def shows_a_mail(text: str) -> bool:
    """Tell whether a text asks about a mail as a whole, one's own or a stranger's: "is this real?", "I send my mail again"."""
    return _SHOWING.search(text) is not None
