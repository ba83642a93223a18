"""Given names that are known as such: of Europe, the Americas, the Near East and India, without accents in Latin script.

Written down here because nothing else tells a person from a firm: "Coca Cola", "Customer Care" and "Tanaka Hiroshi" are written as
"Jane Doe" is. Left out are names that stand as often for a family, a town or a thing.
"""

from typing import Final

_ENGLISH: Final = """
aaron abby abigail abraham ada adam adele adrian adriana agatha agnes aidan aileen alan alana alastair albert alec
alexa alexander alexandra alexis alfie alfred alice alicia alison allison alyssa amanda amelia amy andrea andrew andy
angela angelina angie angus anita ann anna annabel annabelle anne annette annie anthony antonia archie ariana arnold
arthur ashley audrey barbara barry beatrice becky belinda ben benedict benjamin bernadette bernard bernice bert beth
bethany betty beverley beverly bianca billy bob bobby bonnie brad bradley brandon brenda brendan brian briana bridget
brittany bruce bryan caitlin calvin cameron camilla candice cara carl carla carmen carol carole carolina caroline
carolyn carrie casey cassandra catherine cathy cecilia cecily chad charles charlie charlotte cheryl chloe chris
chrissy christian christina christine christopher cindy claire clara clarence claudia clifford clive colin colleen
connie connor constance cora corey courtney craig curtis cynthia damian damon dan dana daniel danielle danny daphne
darlene darren dave david deanna debbie deborah debra declan deirdre delia denis denise dennis derek desmond diana
diane dianne dinah dominic don donald donna doreen doris dorothy doug douglas duncan dylan eamon eddie edgar edith
edmund edward edwin eileen elaine eleanor elena eli elias elijah elise eliza elizabeth ella ellen ellie elliot elliott
elsa elsie emily emma eoin eric erica erik erika erin ernest esme esther ethan ethel eugene eunice eva evan eve evelyn
evie ezra fay felicia felicity felix fergus finley finn fiona flora frances francesca francine francis frank frankie
fred freddie frederick freya gabriel gabriella gail gareth gary gavin gemma genevieve geoff geoffrey george georgina
gerald geraldine gerard gertrude gilbert gillian gina giselle gladys glen glenda glenn gloria gordon grace graeme
graham greg gregory gretchen gwen gwendolyn hannah harold harriet harry harvey hayley heather hector heidi helen
helena henrietta henry herbert hilary hilda howard hugh hugo ian ida ike imogen ines ingrid irene iris isaac isabel
isabella isabelle isla ivan jack jackie jacob jacqueline jade jake james jamie jan jane janet janice jared jasmine
jason jay jayden jayne jean jeanette jeff jeffrey jemima jen jenna jennifer jenny jeremiah jeremy jerome jerry jess
jesse jessica jessie jill jim jimmy jo joan joann joanna joanne jodie joe joel joey johanna john johnny jon jonah
jonathan joseph josephine josh joshua joyce juan juanita judith judy julia julian juliana julie juliet justin justine
karen karin karl kate katherine kathleen kathryn kathy katie katrina katy kay kayla keith kelly kelsey ken kenneth
kenny kerry kevin kieran kim kimberly kirk kirsten kirsty kristen kristin kristina kristine kurt kyle lara larry laura
lauren laurence lawrence leah leanne lee leigh lena leo leon leona leonard leonie leroy lesley leslie lester lewis
liam lillian lily linda lindsay lindsey lionel lisa liz lloyd logan lois lola lorna lorraine lottie louis louisa
louise lucas lucia lucille lucinda lucy luke lydia lyn lynda lynn lynne mabel mackenzie maddie madeleine maeve maggie
malcolm mandy marc marcel marcia marcus margaret margot maria marian marianne marie marilyn marina mario marion
marjorie mark marlene marsha martha martin martina mary matilda matt matthew maud maureen maurice mavis max maxine
maxwell megan melanie melinda melissa meredith mia michael michaela michelle miguel mike mildred miles millie milly
miranda miriam mitchell moira mollie molly mona monica morgan muriel myra myrtle nadia nancy naomi natalia natalie
natasha nathan nathaniel neil nell nellie nicholas nick nicky nicola nicole nigel nina noah noel nora norma norman
olga oliver olivia ollie oscar owen paige pam pamela patrice patricia patrick patty paul paula pauline peggy penelope
percy perry pete peter petra phil philip philippa phillip phoebe phyllis pippa polly priscilla quentin rachael rachel
ralph ramona randy raymond rebecca reginald rene renee rhona rhonda rhys rich richard rick ricky rita rob robert
roberta robin robyn roderick rodney roger roisin roland ron ronald ronnie rory rosa rosalie rosalind rosanna roseanne
rosemary rosie ross rowan roxanne roy rupert ruth ryan sabrina sadie sally sam samantha samuel sandra sandy sara sarah
sasha saul scarlett scott sean sebastian selena selina seth shane shannon sharon shaun shauna sheila shelley shelly
sheryl shirley sian sidney sienna simon simone sinead siobhan sonia sophia sophie stacey stacy stanley stella
stephanie stephen steve steven stewart stuart sue susan susanna susannah susie suzanne sybil sylvia tabitha tamara
tamsin tania tanya tara tatiana ted terence teresa terry tess tessa thea thelma theo theodore theresa thomas tiffany
tim timothy tina toby todd tom tommy toni tony tracey tracy travis trevor tricia tristan tyler una ursula valerie
vanessa vaughn velma vera verity vernon veronica vicky victor victoria vince vincent viola vivian vivienne wade walter
wanda warren wayne wendy wesley wilfred willa william willie wilma winifred winston xavier yasmin yolanda yvette
yvonne zach zachary zara zoe
"""

_DUTCH_AND_GERMAN: Final = """
achim adelheid adriaan ageeth albrecht alexandra alfons alois alwin andre andreas andries anette angelika angelique
anja anke anneke annelies anneliese annemarie annika anouk ansgar antje antoinette anton antoon arend arie arjan arjen
armin arne arno astrid axel barend bart bas bastiaan bastian beate bengt benno bernd bernhard berthold bettina birgit
birgitta birte bjorn boris bram brigitte britta carsten casper catharina christa christel christiaan christiane
christoph claas claudius coen cor corinna cornelia cornelis corrie daan dagmar daniela detlef detlev diederik dieter
dietmar dietrich dirk doortje dorien dorothea eberhard eckhard edda edeltraud egon ekkehard elfriede elke ellis els
elsbeth emiel emil erhard ernst erwin esmee eugen evelien evert ewald fabian femke ferdinand fieke floor fleur florian
floris frans frauke frederik frieda friederike friedhelm friedrich fritz gabi gabriele geert georg gerda gerhard
gerlinde gerrit gert gertrud gijs gisela gottfried greta gretel grietje guenter guido gunda gunter gunther hanna hanne
hannelore hannes hans harald hartmut hedwig heike heiko heiner heinrich heinz helga hella helmut hendrik henk henning
henriette henrike hermann hermine herta hilde hildegard hiltrud holger horst hubert ilka ilona ilse ines inga inge
ingeborg ingo irma irmgard isolde jaap jacco jacoba jakob janine janneke jannik jannis jasper jelle jens jeroen jesper
jette joachim jochem jochen joep joerg johan johann johannes jolanda jonas joop joost jorg jorge joris jos josef
juergen jurgen jutta kaethe kai karel karla karlheinz karoline karsten kaspar katharina kathe kathrin katja katrin
kees kerstin kilian klaas klara klaus konrad korbinian kristof lambert lars laurens lea leen leendert lena leonhard
leonore lieke lies liesbeth liese lieselotte lieve lisanne lore lothar lotte louis lucas ludger ludwig luisa luise
luitgard lukas luuk maaike maarten mads magda magdalena maik maike malte manfred manuela mareike maren margarete
margarethe margit margreet marianne marieke mariella marielle mariska marit marius marja marjan marjolein markus
marleen marlene marlies martijn martje mathias mathijs mathilde matthias matthijs mattias maurits mechthild meike
meindert meinhard melchior merel mia mieke mirjam mirko mona monika moritz nadine nele nico nicolaas nicole niels
nienke niklas nikolaus nils noor norbert oda olaf ole oliver oskar oswald otto pascal paulien peer petra philipp pia
piet pieter pim quirin raimund rainer ralf raphael regina reiner reinhard reinhold reinier renate rene rens ria rieke
rik rinus roderik roel roelof roland rolf ronja roos rosemarie ruben rudi rudiger rudolf ruediger rutger ruud sabine
sander sandra sanne saskia sebastiaan severin siebe siegfried sieglinde siegrun sigrid silja silke silvia simone sjaak
sjoerd sofie sonja soren stef stefan stefanie steffen steffi sten stijn susanne svea sven svenja swantje sybille sylke
tanja teun teunis thea thekla theodor thijs thora thorben thorsten tibor tijmen til tilman timo tineke tobias toon
torben torsten trudi trudy truus tycho udo ulf uli ulla ulrich ulrike urs ursula ute uwe veit vera verena viktor
viktoria volker volkmar waltraud wenke werner wibke wiebe wiebke wieland wilfried wilhelm wilhelmina wilhelmine wilko
willem willemijn willi winfried wolf wolfgang wout wouter xander yannick yvo zita
"""

_ROMANCE: Final = """
abelardo adela adele adelina adriano agathe agnese agostino agustin aicha alain alba alban alberto aldo alejandra
alejandro alessandra alessandro alessia alessio alfredo alicia alina aline alix alma alphonse alvaro alvise amandine
amedeo amelie amparo ana anabel anais anastasia andre andrea andres angel angelo anibal annalisa anne-laure annick
anselmo antoine antonella antonietta antonino antonio arantxa ariane arianna ariel aristide armand armando arnaud
arsene arturo asuncion aude augusto aurelia aurelie aurelien aurelio aurore axelle baptiste bartolomeo bastien beatrix
beatriz begona benedetta benedetto benedicte beniamino benito benoit berenice bernardo bertrand blanca blandine blas
brice brigida bruna bruno camila camille camilo candela caridad carla carlo carlos carlotta carmela carmelo catalina
caterina cecile celeste celia celine cesar cesare chantal chiara cinzia clarisse clemence clement clementine cloe
clotilde concepcion concetta consuelo coralie corentin corinne cosimo cristian cristiano cristina cristobal cyril
cyrille damien daniela daniele danilo dario davide debora delphine desiree didier diego dino dolores domenico
dominique donatella donato dorotea edoardo edouard eduardo elena eleonora eliana eliane elio elisa elisabeth
elisabetta elodie eloise elvira emanuela emanuele emile emilia emiliano emilie emilio emmanuel emmanuelle enrico
enrique enzo ernesto esteban estela estelle ester etienne eugenia eugenie eugenio eusebio eva-maria evelina fabien
fabienne fabio fabiola fabrice fabrizio fanny faustino federica federico felipe fernanda fernando ferran ferruccio
filippo fiorella firmin flavia flavio florencia florent floriane francesco francisca francisco franck franco francois
francoise frederic frederique gabriela gabriele gabrielle gaelle gaetan gaetano gaspard gaston gauthier gemma gennaro
genoveva georges geraldine gerardo german germana ghislaine giacomo giada gian gianfranco gianluca gianni gianpaolo
gilberto gilda gilles ginevra gino gioia giorgia giorgio giovanna giovanni giulia giuliana giuliano giulio giuseppe
giuseppina gonzalo graciela grazia graziella gregoire gregorio guillaume guillem guillermo gustave gustavo gwenaelle
heloise henri hernan herve hortense hugues humberto ignacio ignazio ilaria imanol immacolata inaki inmaculada irena
irina isaura isidoro itziar ivana ivano ivo jacinto jacques javier jean-claude jeanne jeannine jerome jesus joana joao
joaquim joaquin jocelyne joelle jordi jorge jose josefa josefina josep josette josiane juana jules julien julienne
juliette julio karine laetitia laia lamberto laure laurence laurent lazaro leandro leila leonardo leonor leopoldo
leticia letizia lidia liliana liliane lina lino livia livio loic lorena lorenzo loretta louane luc luca lucas lucette
luciana luciano lucie lucien lucienne lucio lucrezia ludivine ludovic luigi luis luisa luiz mael maelys maeva maite
manolo manon manuel manuela marcela marceline marcella marcello marcelo marco marcos margarida margarita margaux
margherita mariana mariangela mariano marie-claire mariella marilena marina marine marisa marisol marlene marta marthe
martine massimiliano massimo mateo matheus mathieu mathilde mathis matias matilde matteo mattia mauricio maurizio
mauro maxence maxime maximilian maximiliano melisande merce michel michela michele micheline milagros mireia mireille
mirella monique montserrat morgane muriel nadege nadine narcisse natacha nathalie nazareno nerea nestor nicola nicolas
nicole nieves ninon noelia noemi noemie nuno nuria odette odile olivier ornella ottavio pablo paloma paola paolo
pascal pascale pascual patrizia patrizio paulette paulina paulo pedro pepe perrine piero pierre pierrette pietro pilar
placido quentin rafael rafaela raffaele raimondo ramiro ramon raoul raphaelle raquel raul regine remedios remi remy
renato renaud reyes ricardo riccardo rinaldo roberto rocio rodolfo rodolphe rodrigo rogelio roger roland rolando
romain romane romano romeo romina ronan rosalia rosana rosanna rosario rosella ruggero sabina salvatore samira
sandrine sara sarai saverio sebastiano sebastien serena serge sergio severine silvana silvano silvio simona solange
soledad sonia stefania stefano stephane suzette sylvain sylvie teo teodoro teresa theo theodora theophile thibault
thibaut thierry tiago tiziana tiziano tomas tommaso tristan ubaldo ugo umberto valentin valentina valentino valeria
valerie valerio vanesa vera veronique vicente victoire vincenza vincenzo virginie vito vittoria vittorio viviane xavi
ximena yago yann yannick yoann yolande yves zelie zinedine
"""

_NORTH_AND_EAST: Final = """
adela adelina agata agnieszka aino akos aleksandar aleksander aleksandr aleksandra aleksandrs aleksei aleksey aleksi
alena alesia alexandre alexandru alexei alexey alina alla alzbeta anatoly anca anders andras andreea andrei andrej
andrey andris andrius andrzej aneta anete anette angelika aniela anikó annamaria anneli annikki anton antonin ants
antti apostolos arkadiusz artem artur arvid arvo asa aslaug asta athanasios barbora bartek bartlomiej bartosz beata
birger birgit bjarne blanka bo bogdan bogna bohdan bohumil borislav borja borys bozena branko brita bronislaw calin
catalin catalina cecilie cezary ciprian corina cornel costin cristina czeslaw dace dagny dalia dana danuta darek daria
darina dariusz darya david desislava dimitar dimitra dimitri dimitrios dimitris dita dmitri dmitrii dmitriy dmitry
dmytro dominik dominika dorota dragan dragos dusan ebba edit einar eirik ekaterina elin elina eliska elzbieta emese
emilis endre erkki ernesto eszter eva evgeni evgenia evgeniya evgeny ewa ewelina fatma filip filippa florin frantisek
fredrik freja frida gabija galina gheorghe gintaras gitte goran gorazd grazyna grzegorz gudrun gunilla gunnar gustaf
gustav gyorgy gytis hakan halina halyna hana hanka harri hege heikki hele helge helle henna henryk honorata hristo iga
igor iina ileana ilia ilkka ilmari ilya inese inga inger ingrida ioan ioana ioannis ionut irina irmina istvan iulia
ivana ivaylo iveta iwona izabela jaakko jaana jacek jadwiga jana janez janina janis janne janos janusz jari jarmila
jaroslav jaroslaw jasmina jelena jerzy jiri jitka joakim joanna johanne jolanta jon jonas jorgen jorunn josip jovan
jozef juha jukka julianna juraj juris jussi justyna kaarina kacper kaisa kaja kalle kamil kamila karina karolina kasia
kaspars katalin katarina katarzyna katerina kateryna katri katya kazimierz ketil kinga kirill kirsi kjell klaudia
klavs knut konstantin konstantina konstantinos kristaps kristian kristiina kristjan krisztina krystyna krzysztof lasse
laszlo lavinia lech leif lenka leszek lev liisa lilija lina linas linnea liselotte ljubica lubomir lubos lucie lucyna
ludmila lukasz lyubov maciej magdalena magnhild magnus maja maksim maksym maksymilian malgorzata marcela marcin marek
mariana mariia marija marika mariusz mariya marketa markku marko marta marte martins marzena matej mateja mateusz
matti mattias michal michalina mieczyslaw miglena mihaela mihai mihail mihaly mika mikael mikhail mikkel mikko miklos
mikolaj milena mircea mirela mirka miroslav miroslava miroslaw mladen monika morten mykhailo mykola nadezhda nataliia
natalija nataliya natalya neringa nevena nicoleta nikola nikolai nikolaj nikolaos nikolay nikolina nino norbert oana
octavian oddny oksana olav ole oleg oleh oleksandr oleksandra oleksii oleksiy olena olga olha ondrej ossi ove ovidiu
panagiotis pavel pavla pavlo pawel pekka pentti pernille petar peteris petko petr petri petro petteri piotr plamen
preben przemyslaw radek radka radmila radomir radoslav radoslaw radu rafal raimonds raivo rasa rasmus razvan reetta
renata ricards rikke risto robertas roksana roman romana rostislav roza ruslan ruta ryszard samuli sandor sanja sanna
saulius seija sergei sergey sergii serhii serhiy signe sigurd simona siri sirpa slavomir slawomir snezana sofia sofiia
solveig soren sorin spyros stanislav stanislaw stavros stefania stefanos stein stian stina stoyan sune susanna svante
svetlana svetoslav swietlana sylwia szymon tadeusz taina tamas tanel tapio taras tatiana tatyana teodora tereza terhi
tetiana theodoros tiina tiit timea timofey timur todor tomasz tomaz tomislav torbjorn tord tore tormod trond trygve
tuija tuomas tuula ugis ulla uros urszula vaclav vadim vadym valdis valentyna valeri valeriy valters vasil vasile
vasileios vasilis vasily vassilis vasyl veikko vendula vesa vesna vibeke viera viesturs viktoriia viktorija viktoriya
vilma violeta violetta virgil vit vitalii vitaliy vitaly vlad vladimir vladimira vladislav vlasta vojtech volodymyr
vratislav vuk vyacheslav wanda wieslaw wieslawa wiktoria witold wladyslaw wlodzimierz wojciech yana yaroslav yaroslava
yelena yevgeny yevhen yulia yuliia yuliya yuri yuriy yury zbigniew zdenek zdzislaw zeljko zhanna zlata zofia zoltan
zoran zsofia zsuzsanna zuzana zuzanna zygmunt
"""

_NEAR_EAST_INDIA_AFRICA: Final = """
aarav aarti abdullah abena adaeze adebayo aditi aditya ahmad ahmed ahmet aisha aishwarya ajay akash akua amadou amina
aminata amir amit amitabh amna amr ananya anil anisha anjali anjana ankit ankita anush anusha apoorva aravind ariel
arjun arun aruna arya ashok asif asma avi avigail aviv avraham aya ayesha ayla aylin ayman ayse aysegul aziz babak
bahar baran basma bilal bilge burak cem cemal cengiz chidi chinedu chioma dalal deepa deepak deepika defne deniz
devika dilek dina divya ebru efe efua ehsan eitan ekin elham elif emeka emre enes erdem eren erhan esra eyal eyup fadi
faisal farah farhad farid farida faris farrukh farzana fatemeh fatima fatou femi feride funda gamze ganesh gaurav
gauri gita gizem golnaz gopal hadas hadi haifa hala halil halima hamid hamza hana hanan hani hanin haris harish
harpreet haruna hasan hassan hatice hiba hila hilal hind hossein huda huseyin hussein ibrahim idan ifeoma ikram imad
iman imran inbal irem isha ishaan ishita ismail itai jamal jamila javed jaya jyoti kamala kamran karan karim karima
karthik kaveh kavita kavitha kavya kemal kerem keren khadija khaled khalid khalil kiran kofi kostas krishna kumail
kwame lakshmi lamia latifa layla leila lior liron lubna madhavi madhu maha mahdi mahesh mahmoud mahmut mai majid malak
malika manal manish manisha manoj mansour mariam marwa marwan maryam maya mayank meera mehdi mehmet meltem meral merve
meryem mina mohamed mohammad mohammed mohan mona moshe mostafa muhammad mukesh munir murat mustafa nabil nadav nader
nadir naima najat namrata narendra nargis nasrin nasser nawal nazanin neha nermin nesrin ngozi nikhil nilufar nimrod
nisha nitin niv noa noam noga nour noura nurit obinna ofer ofra ohad okan omar omer omid onur oren orhan orly osama
osman ozan ozge ozlem parisa parvin pinar pooja prakash pranav prasad pratik praveen preeti priya priyanka punit
rachid radha rafi raghav rahel rahul raj rajesh rajiv raju rakesh ramesh rami rana rania ranjit rashid rashmi ravi
reem reema rekha reza rivka riya rohan rohit roni rupa saad saeed sahar said saleh salim salma samer sami samir
sandeep sangeeta sanjana sanjay sarita satish savita sawsan seda sedat selim selin serkan seyma shabnam shahid shai
shalini shalom shanti sharmila shashi shilpa shimon shira shirin shiva shlomo shreya shruti siddharth sima simran
sinan sneha soumaya sridhar sudha suhail sujata suleiman sunil sunita suresh sushma swati tal talia tamer tarek tariq
tayfun tolga tomer tugba tuncay tunde uday ufuk ugur uma umar umut usha vandana varun vasanthi vidya vijay vikas
vikram vinay vinod vishal vivek walid yael yahya yair yakov yasemin yash yasin yasmeen yasmine yasser yaw yehuda yigit
yitzhak yosef yossi yousef youssef yusuf yuval zahra zainab zaynab zehra zeynep ziad zineb ziv zohar
"""

_JAPANESE: Final = """
akane akemi akihiko akihiro akiko akira asuka atsuko atsushi ayaka ayako ayumi chieko chihiro chiyoko daiki daisuke
emiko eriko fumiko fumio haruka haruki haruko hideki hideo hiroki hiroko hiromi hiroshi hiroyuki hitomi hitoshi ichiro
isamu jiro junichi junko kaede kaori kaoru kaoruko katsumi katsuo kazuhiko kazuhiro kazuki kazuko kazuo kazuya keiko
keisuke keita kenichi kenji kenta kiyoko kiyoshi koichi koji kumiko kyoko makiko makoto manabu mariko masaaki masahiro
masaki masako masami masao masaru masashi masato mayumi megumi michiko midori mieko miki minako minoru misaki mitsuko
mitsuo miyako momoko mutsumi nanami naoki naoko naomi natsuki natsuko noboru nobuko nobuo noriko osamu reiko rieko
riku ryo ryoko ryota ryuichi saburo sachiko sadako sakiko satoko satoshi sayaka sayuri seiji setsuko shigeru shiho
shinichi shinji shiori shizuka shoji shota shuichi shunsuke sumiko susumu tadashi takahiro takako takashi takayuki
takeo takeshi takumi takuya taro tatsuya tetsuo tetsuya tomoko tomomi tomoya tooru toshiaki toshiko toshio toshiyuki
tsutomu tsuyoshi wataru yasuhiro yasuko yasuo yoichi yoko yoshiaki yoshie yoshiko yoshio yosuke yuichi yuji yuka
yukari yuki yukie yukiko yukio yumi yumiko yuriko yusuke yutaka yuto
"""

_OTHER_SCRIPTS: Final = """
άννα αγγελική αθανάσιος αικατερίνη αλέξανδρος αλεξάνδρα αναστασία ανδρέας αντώνης αντώνιος απόστολος αριστείδης
βασίλειος βασίλης βασιλική γεωργία γεώργιος γιάννης γιώργος γρηγόρης δέσποινα δήμητρα δημήτρης δημήτριος ελένη
ελευθερία ευάγγελος ευαγγελία ευγενία ευτυχία ηλίας θανάσης θεοδώρα θωμάς ιωάννα ιωάννης κατερίνα κυριάκος κωνσταντίνα
κωνσταντίνος κώστας λάμπρος λευτέρης μάριος μαρία μιχάλης μιχαήλ νίκος νικόλαος πέτρος παναγιώτα παναγιώτης παρασκευή
σοφία σπύρος στέλιος στέφανος σταύρος σωτήρης χαράλαμπος χρήστος χριστίνα александр александра алексей алена алина
алла алёна ана анастасия анастасія анатолий андрей андрій анна антон антонина аркадий артем артём богдан богдана
божидар борис вадим валентин валентина валерий валерия варвара василий василиса василь велислава вера вероника виктор
виктория виталий виталина влад владимир владислав володимир вячеслав віктор вікторія віталій галина ганна геннадий
георги георгий григорий григорій даниела даниил данил дарья денис десислава димитър дмитрий дмитро драган евгений
евгения егор екатерина елена елизавета елица жанна захар зинаида зоя ивайло иван ивана игорь илья инна ирина искра
йордан калина карина катерина кирилл кирило константин красимир кристина ксения лариса лев леонид лидия лилия любовь
любомир людмила лідія максим мар'яна маргарита мариана марина мария марк марко марія матвей микола мила милан милена
милица мирослав мирослава михаил михайло надежда надія наталия наталья наталія невена никита никола николай николина
нина оксана олег олександр олександра олексій олена олеся ольга павел павло петр петро пламен полина пётр радослав
раиса роман росица руслан светлана светослав світлана семен семён сергей сергій софия софья софія станислав степан
стефан стоян таисия тамара тарас татьяна теодора тетяна тимофей тимур тодор ульяна федор фёдор христо цветан цветелина
эдуард элина эльвира юлия юлія юрий юрій яна ярослав ярослава євген євгенія ігор ілля ірина јован אבי אביב אביגיל
אברהם אורי אורלי אילן אילנה איתי איתן אלון אליהו אמיר אסף אפרת בנימין גדעון גיל גלית דוד דינה דן דנה דניאל הדס הילה
זאב חיים חנה טל יאיר יגאל יהודה יובל יונתן יוסי יוסף יעל יעקב יצחק ירון כרמית לאה ליאת לירון מאיה מיכאל מיכה מיכל מירב
מרים משה נדב נועה נועם נורית ניר עומר עופר עידו ענת ערן פנינה צבי קרן רבקה רון רונית רועי רות רחל רינת שולמית שי שירה
שירי שלמה שמואל שמעון שרה שרון תום תמר آمنة أحمد أسماء أمل أمين أنس إبراهيم إسماعيل إيمان امیر باسم بدر بسمة بلال جمال
حسن حسين حمید حنان خالد خديجة خليل دعاء دينا رامي رانيا رشيد رضا رنا ريم زهرا زياد زينب سارة سامي سعاد سعيد سلمان سلمى
سمر سمير سميرة شیرین صالح طارق طلال عائشة عادل عامر عباس عبدالله عثمان علي علی عمر فؤاد فاطمة فاطمه فرح فهد فيصل كريم
كمال ليلى لينا ماجد محمد محمود مروان مريم مصطفى منى منير مها مهدی نادر نادية نازنین ناصر نبيل نجلاء نرگس نور نورة هاني
هبة هدى هشام هند وليد ياسر ياسمين ياسين يحيى يوسف پریسا
"""


def known() -> frozenset[str]:
    """Return all of them, in small letters; those in other scripts than Latin still have their accents."""
    scripts = (
        _ENGLISH,
        _DUTCH_AND_GERMAN,
        _ROMANCE,
        _NORTH_AND_EAST,
        _NEAR_EAST_INDIA_AFRICA,
        _JAPANESE,
        _OTHER_SCRIPTS,
    )
    return frozenset(" ".join(scripts).split())
