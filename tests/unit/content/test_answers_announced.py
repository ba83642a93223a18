"""What people write above an old mail that says that their own words, or what they show, stand inside of it: in many languages.

Outlook marks nothing in what it quotes, so these words alone tell an answer between the lines from a reply above them.
"""

import pytest
from tests.helpers.mail_corpus import words_of

from deskhand.content.quotes import divide, divide_plain
from deskhand.content.sanitize import sanitize

ANSWERED_INSIDE = """\
en Please find my answers under each of your questions.|I have replied to your questions underneath.|See my comments in the body of your mail.|Answers next to your questions.|I filled in the form below.
de Meine Antworten stehen direkt unter den Fragen.|Ich habe unten geantwortet.|Antworten in Ihrer Mail.|Siehe meine Anmerkungen in der Mail unten.|Ich habe Ihre Fragen in Rot beantwortet.
nl Ik heb je vragen hieronder beantwoord.|Mijn antwoorden staan in je mail.
fr J'ai répondu à vos questions ci-dessous.|Mes réponses sont en rouge.|Réponses dans le texte.
es Respondo a sus preguntas más abajo.|Mis respuestas van en rojo.|Le contesto debajo de cada pregunta.
it Le rispondo sotto ogni domanda.|Le mie risposte in rosso.|Rispondo in linea.
pt Respondo abaixo.|As minhas respostas estão a vermelho.|Seguem as respostas abaixo.
sv Mina svar finns nedan.|Jag har svarat i ditt mejl.|Svar i rött.
da Mine svar står nedenfor.|Svar med rødt.
no Svarene mine står nedenfor.|Svar i rødt.
fi Vastaukset alla.|Vastasin punaisella.
pl Odpowiedzi poniżej.|Odpowiedziałem na czerwono.
cs Odpovědi najdete níže.|Odpovídám pod jednotlivé otázky.|Moje odpovědi jsou červeně.
sk Odpovede nájdete nižšie.|Odpovedám červenou.|Moje odpovede sú dole.
hu A válaszaim lentebb olvashatók.|Pirossal válaszoltam.|Válaszaim a kérdések alatt.
ro Am răspuns mai jos.|Răspunsurile sunt cu roșu.
el Οι απαντήσεις μου είναι παρακάτω.|Απάντησα με κόκκινα γράμματα.|Δείτε τις απαντήσεις πιο κάτω.
bg Отговорите ми са по-долу.|Отговорих с червено.
uk Мої відповіді нижче.|Відповів червоним.
ru Мои ответы ниже.|Ответил красным.
sr Одговори су испод.|Odgovori su ispod.|Odgovorio sam crvenom bojom.|Моји одговори су доле.
hr Odgovori su niže.|Odgovori su u nastavku.|Moji odgovori su crvenom bojom.
sl Odgovori so spodaj.|Moji odgovori so v rdeči barvi.
tr Cevaplarım aşağıda.|Kırmızı ile cevapladım.
ar إجاباتي أدناه.|أجبت باللون الأحمر.|الردود في الأسفل.|انظر الإجابات تحت كل سؤال.
he התשובות שלי למטה.|עניתי באדום.|התשובות בגוף המייל.
fa پاسخ‌های من در زیر آمده است.|جواب‌ها با رنگ قرمز است.|پاسخ‌ها را در پایین ببینید.
ur میرے جوابات نیچے ہیں۔|جوابات سرخ رنگ میں ہیں۔
hi मेरे उत्तर नीचे हैं।|मैंने लाल रंग में जवाब दिए हैं।|जवाब नीचे देखें।
bn আমার উত্তর নিচে দেখুন।|উত্তর লাল রঙে।
th คำตอบอยู่ด้านล่างค่ะ|ตอบด้วยตัวสีแดง|ดูคำตอบข้างล่าง
vi Câu trả lời của tôi ở bên dưới.|Tôi trả lời bằng màu đỏ.|Xem trả lời phía dưới nhé.
id Jawaban saya di bawah.|Saya jawab dengan warna merah.|Lihat jawaban saya berikut ini.
ms Jawapan saya di bawah.|Saya jawab dengan warna merah.
ja 下記に回答しました。|回答は赤字です。|文中に返信します。|以下の通り回答いたします。
ko 아래에 답변 드립니다.|빨간색으로 답했습니다.|답변은 아래에 있습니다.|본문에 답변 적었습니다.
zh 我的回复在下面。|回复见红字。|请见下方答复。|答案用红色标出。
zh-tw 我的回覆在下面。|回覆請見紅字。
lt Mano atsakymai žemiau.|Atsakiau raudonai.
lv Manas atbildes zemāk.|Atbildēju ar sarkanu.
et Minu vastused on allpool.|Vastasin punasega.
ca Les meves respostes són a sota.|Responc més avall.|Respostes en vermell.
is Svörin mín eru hér að neðan.|Ég svaraði með rauðu.
af My antwoorde is hieronder.|Ek het in rooi geantwoord.
fil Nasa ibaba ang mga sagot ko.|Sinagot ko nang kulay pula.
sw Majibu yangu yako hapa chini.
ka ჩემი პასუხები ქვემოთაა.
eu Nire erantzunak behean daude.
"""
PASSED_ON = """\
en FYI|For your information.|Please see the mail from our supplier below.|Passing this on to you.|Can you deal with this one?
de Zur Info|Zu Ihrer Kenntnis.|Ich leite Ihnen das weiter.|Leite das mal weiter.|Bitte übernehmen.
nl Ter info|Ik stuur dit even door.|Zie mail van de leverancier hieronder.
fr Pour info|Je vous transfère ce message.|Je vous fais suivre ceci.|Pour votre information.
es Para su información.|Le reenvío esto.|Te paso este correo.
it Per conoscenza.|Le inoltro questa mail.|Per vostra informazione.|Giro la mail.
pt Para sua informação.|Encaminho este email.|Reencaminho para vosso conhecimento.|Para conhecimento.
sv För kännedom.|Vidarebefordrar detta.|Skickar vidare detta.
da Til orientering.|Jeg videresender lige denne.|Til info.
no Til orientering.|Videresender denne.|Til info.
fi Tiedoksi.|Välitän tämän eteenpäin.
pl Do wiadomości.|Przesyłam dalej.|Przekazuję wiadomość.
cs Pro informaci.|Přeposílám.|Na vědomí.
sk Preposielam.|Na vedomie.|Pre informáciu.
hu Tájékoztatásul.|Továbbítom a levelet.|Továbbküldöm.|Szíves tájékoztatásul.
ro Spre informare.|Vă redirecționez mesajul.|Vă trimit mai departe.
el Προς ενημέρωση.|Σας προωθώ το μήνυμα.
bg За информация.|Препращам ви писмото.|За сведение.
uk До відома.|Пересилаю вам лист.|Для інформації.
ru Для информации.|Пересылаю.|К сведению.|Перенаправляю вам письмо.
sr За информацију.|Prosleđujem.|Прослеђујем.
hr Za informaciju.|Prosljeđujem.|Na znanje.
sl V vednost.|Posredujem vam sporočilo.
tr Bilginize.|Bilgilerinize sunarım.|İletiyorum.|Yönlendiriyorum.
ar للعلم.|للاطلاع.|أحيل إليكم هذه الرسالة.|أعيد توجيه الرسالة.
he לידיעתך.|לידיעתכם.|מעביר אליכם.
fa جهت اطلاع.|این پیام را ارجاع می‌دهم.
ur برائے اطلاع۔
hi आपकी जानकारी के लिए।|अग्रेषित कर रहा हूँ।
th เพื่อทราบ|ส่งต่อให้ค่ะ
vi Để bạn biết.|Tôi chuyển tiếp thư này.|Để tham khảo.
id Untuk diketahui.|Saya teruskan email ini.|Sebagai informasi.
ms Untuk makluman.|Saya majukan e-mel ini.
ja ご参考まで。|転送します。|ご共有まで。|ご参考までに転送いたします。
ko 참고하세요.|전달드립니다.|참고 바랍니다.|공유드립니다.
zh 供参考。|转发给您。|请知悉。|仅供参考。|请查阅。
zh-tw 供參考。|轉寄給您。|請知悉。
lt Jūsų žiniai.|Persiunčiu.
lv Jūsu zināšanai.|Pārsūtu.
et Teadmiseks.|Edastan.
ca Per a la vostra informació.|Us reenvio això.
is Til upplýsinga.|Áframsendi þetta.
"""
SHOWN = """\
en Is this real?|I received this mail, is it from you?|Did you send this?|Is this legitimate?|I am sending my email again.|What is this?|Got this today.
de Ist das echt?|Haben Sie das geschickt?|Ist diese Mail von Ihnen?|Ich habe diese Mail bekommen.|Stammt diese Nachricht von euch?|Was ist das?|Hier nochmal meine Mail.
nl Is dit echt?|Hebben jullie dit gestuurd?|Is deze mail van jullie?|Hier nogmaals mijn mail.
fr Est-ce un vrai message ?|J'ai reçu ce mail.|Ce mail vient-il de vous ?|Je renvoie mon message.
es ¿Es real este correo?|Recibí este correo.|¿Ustedes enviaron esto?|Reenvío mi correo.
it È vero questo messaggio?|Ho ricevuto questa mail.|Avete inviato voi questo?
pt Isto é verdadeiro?|Recebi este email.|Foram vocês que enviaram isto?
sv Är detta äkta?|Fick det här mejlet.|Är det ni som skickat detta?
da Er denne ægte?|Jeg har fået denne mail.|Er det jer, der har sendt den?
no Er denne ekte?|Fikk denne e-posten.
fi Onko tämä aito?|Sain tämän viestin.
pl Czy to prawdziwe?|Dostałem taką wiadomość.|Czy to od was?
cs Je to pravé?|Přišel mi tento e-mail.|Je to od vás?
sk Je to pravé?|Prišiel mi tento e-mail.
hu Ez valódi?|Ezt a levelet kaptam.|Önök küldték ezt?
ro Este real?|Am primit acest mesaj.
el Είναι αληθινό αυτό;|Έλαβα αυτό το μήνυμα.
bg Това истинско ли е?|Получих това писмо.
uk Це справжнє?|Отримав такого листа.
ru Это правда от вас?|Получил такое письмо.|Это вы отправили?
tr Bu gerçek mi?|Bu e-postayı aldım.|Bunu siz mi gönderdiniz?
ar هل هذه الرسالة حقيقية؟|وصلتني هذه الرسالة.
he האם זה אמיתי?|קיבלתי את המייל הזה.
fa آیا این واقعی است؟|این ایمیل را دریافت کردم.
hi क्या यह असली है?|मुझे यह ईमेल मिला।
th อันนี้ของจริงไหมคะ|ได้รับอีเมลนี้
vi Cái này có thật không?|Tôi nhận được thư này.
id Apakah ini asli?|Saya menerima email ini.
ja これは本物ですか?|このメールが届きました。
ko 이거 진짜인가요?|이런 메일을 받았습니다.
zh 这是真的吗?|收到这封邮件。|这是你们发的吗?
lt Ar tai tikra?|Gavau šį laišką.
et Kas see on ehtne?|Sain sellise kirja.
hr Je li ovo stvarno?|Dobio sam ovaj mail.
sl Je to pristno?|Prejel sem to sporočilo.
"""
ORDINARY = """\
en Yes, please send it to my new address.|The lid is broken, I want my money back.|When will it arrive?|I received the parcel, thank you.|What is the price of this one?|Can you handle the return?
de Ja, bitte schicken Sie es an die neue Anschrift.|Der Deckel ist kaputt, ich möchte mein Geld zurück.|Wann kommt das Paket an?|Das Paket ist angekommen, danke.|Das ist mir zu teuer, was kostet der kleine?|Bitte kümmern Sie sich um die Rücksendung.|Unter der Nummer ist niemand erreichbar.
nl Ja graag, naar het nieuwe adres.|Het deksel is kapot, ik wil mijn geld terug.|Wanneer komt het pakket?|Is dit deksel ook in rood leverbaar?|Ik heb het pakket gekregen, bedankt.
fr Oui, merci de l'envoyer à la nouvelle adresse.|Le couvercle est cassé, je veux être remboursé.|Quand arrive le colis ?|J'ai bien reçu le colis, merci.|Est-ce que le rouge est disponible ?
es Sí, por favor envíenlo a la nueva dirección.|La tapa está rota, quiero mi dinero.|¿Cuándo llega el paquete?|Recibí el paquete, gracias.|¿La tienen en rojo?
it Sì, grazie, al nuovo indirizzo.|Il coperchio è rotto, voglio un rimborso.|Quando arriva il pacco?|Ho ricevuto il pacco.
pt Sim, por favor, para a nova morada.|A tampa está partida, quero o dinheiro.|Quando chega a encomenda?|Recebi a encomenda.
sv Ja tack, till den nya adressen.|Locket är trasigt.|När kommer paketet?|Jag har fått paketet, tack.
da Ja tak, til den nye adresse.|Låget er i stykker.|Hvornår kommer pakken?|Jeg har fået pakken.
no Ja takk, til den nye adressen.|Lokket er ødelagt.|Når kommer pakken?|Jeg har fått pakken.
fi Kyllä kiitos, uuteen osoitteeseen.|Kansi on rikki.|Milloin paketti saapuu?|Sain paketin, kiitos.
pl Tak, proszę na nowy adres.|Pokrywka jest zepsuta.|Kiedy przyjdzie paczka?|Dostałem paczkę, dziękuję.
cs Ano, prosím na novou adresu.|Víko je rozbité, chci peníze zpět.|Kdy dorazí balík?|Balík jsem dostal, děkuji.
sk Áno, prosím na novú adresu.|Veko je rozbité.|Kedy príde balík?|Balík som dostal.
hu Igen, kérem, az új címre.|A fedél törött, a pénzemet kérem.|Mikor érkezik a csomag?|A csomagot megkaptam.
ro Da, vă rog, la noua adresă.|Capacul este spart.|Când ajunge coletul?|Am primit coletul, mulțumesc.
el Ναι, στη νέα διεύθυνση παρακαλώ.|Το καπάκι είναι σπασμένο.|Πότε θα έρθει το δέμα;|Έλαβα το δέμα.
bg Да, на новия адрес, моля.|Капакът е счупен.|Кога пристига пратката?|Получих пратката.
uk Так, на нову адресу.|Кришка зламана.|Коли прибуде посилка?|Отримав посилку, дякую.
ru Да, на новый адрес, пожалуйста.|Крышка сломана, верните деньги.|Когда придёт посылка?|Получил посылку, спасибо.|Получил эту крышку, она не та.
sr Да, на нову адресу, молим.|Поклопац је сломљен.|Kada stiže paket?|Dobio sam paket.
hr Da, na novu adresu.|Poklopac je slomljen.|Dobio sam paket.|Kada stiže?
sl Da, na nov naslov.|Pokrov je zlomljen.|Paket sem prejel.
tr Evet, yeni adrese lütfen.|Kapak kırık, paramı istiyorum.|Kargo ne zaman gelir?|Paketi aldım.|Mavi olanı istiyorum.
ar نعم، إلى العنوان الجديد من فضلكم.|الغطاء مكسور وأريد استرداد المال.|متى يصل الطرد؟|هل هذا متوفر باللون الأزرق؟|وصلتني الشحنة.
he כן, לכתובת החדשה בבקשה.|המכסה שבור.|מתי החבילה תגיע?|קיבלתי את החבילה.
fa بله، به نشانی تازه.|درپوش شکسته است.|بسته کی می‌رسد؟|بسته را دریافت کردم.
ur جی ہاں، نئے پتے پر۔|ڈھکن ٹوٹا ہوا ہے۔
hi हाँ, नए पते पर भेजें।|ढक्कन टूटा है।|पार्सल कब आएगा?|पार्सल मिल गया।
bn হ্যাঁ, নতুন ঠিকানায়।|ঢাকনা ভাঙা।
th ส่งที่อยู่ใหม่เลยค่ะ|ฝาแตกค่ะ ขอเงินคืน|ของจะถึงเมื่อไหร่คะ|ได้รับของแล้วค่ะ
vi Vâng, gửi đến địa chỉ mới.|Nắp bị vỡ, tôi muốn hoàn tiền.|Khi nào hàng đến?|Tôi đã nhận được hàng.|Cái này bị hỏng.|Xin trả lời trong vòng dưới 24 giờ.
id Ya, ke alamat baru.|Tutupnya rusak.|Kapan paketnya tiba?|Paket sudah saya terima.|Terus kapan dikirim?
ms Ya, ke alamat baharu.|Penutup rosak.
ja はい、新しい住所へお願いします。|蓋が壊れています。返金してください。|いつ届きますか。|荷物を受け取りました。
ko 네, 새 주소로 보내 주세요.|뚜껑이 깨졌어요. 환불해 주세요.|언제 도착하나요?|이거 반품하고 싶어요.|택배 받았습니다.
zh 好的,请寄到新地址。|盖子坏了,我要退款。|什么时候到?|收到了,谢谢。|这是我的新地址:上海|收到一个坏的盖子。
zh-tw 好的,請寄到新地址。|蓋子壞了。
lt Taip, nauju adresu.|Dangtis sulūžęs.|Kada atvyks siunta?
lv Jā, uz jauno adresi.|Vāks ir saplīsis.
et Jah, uuele aadressile.|Kaas on katki.|Sain paki kätte.|Kas see on olemas?
ca Sí, a la nova adreça.|La tapa està trencada.
is Já takk, á nýja heimilisfangið.
af Ja, na die nuwe adres.
fil Oo, sa bagong address po.
sw Ndiyo, kwa anwani mpya.
ka კი, ახალ მისამართზე.
eu Bai, helbide berrira.
"""

_OLD_MAIL = """<div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal">\
<b>From:</b> Bob Vance &lt;bob@shop.example&gt;<br><b>Sent:</b> Monday, March 3, 2025 10:00 AM<br>\
<b>To:</b> Ann Lee &lt;ann@home.example&gt;<br><b>Subject:</b> Lid</p></div>\
<p class="MsoNormal">Which size do you have</p><p class="MsoNormal">30 cm in green</p>"""
_OLD_TEXT = """From: Bob Vance <bob@shop.example>
Sent: Monday, March 3, 2025 10:00 AM
To: Ann Lee <ann@home.example>
Subject: Lid

Which size do you have
30 cm in green
"""


def _said(table: str) -> list[str]:
    return [text for line in table.splitlines() for text in line.partition(" ")[2].split("|")]


def _folded(text: str) -> str:
    sanitized = sanitize(f'<div class="WordSection1"><p class="MsoNormal">{text}</p>{_OLD_MAIL}</div>')
    return words_of(divide(sanitized.html).quoted)


@pytest.mark.parametrize("text", [*_said(ANSWERED_INSIDE), *_said(PASSED_ON), *_said(SHOWN)])
def test_an_old_mail_stays_in_sight_below_words_that_speak_of_it(text: str):
    assert _folded(text) == ""
    assert divide_plain(f"{text}\n\n{_OLD_TEXT}").quoted is None


@pytest.mark.parametrize("text", _said(ORDINARY))
def test_an_old_mail_is_folded_away_below_an_ordinary_reply(text: str):
    assert _folded(text).endswith("30 cm in green")
    assert (divide_plain(f"{text}\n\n{_OLD_TEXT}").quoted or "").endswith("30 cm in green")
