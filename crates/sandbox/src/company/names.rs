//! Names of made-up people, in many scripts. Lists, not data of real persons.

use rand::{Rng, RngExt, seq::IndexedRandom};

/// A made-up name; `last` is empty for people with one name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) first: String,
    pub(super) middle: String,
    pub(super) last: String,
}

const LATIN_FIRST: &[&str] = &[
    "Ada",
    "Aïcha",
    "Åsa",
    "Bjørn",
    "Camille",
    "Chloë",
    "Dagmar",
    "Diego",
    "Eero",
    "Elif",
    "Émile",
    "Fatou",
    "Finn",
    "Gwen",
    "Hüseyin",
    "Ines",
    "Ioana",
    "Jan-Erik",
    "João",
    "Kofi",
    "Lars",
    "Łucja",
    "Maeve",
    "Marta",
    "Nguyễn",
    "Noah",
    "Olivia",
    "Øystein",
    "Paula",
    "Quentin",
    "Renée",
    "Rosa",
    "Siân",
    "Štěpán",
    "Tomás",
    "Ulla",
    "Vera",
    "Wanda",
    "Xavier",
    "Yara",
    "Zoë",
];
const LATIN_LAST: &[&str] = &[
    "Almeida",
    "Ångström",
    "Baker",
    "Brontë",
    "Çelik",
    "D'Arcy",
    "de la Cruz",
    "Eriksson",
    "Fernández",
    "García Márquez",
    "Hansen",
    "Ivanović",
    "Jansen",
    "Kowalska",
    "Lund",
    "MacDonald",
    "Müller",
    "Nováková",
    "O'Neill",
    "Öztürk",
    "Petrov",
    "Quist",
    "Rossi",
    "Sørensen",
    "Tanaka",
    "Ueda",
    "van der Berg",
    "Weiß",
    "Xu",
    "Yılmaz",
    "Zieliński",
    "Smith-Jones",
];
const HEBREW: (&[&str], &[&str]) = (
    &["נועה", "דוד", "תמר", "יוסף", "שירה", "איתן", "מיכל", "אורי"],
    &[
        "כהן",
        "לוי",
        "מזרחי",
        "פרץ",
        "ביטון",
        "אברהם",
        "בן-דוד",
        "שפירא",
    ],
);
const ARABIC: (&[&str], &[&str]) = (
    &[
        "ليلى",
        "محمد",
        "فاطمة",
        "يوسف",
        "سارة",
        "عمر",
        "مريم",
        "خالد",
    ],
    &[
        "الأحمد",
        "حسن",
        "الخطيب",
        "منصور",
        "النجار",
        "عبد الله",
        "حداد",
        "سليمان",
    ],
);
const CHINESE: (&[&str], &[&str]) = (
    &["伟", "芳", "秀英", "娜", "敏", "静怡", "子轩", "浩然"],
    &["王", "李", "张", "刘", "陈", "欧阳", "赵", "𠮷田"],
);
const CYRILLIC: (&[&str], &[&str]) = (
    &[
        "Анна",
        "Дмитрий",
        "Олена",
        "Сергій",
        "Ђорђе",
        "Мария",
        "Пётр",
        "Світлана",
    ],
    &[
        "Иванова",
        "Шевченко",
        "Петровић",
        "Кузнецов",
        "Ткачук",
        "Соколова",
        "Щербак",
        "Яковлев",
    ],
);
const ONE_WORD: &[&str] = &["Suharto", "Madhavi", "Thiên", "Björk", "عائشة", "Meera"];
const EMOJI: &[&str] = &["🦊", "🌻", "👩🏽‍🔧", "🇫🇮"];

/// A name in one of many scripts, as a large and mixed company has them.
pub(super) fn name(rng: &mut impl Rng) -> Name {
    match rng.random_range(0..100) {
        0..8 => two_parts(rng, HEBREW),
        8..16 => two_parts(rng, ARABIC),
        16..26 => two_parts(rng, CHINESE),
        26..34 => two_parts(rng, CYRILLIC),
        34 => one_word(rng),
        35 => emoji(rng),
        36 => long(rng),
        37 => decomposed(rng),
        _ => latin(rng),
    }
}

fn pick(rng: &mut impl Rng, list: &[&str]) -> String {
    list.choose(rng).copied().unwrap_or_default().to_owned()
}

fn two_parts(rng: &mut impl Rng, lists: (&[&str], &[&str])) -> Name {
    Name {
        first: pick(rng, lists.0),
        middle: String::new(),
        last: pick(rng, lists.1),
    }
}

fn latin(rng: &mut impl Rng) -> Name {
    let middle = if rng.random_bool(0.4) {
        char::from(rng.random_range(b'A'..=b'Z')).to_string()
    } else {
        String::new()
    };
    Name {
        middle,
        ..two_parts(rng, (LATIN_FIRST, LATIN_LAST))
    }
}

/// Somebody with a single name.
pub(super) fn one_word(rng: &mut impl Rng) -> Name {
    Name {
        first: pick(rng, ONE_WORD),
        middle: String::new(),
        last: String::new(),
    }
}

/// A name with characters beyond the basic plane.
pub(super) fn emoji(rng: &mut impl Rng) -> Name {
    let name = latin(rng);
    Name {
        first: format!("{} {}", name.first, pick(rng, EMOJI)),
        ..name
    }
}

/// A name of a hundred characters and more.
pub(super) fn long(rng: &mut impl Rng) -> Name {
    let mut last = pick(rng, LATIN_LAST);
    while last.chars().count() < 90 {
        last = format!("{last} {}", pick(rng, LATIN_LAST));
    }
    Name {
        first: pick(rng, LATIN_FIRST),
        middle: "Wolfeschlegelstein".to_owned(),
        last,
    }
}

/// A name whose accents are characters of their own (NFD).
pub(super) fn decomposed(rng: &mut impl Rng) -> Name {
    let first = if rng.random_bool(0.5) {
        "Zoe\u{308}"
    } else {
        "Jose\u{301}"
    };
    Name {
        first: first.to_owned(),
        middle: String::new(),
        last: "Nu\u{301}n\u{303}ez".to_owned(),
    }
}
