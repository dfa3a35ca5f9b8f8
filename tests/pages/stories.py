"""The stories that the pages tell: a title, a standfirst, paragraphs; all of our own writing."""

from __future__ import annotations

from typing import NamedTuple


class Story(NamedTuple):
    """What a page tells."""

    title: str
    standfirst: str
    paragraphs: tuple[str, ...]
    language: str = "en"


BRIDGE = Story(
    "Harbour bridge closed after inspectors find cracks",
    "Engineers found two cracks during a routine check; ferries run until the autumn.",
    (
        "The harbour bridge was closed to all traffic on Tuesday after inspectors found two cracks "
        "in a main girder, the city said. It will stay closed for at least five months.",
        "“We could not take the risk,” said the mayor, Ines Halloran. “Nobody can say how fast "
        "such a crack grows.”",
        "The cracks are 12 and 31 centimetres long, according to a report that the city published "
        "on its website. The longer one was not there at the last inspection in March.",
        "Ferries will run every ten minutes from Wednesday. Night buses go round by the tunnel, "
        "which adds about forty minutes to the journey.",
        "A union of lorry drivers said that the city had been warned two years ago. The city did "
        "not answer questions about that on Tuesday evening.",
        "Repairs are expected to cost 14 million. Who pays is open: the state owns the bridge, the "
        "city maintains it, and both say that the other is responsible.",
    ),
)
WELLS = Story(
    "Village wells run dry for the third summer",
    "Farmers blame a bottling plant, the company blames the weather, and nobody has measured.",
    (
        "For the third summer in a row the wells of Oberau have run dry before the harvest. Since "
        "Monday a lorry brings drinking water twice a day.",
        "Farmers say that the bottling plant at the edge of the village pumps more than it is "
        "allowed to. “We hear the pumps at night,” said one of them, who asked not to be named.",
        "The company rejects that. It had taken less water in June than in any month since 2019, a "
        "spokesman said, and blamed two winters almost without snow.",
        "Whether that is so cannot be checked: the meter that the district ordered in 2021 was "
        "never installed. The office in charge said that there had been no money for it.",
        "A hydrologist who knows the valley thinks that both may be right. “You can pump too much "
        "and have too little snow,” she said. “The aquifer does not ask whose fault it is.”",
    ),
)
VOTE = Story(
    "Council votes to reopen the night line by one voice",
    "The tram will run until two in the morning again, for a trial of one year.",
    (
        "The city council voted on Thursday night to let trams run until two in the morning again. "
        "The motion passed by 31 votes to 30, after four hours of debate.",
        "The line had been stopped in 2020 and never came back. Bars and hospitals had both asked "
        "for it: the former for their guests, the latter for their nurses.",
        "“A city that wants to live at night has to get home at night,” said Tomas Reyl, who had "
        "brought in the motion. His opponents called it a present to the bars.",
        "The trial will cost 2.3 million a year, the treasurer said. The money is to come from "
        "parking fees, which rise by thirty cents an hour from January.",
        "One member voted against her own party. She had been a nurse for eleven years, she said, "
        "and had walked home often enough.",
    ),
)
LAB = Story(
    "A sensor the size of a grain of rice listens to the heart",
    "The device has been tried in nine people. Its makers speak of a breakthrough.",
    (
        "Researchers have built a sensor that is small enough to be pushed into an artery through "
        "a needle. It measures the pressure there and needs no battery.",
        "The device was tried in nine people with weak hearts, the team reports. In seven of them "
        "it still worked after six months; in two it had moved and was taken out.",
        "The makers speak of a breakthrough. A cardiologist who was not involved called that “a "
        "large word for a small study”, but said that the idea was sound.",
        "The energy comes from a belt that the patient wears for five minutes a day. Whether people "
        "do that for years is not known, and was not part of the study.",
        "Three of the eleven authors own shares in the company that wants to sell the sensor. The "
        "journal says so at the end of the article, the press release does not.",
    ),
)
FIRE = Story(
    "Fire destroys archive of the old shipyard",
    "Plans of four hundred ships are lost; copies exist of some thirty.",
    (
        "A fire has destroyed the archive of the former shipyard in the night to Sunday. Nobody was "
        "hurt, the fire brigade said.",
        "In the building lay the plans of about four hundred ships, some of them drawn before 1900. "
        "Of some thirty there are copies in the state library.",
        "What started the fire is not known. The police said that they were looking into a faulty "
        "cable, and had no evidence that anyone had set it.",
        "“It is as if somebody had burnt our family albums,” said Grete Holm, whose grandfather "
        "worked in the drawing office for thirty-eight years.",
        "The city had planned to move the archive into a safe building in 2018. The plan was put "
        "off twice, most recently in February, for want of money.",
    ),
)
GERMAN = Story(
    "Hafenbrücke nach Rissen im Träger gesperrt",
    "Prüfer fanden zwei Risse; bis zum Herbst fahren Fähren.",
    (
        "Die Hafenbrücke ist seit Dienstag für jeden Verkehr gesperrt, nachdem Prüfer zwei Risse "
        "in einem Hauptträger gefunden haben. Das teilte die Stadt mit.",
        "„Das Risiko konnten wir nicht eingehen“, sagte die Bürgermeisterin. „Niemand weiß, wie "
        "schnell so ein Riss größer wird.“",
        "Die Risse sind nach Angaben der Stadt 12 und 31 Zentimeter lang. Der längere war bei der "
        "letzten Prüfung im März noch nicht da.",
        "Die Kosten werden auf 14 Millionen Euro geschätzt. Wer zahlt, ist offen: Dem Land gehört "
        "die Brücke, die Stadt unterhält sie.",
    ),
    "de",
)
FRENCH = Story(
    "Le pont du port fermé après la découverte de fissures",
    "Deux fissures ont été trouvées lors d’un contrôle ; des bacs circulent jusqu’à l’automne.",
    (
        "Le pont du port est fermé à toute circulation depuis mardi, après la découverte de deux "
        "fissures dans une poutre principale, a annoncé la ville.",
        "« Nous ne pouvions pas prendre ce risque », a déclaré la maire. « Personne ne sait à "
        "quelle vitesse une telle fissure grandit. »",
        "Les fissures mesurent 12 et 31 centimètres, selon un rapport publié par la ville. La plus "
        "longue n’existait pas lors du dernier contrôle, en mars.",
        "Les travaux devraient coûter 14 millions d’euros. Reste à savoir qui paiera : l’État est "
        "propriétaire du pont, la ville l’entretient.",
    ),
    "fr",
)
ARABIC = Story(
    "إغلاق جسر الميناء بعد اكتشاف شقوق",
    "عثر المهندسون على شقين خلال فحص روتيني، والعبّارات تعمل حتى الخريف.",
    (
        "أغلقت المدينة جسر الميناء أمام حركة المرور يوم الثلاثاء بعد أن عثر المفتشون على شقين في "
        "عارضة رئيسية، وسيبقى مغلقا خمسة أشهر على الأقل.",
        "وقالت رئيسة البلدية: «لم يكن بوسعنا أن نجازف، فلا أحد يعرف كم تكبر مثل هذه الشقوق».",
        "ويبلغ طول الشقين اثني عشر وواحدا وثلاثين سنتيمترا وفق تقرير نشرته المدينة على موقعها، ولم "
        "يكن الأطول موجودا في الفحص الأخير في مارس.",
        "ومن المتوقع أن تكلف الإصلاحات أربعة عشر مليونا، ولم يتضح بعد من سيدفع هذا المبلغ كله.",
    ),
    "ar",
)
HEBREW = Story(
    "גשר הנמל נסגר לאחר שהתגלו סדקים",
    "המהנדסים מצאו שני סדקים בבדיקה שגרתית.",
    (
        "גשר הנמל נסגר ביום שלישי לכל תנועה לאחר שבודקים מצאו שני סדקים בקורה ראשית, כך מסרה "
        "העירייה. הוא יישאר סגור לפחות חמישה חודשים.",
        "„לא יכולנו לקחת את הסיכון”, אמרה ראש העירייה. „איש אינו יודע באיזו מהירות סדק כזה גדל.”",
        "אורך הסדקים הוא שנים־עשר ושלושים ואחד סנטימטרים, לפי דוח שפרסמה העירייה באתר שלה. הארוך "
        "מביניהם לא היה שם בבדיקה האחרונה במרץ.",
    ),
    "he",
)
JAPANESE = Story(
    "港の橋、亀裂が見つかり通行止めに",
    "定期点検で二つの亀裂が見つかった。秋まで渡し船が運航する。",
    (
        "港の橋は火曜日、点検で主桁に二つの亀裂が見つかったため、全面通行止めになったと市が発表した。"
        "少なくとも五か月は通行できない見通しだ。",
        "市長は「危険を冒すわけにはいかなかった。こうした亀裂がどれほど早く広がるのか、誰にも分からない」と述べた。",
        "市が公表した報告書によると、亀裂の長さは十二センチと三十一センチ。長いほうは三月の前回点検では"
        "見つかっていなかったという。",
        "修理には千四百万かかる見込みだが、誰が負担するかは決まっていない。橋は国の所有で、市が維持管理している。",
    ),
    "ja",
)
CHINESE = Story(
    "港口大桥发现裂缝后封闭",
    "工程师在例行检查中发现两条裂缝，渡轮将运行至秋季。",
    (
        "市政府表示，检查人员在主梁上发现两条裂缝后，港口大桥于星期二对所有车辆封闭，封闭时间至少五个月。",
        "市长说：“我们不能冒这个险。没有人知道这样的裂缝会以多快的速度扩大。”她说，安全比什么都重要。",
        "根据市政府在网站上公布的报告，两条裂缝分别长十二厘米和三十一厘米。三月份上次检查时还没有发现较长的那一条。",
        "维修费用预计为一千四百万。由谁支付尚不清楚：大桥属于国家，由市政府负责维护，双方都说应由对方负责。",
    ),
    "zh",
)
RUSSIAN = Story(
    "Мост в порту закрыт после обнаружения трещин",
    "Инженеры нашли две трещины при обычной проверке.",
    (
        "Мост в порту закрыли во вторник для любого движения: при проверке в главной балке нашли две "
        "трещины, сообщил город. Он будет закрыт не меньше пяти месяцев.",
        "«Мы не могли так рисковать, — сказала мэр города. — Никто не знает, как быстро растёт такая "
        "трещина».",
        "Длина трещин — 12 и 31 сантиметр, говорится в отчёте, который город опубликовал на своём "
        "сайте. Более длинной при последней проверке в марте не было.",
        "Ремонт обойдётся примерно в 14 миллионов. Кто заплатит, неясно: мост принадлежит "
        "государству, а содержит его город.",
    ),
    "ru",
)
