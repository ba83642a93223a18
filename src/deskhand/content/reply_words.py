"""What people write above a quotation that tells what they make of it: closing words, greetings, "see my answers below", "FYI"."""

import re
from collections.abc import Sequence
from typing import Final

from deskhand.domain.lazy_pattern import lazy_pattern

_REGARDS = lazy_pattern(
    r"(?:(?:best|kind|warm|warmest|many)\s)?(?:regards|wishes)|sincerely|yours\b|"
    r"mit (?:freundlichen|besten|lieben)|(?:viele|liebe|beste|freundliche|schöne) grü(?:ß|ss)e|grü(?:ß|ss)e|mfg|lg\b|"
    r"(?:met |hartelijke |vriendelijke |beste )*(?:vriendelijke |hartelijke )?groet|mvg|"
    r"(?:bien )?cordialement|(?:meilleures |sincères )?salutations|saludos|un saludo|atentamente|"
    r"(?:cordiali |distinti )?saluti|(?:atenciosamente|cumprimentos)|"
    r"(?:med )?v[äe]nliga? h[äi]ls|h[äi]lsning|hilsen|mvh|med v[ae]nn?lig|(?:ystävällisin )?terveisin|pozdrawiam|z poważaniem|"
    r"s pozdrav|с уважением|з повагою|saygılar|üdvözlettel|cu stimă|με εκτίμηση|lijep pozdrav|敬具|此致|祝好|مع التحية|مع أطيب|בברכה",
    re.IGNORECASE,
)
_NAME = lazy_pattern(r"(?:(?:[^\W\d_]\.|[^\W\d_][^\W\d_.'’-]*(?:[-'’][^\W\d_]+)*\.?)(?: |\Z)){2,4}")
_FOR_SOMEBODY = lazy_pattern(r"(?:i\. ?[AV]\.|ppa\.?|p\.p\.?) ?(?:[^\W\d_][^\W\d_.'’-]*\.? ?){1,4}")
"""A name with what says in German and English for whom somebody signs."""
_EAST_ASIAN_NAME = lazy_pattern(
    r"[\u3005\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3]{2,6}(?:[ \u3000][\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3]{1,6})?"
)
_CONTACT = lazy_pattern(
    r"(?:电话|電話|手机|手機|携帯|邮箱|郵箱|メール|传真|전화|휴대폰|이메일)\W{0,3}[+(\d@\w]|"
    r"\b(?:tel|telefon\w*|phone|ph|fax|mobile?|cell|handy|t|m|f|e|e-?mail|web|tlf|tél|teléfono|telefone|puh|тел)\b\.?:? *[+(\d@\w]|\+\d|www\.|https?:|@",
    re.IGNORECASE,
)
_SENTENCE = lazy_pattern(r"\w\W+\w+\W+\w+[.!?？。]\Z")
_LONGEST_CARD: Final = 12
_ONLY_HELLO = lazy_pattern(
    r"(?:hi|hello|hey|hallo|moin|servus|hej|hei|ciao|hola|bonjour|bonsoir|olá|ahoj|cześć|привет|merhaba|你好|您好|こんにちは|안녕하세요)",
    re.IGNORECASE,
)
_YOROSHIKU = lazy_pattern(r"(?:以上、?)?(?:何卒|どうぞ)?(?:よろしく|宜しく)(?:お願い|おねがい|御願い)")
_THANKS = lazy_pattern(
    r"(?:many\s)?thanks|cheers|thank you|danke|vielen dank|bedankt|alvast bedankt|merci|gracias|grazie|obrigad[oa]|kiitos|dziękuję|děkuji|"
    r"спасибо|teşekkür|よろしく|ありがとう|谢谢|감사합니다|شكرا|תודה",
    re.IGNORECASE,
)
_GREETING = lazy_pattern(
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
    """Tell whether lines are a greeting and what a program puts below every mail: "Kind regards, Ann Lee, Shop Ltd", or a card.

    Lines without a letter or digit say nothing either: an arrow down, a question mark, a picture.
    """
    lines = [line for line in lines if any(map(str.isalnum, line))]
    rest = lines[1:] if lines and (is_greeting(lines[0]) or _ONLY_HELLO.fullmatch(lines[0])) else lines
    return not rest or _is_regards(rest[0]) or _YOROSHIKU.match(rest[0]) is not None or _is_card(rest)


def _is_card(lines: Sequence[str]) -> bool:
    """Tell whether lines are a name and how to reach the person."""
    first = lines[0]
    if not 2 <= len(lines) <= _LONGEST_CARD or _THANKS.match(first):
        return False
    is_name = _NAME.fullmatch(first) is not None and all(word[0].isupper() for word in first.split())
    if not (is_name or _EAST_ASIAN_NAME.fullmatch(first) or _FOR_SOMEBODY.fullmatch(first)):
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
        r"siehe|s\.|antwort\w*|beantwort\w*|geantwortet|anmerkung\w*|kommentar\w*|hinweise?|ausgefüllt|ergänz\w*|eingetragen|eingefügt|vermerkt|angaben",
        r"unten\w*|nachstehend\w*|darunter|weiter unten|unter (?:de[nr]|jede\w*|ihre\w*|deine\w*|eure\w*) \w*(?:frage|punkt)\w*|im text|u\.",
    ),
    (
        r"zie|antwoord\w*|beantwoord\w*|geantwoord|opmerking\w*|reacties?|commentaar",
        r"hieronder|onder|onderstaand\w*|beneden|verderop|in d(?:e|ie) teks\w*|per vraag",
    ),
    (
        r"voir|voyez|réponses?|réponds|répondu|commentaires?|remarques?",
        r"ci-dessous|plus bas|en dessous|sous (?:chaque|chacune|vos|tes)|dans (?:le|votre|ton) (?:texte|corps|mail|message)",
    ),
    (
        r"vea|ver|véase|lea|respond\w*|respuestas?|contest\w*|comentarios?",
        r"abajo|a continuación|debajo|en (?:el|su|tu) (?:texto|correo|mensaje)",
    ),
    (
        r"ved[ia]|rispond\w*|rispost[ae]|commenti",
        r"sotto|di seguito|qui sotto|in linea|nel (?:testo|suo messaggio)|nella (?:sua|tua) mail",
    ),
    (
        r"vej[ao]|ver|respond\w*|respostas?|comentários?",
        r"abaixo|a seguir|no (?:texto|seu e-?mail|teu e-?mail)|em baixo",
    ),
    (
        r"se|svar\w*|besvar\w*|kommentar\w*",
        r"nedan\w*|nedenfor|nedenunder|herunder|under|i teksten|i texten|i (?:ditt|din|ert|jeres|deres) (?:mejl|mail|brev|text|tekst|e-?post)",
    ),
    (r"katso|ks\.|vasta\w*|kommen\w*", r"alla|alapuolella|alempana|tekstissä|kysymys\w* (?:alla|alle|jälkeen|perään)"),
    (
        r"zobacz|patrz|odpowied\w*|odpowiadam|komentarz\w*|uwagi",
        r"poniżej|niżej|pod (?:każdy\w*|pytani\w*)|w (?:tekście|treści)",
    ),
    (
        r"viz|odpověd\w*|odpovíd\w*|komentář\w*|poznámk\w*",
        r"níže|pod (?:jednotliv\w*|každ\w*|vaš\w*|otázk\w*)|v textu|dole",
    ),
    (r"смотри\w*|см\.|ответ\w*|отвеч\w*|комментар\w*", r"ниже|под (?:кажд\w*|ваш\w*|вопрос\w*)|в тексте|внизу"),
    (r"bakın\w*|cevap\w*|yanıt\w*|yorum\w*", r"aşağıda\w*|metin\w*"),
    (r"відпов\w*|дивіться|див\.|комент\w*", r"нижче|під (?:кожн\w*|питання\w*)|внизу|у тексті"),
    (r"lásd|válasz\w*|megjegyzés\w*", r"lent|lentebb|alább|alul|kérdés\w* (?:alatt|alá|után|mellett)|a szövegben"),
    (r"vezi|răspuns\w*|răspund\w*|comentari\w*", r"mai jos|dedesubt|în text"),
    (r"δείτε|απ[αά]ντ\w*|σχόλι\w*", r"παρακάτω|πιο κάτω|στο κείμενο"),
    (
        r"vidi|pogledaj\w*|odgovor\w*|odgovar\w*|komentar\w*",
        r"ispod|niže|dole|dolje|u nastavku|spodaj|v nadaljevanju|u tekstu|v besedilu",
    ),
    (r"види|погледај\w*|одговор\w*|одговар\w*|коментар\w*", r"испод|ниже|доле|подолу|у наставку|у тексту|во текстот"),
    (r"виж\w*|отговор\w*|коментар\w*", r"по-долу|отдолу|в текста"),
    (r"pozri|odpoved\w*|komentár\w*", r"nižšie|dole|pod (?:jednotliv\w*|každ\w*|otázk\w*)|v texte"),
    (r"atsak\w*|komentar\w*|pastab\w*", r"žemiau|apačioje|po klausim\w*|tekste"),
    (r"atbild\w*|komentār\w*|piezīm\w*", r"zemāk|apakšā|tekstā"),
    (r"vasta\w*|vastus\w*|kommentaar\w*|märkus\w*", r"allpool|all|all pool|küsimus\w* all|tekstis"),
    (r"respost\w*|respon\w*|contest\w*|comentaris?", r"a sota|més avall|aquí sota|al text|en el text"),
    (r"svör\w*|svar\w*|athugasemd\w*", r"(?:hér )?(?:að|fyrir) neðan|í textanum"),
    (r"përgjigj\w*|komente\w*", r"më poshtë|poshtë|në tekst"),
    (r"erantzun\w*|iruzkin\w*", r"behean|azpian|jarraian"),
    (r"sagot\w*|sinagot\w*|tugon|komento", r"(?:sa )?ibaba"),
    (r"majibu|jibu|nimejibu|maoni", r"(?:hapa )?chini"),
    (
        r"(?:câu )?trả lời|giải đáp|phản hồi|nhận xét|ghi chú",
        r"(?:bên|phía|ở|ngay) dưới|dưới (?:đây|mỗi|từng)|trong (?:thư|nội dung)",
    ),
    (
        r"(?:men)?jawab\w*|jawapan|tanggapan|balas\w*|komentar|maklum balas|ulasan",
        r"(?:di )?bawah(?: ini)?|berikut(?: ini)?|dalam (?:teks|emel|email)",
    ),
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
    r"crven\w*|plav\w*|zelen\w*|rdeč\w*|modr\w*|červen\w*|црвен\w*|плав\w*|зелен\w*|червено|синьо|зелено|κόκκιν\w*|raudon\w*|mėlyn\w*|žali\w*|"
    r"sarkan\w*|zil\w*|zaļ\w*|punase\w*|sinise\w*|rohelise\w*|(?:en|de color) (?:vermell|blau|verd|negreta)|rauð\w*|blá\w*|græn\w*|in (?:rooi|blou|groen)|"
    r"gorriz|urdinez|(?:nang |kulay )(?:pula|asul|berde)|nyekundu|me (?:të kuqe|blu)|(?:màu|chữ|mực) (?:đỏ|xanh\w*|vàng|đậm|nghiêng)|in đậm|"
    r"(?:berwarna |warna )?(?:merah|biru|hijau|kuning)|huruf tebal|tulisan miring|"
    r"rote[nrs]?|blaue[nrs]?|grüne[nrs]?"
)
"""How answers look that stand between the lines of a quotation."""
_PAIRS: Final = (*_ANSWERS_AND_PLACES, ("|".join(answers for answers, _ in _ANSWERS_AND_PLACES), _LOOKS))
_PAIRS_BY_LETTERS: Final = (
    (
        "إجاب|اجاب|أجب|اجب|\\bال?رد|\\bردود|ردّ|ملاحظ|تعليق",
        "أدناه|ادناه|أسفل|اسفل|تحت|الأحمر|الاحمر|أحمر|الأزرق|الأخضر|باللون|بلون|داخل النص",
    ),
    ("תשוב|עני(?:תי|נו)|עונה|הערות|תגוב", "מתחת|למטה|להלן|בהמשך|באדום|בכחול|בירוק|בצבע|בגוף|בתוך"),
    ("پاسخ|جواب|توضیح", "زیر|پایین|پائین|ذیل|قرمز|آبی|سبز|رنگ|داخل متن|نیچے|سرخ|لال|نیلے"),
    ("उत्तर|जवाब|टिप्पणी|प्रतिक्रिया", "नीचे|खाली|तल|लाल|नीले|हरे"),
    ("উত্তর|জবাব|মন্তব্য", "নিচে|নীচে|লাল|নীল"),
    ("ตอบ|ความเห็น|ความคิดเห็น", "ด้านล่าง|ข้างล่าง|ด้านใต้|ใต้คำถาม|สีแดง|สีน้ำเงิน|สีเขียว|ตัวหนา"),
    ("பதில", "கீழ|சிவப்பு|நீல"),
    ("సమాధాన|జవాబు", "క్రింద|కింద|దిగువ|ఎరుపు"),
    ("જવાબ", "નીચે|લાલ"),
    ("ਜਵਾਬ|ਉੱਤਰ", "ਹੇਠਾਂ|ਲਾਲ"),
    ("ಉತ್ತರ", "ಕೆಳಗೆ|ಕೆಳಗಿನ|ಕೆಂಪು"),
    ("മറുപടി|ഉത്തര", "താഴെ|ചുവപ്പ"),
    ("පිළිතුර", "පහත|රතු"),
    ("პასუხ|გიპასუხ", "ქვემოთ|წითლ|ლურჯ"),
    ("պատասխան", "ներքև|ստորև|կարմիր"),
    ("ចម្លើយ|ឆ្លើយ", "ខាងក្រោម|ក្រហម"),
    ("ຄຳຕອບ|ຕອບ", "ລຸ່ມ|ສີແດງ"),
    ("အဖြေ|ဖြေ", "အောက်|အနီ"),
    ("መልስ|መልሶ", "ከታች|ከዚህ በታች|ቀይ"),
    ("답변|답장|회신|답을|답은|답했|코멘트", "아래|밑에|본문|빨간|파란|붉은|적색"),
)
"""The same where words are written without spaces, or joined to what stands before them, or with signs that end no word."""
_BELOW: Final = (
    r"below(?![ -](?:the|a|an|this|that|its|my|your|our|their|zero|freezing|average|normal|standard|par|cost|price|market|expectations?|\W?\d))|underneath(?! \w)|"
    r"scroll(?:en)? (?:\w+ )?(?:down|unten|omlaag)|(?:nach unten|runter|naar beneden) ?scroll\w*|hieronder|ci-dessous|ci-après|plus bas|más abajo|qui sotto|più sotto|in calce|"
    r"(?:segue|ver|veja|vide|mais|encontra\w*) abaixo|nedanstående|nedenstående|nedenfor|nedenunder|alempana|poniżej(?! \d)|mai jos|παρακάτω|aşağıdaki|aşağıda"
)
"""Words for what stands below, which mean nothing else."""
_TABLES: Final = (
    r"(?:filled|completed)(?: (?:it|them|this|that))?(?: in| out)?,? (?:\w+ ){0,2}(?:tables?|lists?|questionnaires?|templates?|blanks|missing fields)|"
    r"(?:tables?|lists?|questionnaires?|templates?|blanks) (?:\w+ ){0,3}filled (?:in|out)|"
    r"(?:tabellen?|listen?|fragebogen|fragebögen|felder|vorlage) (?:\w+ ){0,4}ausgefüllt|ausgefüllte\w* (?:\w+ )?(?:tabelle|liste|fragebogen|felder|vorlage)|"
    r"(?:tabel|lijst|vragenlijst|velden) (?:\w+ ){0,4}ingevuld|(?:rempli|complété) (?:le |la |votre |ce |cette )?(?:tableau|liste|questionnaire)|"
    r"(?:rellenado|completado) (?:la |el |su )?(?:tabla|lista|cuestionario)|(?:compilato|completato) (?:la |il |l['’])?(?:tabella|elenco|questionario)|"
    r"(?:preenchi|completei) (?:a |o )?(?:tabela|lista|questionário)|(?:uzupełni|wypełni)ł[ae]m (?:tabel\w*|list\w*|ankiet\w*)"
)
"""What is filled in where it was asked."""
_IN_YOURS: Final = (
    r"(?:repl(?:y|ied|ies)|answer\w*|respond\w*|responses?|wrote|written|put|add(?:ed)?|fill(?:ed)?|complet\w*|insert\w*|enter\w*|comment\w*|not(?:es?|ed))\b[^.!?\n]{0,40}"
    r"\b(?:in|into|within|under|beneath|behind|after|beside|next to) (?:each|every|all|your|the individual) (?:of )?(?:the |your )?(?:\w+ )?(?:questions?|points?|items?|bullets?|lines?|"
    r"e-?mails?|mails?|messages?|texts?|paragraphs?|headings?)|"
    r"\b(?:in|unter|hinter|zu|neben) (?:ihr|dein|eur|jed)\w* (?:\w+ )?(?:e-?mail|mail|nachricht|text|fragen?|punkte?n?)\b[^.!?\n]{0,30}(?:geschrieben|gesetzt|beantwortet|geantwortet|ergänzt|eingefügt|"
    r"eingetragen|vermerkt|kommentiert)|"
    r"(?:drunter|darunter|dahinter|dazwischen|daneben)[ -]?(?:geschrieben|gesetzt|geantwortet|beantwortet|eingefügt|ergänzt|eingetragen)|"
    r"(?:in|onder|achter|tussen) (?:je|jouw|uw|jullie|de|elke) (?:\w+ )?(?:mail|e-?mail|bericht|tekst|vragen|vraag|punten)\b[^.!?\n]{0,20}(?:geantwoord|beantwoord|geschreven|gezet|ingevuld|gereageerd)|"
    r"(?:reactie|antwoord\w*|opmerking\w*)\b[^.!?\n]{0,20}\b(?:tussen|in|onder) (?:je|jouw|uw|jullie|de) (?:tekst|mail|vragen|regels)|"
    r"point par point|(?:répondu|réponds) (?:\w+ )?(?:dans|sous) (?:votre|ton|vos|tes|chaque) \w+|"
    r"(?:contestado|respondido) (?:\w+ )?en (?:tu|su|vuestro) (?:correo|mensaje|texto)|(?:odpis|odpowiedzi)\w* pod \w*(?:pytani|punkt)\w*|mail\w*\s(?:içinde|içine)|metnin (?:içinde|altında)"
)
"""What is written into, or below parts of, a mail that the other one wrote."""
_NOTED: Final = (
    r"(?:see|find) (?:\w+ )?(?:my |our |the )?(?:comments|notes|remarks|answers|responses|replies|feedback|additions)(?! (?:on|at|from|about|attached))|"
    r"siehe (?:meine |unsere |die )?(?:kommentare|anmerkungen|antworten|einträge|ergänzungen|bemerkungen)|zie (?:mijn |onze |de )?(?:opmerkingen|antwoorden|reacties|aanvullingen)|"
    r"voir (?:mes |nos |les )?(?:commentaires|réponses|remarques|annotations)|ver (?:mis |los |as )?(?:comentarios|respuestas|comentários|respostas)|vedi (?:i miei |le mie )?(?:commenti|risposte|note)|"
    r"(?:mine|ours|changes?|additions?|text|words|lines|entries|feedback|rückmeldung\w*|text\w*|teile|stellen) (?:\w+ ){0,3}in (?:red|blue|green|yellow|purple|bold|caps|rot|blau|grün|gelb|fett|rood|blauw|groen)|"
    r"(?:see|read|note) (?:\w+ )?(?:red|blue|green|yellow|purple|bold) (?:text|parts?|words|lines|passages|cells|entries|marks)|abaixo em (?:azul|vermelho|verde|negrito)|"
    r"(?:kırmızı|mavi|yeşil|kalın) (?:ile |renk\w* )?(?:yazd|belirt|işaretle)\w*"
)
_POINTING = lazy_pattern(
    r"\b(?:inline|in-line|interspersed|(?:between|zwischen|tussen|entre|tra|mellan|mellem|mellom|между)\s(?:\w+\s){0,2}(?:lines|zeilen|regels|lignes|"
    r"líneas|linhas|righe|raderna|linjerne|linjene|строк)|(?:mail|message|text|thread|conversation) below|below (?:mail|message|e-?mail)|"
    f"{_BELOW}|{_TABLES}|{_IN_YOURS}|{_NOTED}|"
    + "|".join(rf"(?:{a})(?!\w)[^.!?\n]{{0,40}}\b(?:{p})|(?:{p})(?!\w)[^.!?\n]{{0,40}}\b(?:{a})" for a, p in _PAIRS)
    + r")(?!\w)"
    r"|(?:下記|以下|文中)[^。\n]{0,12}(?:回答|返信|返答|お答え|コメント)|赤字|青字|黄色|太字|ハイライト|マーカー|インライン|(?:如下|以下|下方|下面|文中)[^。\n]{0,8}(?:回复|回覆|答复|答覆|批注)|"
    r"(?:回复|回覆|答复|答覆|答案|回答|反馈|意见|请看|請看|见|見)[^。\n]{0,6}(?:如下|下方|下面|文中|下文)|[红紅]色?(?:字|标|標|部分)|用[红紅]色|标[黄红]|標[黃紅]|高亮|加粗|黄色|黃色|아래[^.\n]{0,12}(?:답|회신|참조)|빨간|노란|굵게|강조|"
    r"أدناه|بالأحمر|باللون الأحمر|להלן|למטה|באדום|"
    + "|".join(rf"(?:{a})[^.!?؟۔।\n]{{0,40}}(?:{p})|(?:{p})[^.!?؟۔।\n]{{0,40}}(?:{a})" for a, p in _PAIRS_BY_LETTERS),
    re.IGNORECASE,
)
_OWN_ANSWERS = lazy_pattern(
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
_MARKED_ANSWER = lazy_pattern(
    r"(?:\[[^\]\d:]{1,20}\]:?\s+|(?:[-=]+>|→|➔|⇒|»|\*{2,3}|#{2,3}|[-=]{2})\s*|[A-Z]{2,3}[:>]\s)\w"
)
_ANSWER_ON_THE_LINE = lazy_pattern(r"[?？؟]\s*(?:[-=]+>|→|➔|⇒|>>|\*{2,3}|#{2,3}|[-=]{2})\s*\w")
_PASSING_ON = lazy_pattern(
    r"\b(?:fyi|for your information|forwarded|forwarding|(?:i|to|please|we) forward|fwd?|pass(?:ing)? (?:this|it) on|please (?:handle|see(?! (?:the |my |our )?(?:attach|enclos)))|z\.?\s?k\.?|zur (?:info|information|kenntnis\w*)|weitergeleitet|"
    r"weiterleit\w*|leite ich|bitte (?:um )?(?:erledig|bearbeit|beantwort|prüf)\w*|ter (?:info|informatie|kennisgeving)|doorgestuurd|stuur ik|doorsturen|pour (?:info|information)|transf[eéè]r\w*|para (?:su|tu) información|"
    r"reenv[ií]\w*|per (?:conoscenza|informazione)|inoltr\w*|encaminh\w*|reencaminh\w*|vidarebefordr\w*|videresend\w*|för kännedom|til orientering|"
    r"tiedoksi|välit\w* (?:tämän )?eteenpäin|przesyłam|przekazuj\w*|do wiadomości|přepos\w*|posílám|пересыл\w*|bilginize|iletiyorum|"
    r"zur weiteren (?:bearbeitung|veranlassung|verwendung)|zu (?:ihrer|eurer|deiner) (?:info|kenntnis\w*|information)|leite (?:\w+ ){1,3}weiter|bitte übernehm\w*|stuur (?:ik )?(?:\w+ ){0,3}door|"
    r"(?:can|could|will) you (?:please )?(?:deal with|handle|take care of|look after) (?:this|that)|(?:vous|te|leur) fais suivre|pour (?:votre|ton) (?:info\w*|suivi)|faire suivre|"
    r"(?:te|le|les|os) paso|para (?:tu|vuestra) información|giro (?:la|questa|il)|per (?:vostr|su|tu)a (?:informazione|conoscenza|info)|para (?:sua|vossa|tua) (?:informação|info)|para conhecimento|"
    r"skickar (?:detta |det )?vidare|till (?:er|din) (?:kännedom|information)|til (?:din |jeres |deres )?info\w*|sender (?:denne |dette |lige )*videre|pro (?:vaši |tvoji )?informaci|na vědomí|preposiel\w*|na vedomie|pre informáciu|"
    r"tájékoztatás\w*|továbbít\w*|továbbküld\w*|spre (?:informare|știință|stiinta)|redirecțion\w*|(?:vă )?trimit mai departe|(?:προς|για την) ενημέρωσ\w*|προωθ\w*|за (?:информация|сведение)|препращам\w*|до відома|"
    r"для (?:вашої )?інформації|пересила\w*|перенаправл\w*|переадрес\w*|для (?:вашей )?(?:информации|сведения)|к (?:вашему )?сведению|за (?:информацију|знање)|прослеђ\w*|prosle[dđ]\w*|proslij\w*|prosljeđ\w*|za (?:vašu )?(?:informaciju|znanje)|na znanje|"
    r"v vednost|posreduj\w*|bilgilerinize|bilgi için|yönlendir\w*|(?:jūsų )?(?:žiniai|informacijai)|persiun\w*|(?:jūsu )?(?:zināšanai|informācijai)|pārsūt\w*|teadmiseks|edastan|per a (?:la )?(?:vostra|teva) informació|us reenvi\w*|"
    r"til upplýsinga|áframsend\w*|ter inligting|stuur aan|për (?:dijeni|informacion)|để (?:bạn|anh|chị|quý khách|quý công ty) (?:biết|nắm)|để tham khảo|chuyển tiếp|untuk (?:diketahui|makluman|informasi)|sebagai (?:informasi|makluman)|"
    r"(?:saya|kami) (?:teruskan|majukan|meneruskan|memajukan)|para sa (?:inyong )?kaalaman|kwa taarifa)\b|"
    r"転送|ご参考|参考まで|ご共有|共有(?:し|いた)|ご確認まで|转发|轉發|轉寄|转寄|供(?:您|你|大家)?[参參]考|[请請](?:知悉|查[阅閱]|周知|参阅|處理|处理)|전달|참고(?:하|해|바랍|부탁|까지|용| 바랍| 부탁)|공유(?:드|합|해|하)|"
    r"للعلم|لعلمك|للاطلاع|للإطلاع|أحيل|إعادة توجيه|أعيد توجيه|تحويل الرسالة|לידיע|מעביר|לטיפול|جهت (?:اطلاع|استحضار)|ارجاع می|برای اطلاع|فوروارد|برائے (?:اطلاع|معلومات)|जानकारी के लिए|सूचनार्थ|अग्रेषित|"
    r"অবগতির|ফরোয়ার্ড|เพื่อ(?:โปรด)?ทราบ|ส่งต่อ|เพื่อพิจารณา|தகவலுக்காக|საინფორმაციოდ|გადმოგიგზავნ|ի գիտություն",
    re.IGNORECASE,
)
_SHOWING = lazy_pattern(
    r"\b(?:(?:is|was) th(?:is|at) (?:\w+ )?(?:real|genuine|legit\w*|true|spam|phishing|a scam|fake|from you)|(?:got|received|get|send|sent|sending) (?:me |you |us )?(?:this|the following)|"
    r"(?:send|sent|sending|resend\w*) (?:\w+ ){0,2}(?:mail|e-?mail|message|request) (?:once )?(?:again|once more)|my (?:\w+ )?(?:mail|e-?mail|message|request) (?:from|of)|"
    r"ist d(?:as|ies) (?:echt|wahr|von ihnen|von euch|spam|phishing|betrug)|(?:folgende|diese) (?:e-?mail|mail|nachricht)|meine (?:e-?mail|mail|nachricht|anfrage) vo[mn]|nochmals? meine|"
    r"is dit (?:echt|spam|phishing|van jullie)|(?:kreeg|ontving|krijg) (?:ik )?(?:dit|deze|het volgende)|(?:j'ai|j’ai|nous avons) reçu ce(?:ci|la|t|tte)?|est-ce (?:un |une )?(?:vrai|authentique|spam|arnaque)|"
    r"(?:he|hemos) recibido est[eoa]|es (?:esto |este correo )?(?:real|auténtico|spam|una estafa)|ho ricevuto quest[oa]|è (?:vera|vero|autentica|una truffa)|recebi (?:est[ea]|isto)|"
    r"(?:what|who) is th(?:is|at)|was (?:ist|soll) (?:das|dies)|wat is dit|c'est quoi (?:ça|ce)|qu'est-ce que c'est|qué es esto|cos'è quest\w|o que é ist[oa]|"
    r"haben (?:sie|ihr) (?:das|dies\w*) (?:\w+ )?(?:geschickt|verschickt|geschrieben|gesendet)|stamm(?:t|en) (?:das|dies\w*)|nochmals? (?:hier )?meine|hebben jullie dit|is (?:deze|die) (?:mail|e-?mail|bericht) (?:van|echt)|nogmaals mijn|"
    r"(?:mail|message|courriel) vient-il|renvoie (?:mon|ma)|recib(?:í|imos) est[eoa]|reenví[oa] mi|(?:ustedes|usted|vosotros) (?:enviaron|envió|enviasteis|mandaron)|avete (?:inviato|mandato|scritto)|(?:isto|este e-?mail|esta mensagem) é (?:real|verdadeir[oa]|vosso|vossa|uma fraude|spam)|foram vocês|"
    r"är (?:det(?:ta)?|denna|det här) (?:äkta|ni|från er|sant|bluff|spam|phishing)|f(?:ick|ått) (?:det|denna|detta) (?:här )?(?:mejl\w*|mail\w*|meddelande\w*)?|er (?:den(?:ne)?|dette|det) (?:\w+ )?(?:ægte|ekte|jer|dere|fra (?:jer|dere)|svindel|spam)|"
    r"f(?:å|i)(?:et|kk|tt) (?:den(?:ne)?|dette) (?:mail\w*|e-?post\w*|besked\w*|melding\w*)|onko (?:tämä|se) (?:aito|oikea|totta|teiltä|huijaus\w*)|sain (?:tämän|tällaisen|seuraavan) (?:viesti\w*|sähköposti\w*|meili\w*)|czy (?:to|ta wiadomość)(?: jest)? (?:prawdziw\w*|od (?:was|państwa)|oszustwo)|(?:dosta|otrzyma)ł[ae]m (?:tak[ąi]|t[ęe]) (?:wiadomość|mail\w*)|"
    r"je (?:to|tato|táto|tento)(?: \w+)? (?:prav[éáý]|od vás|podvod|skutečn\w*|skutočn\w*)|přišel mi|přišla mi|prišiel mi|prišla mi|dosta[ln]a? jsem t\w+|ez (?:valódi|igazi|önöktől|tőletek|átverés)|ezt a (?:levelet|üzenetet|e-?mailt)|önök küldték|"
    r"este (?:real|adevărat|fals)\w*|am primit (?:acest |următorul )?(?:mesaj\w*|e-?mail\w*|mail\w*)|είναι (?:αληθινό|γνήσιο|απάτη|δικό σας)|έλαβα (?:αυτό|το παρακάτω|αυτήν)|истинско ли|получих (?:това|този|такъв|такова) (?:писмо|имейл|съобщение)|це (?:справжн\w*|від вас|шахрайство)|отрима(?:в|ла|ли) (?:\w+ )?(?:лист\w*|повідомлення)|"
    r"это (?:правда|настоящ\w*|от вас|вы|мошенни\w*|спам)|(?:получил[аи]?|пришло|пришел|пришёл) (?:\w+ )?(?:письмо|сообщение|мейл|e-?mail)|bu (?:gerçek|sizden|doğru|dolandır\w*)|bu (?:e-?posta\w*|mail\w*|mesaj\w*) (?:\w+ )?(?:aldım|geldi)|bunu siz|"
    r"ar tai (?:tikra\w*|jūsų)|gavau (?:šį|tokį) (?:laišk\w*|el)|vai (?:tas|šis) ir (?:īst\w*|no jums|krāp\w*)|saņēmu (?:šo|šādu) (?:e-?past\w*|vēstul\w*|ziņ\w*)|kas see on (?:ehtne|päris|teilt|pettus)|sain (?:sellise|selle) (?:e-?kirja|kirja|meili|sõnumi)|(?:je li|da li je) ov[oa] (?:stvarn\w*|istin\w*|prav[oa]|od vas|prevara)|dobi(?:o|la) sam ov\w* (?:mail|e-?mail|poruk\w*)|je (?:to|tole) (?:pristno|res)|prejela? sem t\w* (?:sporočilo|e-?pošto|mail)|да ли је ово (?:стварно|истина|право|од вас|превара)|доби(?:о|ла) сам ов\w* (?:мејл|поруку)|"
    r"(?:cái|thư|email|tin) này (?:(?:có|là) )?(?:thật|phải|của|gì|lừa)|nhận được (?:thư|email|tin)|apakah (?:ini|email ini) (?:asli|benar|dari|penipuan|sah)|(?:saya )?(?:menerima|mendapat|terima) (?:email|e-?mel|pesan|mesej) ini|adakah ini (?:benar|sah|dari|tulen))\b|"
    r"これは(?:本物|御社|そちら|何)|(?:この|こんな|このような)(?:メール|メッセージ)[がはを]|이거 (?:진짜|뭔|뭐|사기|스팸)|이런 (?:메일|이메일|문자)|이 (?:메일|이메일)|这是(?:真|你们|您|什么|诈骗)|這是(?:真|你們|您|什麼|詐騙)|收到(?:了)?(?:这|這|此|一)?封?(?:邮件|郵件|信)|"
    r"هل (?:هذه|هذا) (?:الرسالة|البريد|الإيميل|حقيقي|منكم|صحيح|احتيال)|(?:وصلت|تلقيت|استلمت)\w* (?:هذه|هذا) (?:الرسالة|البريد|الإيميل)|האם (?:זה|זאת|ההודעה) (?:אמיתי|מכם|הונאה|ספאם)|(?:קיבלתי|קבלתי|הגיעה?) (?:\w+ )?ה?(?:מייל|הודעה)|آیا این (?:واقعی|ایمیل|پیام|از طرف|کلاهبرداری)|این (?:ایمیل|پیام)|क्या (?:यह|ये) (?:असली|सच|सही|आप|ईमेल|धोखा)|यह (?:ईमेल|संदेश|मेल)|ของจริง|(?:ได้รับ)?อีเมล(?:นี้|ฉบับนี้)",
    re.IGNORECASE,
)
"""What people say who show a mail to somebody; a reply may say it too."""
_OTHERS_WORDS = lazy_pattern(
    r"\b(?:(?:our|my|a|this|that|the) (?:\w+ )?(?:customer|client|supplier|vendor|tenant|guest|patient|end[- ]user|user|landlord|dealer|reseller)(?:['’]s|s['’]?)? "
    r"(?:(?:has|have|just|also|again|now) )*(?:sent|wrote|writes|asks?|asked|says?|said|reports?|reported|complain\w*|contacted|e-?mail\w*|mail\w*|messaged?|request\w*|complaint|question|inquiry|enquiry|reply|response|below)|"
    r"(?:can|could|will|would) (?:you|someone|somebody|anyone) (?:please )?(?:help|answer|assist|contact|reply to|respond to|call) (?:him|her|them|(?:this|that|our|my|the) (?:customer|client|user|lady|gentleman|person|guest|tenant)(?! (?:service|support|care)))|"
    r"please (?:take over|advise(?=\W*(?:\n|\Z)))|(?:here|attached|enclosed|below)(?: is|['’]s| are)? (?:the|my|our|your|their) (?:\w+ )?(?:confirmation|e-?mail|mail|message|conversation|correspondence|thread)|(?:here|attached|below) is (?:the|their|his|her) (?:reply|response|answer)|"
    r"(?:unser|mein|ein|der|die|dieser|diese)\w* (?:\w+ )?(?:kund|lieferant|mieter|gast|patient|händler|nutzer|anwender)(?:e|in|en|innen)? (?:(?:hat|haben) (?:\w+ ){0,4}(?:geschrieben|geschickt|gemailt|gefragt|gemeldet)|schreibt|schrieb|fragt|bittet|meldet|beschwert|sagt|möchte|teilt)|"
    r"(?:mail|nachricht|anfrage|beschwerde|antwort|schreiben|frage) (?:unsere\w|eine\w|meine\w|der|des|von unsere\w|vom) (?:\w+ )?(?:kund|lieferant|mieter|gast|händler)\w*|"
    r"(?:das|dies|diese\w*|den fall|die sache|die anfrage) (?:bitte |mal |hier )*(?:übernehmen|bearbeiten|beantworten|erledigen)|(?:hier|anbei|nachfolgend) (?:ist |sind |noch |noch mal |nochmal )?(?:die|der|das|meine|unsere|eure|ihre) (?:\w+ )?(?:bestätigung|e-?mail|mail|nachricht|"
    r"konversation|korrespondenz|verlauf|mailverkehr|schriftverkehr)|"
    r"(?:onze|mijn|een|de|deze) (?:\w+ )?(?:klant|leverancier|huurder|gast|gebruiker)(?:en|s)? (?:heeft (?:\w+ ){0,4}(?:geschreven|gestuurd|gemaild|gevraagd|gemeld)|schrijft|schreef|vraagt|meldt|mailde|klaagt|zegt|wil)|(?:mail|bericht|vraag|klacht|verzoek) van (?:onze|een|mijn|de) (?:\w+ )?(?:klant|leverancier)|"
    r"(?:kunnen|kunt|kun|willen|wilt|wil) (?:jullie|u|je) (?:dit|deze|hem|haar) (?:\w+ ){0,2}(?:oppakken|behandelen|afhandelen|beantwoorden|overnemen|helpen)|(?:hierbij|hier) (?:is )?(?:de|het|mijn|onze) (?:bevestiging|mail|e-?mail|bericht|antwoord|correspondentie)|"
    r"(?:notre|mon|un|une|le|la|ce|cette) (?:client|cliente|fournisseur|locataire) (?:nous |m['’]?\s?)?(?:a (?:écrit|envoyé|demandé|signalé)|écrit|demande|signale|se plaint|dit|souhaite)|(?:message|mail|courriel|demande|réclamation) (?:de notre|de mon|d['’]un|d['’]une|du|de la) (?:client|cliente|fournisseur)|"
    r"(?:pouvez|peux|pourriez|pourrais)-(?:vous|tu) (?:\w+ )?(?:traiter|gérer|prendre en charge|répondre à) (?:ce|cette|cela|ça|ceci)|voici (?:la|le|ma|mon|notre|votre) (?:confirmation|mail|e-?mail|courriel|message|réponse|échange)|"
    r"(?:nuestro|nuestra|mi|un|una|el|la|este|esta) (?:cliente|clienta|proveedor|inquilino) (?:nos |me |se )*(?:ha (?:escrito|enviado|preguntado|pedido)|escrib\w*|pregunt\w*|pide|dice|comunica|inform\w*|quej\w*)|(?:correo|mensaje|consulta|queja) de (?:nuestr[oa]|un|una|mi) (?:cliente|clienta|proveedor)|"
    r"(?:podéis|pueden|puede|puedes|podrían|podría) (?:\w+ )?(?:gestionar|tramitar|atender|responder a) (?:esto|este|esta)|aquí (?:está|tiene[ns]?|va) (?:la|el|mi|nuestra) (?:confirmación|correo|mensaje|respuesta)|"
    r"(?:il nostro|la nostra|un|una|il|questo) (?:cliente|fornitore) (?:ci |mi )*(?:ha (?:scritto|inviato|chiesto|segnalato)|scrive|chiede|dice|segnala|lamenta)|(?:potete|puoi|può|potreste) (?:\w+ )?(?:gestire|occuparvi|occuparti|prendere in carico|rispondere a) \w+|ecco (?:la|il|mia|la mia) (?:conferma|mail|e-?mail|messaggio|risposta)|"
    r"(?:o nosso|a nossa|nosso|nossa|um|uma|o|a|este) (?:cliente|fornecedor) (?:nos )?(?:escreveu|escreve|pergunta|pede|diz|relata|reclam\w*|enviou)|(?:podem|pode|poderiam) (?:\w+ )?(?:tratar|atender|responder a) (?:d?isto|d?isso|este|esta|deste|desta)|segue (?:a|o|minha) (?:confirmação|e-?mail|mensagem|resposta)|"
    r"nasz\w* (?:klient|dostawc)\w* (?:\w+ )?(?:pisze|pyta|prosi|zgłasza|napisał\w*|otrzymał\w*)|(?:wiadomość|mail|pytanie|reklamacja) od (?:naszego |naszej )?klient\w*|"
    r"(?:vår|en|vores|vår) (?:kund|kunde)\w* (?:skriver|frågar|spørger|spør|melder)|asiakkaamme (?:kysyy|kirjoittaa|ilmoittaa)|asiakkaan viesti|náš (?:zákazník|klient) (?:píše|ptá|žádá)|"
    r"наш\w* (?:клиент|покупател|поставщик)\w* (?:\w+ )?(?:пишет|спрашивает|просит|сообщает|написал\w*|прислал\w*)|(?:письмо|сообщение|обращение|запрос) (?:от )?(?:нашего )?клиента|müşterimiz\w* (?:yazdı|soruyor|bildirdi|gönderdi))\b|"
    r"お客様(?:より|から)|顧客(?:より|から)|客户(?:来信|来邮|发来|反馈|的邮件|问)|客戶(?:來信|來郵|發來|反映|的郵件|問)|고객(?:님)?(?:이|께서|으로부터|의) (?:보낸|문의|메일)|عميلنا|رسالة من (?:العميل|عميل)|הלקוח (?:שלנו )?(?:כתב|שואל|שלח)",
    re.IGNORECASE,
)
"""What people say who pass on what somebody else wrote, a customer of theirs or a supplier."""
_FORM = lazy_pattern(
    r"\b(?:contact ?form|web ?form|form submission|submitted|kontaktformular|kontaktanfrage|contact request|web request|formular|contactformulier|formulier|formulaire|formulario|modulo|formulário|kontaktformulär|"
    r"formularz|formulář|форм[аыу]|iletişim formu|new (?:message|inquiry|enquiry|lead|submission)|you (?:have )?(?:got|received) a (?:\w+ )?(?:message|inquiry|enquiry|request)|neue (?:anfrage|nachricht)|nieuw (?:bericht|aanvraag)|nouveau message|nouvelle demande|"
    r"nuevo mensaje|nueva consulta|nuov[oa] (?:messaggio|richiesta)|nova (?:mensagem|solicitação)|nytt meddelande|ny besked|nowa wiadomość|nová zpráva|новое сообщение)\b|フォーム|表单|表單",
    re.IGNORECASE,
)


def points_below(text: str) -> bool:
    """Tell whether a text says that something of one's own stands below: "see my answers in red"."""
    return _POINTING.search(text) is not None or _OWN_ANSWERS.search(text) is not None


def is_marked_answer(text: str) -> bool:
    """Tell whether a line begins as people begin an answer between the lines: with their name in brackets, or an arrow."""
    return _MARKED_ANSWER.match(text) is not None


def answers_on_the_line(text: str) -> bool:
    """Tell whether an arrow leads from a question to what looks like its answer."""
    return _ANSWER_ON_THE_LINE.search(text) is not None


def passes_on(text: str) -> bool:
    """Tell whether a text presents what follows as its content: "FYI", or a form's notice."""
    return any(pattern.search(text) is not None for pattern in (_PASSING_ON, _OTHERS_WORDS, _FORM))


def shows_a_mail(text: str) -> bool:
    """Tell whether a text asks about a mail as a whole, one's own or a stranger's: "is this real?", "I send my mail again"."""
    return _SHOWING.search(text) is not None
